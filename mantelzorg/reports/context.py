"""What a report is given to say: checked to be plain data and cleaned, before any template sees it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from mantelzorg.reports.errors import ReportError

Plain = str | int | float | bool | list["Plain"] | dict[str, "Plain"]

LONGEST_TEXT = 500
MOST_TEXT = 20_000

# Letters by category that nobody can see; U+3164 alone would make a field look empty and count as filled.
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def clean(text: str) -> str:
    """The text as it is shown everywhere: NFC, on one line, without controls and invisible characters.

    Line breaks, tabs and runs of spaces become one space (a no-break space stays); direction overrides
    and zero-width characters go; half surrogates and noncharacters become U+FFFD. Text with nothing
    visible becomes "".
    """
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text) and not _FILLERS & set(text):
        return text.strip(" ")
    kept = "".join(_visible(letter) for letter in text)
    normal = unicodedata.normalize("NFC", kept)
    folded = re.sub(" +", " ", normal).strip(" ")
    return folded if folded.strip() else ""


def _visible(letter: str) -> str:
    if letter in "\u00a0\u202f":
        return "\u00a0"
    if letter in "\t\n\v\f\r\x1c\x1d\x1e\x85" or unicodedata.category(letter) in ("Zs", "Zl", "Zp"):
        return " "
    code = ord(letter)
    if 0xD800 <= code <= 0xDFFF or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE:
        return "\ufffd"
    return "" if letter in _FILLERS or unicodedata.category(letter) in ("Cc", "Cf") else letter


def plain_context(context: Mapping[str, object], most: int = MOST_TEXT) -> dict[str, Plain]:
    """A cleaned copy of the context that holds nothing but dicts, lists, strings, numbers and booleans.

    Raises `ReportError` for any other type and for more than `most` text; the message names the place.
    """
    copy = {key: _plain(value, f"context.{key}") for key, value in context.items()}
    if (length := _length(copy)) > most:
        what = f"De teksten samen zijn te lang: {length} tekens. Het mogen er {most} zijn."
        raise ReportError("too-long", "context", what)
    return copy


def _plain(value: object, place: str) -> Plain:
    if isinstance(value, str):
        return _text(value, place)
    if isinstance(value, int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(inner, f"{place}.{key}") for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_plain(inner, f"{place}[{number}]") for number, inner in enumerate(value)]
    what = f"Een rapport kent alleen tekst, getallen, ja/nee, lijsten en groepen; dit is {type(value).__name__}."
    raise ReportError("type", place, what)


def _text(value: str, place: str) -> str:
    # Checked before cleaning, so that a megabyte of text costs nothing.
    if len(value) > 4 * LONGEST_TEXT or len(value := clean(value)) > LONGEST_TEXT:
        what = f"Deze tekst is te lang. Hij mag {LONGEST_TEXT} tekens lang zijn."
        raise ReportError("too-long", place, what)
    return value


def _length(value: Plain) -> int:
    if isinstance(value, dict):
        return sum(map(_length, value.values()))
    if isinstance(value, list):
        return sum(map(_length, value))
    return len(value) if isinstance(value, str) else 1
