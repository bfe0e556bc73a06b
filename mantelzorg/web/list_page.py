"""Many situations at once, for a small file: look, say which column is what, judge, download. Nothing is kept."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from mantelzorg.bulk.peek import Peek, peek
from mantelzorg.bulk.screening import Summary, Wish, screen
from mantelzorg.content import Content
from mantelzorg.problems import ContentError
from mantelzorg.web import book_page, page
from mantelzorg.web.asking import QUESTIONNAIRE
from mantelzorg.web.cards import Words, text
from mantelzorg.web.list_parts import bars, notes, preview
from mantelzorg.web.literal import literal

KEY = "list-"
KINDS = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
RESULT = f"{KEY}result"
NO_FACT = ""


@dataclass(frozen=True)
class Judged:
    """The result of a file, held in this visit until another file is chosen or it is cleared."""

    asked: object
    name: str
    summary: Summary
    content: bytes


@dataclass(frozen=True)
class File:
    """What was uploaded."""

    name: str
    content: bytes

    def within(self, folder: Path) -> Path:
        """The file in a folder that will be gone, under a name that nobody typed."""
        place = folder / f"in{Path(self.name).suffix.lower()[:10]}"
        place.write_bytes(self.content)
        return place


def draw(content: Content, words: Words, back: Callable[[], None]) -> None:
    """Draw the page. `back` draws the link to the questions."""
    book_page.begin(words["list"], words, back)
    with st.container(key="list"):
        st.html(f"<p>{text(words['list_lead'])}</p><p class='note'>{text(words['list_kept'])}</p>")
        file = _file(words)
        if file is None:
            st.session_state.pop(RESULT, None)
            st.html(f"<p>{text(words['list_columns'].format(names=', '.join(content.facts)))}</p>")
            return
        try:
            _work(file, content, words)
        except ContentError as error:
            told = "".join(f"<li>{text(_said(problem.what, problem.why))}</li>" for problem in error.problems)
            _card(words["list_refused"], f"<ul class='findings'>{told}</ul>")


def _file(words: Words) -> File | None:
    sent = st.file_uploader(literal(words["list_file"]), type=["csv", "txt", "xlsx", "parquet"], key=f"{KEY}file")
    return File(sent.name, sent.getvalue()) if sent else None


def _said(what: str, why: str) -> str:
    return f"{what} {why}".strip()


def _work(file: File, content: Content, words: Words) -> None:
    language = page.language()
    rules = _rules(content, words, language)
    kind = _kind(words)
    first = _peeked(file, {}, content)
    told = _told(first, file, content, words, language)
    _card(words["list_preview"], preview(first, told, content, words, language))
    asked = (file.name, file.content, tuple(rules), kind, language, tuple(sorted(told.items())), content.digest)
    with st.container(key=f"{KEY}buttons", horizontal=True):
        if st.button(literal(words["list_judge"]), key=f"{KEY}judge", type="primary", disabled=not rules):
            with st.spinner(words["list_busy"]):
                st.session_state[RESULT] = _judged(asked, file, kind, rules, told, content, language)
        judged = st.session_state.get(RESULT)
        if isinstance(judged, Judged) and judged.asked == asked:
            _download(judged, kind, words)
    if isinstance(judged, Judged) and judged.asked == asked:
        for name, counts in judged.summary.results.items():
            _card(content.judges[name].rules.texts["title"][language], bars(content.judges[name], counts, language))
        _card(words["list_notes"], notes(judged.summary, words))


def _rules(content: Content, words: Words, language: str) -> list[str]:
    first = content.questionnaires[QUESTIONNAIRE].rules
    titles = {name: literal(judge.rules.texts["title"][language]) for name, judge in content.judges.items()}
    chosen = st.multiselect(
        literal(words["list_rules"]), list(titles), [first], format_func=titles.__getitem__, key=f"{KEY}rules"
    )
    return [name for name in chosen if name in content.judges]


def _kind(words: Words) -> str:
    chosen = st.segmented_control(
        literal(words["list_kind"]), list(KINDS), default="xlsx", format_func=str.upper, key=f"{KEY}kind", required=True
    )
    return chosen if chosen in KINDS else "xlsx"


def _peeked(file: File, told: Mapping[int, str], content: Content) -> Peek:
    with tempfile.TemporaryDirectory() as folder:
        place = file.within(Path(folder))
        return peek(Wish(place, Path(folder) / "out.csv", (), told=told), content)


def _told(first: Peek, file: File, content: Content, words: Words, language: str) -> dict[int, str]:
    """Which fact each column is, as somebody says; only what differs from what was recognised."""
    labels = {name: fact.label[language] for name, fact in content.facts.items()} | {NO_FACT: words["list_no_fact"]}
    told = {}
    with st.expander(literal(words["list_mapping"])):
        for heading in first.headings:
            found = heading.fact.id if heading.fact else NO_FACT
            chosen = st.selectbox(
                literal(heading.name) or f"{heading.place + 1}",
                [NO_FACT, *content.facts],
                index=[NO_FACT, *content.facts].index(found),
                format_func=lambda name: literal(labels.get(name, "")),
                key=f"{KEY}{len(file.content)}-{heading.place}-{heading.name[:40]}",
            )
            if chosen != found and chosen in labels:
                told[heading.place] = chosen
    return told


def _judged(
    asked: object, file: File, kind: str, rules: list[str], told: Mapping[int, str], content: Content, language: str
) -> Judged:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"out.{kind}"
        judges = [content.judges[name] for name in rules]
        summary = screen(Wish(file.within(Path(folder)), target, judges, language, told=told), content)
        return Judged(asked, f"{Path(file.name).stem}-beoordeeld.{kind}", summary, target.read_bytes())


def _download(judged: Judged, kind: str, words: Words) -> None:
    st.download_button(
        literal(words["list_download"].format(rows=judged.summary.rows)),
        judged.content,
        file_name=judged.name,
        mime=KINDS[kind],
        key=f"{KEY}download",
        on_click="ignore",
        icon=":material/download:",
    )


def _card(title: str, inner: str) -> None:
    st.html(f'<section class="card book"><h2>{text(title)}</h2>{inner}</section>')
