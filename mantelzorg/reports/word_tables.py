"""Tables and frames of a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

_LINES = "D3DAD8"


def grid(document: Document, rows: int, widths: Sequence[int]) -> Any:
    """An empty table with a line under each row."""
    table: Any = document.add_table(rows, len(widths), "Table Grid")
    table.autofit = False
    _borders(table, _LINES, ("bottom", "insideH"))
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    return table


def box(document: Document, border: str, fill: str = "") -> Any:
    """The one cell of a framed block."""
    document.add_paragraph().paragraph_format.space_after = Pt(0)
    table: Any = document.add_table(1, 1, "Table Grid")
    _borders(table, border, ("top", "left", "bottom", "right"))
    cell = table.rows[0].cells[0]
    if fill:
        cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=fill))
    return cell


def _borders(table: Any, color: str, sides: Sequence[str]) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        kind = "single" if side in sides else "nil"
        borders.append(_element(f"w:{side}", val=kind, sz="6", space="0", color=color))
    # Word is strict about the order in here.
    later = [qn(f"w:{name}") for name in ("shd", "tblLayout", "tblCellMar", "tblLook")]
    properties = table._tbl.tblPr
    place = next((at for at, child in enumerate(properties) if child.tag in later), len(properties))
    properties.insert(place, borders)


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
