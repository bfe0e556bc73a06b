"""The languages of the documents, and in which direction they are read."""

from __future__ import annotations

import re

LANGUAGES = ("nl", "en")
"""What every document can be made in."""
SHEET_LANGUAGES = (*LANGUAGES, "tr", "ar", "pl", "uk")
"""What the sheet to take home can be made in; `reports/fonts` has the letters of each."""
RIGHT_TO_LEFT = frozenset({"ar"})


_GROUPS = re.compile(r"(?<=\d) (?=\d)")


def direction(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def with_whole_numbers(text: str, language: str) -> str:
    """The text, in which "030 760" is not read as "760 030" from right to left: no-break spaces hold it together."""
    return _GROUPS.sub("\u00a0", text) if direction(language) == "rtl" else text
