"""Ways through the self-check: drawn at random for the laws, and clicked in the real page."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from mantelzorg.assessment import Judge
from mantelzorg.cases import Case, load_cases
from mantelzorg.content import ROOT, Content, load
from mantelzorg.facts import Answers, Interval, Unknown
from mantelzorg.flow import Flow, flow_of
from mantelzorg.flow import Path as Way
from mantelzorg.questionnaire import NOT_KNOWN, Questionnaire
from mantelzorg.rules import Tone
from mantelzorg.self_check import QUESTIONNAIRE, Asked, SelfCheck
from mantelzorg.translations import NEVER_SPOKEN
from mantelzorg.voice import PLACEHOLDER
from mantelzorg.web.self_check_visit import CHECK, Visit
from mantelzorg.yaml_reader import read

APP = Path(__file__).parents[2] / "app.py"
TODAY = date(2026, 11, 22)
UNKNOWN = (NOT_KNOWN,)
YOUNG = {"helper_age": ("under_18",)}
Chosen = Mapping[str, tuple[str, ...]]

MOTHER: Chosen = {
    "relationship": ("mother",), "tasks": ("household", "transport"), "care_reason": ("dementia",),
    "shares_home": ("no",), "payment": ("none",), "on_behalf_of": ("nobody",),
    "hours_per_week": ("over_8",), "months_caring": ("longer",), "recipient_in_almere": ("yes",),
    "helper_age": ("from_26",), "strain": ("often_hard",), "can_keep_going": ("months",), "without_help": ("manages",),
    "consequences": ("sleep", "conflict"), "other_help": ("nobody",), "outlook": ("lasting",),
    "beyond_usual": ("mostly",), "unpaid_extra": ("yes",), "grows_up_with_care": ("no",),
}  # fmt: skip
"""Answers to every question of a grown-up; a yes."""
PAID: Chosen = {**MOTHER, "payment": ("wage",), "unpaid_extra": ("no",), "strain": ("fine",)}


def laws(examples: int) -> settings:
    """The same examples every time, and none of them kept."""
    quiet = list(HealthCheck)
    return settings(max_examples=examples, deadline=None, derandomize=True, database=None, suppress_health_check=quiet)


@cache
def content() -> Content:
    return load()


@cache
def form() -> Questionnaire:
    return content().questionnaires[QUESTIONNAIRE]


@cache
def flow() -> Flow:
    return flow_of(form(), content().judges, content().support.judge)


@cache
def definition() -> Judge:
    return content().judges[form().rules]


def check(chosen: Chosen, language: str = "nl", of: Content | None = None) -> SelfCheck:
    return SelfCheck(of or content(), chosen, language, TODAY)


def every_language() -> tuple[str, ...]:
    return ("nl", "en", *content().catalogues)


def asked_about(judge: Judge, answers: Answers, assumed: bool = False) -> set[str]:
    """The facts whose answer can still change the verdict; also those that are assumed, if wanted."""
    return {one.fact for one in judge.questions(answers) if one.relevant and (assumed or not one.assumed)}


def is_no(answers: Answers) -> bool:
    """Whether every verdict that is left is a "no"."""
    possible = definition().judge(answers).possible
    return bool(possible) and all(definition().rules.line(one).tone is Tone.NO for one in possible)


@st.composite
def picks(draw: st.DrawFn, fact: str, unknown: int = 8) -> tuple[str, ...]:
    """The options that somebody chooses on one page; once in so many times that it is not known."""
    question = form().question(fact)
    if draw(st.integers(1, unknown)) == unknown:
        return UNKNOWN
    ids = [option.id for option in question.options]
    if not question.multiple:
        return (draw(st.sampled_from(ids)),)
    if draw(st.integers(0, 5)) == 0:
        return (question.alone,)
    several = [one for one in ids if one != question.alone]
    return tuple(draw(st.lists(st.sampled_from(several), min_size=1, max_size=3, unique=True)))


@dataclass(frozen=True)
class Walk:
    """The self-check done from start to end. `pages` are the ways as they stood at each question, in order."""

    chosen: Chosen
    pages: tuple[Way, ...]
    end: Way

    @property
    def asked(self) -> tuple[str, ...]:
        return tuple(page.following.fact for page in self.pages if page.following)

    @property
    def answers(self) -> Answers:
        return form().answers(self.end.given)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(f"walked({dict(self.chosen)!r})")


MOST_PAGES = 40


@st.composite
def walks(draw: st.DrawFn, young: bool | None = None, unknown: int = 8, lean: Chosen | None = None) -> Walk:
    """Answer whatever is asked until nothing is asked any more. `young`: in by the door for the young, or never.
    `lean` are the answers to some questions; the others are drawn."""
    door = draw(st.integers(0, 3)) == 0 if young is None else young
    chosen = dict(YOUNG) if door else {}
    pages = []
    while (way := flow().path(chosen)).following and len(pages) < MOST_PAGES:
        pages.append(way)
        question = way.following
        chosen[question.fact] = (lean or {}).get(question.fact) or draw(picks(question.fact, unknown))
        if young is False and chosen[question.fact] == YOUNG.get(question.fact):
            chosen[question.fact] = ("from_26",)
    return Walk(chosen, tuple(pages), way)


def walked(answer: Mapping[str, Collection[str]], start: Chosen | None = None) -> Walk:
    """Answer every page from `answer`, "I do not know" where it says nothing."""
    chosen: dict[str, tuple[str, ...]] = dict(start or {})
    pages = []
    while (way := flow().path(chosen)).following and len(pages) < MOST_PAGES:
        pages.append(way)
        chosen[way.following.fact] = tuple(answer.get(way.following.fact, UNKNOWN))
    return Walk(chosen, tuple(pages), way)


@st.composite
def anything(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    """Options of any questions, also those that nobody would ask, and options that clash."""
    found: dict[str, tuple[str, ...]] = {}
    for question in form().questions():
        if draw(st.booleans()):
            ids = [*(option.id for option in question.options), NOT_KNOWN]
            found[question.fact] = tuple(draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True)))
    return found


@cache
def cases() -> tuple[Case, ...]:
    """The published cases with a verdict under the definition of the self-check."""
    file = ROOT / "cases/published.yaml"
    found = load_cases(read(file.read_bytes(), file.name), content().facts, content().judges)
    return tuple(case for case in found if form().rules in case.expect)


def within(answer: object, option: object) -> bool:
    """Whether an option says no more than the case does."""
    if isinstance(answer, Interval) and isinstance(option, Interval):
        low = option.low < answer.low or (option.low == answer.low and option.low_closed >= answer.low_closed)
        high = option.high > answer.high or (option.high == answer.high and option.high_closed >= answer.high_closed)
        return low and high
    return isinstance(answer, frozenset) and isinstance(option, frozenset) and answer <= option


def clicked(case: Case) -> dict[str, tuple[str, ...]]:
    """What the helper of a case would choose; nothing where no option is as wide as the case."""
    found = {}
    for question in form().questions():
        answer = case.answers.get(question.fact, Unknown())
        if question.multiple and isinstance(answer, frozenset):
            ids = [one.id for one in question.options if isinstance(one.answer, frozenset) and one.answer <= answer]
        else:
            ids = [one.id for one in question.options if within(answer, one.answer)][:1]
        if ids:
            found[question.fact] = tuple(ids)
    return found


def strings(part: object) -> Iterator[str]:
    """Every text of a part of the self-check that a person reads."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple | list):
        for one in part:
            yield from strings(one)
    elif is_dataclass(part) and not isinstance(part, type):
        hidden = {"fact", "id", "icon", "tone", *(["alone"] if isinstance(part, Asked) else [])}
        for one in fields(part):
            if one.name not in hidden:
                yield from strings(getattr(part, one.name))


