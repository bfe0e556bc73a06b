"""Characters that have no place in content: invisible ones, and those that change what a reader sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

FORBIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, except tab and line feed
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners and fillers nobody sees
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero width, line separators, writing direction
    "\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"  # byte order mark, annotation marks, no characters
    "\ud800-\udfff"  # halves of a character
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # invisible music signs and tag characters
    "]"
)
REPLACEMENT = "\ufffd"
MAX_MARKS_ON_A_LETTER = 8
_BEYOND_LATIN = re.compile(f"[^\x00-\u02ff]{{{MAX_MARKS_ON_A_LETTER + 1},}}")


def forbidden_in(text: str) -> Iterator[tuple[int, str]]:
    """Every forbidden character of `text` with its offset."""
    return ((match.start(), match.group()) for match in FORBIDDEN.finditer(text))


def has_stacked_marks(text: str) -> bool:
    """Whether more accents and other marks stand on one letter than any language uses."""
    return any(_longest_run(match.group()) > MAX_MARKS_ON_A_LETTER for match in _BEYOND_LATIN.finditer(text))


def _longest_run(text: str) -> int:
    runs = groupby(text, key=lambda character: unicodedata.combining(character) != 0)
    return max((sum(1 for _ in run) for is_mark, run in runs if is_mark), default=0)


def describe(character: str) -> str:
    """Name a character that cannot be seen or looks like another, as in `U+0435 (cyrillic small letter ie)`."""
    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")
