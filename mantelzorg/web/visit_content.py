"""Which content a visit uses: that which it began with, however often the files change meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from typing import Any

import streamlit as st

from mantelzorg.content import Content
from mantelzorg.live_content import Live
from mantelzorg.problems import Problem
from mantelzorg.web.cards import Words, text

KEY = "content-of-this-visit"
MOST_TOLD = 5


def of_visit(live: Live, begun: bool, state: MutableMapping[Any, Any]) -> Content:
    """The content for this run, remembered in `state`.

    A visit begins with its first answer: until then it takes what is live. Where nothing is remembered, as after
    a lost connection or "clear all", it takes what is live too.
    """
    kept = state.get(KEY)
    content = kept if begun and isinstance(kept, Content) else live.content
    state[KEY] = content
    return content


def notice(problems: tuple[Problem, ...], words: Words) -> str:
    """What staff should know about newer content that cannot be used; empty when all is well."""
    if not problems:
        return ""
    told = words["notice"].format(problem=problems[0])
    more = len(problems) - 1
    return f"{told} {words['notice_more'].format(count=more)}" if more else told


def draw_no_content(problems: Iterable[Problem], words: Words) -> None:
    """The page when there is no good content at all: what is wrong and what to do."""
    st.set_page_config(page_title=words["title"], layout="centered")
    listed = list(problems)
    lines = "".join(f"<li>{text(str(problem))}</li>" for problem in listed[:MOST_TOLD])
    more = f"<p>{text(words['notice_more'].format(count=len(listed) - MOST_TOLD))}</p>" if listed[MOST_TOLD:] else ""
    st.html(
        f"<h1>{text(words['no_content_title'])}</h1><p>{text(words['no_content'])}</p>"
        f"<p>{text(words['no_content_first'])}</p><ul>{lines}</ul>{more}"
    )
