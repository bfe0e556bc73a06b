"""The pages of the app, by address. There is no menu: one link leads to a page, and one back."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from mantelzorg.web.cards import Words
from mantelzorg.web.literal import literal

BOOK, WORKBENCH, SELF_CHECK = "regels", "werkbank", "zelf"
LIST = "lijst"
TRAINING = "training"
AUTHOR_OPTION, AUTHOR_VARIABLE = "--author", "MANTELZORG_AUTHOR"
Draw = Callable[[], None]


@dataclass(frozen=True)
class Places:
    """Where one can go."""

    form: Any
    book: Any
    workbench: Any
    self_check: Any
    list: Any

    def draw_here(self) -> None:
        """Draw the page that the address asks for."""
        st.navigation([self.form, self.book, self.workbench, self.self_check, self.list], position="hidden").run()


def places(form: Draw, book: Draw, workbench: Draw, self_check: Draw, many: Draw, words: Words) -> Places:
    """The pages, each with what draws it."""
    return Places(
        st.Page(form, title=words["title"], default=True),
        st.Page(book, title=words["book"], url_path=BOOK),
        st.Page(workbench, title=words["workbench"], url_path=WORKBENCH),
        st.Page(self_check, title=words["title"], url_path=SELF_CHECK),
        st.Page(many, title=words["list"], url_path=LIST),
    )


def link(place: Any, label: str, icon: str | None = None) -> None:
    """A link that keeps the answers of this visit: nothing is loaded anew."""
    st.page_link(place, label=literal(label), icon=icon)


def outside(path: str) -> str:
    """The whole address of a page of this server that Streamlit does not draw; empty where it is not known."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}/{path}" if parts.scheme and parts.netloc else ""


def training_link(label: str, language: str) -> None:
    """The way to the training room. It opens beside this page, which keeps its answers."""
    if address := outside(TRAINING):
        st.page_link(f"{address}?language={language}", label=literal(label))


def for_authors() -> bool:
    """Whether the app was started for authors of rules: `streamlit run app.py -- --author`."""
    return AUTHOR_OPTION in sys.argv[1:] or os.environ.get(AUTHOR_VARIABLE) == "1"
