"""Draws the self-check: one thing to do per page, on a phone, in the language and the voice of the helper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

import streamlit as st

from mantelzorg.content import Content
from mantelzorg.self_check import QUESTIONNAIRE, Asked, SelfCheck
from mantelzorg.voice import DUTCH
from mantelzorg.web import self_check_parts as parts
from mantelzorg.web import self_check_result as result
from mantelzorg.web import self_check_visit as visits
from mantelzorg.web.literal import literal
from mantelzorg.web.self_check_visit import CHECK, CLEARED, PRIVACY, RESULT, START, TAKE, Visit
from mantelzorg.web.words import LANGUAGES

LANGUAGE_PARAMETER = "taal"


def languages(content: Content) -> dict[str, str]:
    """Every language of the self-check, under its own name."""
    return LANGUAGES | {code: catalogue.name for code, catalogue in content.catalogues.items()}


def draw(content: Content, today: date, sources: Callable[[str], None]) -> None:
    """Draw the page of this visit. `sources` draws the link to the rules, with the label given."""
    visit = visits.current()
    offered = languages(content)
    if visit.language not in offered:
        asked = st.query_params.get(LANGUAGE_PARAMETER, DUTCH)
        visit.language = asked if asked in offered else DUTCH
    check = SelfCheck(content, visit.answers, visit.language, today)
    visits.settle(visit, check.path, [question.fact for question in check.form.questions()])
    drawn = _titles(visit, check)
    st.set_page_config(
        page_title=f"{drawn} – {check.say('name')}", layout="centered", initial_sidebar_state="collapsed"
    )
    st.html(_style())
    with st.container(key="sc", gap=None):
        _top(visit, check, offered)
        spoken = _page(visit, check, sources)
    _foot(check)
    _window(visit, check, drawn, spoken)


@cache
def _style() -> str:
    css = Path(__file__).with_name("self_check.css").read_text(encoding="utf-8")
    return f"<style>{css}{parts.pictogram_css()}</style>"


def _titles(visit: Visit, check: SelfCheck) -> str:
    """The title of the page, as the browser shows it."""
    names = {START: "start_title", PRIVACY: "privacy_title", CHECK: "check_title", TAKE: "take_along"}
    if visit.step in names:
        return check.say(names[visit.step])
    if visit.step == CLEARED:
        return check.say("cleared")
    return check.result().title if visit.step == RESULT else check.asked(visit.step).title


def _top(visit: Visit, check: SelfCheck, offered: dict[str, str]) -> None:
    with st.container(key="sc-top", horizontal=True, vertical_alignment="center", wrap=False):
        st.html(f'<p class="sc-name">{parts.text(check.say("name"))}</p>', width="content")
        key = visit.widget("language")

        def change() -> None:
            chosen = st.session_state.get(key)
            if chosen in offered:
                _speak(visit, str(chosen))

        label = offered[visit.language]
        st.menu_button(
            literal(label),
            list(offered),
            format_func=lambda code: literal(offered.get(code, str(code))),
            key=key,
            on_click=change,
            icon=":material/translate:",
            type="tertiary",
        )
    notices = _notices(visit, check)
    if notices:
        st.html(f'<p class="sc-notice">{parts.text(" ".join(notices))}</p>')


def _notices(visit: Visit, check: SelfCheck) -> list[str]:
    catalogue = check.voice.catalogue
    found = []
    if catalogue and not catalogue.reviewed:
        found.append(check.say("not_reviewed"))
    if not check.complete_translation():
        found.append(check.say("part_dutch"))
    if visit.restored:
        found.append(check.say("restored"))
    return found


def _page(visit: Visit, check: SelfCheck, sources: Callable[[str], None]) -> list[str]:
    """Draw the step and return what "read aloud" says."""
    if visit.step == START:
        return _start(visit, check)
    if visit.step == PRIVACY:
        return _privacy(visit, check)
    if visit.step == CLEARED:
        return _cleared(visit, check)
    if visit.step == CHECK:
        return _read_back(visit, check)
    if visit.step == RESULT:
        return result.draw(visit, check, sources)
    if visit.step == TAKE:
        return result.draw_take_along(visit, check, languages(check.content))
    return _question(visit, check, check.asked(visit.step))


def _start(visit: Visit, check: SelfCheck) -> list[str]:
    lines = [check.say(name) for name in ("start_time", "start_no_test", "start_nothing_kept")]
    st.html(parts.picture("start", "sc-picture"))
    parts.heading(check.say("start_title"), check.say("start_text"), check)
    icons = ("clock", "cup", "lock")
    items = "".join(
        f"<li>{parts.picture(icon)}{parts.text(line)}</li>" for icon, line in zip(icons, lines, strict=True)
    )
    st.html(f'<ul class="sc-promises">{items}</ul>')
    st.button(
        literal(check.say("begin")), key="sc-begin", type="primary", width="stretch", on_click=_begin(visit, check)
    )
    if check.form.door:
        label = literal(check.say("begin_young"))
        st.button(label, key="sc-begin-young", width="stretch", on_click=_begin(visit, check, young=True))
    _other_languages(visit, check)
    return [check.say("start_title"), check.say("start_text"), *lines]


def _other_languages(visit: Visit, check: SelfCheck) -> None:
    """Every other language under its own name, for who cannot read this one."""
    st.html(f'<p class="sc-help">{parts.text(check.say("other_language"))}</p>')
    with st.container(key="sc-languages", horizontal=True):
        for code, name in languages(check.content).items():
            if code != visit.language:
                st.button(literal(name), key=f"sc-language-{code}", on_click=partial(_speak, visit, code))


def _speak(visit: Visit, language: str) -> None:
    visit.language, visit.fresh = language, False


def _begin(visit: Visit, check: SelfCheck, young: bool = False) -> Callable[[], None]:
    def begin() -> None:
        fact, option = check.form.door or ("", "")
        if young:
            visit.answers[fact] = (option,)
        elif option in visit.answers.get(fact, ()):
            del visit.answers[fact]
        visit.go(PRIVACY)

    return begin


def _privacy(visit: Visit, check: SelfCheck) -> list[str]:
    first, second = check.say("privacy_1"), check.say("privacy_2")
    parts.heading(check.say("privacy_title"), first, check)
    st.html(f"<p>{parts.text(second)}</p>")
    with st.expander(literal(check.say("privacy_more")), key="sc-more"):
        more = (check.say(f"privacy_more_{number}") for number in (1, 2, 3))
        st.html("".join(f"<p>{parts.text(one)}</p>" for one in more))
    questions = check.path.questions
    onward = questions[0].fact if questions else CHECK
    parts.onward(check, lambda: visit.go(START), check.say("next"), lambda: visit.go(onward))
    return [check.say("privacy_title"), first, second]


def _cleared(visit: Visit, check: SelfCheck) -> list[str]:
    parts.heading(check.say("cleared"), "", check)
    label = literal(check.say("again_begin"))
    st.button(label, key="sc-again", type="primary", width="stretch", on_click=lambda: visit.go(START))
    return [check.say("cleared")]


def _question(visit: Visit, check: SelfCheck, asked: Asked) -> list[str]:
    left = _left(check, asked)
    if left:
        st.html(f'<p class="sc-left">{parts.text(left)}</p>')
    parts.heading(asked.title, asked.help, check)
    if visit.error:
        st.html(f'<p class="sc-error" id="sc-error" role="alert">{parts.text(visit.error)}</p>')
    parts.choices(visit, asked, check.say("or"))
    leads = visits.back(visit, check.path)
    parts.onward(check, lambda: visit.go(leads), check.say("next"), lambda: _answer(visit, check, asked))
    return [asked.title, asked.help, *(choice.label for choice in asked.choices)]


def _left(check: SelfCheck, asked: Asked) -> str:
    if asked.left == 1:
        return check.say("last_one")
    return check.say("at_most", count=str(asked.left)) if 0 < asked.left <= parts.MOST_TOLD else ""


def _answer(visit: Visit, check: SelfCheck, asked: Asked) -> None:
    """Take what the widgets hold as the answer, or say what is wrong with it."""
    picked = parts.picked(visit, asked)
    lonely = [choice.label for choice in asked.choices if choice.id in picked and choice.id in asked.alone]
    visit.fresh, visit.restored, visit.error, visit.tries = False, False, "", visit.tries + 1
    if not picked:
        visit.error = check.say("choose")
    elif asked.multiple and lonely and len(picked) > 1:
        visit.error = check.say("choose_clash", alone=lonely[0])
    else:
        visit.first = asked.fact not in visit.answers
        visit.answers[asked.fact], visit.answered = picked, asked.fact


def _read_back(visit: Visit, check: SelfCheck) -> list[str]:
    sections = check.read_back()
    parts.heading(check.say("check_title"), check.say("check_text"), check)
    change = check.say("change")
    for place, (title, rows) in enumerate(sections):
        st.html(f"<h2>{parts.text(title)}</h2>")
        with st.container(key=f"sc-rows-{place}", gap=None):
            for row in rows:
                label = f"{literal(row.text)} **{literal(change)}**"
                st.button(label, key=f"sc-row-{row.fact}", width="stretch", on_click=_to(visit, row.fact), wrap=True)
    leads = visits.back(visit, check.path)
    parts.onward(check, lambda: visit.go(leads), check.say("right"), lambda: visit.go(RESULT))
    return [check.say("check_title"), *(row.text for _, rows in sections for row in rows)]


def _to(visit: Visit, fact: str) -> Callable[[], None]:
    return lambda: visit.go(fact, changing=True)


def _foot(check: SelfCheck) -> None:
    contact = check.content.support.to_call()
    with st.bottom:
        st.html(
            f'<p class="sc-foot">{parts.text(check.say("rather_call"))} {parts.telephone(contact.number)}</p>'
            if contact.number
            else ""
        )


def _window(visit: Visit, check: SelfCheck, title: str, spoken: list[str]) -> None:
    """The one live element: what the window itself does."""

    def took() -> None:
        visits.restore(visit, _sent("kept"), check.content.questionnaires[QUESTIONNAIRE])

    def went() -> None:
        step = _sent("went")
        if isinstance(step, str) and not visit.fresh:
            visit.go(step)

    language = check.voice.language
    data: dict[str, Any] = {
        "language": language,
        "rtl": check.voice.right_to_left,
        "step": visit.step,
        "number": visit.number,
        "title": title,
        "tries": visit.tries,
        "fresh": visit.fresh,
        "name": visit.name,
        "clear": visit.step == CLEARED,
        "kept": visits.kept(visit, check.chosen),
        "spoken": [line for line in spoken if line],
        "words": {"offline": check.say("offline"), "skip": check.say("skip")},
        "languages": languages(check.content),
    }
    mount = st.components.v2.component("self_check", js=_script(), isolate_styles=False)
    mount(key=WINDOW, data=data, on_kept_change=took, on_went_change=went)


WINDOW = "sc-window"


@cache
def _script() -> str:
    return Path(__file__).with_name("self_check.js").read_text(encoding="utf-8")


def _sent(name: str) -> Any:
    """What the window sent with a trigger."""
    state = st.session_state.get(WINDOW)
    return getattr(state, name, None) if state is not None else None
