"""Which letters the typeface of the PDF has, read from the character map in its file (OpenType, `cmap`)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from struct import unpack_from

FOLDER = Path(__file__).resolve().parents[2] / "reports" / "fonts"
_FILE = FOLDER / "SourceSans3-Variable.ttf"
# These shape the letter before them and are drawn by no typeface.
_UNDRAWN = frozenset(range(0xFE00, 0xFE10))


def lacking(text: str) -> str:
    """The letters of a text that the typeface does not have, each once, in order; "" when it has them all."""
    has = _letters()
    return "".join(letter for letter in dict.fromkeys(text) if ord(letter) not in has)


@cache
def _letters() -> frozenset[int]:
    data = _FILE.read_bytes()
    start = _table(data, b"cmap")
    (count,) = unpack_from(">H", data, start + 2)
    starts = {start + unpack_from(">HHI", data, start + 4 + 8 * number)[2] for number in range(count)}
    found: set[int] = set(_UNDRAWN)
    for place in starts:
        (kind,) = unpack_from(">H", data, place)
        if kind == 12:
            found |= _groups(data, place)
    return frozenset(found)


def _table(data: bytes, name: bytes) -> int:
    (count,) = unpack_from(">H", data, 4)
    for number in range(count):
        tag, _, offset, _ = unpack_from(">4sIII", data, 12 + 16 * number)
        if tag == name:
            return int(offset)
    raise ValueError(f"{_FILE.name} has no table {name!r}")


def _groups(data: bytes, place: int) -> set[int]:
    """The code points of a map of kind 12: ranges from first to last."""
    (count,) = unpack_from(">I", data, place + 12)
    ranges = (unpack_from(">III", data, place + 16 + 12 * number) for number in range(count))
    return {code for first, last, glyph in ranges if glyph for code in range(first, last + 1)}
