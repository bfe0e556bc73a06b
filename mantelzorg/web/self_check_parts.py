"""What the pages of the self-check share: headings, cards to choose from, buttons and pictograms."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import streamlit as st

from mantelzorg.reports import pictograms
from mantelzorg.self_check import Asked, SelfCheck
from mantelzorg.web.cards import text
from mantelzorg.web.literal import literal
from mantelzorg.web.self_check_visit import Visit

MOST_TOLD = 9
"""More questions than this are not announced: the bound then says little, and frightens."""
_DARK = {"#0B5A63": "#8FD8D4", "#BFDEDB": "#17393B", "#FFFFFF": "#1B2729"}

__all__ = ["choices", "heading", "onward", "picked", "pictogram_css", "picture", "telephone", "text"]


def heading(title: str, line: str, check: SelfCheck) -> None:
    """The one h1 of a page, the line under it, and "read aloud"."""
    read, stop = text(check.say("read_aloud")), text(check.say("stop_reading"))
    under = f'<p class="sc-help">{text(line)}</p>' if line else ""
    st.html(
        f'<h1 class="sc-title" tabindex="-1">{text(title)}</h1>{under}'
        f'<button type="button" class="sc-read" data-read="{read}" data-stop="{stop}">'
        f"{picture('speaker')}<span>{read}</span></button>"
    )


def picture(name: str, style: str = "sc-icon") -> str:
    """A drawing of our own, light or dark with the page; it says nothing that the text does not."""
    return f'<i class="{style} sc-draw-{name}" aria-hidden="true"></i>'


@cache
def pictogram_css() -> str:
    """Every drawing as a style, in its light and its dark colours: the page is cleaned of inline SVG."""
    rules = []
    for name in sorted(pictograms.NAMES):
        light = pictograms.drawing(name)
        dark = re.sub("|".join(_DARK), lambda found: _DARK[found[0]], light)
        rules.append(f".sc-draw-{name}{{--light:{_address(light)};--dark:{_address(dark)}}}")
        rules.append(
            f'[class*="st-key-sc"][class*="-icon-{name}"] label{{--light:{_address(light)};--dark:{_address(dark)}}}'
        )
    return "".join(rules)


def _address(svg: str) -> str:
    packed = re.sub(r">\s+<", "><", svg).strip().replace('"', "'")
    escaped = packed.replace("%", "%25").replace("#", "%23").replace("<", "%3C").replace(">", "%3E")
    return f'url("data:image/svg+xml,{escaped}")'


def telephone(number: str) -> str:
    """A number to tap."""
    digits = re.sub(r"[^\d+]", "", number)
    return f'<a class="sc-number" dir="ltr" href="tel:{digits}">{text(number)}</a>'


def choices(visit: Visit, asked: Asked, between: str) -> None:
    """The cards to choose from; the last one, "I do not know", stands apart."""
    st.html(f"<style>.stApp{{--sc-or:{_quoted(between)}}}</style>")
    with st.container(key=f"choices-{'several' if asked.multiple else 'one'}", gap=None):
        if asked.multiple:
            _several(visit, asked)
        else:
            _one(visit, asked)


def _quoted(words: str) -> str:
    """A text as CSS content."""
    return '"' + re.sub(r"[^\w \-]", "", words) + '"'


def _one(visit: Visit, asked: Asked) -> None:
    key = visit.widget(asked.fact)
    labels = {choice.id: literal(choice.label) for choice in asked.choices}
    before = visit.answers.get(asked.fact, ())
    if key not in st.session_state and before and before[0] in labels:
        st.session_state[key] = before[0]
    st.radio(
        literal(asked.title),
        list(labels),
        index=None,
        format_func=lambda one: labels.get(one, str(one)),
        key=key,
        label_visibility="collapsed",
        on_change="ignore",
        width="stretch",
    )


def _several(visit: Visit, asked: Asked) -> None:
    before = visit.answers.get(asked.fact, ())
    for choice in asked.choices:
        key = _box(visit, asked, choice.id, choice.icon)
        if key not in st.session_state:
            st.session_state[key] = choice.id in before
        st.checkbox(literal(choice.label), key=key, on_change="ignore", width="stretch")


def _box(visit: Visit, asked: Asked, choice: str, icon: str) -> str:
    return visit.widget(f"{asked.fact}-{choice}") + (f"-icon-{icon}" if icon else "")


def picked(visit: Visit, asked: Asked) -> tuple[str, ...]:
    """The options that the widgets of this page hold; what was never offered does not count."""
    if not asked.multiple:
        value = st.session_state.get(visit.widget(asked.fact))
        return tuple(choice.id for choice in asked.choices if choice.id == value)
    held = ((choice.id, st.session_state.get(_box(visit, asked, choice.id, choice.icon))) for choice in asked.choices)
    return tuple(option for option, value in held if value is True)


def onward(check: SelfCheck, back: Callable[[], None], label: str, forward: Callable[[], None]) -> None:
    """Back and on, side by side, never disabled."""
    with st.container(key="sc-onward", horizontal=True, wrap=False):
        arrow = ":material/arrow_forward:" if check.voice.right_to_left else ":material/arrow_back:"
        st.button(literal(check.say("back")), key="sc-back", icon=arrow, on_click=back)
        st.button(literal(label), key="sc-forward", type="primary", width="stretch", on_click=forward)
