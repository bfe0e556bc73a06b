"""What the page does in the browser itself: announcing, copying, and going back to a question."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from mantelzorg.web.view import Screen


@cache
def _script() -> str:
    return Path(__file__).with_name("live.js").read_text(encoding="utf-8")


def place(screen: Screen, words: dict[str, str], rows: str, visit: int) -> None:
    """Put the one live element on the page. `rows` is how the keys of this visit's questions begin."""
    _mount(
        {
            "language": screen.language,
            "announcement": screen.announcement,
            "rows": rows,
            "visit": visit,
            "questions": sum(len(section.rows) for section in screen.sections),
            "words": words,
        }
    )


def place_plain(language: str, words: dict[str, str], visit: int) -> None:
    """The same for a page without questions: it only tells the browser which language this is."""
    _mount({"language": language, "announcement": "", "rows": "", "visit": visit, "questions": 0, "words": words})


def _mount(data: dict[str, Any]) -> None:
    # isolate_styles=False: a status inside a shadow root cannot be reached by the page's own style.
    mount = st.components.v2.component("live", js=_script(), isolate_styles=False)
    mount(key="live", data=data)
