"""The rule book as a page: why the rules are what they are, and what each makes of the same situation."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import streamlit as st

from mantelzorg.book import html as pieces
from mantelzorg.book import make_book, rule_set_part, write_html, write_pdf
from mantelzorg.book.book import RuleSetPart, in_order
from mantelzorg.book.example_cases import example_cases
from mantelzorg.book.graph import dot
from mantelzorg.book.side_by_side import limits, side_by_side, telling
from mantelzorg.book.words import words as book_words
from mantelzorg.cases import Case
from mantelzorg.content import ROOT, Content
from mantelzorg.web import form, live, page
from mantelzorg.web.cards import Words, text
from mantelzorg.web.literal import literal

KEY = "book-"
STORY_LENGTH = 90


def draw(content: Content, words: Words, back: Callable[[], None]) -> None:
    """Draw the page. `back` draws the link to the questions."""
    language = page.language()
    begin(words["book"], words, back)
    with st.container(key="book"):
        st.html(f"<p>{text(book_words(language)['lead'])}</p>")
        _downloads(content, language)
        part = rule_set_part(content.judges[_chosen(content, language)].rules, content.sources, language)
        draw_part(part, language, KEY)
        _beside(content, language)


def begin(title: str, words: Words, back: Callable[[], None]) -> None:
    """What every page beside the form begins with: look, title, the way back, language."""
    st.set_page_config(page_title=f"{title} – {words['title']}", layout="wide", initial_sidebar_state="collapsed")
    st.html(page.style())
    st.html(_style())
    with st.container(key="header", horizontal=True, vertical_alignment="center"):
        st.html(f"<h1>{text(title)}</h1>", width="content")
        back()
        page.language_switch(words)
    live.place_plain(page.language(), {"skip": words["skip"]}, form.visit())


@cache
def _style() -> str:
    return f"<style>{Path(__file__).with_name('book.css').read_text(encoding='utf-8')}</style>"


def _chosen(content: Content, language: str) -> str:
    names = in_order(content)
    titles = {name: literal(content.judges[name].rules.texts["title"][language]) for name in names}
    return st.segmented_control(
        literal(book_words(language)["choose"]),
        names,
        format_func=lambda name: titles.get(name, str(name)),
        default=names[0],
        required=True,
        key=f"{KEY}rules",
        persist_state="session",
    )


def draw_part(part: RuleSetPart, language: str, key: str) -> None:
    """One rule set in words, with a picture per verdict."""
    w = book_words(language)
    _card(part.title, pieces.facts_table(part, language))
    _card(w["criteria"], pieces.criteria(part, language, level=3))
    _card(w["verdicts"], f"<p>{text(w['verdicts_lead'])}</p>{pieces.verdicts(part, language)}")
    _picture(part, language, key)
    _card(w["impossible"], pieces.conditions(part.impossible, language))
    _card(w["assumptions"], pieces.conditions(part.assumptions, language))
    _card(w["sources"], pieces.sources(part, language))


def _card(title: str, inner: str) -> None:
    st.html(f'<section class="card book"><h2>{text(title)}</h2>{inner}</section>')


def _picture(part: RuleSetPart, language: str, key: str) -> None:
    w = book_words(language)
    pictures = {picture.verdict: picture for picture in part.pictures}
    with st.container(key=f"{key}picture", gap="small"):
        st.html(f"<h2>{text(w['picture'])}</h2><p>{text(w['picture_lead'])}</p>")
        verdict = st.segmented_control(
            literal(w["picture_choice"]),
            list(pictures),
            format_func=lambda one: literal(pictures[one].name) if one in pictures else str(one),
            default=next((one for one in pictures if pictures[one].tree.tone == "yes"), part.pictures[0].verdict),
            required=True,
            key=f"{key}verdict-{part.id}",
        )
        chosen = pictures.get(verdict, part.pictures[0])
        st.graphviz_chart(dot(chosen.tree), alt=chosen.text)


def _beside(content: Content, language: str) -> None:
    """The rule sets beside each other: their limits, and one situation."""
    w = book_words(language)
    judges = [content.judges[name] for name in in_order(content)]
    _card(w["limits"], f"<p>{text(w['limits_lead'])}</p>{_limits(content, language)}")
    cases = {case.id: case for case in cases_of(content)}
    best = telling(judges, list(cases.values()))
    if best is None:
        return
    with st.container(key=f"{KEY}situation", gap="small"):
        st.html(f"<h2>{text(w['situation'])}</h2><p>{text(w['situation_lead'])}</p>")
        name = st.selectbox(
            literal(w["situation_choice"]),
            list(cases),
            index=list(cases).index(best.id),
            format_func=lambda one: _short(cases[one]) if one in cases else str(one),
            key=f"{KEY}case",
            persist_state="session",
        )
        found = side_by_side(judges, cases.get(str(name), best), language)
        st.html(pieces.situation_table(found, language))


def _limits(content: Content, language: str) -> str:
    found = limits([content.judges[name].rules for name in in_order(content)], language)
    return pieces.limits_table(found, language)


def _short(case: Case) -> str:
    story = case.story if len(case.story) <= STORY_LENGTH else f"{case.story[:STORY_LENGTH]}…"
    return f"{case.id}: {story}"


def cases_of(content: Content) -> tuple[Case, ...]:
    """The cases that can be used, read once for each state of the content and the case files."""
    stamp = tuple((path.name, path.stat().st_mtime_ns) for path in sorted((ROOT / "cases").glob("*.yaml")))
    return _read_cases(content.digest, stamp, content)


@st.cache_resource(max_entries=4, show_spinner=False)
def _read_cases(digest: str, stamp: tuple[tuple[str, int], ...], _content: Content) -> tuple[Case, ...]:
    return example_cases(_content)[0]


def _downloads(content: Content, language: str) -> None:
    """Both files are made on a click."""
    w = book_words(language)

    def whole(write: Callable[..., str | bytes]) -> Callable[[], str | bytes]:
        return lambda: write(make_book(content, cases_of(content), language))

    with st.container(key=f"{KEY}files", horizontal=True, gap="small"):
        for kind, mime, write in (("pdf", "application/pdf", write_pdf), ("html", "text/html", write_html)):
            st.download_button(
                literal(w[kind]),
                whole(write),
                file_name=f"{w['title'].lower().replace(' ', '-')}.{kind}",
                mime=mime,
                key=f"{KEY}{kind}",
                on_click="ignore",
                icon=":material/download:",
            )
