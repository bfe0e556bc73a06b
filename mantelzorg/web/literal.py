"""Text for a widget's label, shown exactly as written.

Streamlit reads labels and options as Markdown, also those that come from a questionnaire. A backslash
stops what is parsed. What Streamlit replaces after parsing (links, emoji names, arrows) is only stopped by
an invisible character in between.
"""

from __future__ import annotations

import re

_JOINER = "\u2060"
_COLON = r":(?=[^\W\d]|[\w+-]+:|//)"
_PARSED = re.compile(r"([\\`*_{}\[\]<>#$~]|:(?=\u2060)|&(?=[#\w]))")
_REPLACED_LATER = re.compile(rf"{_COLON}|(?i:\bwww)(?=\.)|(?<=\S)(?=@)|(?<=[-<>=~])(?=[-<>=])")
_LIST_ITEM = re.compile(r"^([-+]|\d+[.)])(?=\s|$)")


def literal(text: str) -> str:
    """The Markdown that shows `text` itself, on one line."""
    line = " ".join(text.split())
    held = _REPLACED_LATER.sub(lambda found: found.group(0) + _JOINER, line)
    escaped = _PARSED.sub(r"\\\1", held)
    return _LIST_ITEM.sub(lambda found: found.group(0)[:-1] + "\\" + found.group(0)[-1], escaped)
