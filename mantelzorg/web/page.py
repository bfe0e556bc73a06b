"""Draws the referrer's page: questions at the left, what they come to at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from mantelzorg.web import cards, form, live
from mantelzorg.web.literal import literal
from mantelzorg.web.view import Answers, Chrome, Document, Screen
from mantelzorg.web.words import LANGUAGES

MakeScreen = Callable[[Answers, Chrome], Screen]

_AGAIN_KEY = "drawn-again"
_MOST_AGAIN = 4
"""An answer can bring a question that is answered too, and that one another."""
_FILES = (
    ("pdf", "application/pdf"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
)


def language() -> str:
    """The chosen language, for who picks the words before the page is drawn."""
    return form.language()


def draw(make_screen: MakeScreen, words: cards.Words, links: Callable[[], None] | None = None) -> None:
    """Draw the page for the answers that the widgets hold now. `links` draws the way to other pages."""
    st.set_page_config(page_title=words["title"], layout="wide", initial_sidebar_state="collapsed")
    chrome, answers = form.read_chrome(), form.read_answers()
    screen = make_screen(answers, chrome)
    kept, kept_chrome = form.known(answers, screen), form.known_chrome(chrome, screen)
    if (kept, kept_chrome) != (answers, chrome):
        screen = make_screen(kept, kept_chrome)
    st.html(style())
    st.html(form.marks(screen, words))
    say = _header(screen, words)
    if screen.notice:
        st.html(cards.notice_strip(screen.notice))
    with st.container(key="page"):
        with st.container(key="form", gap=None):
            for section in screen.sections:
                form.draw_section(section, say)
        with st.container(key="result", gap=None):
            _result(screen, words)
    _footer(screen, words, links)
    live.place(screen, _spoken(words), form.prefix("q"), form.visit())
    _agree(kept, kept_chrome, screen)


def _agree(answers: Answers, chrome: Chrome, screen: Screen) -> None:
    """Draw again when the widgets turn out to hold something else than was read.

    After a lost connection the browser sends its answers again, and they are known only once drawn.
    """
    held = form.known(form.read_answers(), screen), form.known_chrome(form.read_chrome(), screen)
    if held == (answers, chrome):
        st.session_state.pop(_AGAIN_KEY, None)
    elif (again := st.session_state.get(_AGAIN_KEY, 0)) < _MOST_AGAIN:
        st.session_state[_AGAIN_KEY] = again + 1
        st.rerun()


def _spoken(words: cards.Words) -> dict[str, str]:
    return {name: words[name] for name in ("copied", "copy_failed", "cleared", "skip")}


@cache
def style() -> str:
    """The look that all pages share."""
    return f"<style>{Path(__file__).with_name('style.css').read_text(encoding='utf-8')}</style>"


def _header(screen: Screen, words: cards.Words) -> bool:
    """Title, who is there, and the two switches. Says whether the spoken sentences are shown."""
    with st.container(key="header", horizontal=True, vertical_alignment="center"):
        st.html(f"<h1>{cards.text(words['title'])}</h1>", width="content")
        row = screen.with_whom
        labels = {option.id: literal(option.label) for option in row.options}
        st.segmented_control(
            literal(row.ask),
            list(labels),
            format_func=lambda one: labels.get(one, str(one)),
            key=f"{form.prefix('c')}with_whom",
            persist_state="session",
        )
        say = st.toggle(literal(words["say_switch"]), key=form.SAY_KEY, persist_state="session")
        st.html(f'<p class="promise">{cards.text(words["promise"])}</p>', width="content")
        language_switch(words)
    return say


def language_switch(words: cards.Words) -> None:
    """The same on every page: who goes to another one keeps the language."""
    chosen = st.segmented_control(
        literal(words["language"]),
        list(LANGUAGES),
        format_func=lambda one: LANGUAGES.get(one, str(one)),
        default=form.language(),
        required=True,
        key=form.LANGUAGE_KEY,
        label_visibility="collapsed",
    )
    st.session_state[form.LANGUAGE_KEPT] = chosen


def _result(screen: Screen, words: cards.Words) -> None:
    parts = [
        cards.support_card(screen.support) if screen.support else "",
        cards.verdict_card(screen.verdict, words),
        cards.guide_list(screen.guide) if screen.guide else "",
        cards.lines_card(screen.lines) if screen.lines else "",
    ]
    st.html("".join(parts))
    if screen.documents:
        tabs = st.tabs([literal(document.tab) for document in screen.documents], key=f"{form.prefix('c')}tabs")
        for tab, document in zip(tabs, screen.documents, strict=True):
            with tab:
                _document(document, words)
    if screen.sources:
        with st.expander(literal(screen.sources_title), type="compact", key=f"{form.prefix('c')}sources"):
            st.html(cards.sources_list(screen.sources, words))


def _document(document: Document, words: cards.Words) -> None:
    """What a text still asks, then the text itself."""
    keys = form.prefix("c")
    with st.container(key=f"document-{document.id}", gap=None):
        if document.consent_label:
            st.checkbox(literal(document.consent_label), key=f"{keys}consent", persist_state="session")
        if document.neutral_label:
            st.toggle(literal(document.neutral_label), key=f"{keys}neutral", persist_state="session")
        body = cards.document_body(document, words)
        if body:
            st.html(body)
        _downloads(document, words)
        for row in document.rows:
            form.draw_row(row, "x")
        if document.own_words_label:
            st.text_area(
                literal(document.own_words_label),
                max_chars=form.OWN_WORDS_LENGTH,
                height=80,
                key=f"{keys}own_words",
                persist_state="session",
            )
            st.html(f'<p class="note">{cards.text(document.own_words_help)}</p>')


def _downloads(document: Document, words: cards.Words) -> None:
    """The files are made on a click, not on every answer."""
    makers: dict[str, Any] = {"pdf": document.pdf, "docx": document.docx}
    if not any(makers.values()):
        return
    with st.container(key=f"files-{document.id}", horizontal=True, gap="small"):
        for kind, mime in _FILES:
            if makers[kind] is not None:
                st.download_button(
                    literal(words["pdf" if kind == "pdf" else "word"]),
                    makers[kind],
                    file_name=f"{document.file_stem or document.id}.{kind}",
                    mime=mime,
                    key=f"{form.prefix('c')}{document.id}-{kind}",
                    on_click="ignore",
                    icon=":material/download:",
                )


def _footer(screen: Screen, words: cards.Words, links: Callable[[], None] | None) -> None:
    with st.container(key="footer", horizontal=True, vertical_alignment="center"):
        st.button(literal(words["clear"]), key="clear", on_click=form.clear, icon=":material/restart_alt:")
        if links:
            links()
        st.html(cards.footer(screen) + cards.bar(screen, words))