def said(made: SelfCheck) -> list[str]:
    """Everything that this self-check says: the questions asked, the read-back, the result."""
    pages = [made.asked(question.fact) for question in made.path.questions]
    own = []
    for name, text in made.form.texts.items():
        places = {place: "7" for place in PLACEHOLDER.findall(text["nl"]) if place not in ("who", "mine")}
        own += [made.say(name, **places)] if not name.startswith(NEVER_SPOKEN) else []
    return [text for text in (*strings(pages), *strings(made.read_back()), *strings(made.result()), *own) if text]


# The page itself


def opened(language: str = "") -> AppTest:
    """The app at the address of the self-check."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    if language:
        app.query_params["taal"] = language
    app.run()
    app._page_hash = next(own for own, page in app._registered_pages.items() if page.get("url_pathname") == "zelf")
    return sound(app.run())


def sound(app: AppTest) -> AppTest:
    assert not app.exception, app.exception
    return app


def visit_of(app: AppTest) -> Visit:
    return app.session_state["self-check"]


def press(app: AppTest, key: str) -> AppTest:
    return sound(app.button(key=key).click().run())


def forward(app: AppTest) -> AppTest:
    return press(app, "sc-forward")


def boxes(app: AppTest, fact: str) -> dict[str, Any]:
    """The boxes of a question with several answers, by option."""
    visit = visit_of(app)
    start = visit.widget(f"{fact}-")
    return {str(box.key).removeprefix(start).partition("-icon-")[0]: box for box in app.checkbox}


def choose(app: AppTest, *options: str) -> AppTest:
    """Choose on the page that is open, without going on."""
    visit = visit_of(app)
    if form().question(visit.step).multiple:
        for option, box in boxes(app, visit.step).items():
            box.set_value(option in options)
    else:
        (option,) = options
        app.radio(key=visit.widget(visit.step)).set_value(option)
    return app


def answer(app: AppTest, *options: str) -> AppTest:
    return forward(choose(app, *options))


def to_the_questions(app: AppTest, young: bool = False) -> AppTest:
    return forward(press(app, "sc-begin-young" if young else "sc-begin"))


def answer_all(app: AppTest, answers: Chosen, but: Iterable[str] = ()) -> list[str]:
    """Answer each page from here on, to the read-back or a fact of `but`; the facts asked, in order."""
    facts = [question.fact for question in form().questions()]
    asked: list[str] = []
    while (step := visit_of(app).step) in facts and step not in but and len(asked) < MOST_PAGES:
        asked.append(step)
        answer(app, *answers.get(step, UNKNOWN))
    return asked


def html(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def plain(markup: str) -> str:
    """What one reads of HTML."""
    return unescape(re.sub(r"<[^>]+>", "\n", re.sub(r"<style>.*?</style>", "", markup, flags=re.DOTALL)))


def unescaped(label: str) -> str:
    """What one reads of a widget's label."""
    return re.sub(r"\\(.)", r"\1", label.replace("\u2060", "").replace("**", ""))


