"""Tables as CSV files that open well in Dutch Excel: `;` between cells, UTF-8 with a byte order mark.

A spreadsheet takes a cell that begins with `=` for a formula, which could do harm on who opens it. Such a cell gets an
apostrophe in front, and so does one that has an apostrophe there already: that can be undone exactly.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

APOSTROPHE = "'"
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")  # Excel knows the wide ones too
_GUARDED = (*FORMULA, APOSTROPHE)


def write_table(rows: Iterable[Sequence[str]]) -> bytes:
    """The file. Every cell is text; one that would be a formula is defused."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([defused(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def defused(cell: str) -> str:
    """The cell as it stands in a file: never a formula."""
    return APOSTROPHE + cell if cell.startswith(_GUARDED) else cell


def restored(cell: str) -> str | None:
    """What a cell of a file says: the opposite of `defused`. None for a cell that `defused` never gives."""
    if cell.startswith(APOSTROPHE):
        return cell[1:] if cell[1:].startswith(_GUARDED) else None
    return None if cell.startswith(FORMULA) else cell
