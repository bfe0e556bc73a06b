"""Which letters the typefaces of the PDF have, read from the character maps in their files (OpenType, `cmap`)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from struct import unpack_from

FOLDER = Path(__file__).resolve().parents[2] / "reports" / "fonts"
# These shape the letter before them and are drawn by no typeface.
_UNDRAWN = frozenset(range(0xFE00, 0xFE10))


def lacking(text: str) -> str:
    """The letters of a text that no typeface has, each once, in order; "" when they are all there."""
    has = _letters()
    return "".join(letter for letter in dict.fromkeys(text) if ord(letter) not in has)


@cache
def _letters() -> frozenset[int]:
    return _UNDRAWN.union(*(_mapped(file.read_bytes()) for file in FOLDER.glob("*.ttf")))


def _mapped(data: bytes) -> set[int]:
    """The code points that the font file has a letter for."""
    start = _table(data, b"cmap")
    (count,) = unpack_from(">H", data, start + 2)
    found: set[int] = set()
    for number in range(count):
        place = start + unpack_from(">HHI", data, start + 4 + 8 * number)[2]
        (kind,) = unpack_from(">H", data, place)
        if kind in _KINDS:
            found |= _KINDS[kind](data, place)
    return found


def _table(data: bytes, name: bytes) -> int:
    (count,) = unpack_from(">H", data, 4)
    for number in range(count):
        tag, _, offset, _ = unpack_from(">4sIII", data, 12 + 16 * number)
        if tag == name:
            return int(offset)
    raise ValueError(f"a font without table {name!r}")


def _segments(data: bytes, place: int) -> set[int]:
    """The code points of a map of kind 4: segments up to U+FFFF, with a shift or a list of glyphs."""
    (doubled,) = unpack_from(">H", data, place + 6)
    columns = [place + 14, *(place + 16 + doubled * number for number in (1, 2, 3))]
    found: set[int] = set()
    for at in range(0, doubled, 2):
        last, first, shift, offset = (unpack_from(">H", data, column + at)[0] for column in columns)
        for code in range(first, last + 1):
            listed = columns[3] + at + offset + 2 * (code - first)
            glyph = unpack_from(">H", data, listed)[0] if offset else (code + shift) & 0xFFFF
            if glyph:
                found.add(code)
    return found


def _groups(data: bytes, place: int) -> set[int]:
    """The code points of a map of kind 12: ranges from first to last."""
    (count,) = unpack_from(">I", data, place + 12)
    ranges = (unpack_from(">III", data, place + 16 + 12 * number) for number in range(count))
    return {code for first, last, glyph in ranges if glyph for code in range(first, last + 1)}


_KINDS: dict[int, Callable[[bytes, int], set[int]]] = {4: _segments, 12: _groups}