def labels(app: AppTest) -> list[str]:
    """What stands on everything that one can press, choose or open."""
    found = [one.label for one in (*app.button, *app.checkbox, *app.expander)]
    found += [one.proto.label for kind in ("download_button", "link_button", "menu_button") for one in app.get(kind)]
    found += [option for one in app.radio for option in one.options]
    return [unescaped(label) for label in found if label]


def seen(app: AppTest) -> str:
    """Everything that one reads on the page."""
    return "\n".join([plain(html(app)), *labels(app)])


def window(app: AppTest) -> dict[str, Any]:
    """What the page tells the script in the window."""
    (part,) = app.get("bidi_component")
    told: dict[str, Any] = json.loads(part.proto.json)
    return told


def remembered(app: AppTest) -> str:
    """What the server still has of this session, as text; the content and the form for staff aside."""
    held = app._session_state.filtered_state.items()
    return repr(
        {key: one for key, one in held if not isinstance(one, Content) and not str(key).startswith(("q", "c0"))}
    )


def page_for(made_for: Content, visit: Visit) -> AppTest:
    """The page over other content, as it stands at one moment of a visit."""

    def page() -> None:
        import streamlit as st

        from mantelzorg.web import self_check_page
        from tests.web.self_check_walk import TODAY

        self_check_page.draw(st.session_state["content"], TODAY, lambda label: st.html(label))

    app = AppTest.from_function(page, default_timeout=60)
    app.session_state["content"] = made_for
    app.session_state["self-check"] = visit
    return sound(app.run())


def checked(answers: Chosen = MOTHER, young: bool = False) -> AppTest:
    """A visit that has come to the read-back."""
    app = to_the_questions(opened(), young)
    answer_all(app, answers)
    assert visit_of(app).step == CHECK
    return app
