"""The workbench: an author edits a rule file and sees at once what it means and what it changes.

What is typed stays in this visit; to use it, the author downloads the file and puts it in `rules`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape

import streamlit as st

from mantelzorg.assessment import Judge
from mantelzorg.book import html as pieces
from mantelzorg.book import rule_set_part
from mantelzorg.book.graph import verdict_name
from mantelzorg.cases import CONTRADICTION, OPEN
from mantelzorg.comparison import Comparison
from mantelzorg.comparison.told import Block, Teller
from mantelzorg.content import Content
from mantelzorg.problems import Problem
from mantelzorg.rules import RuleSet
from mantelzorg.web import book_page, page
from mantelzorg.web.cards import Words, text
from mantelzorg.web.draft import CaseLine, Draft, impact, read_draft, replayed, rule_files, text_of
from mantelzorg.web.literal import literal
from mantelzorg.yaml_text import MAX_BYTES

KEY = "bench-"
EMPTY = ""
MOST_FINDINGS = 50


def draw_absent(words: Words, back: Callable[[], None]) -> None:
    """What stands here when the app was not started for authors: nothing."""
    book_page.begin(words["absent"], words, back)


def draw(content: Content, words: Words, back: Callable[[], None]) -> None:
    """Draw the page. `back` draws the link to the questions."""
    book_page.begin(words["workbench"], words, back)
    language = page.language()
    with st.container(key="bench"):
        st.html(f"<p>{text(words['bench_lead'])}</p>")
        written = _editor(words)
        with st.container(key=f"{KEY}buttons", horizontal=True):
            st.button(literal(words["bench_view"]), key=f"{KEY}view")
            if not written.strip():
                return
            with st.spinner(words["bench_busy"]):
                draft = _draft(written, content.digest, content)
            _download(draft, written, words)
        _card(words["bench_findings"], findings(draft.problems, words))
        if draft.judge:
            _results(draft, content, words, language)


def _editor(words: Words) -> str:
    """The text as the author has it. Each file has a field of its own, so that going to another one loses nothing."""
    names = [*rule_files(), EMPTY]
    chosen = st.selectbox(
        literal(words["bench_file"]),
        names,
        format_func=lambda name: str(name) or words["bench_empty"],
        key=f"{KEY}file",
        persist_state="session",
    )
    name = chosen if chosen in names else EMPTY
    written = str(
        st.text_area(
            literal(words["bench_text"]),
            text_of(name) if name else "",
            height=420,
            max_chars=MAX_BYTES,
            key=f"{KEY}text-{name}",
            persist_state="session",
        )
        or ""
    )
    st.html(f'<p class="note">{text(words["bench_help"])}</p>')
    return written


@st.cache_resource(max_entries=3, show_spinner=False)
def _draft(written: str, digest: str, _content: Content) -> Draft:
    return read_draft(written, _content)


def _download(draft: Draft, written: str, words: Words) -> None:
    st.download_button(
        literal(words["bench_download"].format(file=draft.download_name)),
        written.encode("utf-8", "replace"),
        file_name=draft.download_name,
        mime="application/yaml",
        key=f"{KEY}download",
        on_click="ignore",
        icon=":material/download:",
    )


def _results(draft: Draft, content: Content, words: Words, language: str) -> None:
    assert draft.judge
    rules = draft.judge.rules
    live = content.judges.get(rules.id)
    lines = replayed(draft.judge, live, book_page.cases_of(content))
    if live is None:
        _card(words["bench_impact"], f"<p>{text(words['bench_new'].format(id=rules.id))}</p>")
    else:
        found = impact(draft.judge, live, lines)
        _card(words["bench_impact"], note(found, language) if found else f"<p>{text(words['bench_apart'])}</p>")
    _card(words["bench_cases"], cases_table(lines, words, _names(rules, live, words, language)))
    st.html(f"<h2>{text(words['bench_preview'])}</h2>")
    book_page.draw_part(rule_set_part(rules, content.sources, language), language, KEY)


def _names(rules: RuleSet, live: Judge | None, words: Words, language: str) -> dict[str, str]:
    """What the results are called; the words of the draft go before those of the live rules."""
    known = [*([live.rules] if live else []), rules]
    names = {verdict: verdict_name(own.line(verdict), language) for own in known for verdict in own.verdicts}
    return names | {OPEN: words["bench_open"], CONTRADICTION: words["bench_contradiction"]}


def _card(title: str, inner: str) -> None:
    st.html(f'<section class="card book"><h2>{text(title)}</h2>{inner}</section>')


def findings(problems: Sequence[Problem], words: Words) -> str:
    """What is wrong or to be weighed, each with its line."""
    if not problems:
        return f"<p>{text(words['bench_good'])}</p>"
    more = len(problems) - MOST_FINDINGS
    rest = f"<p>{text(words['bench_more'].format(count=more))}</p>" if more > 0 else ""
    items = "".join(f"<li>{_finding(problem, words)}</li>" for problem in problems[:MOST_FINDINGS])
    return f'<ul class="findings">{items}</ul>{rest}'


def _finding(problem: Problem, words: Words) -> str:
    kind = problem.severity
    place = words["bench_place"].format(line=problem.mark.line, column=problem.mark.column)
    instead = words["bench_instead"].format(problem.instead) if problem.instead else ""
    said = " ".join(part for part in (problem.what, problem.why, instead) if part)
    return (
        f'<strong class="{kind}-word">{text(words[f"bench_{kind}"])}</strong> {text(place)}: {text(said)}'
        f" <code>{escape(problem.code)}</code>"
    )


def note(found: Comparison, language: str) -> str:
    """The impact note."""
    return "".join(_note_lines(Teller(found, language).blocks()))


def _note_lines(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        if block.mark == "#":
            continue  # It names the versions, and here these are always the live one and the draft.
        if block.rows:
            head, *rest = block.rows
            yield pieces.table(", ".join(head), map(_said, head), [list(map(_said, row)) for row in rest])
        elif block.mark == "-":
            yield f"<ul><li>{_said(block.text)}</li></ul>"
        else:
            tag = "h3" if block.mark == "##" else "p"
            yield f"<{tag}>{_said(block.text)}</{tag}>"


def _said(words: str) -> str:
    """Text in which `code` and *verdicts* are marked, as HTML."""
    marked = re.sub(r"`([^`]*)`", r"<code>\1</code>", text(words))
    return re.sub(r"\*([^*<>]+)\*", r"<em>\1</em>", marked)


def cases_table(lines: Sequence[CaseLine], words: Words, names: Words) -> str:
    """How many cases are green and red, and those that are red or change."""
    good = sum(line.good is True for line in lines)
    bad = sum(line.good is False for line in lines)
    changed = sum(line.changed for line in lines)
    counted = words["bench_counted"].format(total=len(lines), good=good, bad=bad, changed=changed)
    rows = [_case(line, words, names) for line in lines if line.changed or line.good is False]
    head = [words[f"bench_{name}"] for name in ("case", "live", "draft", "state")]
    table = pieces.table(words["bench_cases"], map(escape, head), rows) if rows else ""
    return f"<p>{text(counted)}</p>{table}"


def _case(line: CaseLine, words: Words, names: Words) -> list[str]:
    key = "forbidden" if line.forbidden else {True: "green", False: "red", None: "silent"}[line.good]
    tone = {True: "tone-yes", False: "tone-contradiction", None: "tone-open"}[line.good]
    arrow = " →" if line.changed else ""
    return [
        f'{escape(line.case.id)} <span class="quiet">{escape(line.case.story)}</span>',
        escape(names.get(line.live, line.live) or "–") + arrow,
        escape(names.get(line.draft, line.draft)),
        f'<strong class="{tone}">{escape(words[f"bench_{key}"])}</strong>',
    ]
