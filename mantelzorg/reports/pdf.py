"""Writes the blocks as PDF: tagged, PDF/UA-1, on A4, with the typefaces inside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import typst

from mantelzorg.reports.blocks import Address, Block, Pictograms, Tip, as_data, flat
from mantelzorg.reports.errors import ReportError, UnprintableText
from mantelzorg.reports.languages import direction
from mantelzorg.reports.pictograms import drawing
from mantelzorg.reports.qr import qr_code
from mantelzorg.reports.typeface import FOLDER as _FONTS
from mantelzorg.reports.typeface import lacking

_LAYOUTS = Path(__file__).resolve().parents[2] / "reports" / "layout"


def write_pdf(blocks: Iterable[Block], title: str, language: str, layout: str) -> bytes:
    """The PDF; the same blocks give the same bytes, and it holds no date or time of its own.

    `layout` is "letter", "sheet" (large print) or "training" (as many pages as it takes). Raises
    `UnprintableText` for letters that no typeface has, and `ReportError` for any warning: typst only warns when it
    leaves something out.
    """
    shown = [block for block in blocks if not isinstance(block, Tip)]
    data = {
        "title": title,
        "language": language,
        "direction": direction(language),
        "layout": layout,
        "blocks": [as_data(block) for block in shown],
        "drawings": {name: drawing(name) for name in icons(shown)},
        "codes": {block.url: qr_code(block.url) for block in flat(shown) if isinstance(block, Address)},
    }
    return typeset("letter.typ", data, data["blocks"])


def typeset(layout: str, data: Mapping[str, object], said: object) -> bytes:
    """The PDF of a layout in `reports/layout` for its data, of which `said` is the text. Raises as `write_pdf` does."""
    if letters := lacking("".join(_texts(said))):
        raise UnprintableText(letters)
    try:
        document, warnings = typst.compile_with_warnings(
            _LAYOUTS / layout,
            # typst reads nothing outside its root, and in this folder there are only layouts.
            root=_LAYOUTS,
            font_paths=_typefaces(),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data)},
            pdf_standards=["ua-1"],
            timestamp=0,
        )
    except typst.TypstError as error:
        raise ReportError("layout", layout, error.message) from error
    if warnings:
        raise ReportError("layout", layout, "; ".join(warning.message for warning in warnings))
    return document


@cache
def _typefaces() -> typst.Fonts:
    # Without typst's own fonts a missing letter is an error and not a letter of another typeface.
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS])


def icons(blocks: Iterable[Block]) -> set[str]:
    """The pictograms that are drawn; the one of the telephone always."""
    shown = {item.icon for block in flat(blocks) if isinstance(block, Pictograms) for item in block.items}
    return shown | {"phone"}


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, list | dict):
        for inner in data.values() if isinstance(data, dict) else data:
            yield from _texts(inner)
