"""The pages of the app, by address. There is no menu: one link leads to a page, and one back."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from mantelzorg.web.cards import Words
from mantelzorg.web.literal import literal

BOOK, WORKBENCH, SELF_CHECK = "regels", "werkbank", "zelf"
AUTHOR_OPTION, AUTHOR_VARIABLE = "--author", "MANTELZORG_AUTHOR"
Draw = Callable[[], None]


@dataclass(frozen=True)
class Places:
    """Where one can go."""

    form: Any
    book: Any
    workbench: Any
    self_check: Any

    def draw_here(self) -> None:
        """Draw the page that the address asks for."""
        st.navigation([self.form, self.book, self.workbench, self.self_check], position="hidden").run()


def places(form: Draw, book: Draw, workbench: Draw, self_check: Draw, words: Words) -> Places:
    """The pages, each with what draws it."""
    return Places(
        st.Page(form, title=words["title"], default=True),
        st.Page(book, title=words["book"], url_path=BOOK),
        st.Page(workbench, title=words["workbench"], url_path=WORKBENCH),
        st.Page(self_check, title=words["title"], url_path=SELF_CHECK),
    )


def link(place: Any, label: str, icon: str | None = None) -> None:
    """A link that keeps the answers of this visit: nothing is loaded anew."""
    st.page_link(place, label=literal(label), icon=icon)


def for_authors() -> bool:
    """Whether the app was started for authors of rules: `streamlit run app.py -- --author`."""
    return AUTHOR_OPTION in sys.argv[1:] or os.environ.get(AUTHOR_VARIABLE) == "1"
