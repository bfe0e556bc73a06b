"""Draws what a self-check comes to, and what one can take along."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from mantelzorg.rules import Tone
from mantelzorg.self_check import Result, SelfCheck
from mantelzorg.two_languages import sheet_of
from mantelzorg.voice import DUTCH
from mantelzorg.web import self_check_parts as parts
from mantelzorg.web import self_check_visit as visits
from mantelzorg.web.literal import literal
from mantelzorg.web.self_check_visit import CHECK, RESULT, TAKE, Visit

MARKS = {Tone.YES: "outcome-yes", Tone.MAYBE: "outcome-maybe", Tone.NO: "outcome-no", None: "outcome-open"}


def draw(visit: Visit, check: SelfCheck, sources: Callable[[str], None]) -> list[str]:
    """The result: support first where that is needed, the verdict, why, whom to call, and the rest below."""
    found = check.result()
    if found.first:
        st.html(_support(check, found))
    st.html(parts.picture(MARKS[found.tone], "sc-mark"))
    parts.heading(found.title, "", check)
    st.html(_verdict(check, found) + _call(check, found) + _details(check, found))
    label = literal(check.say("take_along"))
    st.button(
        label,
        key="sc-take",
        width="stretch",
        on_click=lambda: visit.go(TAKE),
        icon=_arrow(check),
        icon_position="right",
    )
    st.button(literal(check.say("change_answers")), key="sc-change", type="tertiary", on_click=lambda: visit.go(CHECK))
    st.html(f'<p class="sc-small">{parts.text(found.version)}</p>')
    with st.container(key="sc-sources"):
        sources(check.say("how"))
    return [found.first, found.title, found.subtitle, found.text, *found.reasons, found.call, found.number]


def _arrow(check: SelfCheck) -> str:
    return ":material/arrow_back:" if check.voice.right_to_left else ":material/arrow_forward:"


def _support(check: SelfCheck, found: Result) -> str:
    title, danger = parts.text(check.say("support_title")), parts.text(check.say("danger"))
    return (
        f'<section class="sc-first" aria-label="{title}"><p class="sc-strong">{title}</p>'
        f"<p>{parts.text(found.first)}</p><p>{parts.telephone(found.number)}</p><p>{danger}</p></section>"
    )


def _verdict(check: SelfCheck, found: Result) -> str:
    subtitle = f'<p class="sc-subtitle">{parts.text(found.subtitle)}</p>' if found.subtitle else ""
    line = f'<p class="sc-line">{parts.text(found.text)}</p>' if found.text else ""
    items = "".join(f"<li>{parts.text(reason)}</li>" for reason in found.reasons)
    title = check.say("known" if found.tone is None else "why")
    why = f'<h2>{parts.text(title)}</h2><ul class="sc-reasons">{items}</ul>' if items else ""
    return subtitle + line + why


def _call(check: SelfCheck, found: Result) -> str:
    hours = f"<p>{parts.text(found.hours)}</p>" if found.hours else ""
    say = ""
    if found.say:
        say = f'<p class="sc-say">{parts.text(check.say("you_can_say"))}<br>“{parts.text(found.say)}”</p>'
    return (
        f'<section class="sc-call"><p class="sc-strong">{parts.text(found.call)}</p>'
        f"<p>{parts.telephone(found.number)}</p><p>{parts.text(found.who)}</p>{hours}{say}</section>"
    )


def _details(check: SelfCheck, found: Result) -> str:
    signals = [*found.signals, check.say("signals_note")] if found.signals else []
    asides = [
        ("not_known", list(found.not_known)),
        ("assumed", [one.text for one in found.assumed]),
        ("support", [found.advice]),
        ("signals", signals),
        ("scheme", [found.scheme]),
    ]
    html = "".join(_aside(check.say(name), [line for line in lines if line]) for name, lines in asides)
    again = f"<h2>{parts.text(check.say('again'))}</h2><p>{parts.text(found.again)}</p>" if found.again else ""
    return html + again


def _aside(title: str, lines: list[str]) -> str:
    if not lines:
        return ""
    body = "".join(f"<p>{parts.text(line)}</p>" for line in lines)
    return f'<section class="sc-aside"><h2>{parts.text(title)}</h2>{body}</section>'


def draw_take_along(visit: Visit, check: SelfCheck, languages: dict[str, str]) -> list[str]:
    """What to do with it: call, print, save, show; and clear everything."""
    parts.heading(check.say("take_along"), check.say("take_text"), check)
    contact = check.content.support.to_call()
    st.link_button(
        literal(check.say("call_number", number=contact.number.replace(" ", "\u00a0"))),
        f"tel:{contact.number.replace(' ', '')}",
        type="primary",
        width="stretch",
        icon=":material/call:",
    )
    second = _second(visit, check, languages)
    st.html(f'<button type="button" class="sc-button" data-print>{parts.text(check.say("print"))}</button>')
    made = sheet_of(check.situation, check.content.catalogues.get(second), second)
    stem = f"mantelzorg-{check.today.isoformat()}"
    for key, label, name, mime, write in (
        ("sc-pdf", "save_pdf", f"{stem}.pdf", "application/pdf", made.pdf),
        ("sc-text", "save_text", f"{stem}.txt", "text/plain", made.text),
    ):
        st.download_button(
            literal(check.say(label)), write, file_name=name, mime=mime, key=key, on_click="ignore", width="stretch"
        )
    with st.container(key="sc-sheet"):
        st.html(made.html())
    st.html(_aside(check.say("done_title"), [check.say("done_text")]))
    st.button(literal(check.say("clear")), key="sc-clear", width="stretch", on_click=visits.clear)
    st.button(literal(check.say("back")), key="sc-back", on_click=partial(visit.go, RESULT))
    return [check.say("take_along"), check.say("take_text")]


def _second(visit: Visit, check: SelfCheck, languages: dict[str, str]) -> str:
    """The language that stands beside the Dutch: at first that of the page; empty for none."""
    if not visit.second:
        visit.second = visit.language
    labels = {code: check.say("dutch_and", language=name) for code, name in languages.items() if code != DUTCH}
    labels = {DUTCH: check.say("only_dutch"), **labels}
    key = visit.widget("second")
    if key not in st.session_state:
        st.session_state[key] = visit.second
    title = literal(check.say("two_languages"))
    with (
        st.expander(title, expanded=visit.language != DUTCH, key="sc-second"),
        st.container(key="choices-sheet", gap=None),
    ):
        st.html(f"<p>{parts.text(check.say('two_languages_text'))}</p>")
        chosen = st.radio(
            title,
            list(labels),
            index=None,
            format_func=lambda code: literal(labels.get(code, str(code))),
            key=key,
            label_visibility="collapsed",
            width="stretch",
        )
    visit.second = chosen if chosen in labels else DUTCH
    return "" if visit.second == DUTCH else visit.second
