"""The languages of the documents, and in which direction they are read."""

from __future__ import annotations

import re

LANGUAGES = ("nl", "en")
"""What every document can be made in. The sheet to take home can be made in any language: its words come with it."""
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
"""The languages that are written from right to left."""


_GROUPS = re.compile(r"(?<=\d) (?=\d)")


def is_code(language: str) -> bool:
    """Whether this can be the code of a language, as HTML and typst take it."""
    return re.fullmatch(r"[a-z]{2,3}", language) is not None


def direction(language: str) -> str:
    """`ltr` or `rtl`, as HTML and typst name it."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def with_whole_numbers(text: str, language: str) -> str:
    """The text, in which "030 760" is not read as "760 030" from right to left: no-break spaces hold it together."""
    return _GROUPS.sub("\u00a0", text) if direction(language) == "rtl" else text
