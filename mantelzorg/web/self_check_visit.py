"""One visit of a self-check: the options chosen and where one is. It lives in this session and in the window, only.

The window keeps its own copy (`self_check.js`), so that a reload, a lost connection or a restart of the server loses
nothing. What comes back from there is as untrusted as any form: options that do not exist count as not chosen, and
a page that the answers do not lead to is not shown.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

import streamlit as st

from mantelzorg.flow import Path
from mantelzorg.questionnaire import Questionnaire

START, PRIVACY, CHECK, RESULT, TAKE, CLEARED = "start", "privacy", "check", "result", "take", "cleared"
OUTSIDE = (START, PRIVACY, CLEARED)
"""Pages that need no answers. Every other step is the fact that a page asks for, or comes behind all of them."""
_KEY = "self-check"
_LONGEST = 8_000


@dataclass
class Visit:
    """`answered` is the fact whose answer was just given and that has not led on yet, `first` that it had none before.

    `fresh` until something was done or restored: only then may the window hand back what it kept. `tries` counts how
    often an answer was given: the same error a second time is told again.
    """

    answers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    step: str = START
    language: str = ""
    changing: bool = False
    error: str = ""
    tries: int = 0
    answered: str = ""
    first: bool = False
    fresh: bool = True
    restored: bool = False
    number: int = 0
    second: str = ""
    name: str = field(default_factory=lambda: token_hex(8))

    def go(self, step: str, changing: bool = False) -> None:
        """Go to a step; `changing` comes back to the read-back afterwards."""
        self.step, self.changing = step, changing
        self.error, self.answered, self.fresh, self.restored = "", "", False, False

    def widget(self, name: str) -> str:
        """The key of a widget: new ones after "clear all", so that none remembers anything."""
        return f"sc{self.number}-{name}"


def current() -> Visit:
    """The visit of this session."""
    visit = st.session_state.get(_KEY)
    if not isinstance(visit, Visit):
        visit = st.session_state[_KEY] = Visit()
    return visit


def begun() -> bool:
    """Whether this session has answers in a self-check."""
    visit = st.session_state.get(_KEY)
    return isinstance(visit, Visit) and bool(visit.answers)


def clear() -> None:
    """Forget every answer; the language stays."""
    before = current()
    start = before.widget("")
    for key in [key for key in st.session_state if str(key).startswith(start)]:
        del st.session_state[key]
    st.session_state[_KEY] = Visit(step=CLEARED, language=before.language, fresh=False, number=before.number + 1)


def restore(visit: Visit, kept: Any, form: Questionnaire) -> None:
    """Take up what the window kept; whatever does not fit is dropped."""
    if not visit.fresh:
        return
    found = _read(kept)
    visit.fresh = False
    visit.answers = {fact: tuple(ids) for fact, ids in form.offered(_options(found.get("answers"))).items()}
    step, language = found.get("step"), found.get("language")
    visit.step = step if isinstance(step, str) else START
    visit.language = language if isinstance(language, str) else visit.language
    visit.restored = bool(visit.answers)


def _read(kept: Any) -> Mapping[str, Any]:
    if not isinstance(kept, str) or len(kept) > _LONGEST:
        return {}
    try:
        found = json.loads(kept)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _options(answers: Any) -> dict[str, tuple[str, ...]]:
    """What looks like options by fact."""
    pairs = answers.items() if isinstance(answers, dict) else ()
    return {
        str(fact): tuple(one for one in ids if isinstance(one, str)) for fact, ids in pairs if isinstance(ids, list)
    }


def settle(visit: Visit, path: Path, asked: Collection[str]) -> None:
    """Bring the visit to a page that its answers lead to; `asked` are the facts that can be asked at all.

    A change leads through the questions that it makes needed, and only those, back to the read-back. Nor does a first
    answer lead past others that were given already; who went back walks on page by page.
    """
    if visit.answered:
        following = path.following if visit.changing or visit.first else path.after(visit.answered)
        visit.go(following.fact if following else CHECK, changing=visit.changing and following is not None)
    if visit.step == CLEARED and visit.answers:
        visit.step = START
    if visit.step in OUTSIDE:
        return
    facts = {question.fact for question in path.questions}
    last = path.following.fact if path.following else CHECK
    if visit.step in (CHECK, RESULT, TAKE):
        visit.step = visit.step if path.following is None else last
    elif visit.step not in facts and not (visit.changing and visit.step in asked):
        visit.step = last


def back(visit: Visit, path: Path) -> str:
    """Where the own back button leads."""
    if visit.changing or visit.step == RESULT:
        return CHECK
    if visit.step == TAKE:
        return RESULT
    before = path.before(visit.step)
    return before.fact if before else PRIVACY if visit.step != PRIVACY else START


def kept(visit: Visit, given: Mapping[str, object]) -> str:
    """What the window may keep of this visit: options that count, and the step."""
    answers = {fact: list(visit.answers[fact]) for fact in visit.answers if fact in given}
    return json.dumps({"answers": answers, "step": visit.step, "language": visit.language})
