"""The questions: one widget each, and the answers as the widgets hold them.

The widgets are the only memory of a visit. Their keys carry the number of the visit, so that after
"clear all" the next client gets new widgets and nothing of the former one is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import streamlit as st

from mantelzorg.web.cards import Words, text
from mantelzorg.web.literal import literal
from mantelzorg.web.view import UNKNOWN, Answers, Chrome, Row, RowMark, Screen, Section
from mantelzorg.web.words import LANGUAGES

OWN_WORDS_LENGTH = 200
LANGUAGE_KEY = "language"
LANGUAGE_KEPT = "language-of-this-visit"
"""On the way to another page Streamlit forgets what a widget held; this stays."""
SAY_KEY = "say"
_VISIT_KEY = "visit"
_KEPT = (LANGUAGE_KEY, LANGUAGE_KEPT, SAY_KEY)
"""What is the reader's own choice, and not about a client."""

_NO_UNKNOWN = (
    "--last-edge:var(--option-edge);--last-fill:var(--option);--last-colour:var(--text);"
    "--last-margin:0;--last-place:static"
)
_MARKED = {
    RowMark.FIRST: "--mark-colour:var(--accent);--bar:var(--accent)",
    RowMark.CONFLICT: "--mark-colour:var(--alert);--bar:var(--alert)",
}


def visit() -> int:
    """The number of this visit: how often everything was cleared."""
    return int(st.session_state.get(_VISIT_KEY, 0))


def prefix(kind: str) -> str:
    """How the keys of this visit begin: `q` questions, `c` controls of the page, `x` rows of a letter."""
    return f"{kind}{visit()}-"


def language() -> str:
    """The chosen language, already at the start of a run."""
    chosen = st.session_state.get(LANGUAGE_KEY, st.session_state.get(LANGUAGE_KEPT))
    return chosen if chosen in LANGUAGES else next(iter(LANGUAGES))


def clear() -> None:
    """Forget this client: every key goes, and the widgets get new ones."""
    following = visit() + 1
    for key in list(st.session_state):
        if key not in _KEPT:
            del st.session_state[key]
    st.session_state[_VISIT_KEY] = following


def read_answers(kind: str = "q") -> dict[str, tuple[str, ...]]:
    """What the widgets hold at the start of a run, before any of them is drawn."""
    start = prefix(kind)
    keys = sorted(str(key) for key in st.session_state if str(key).startswith(start))
    answers = {key.removeprefix(start): chosen(st.session_state[key]) for key in keys}
    return {fact: ids for fact, ids in answers.items() if ids}


def read_chrome() -> Chrome:
    """The controls of the page at the start of a run."""
    state, start = st.session_state, prefix("c")
    with_whom = chosen(state.get(f"{start}with_whom"))
    return Chrome(
        language=language(),
        with_whom=with_whom[0] if with_whom else None,
        consent=state.get(f"{start}consent") is True,
        own_words=str(state.get(f"{start}own_words") or "")[:OWN_WORDS_LENGTH],
        neutral=state.get(f"{start}neutral") is True,
        extra=read_answers("x"),
    )


def chosen(value: Any) -> tuple[str, ...]:
    """The option ids in a widget's value, whatever its kind."""
    if isinstance(value, str):
        return (value,)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list | tuple) else ()


def known(answers: Answers, screen: Screen) -> dict[str, tuple[str, ...]]:
    """The answers that are options of their question. Any other value counts as not known."""
    return _offered(answers, [row for section in screen.sections for row in rows_of(section)])


def known_chrome(chrome: Chrome, screen: Screen) -> Chrome:
    """The page's own controls, likewise without values that were never offered."""
    rows = [row for document in screen.documents for row in document.rows]
    offered = {option.id for option in screen.with_whom.options} | {UNKNOWN}
    return Chrome(
        language=chrome.language,
        with_whom=chrome.with_whom if chrome.with_whom in offered else None,
        consent=chrome.consent,
        own_words=chrome.own_words,
        neutral=chrome.neutral,
        extra=_offered(chrome.extra, rows),
    )


def _offered(answers: Answers, rows: list[Row]) -> dict[str, tuple[str, ...]]:
    offered = {row.fact: _ids(row) for row in rows}
    kept = {
        fact: tuple(one for one in ids if fact not in offered or one in offered[fact]) for fact, ids in answers.items()
    }
    return {fact: ids for fact, ids in kept.items() if ids}


def rows_of(section: Section) -> Iterator[Row]:
    yield from section.rows
    yield from section.more


def _ids(row: Row) -> list[str]:
    return [option.id for option in row.options] + ([UNKNOWN] if row.unknown and not row.multiple else [])


def draw_row(row: Row, kind: str, say: bool = False) -> None:
    """One question with its options. Nothing is chosen beforehand."""
    key = prefix(kind) + row.fact
    labels = {option.id: literal(option.label) for option in row.options} | {UNKNOWN: literal(row.unknown)}
    ask = literal(row.ask)
    options: dict[str, Any] = {
        "format_func": lambda one: labels.get(one, str(one)),
        "key": key,
        "persist_state": "session",
        "width": "stretch",
        "wrap": True,
    }
    if row.multiple:
        st.pills(ask, _ids(row), selection_mode="multi", **options)
    else:
        st.segmented_control(ask, _ids(row), **options)
    if say and (row.say or row.help):
        st.html(said(row))


def said(row: Row) -> str:
    """How to ask it aloud, and what counts."""
    spoken = f"<q>{text(row.say)}</q>" if row.say else ""
    counts = f" <small>{text(row.help)}</small>" if row.help else ""
    return f'<p class="say">{spoken}{counts}</p>'


def draw_section(section: Section, say: bool) -> None:
    """A card of questions; those that seldom matter are behind a closed fold."""
    with st.container(key=f"section-{section.id}", gap=None):
        st.html(f"<h2>{text(section.title)}</h2>")
        for row in section.rows:
            draw_row(row, "q", say)
        if section.more:
            with st.expander(literal(section.more_title), type="compact", key=f"{prefix('c')}{section.id}"):
                for row in section.more:
                    draw_row(row, "q", say)


def marks(screen: Screen, words: Words) -> str:
    """The style that writes each row's mark behind its question, in space that is already there."""
    asked = [("q", row) for section in screen.sections for row in rows_of(section)]
    asked += [("x", row) for document in screen.documents for row in document.rows]
    looks = {f".st-key-{prefix(kind)}{row.fact}": _looks(row) for kind, row in asked if _plain(row.fact)}
    rules = [f"{where}{{{look}}}" for where, look in looks.items() if look]
    return f"<style>:root{{--several:{_css_string(words['multiple'])}}}{''.join(rules)}</style>"


def _plain(fact: str) -> bool:
    """Whether it can stand in a selector as it is."""
    return re.fullmatch(r"[\w-]+", fact, re.ASCII) is not None


def _looks(row: Row) -> str:
    looks = [] if row.unknown or row.multiple else [_NO_UNKNOWN]
    if row.mark is not RowMark.NONE:
        looks += [f"--mark:{_mark(row)}", _MARKED.get(row.mark, "")]
    return ";".join(looks)


def _mark(row: Row) -> str:
    """It may go to the next line, but only as a whole: hence the one space that can break."""
    return _css_string(" " + row.mark_text.replace(" ", "\u00a0"))


def _css_string(value: str) -> str:
    safe = "".join(char if char.isalnum() or char == " " else f"\\{ord(char):x} " for char in value)
    return f'"{safe}"'
