"""Situations as a referrer would click them, and the screens that they give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache

from hypothesis import strategies as st

from mantelzorg.content import Content, load
from mantelzorg.web.screening import Screening
from mantelzorg.web.view import Chrome, Option, Screen, Source

TODAY = date(2026, 9, 22)
UNPAID = {"payment": "none", "on_behalf_of": "nobody"}
YES = {"relationship": "parent", "care_reason": "dementia", "shares_home": "no", **UNPAID}
YOUNG = {"relationship": "parent", "care_reason": "mental_illness", "helper_age": "under_18", **UNPAID}
PARTNER = {"relationship": "partner", "shares_home": "yes"}
SITUATIONS: Mapping[str, Mapping[str, str]] = {
    "yes": {**YES, "beyond_usual": "mostly", "strain": "sometimes_hard"},
    "young": {**YOUNG, "grows_up_with_care": "yes", "tasks": "none"},
    "borderline": {
        **PARTNER, **UNPAID, "care_reason": "long_illness", "outlook": "lasting", "beyond_usual": "partly",
        "tasks": "transport household",
    },
    "former": {"relationship": "partner", "care_reason": "dementia", "care_now": "ended", "strain": "often_hard"},
    "paid": {"relationship": "child", "care_reason": "disability", "payment": "pgb", "unpaid_extra": "no"},
    "profession": {"relationship": "acquaintance", "care_reason": "frailty", "on_behalf_of": "profession"},
    "volunteering": {
        "relationship": "stranger", "care_reason": "frailty", "on_behalf_of": "volunteer_organisation",
        "payment": "none",
    },
    "usual": {**PARTNER, **UNPAID, "care_reason": "recovering", "outlook": "temporary", "beyond_usual": "no"},
    "incidental": {"relationship": "neighbour", "care_reason": "none", "shares_home": "no", **UNPAID},
    "one-open": {**PARTNER, **UNPAID, "care_reason": "long_illness", "outlook": "lasting", "beyond_usual": "partly"},
    "provisional": {"relationship": "parent", "care_reason": "frailty", "outlook": "lasting", "beyond_usual": "mostly"},
    "contradiction": {"relationship": "parent", "care_reason": "none", "outlook": "last_phase"},
}  # fmt: skip


@cache
def content() -> Content:
    return load()


def options(chosen: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {fact: tuple(ids.split()) for fact, ids in chosen.items()}


def screening(chosen: Mapping[str, tuple[str, ...]], chrome: Chrome | None = None) -> Screening:
    return Screening(content(), chosen, chrome or Chrome(), TODAY)


def screen(name: str, language: str = "nl", **more: str) -> Screen:
    return screening(options({**SITUATIONS[name], **more}), Chrome(language=language)).screen()


@st.composite
def chosen(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    """Any options of any questions; often a believable core, so that every verdict comes by."""
    start = options(draw(st.sampled_from([{}, *SITUATIONS.values()])))
    for question in content().questionnaires["referrer"].questions():
        if draw(st.integers(0, 3)) == 0:
            ids = [option.id for option in question.options]
            picked = st.lists(st.sampled_from(ids), min_size=1, max_size=4 if question.multiple else 1, unique=True)
            start[question.fact] = tuple(draw(picked))
    return start


UNSEEN = {"id", "fact", "facts", "file_stem", "html", "url", "tone", "mark", "language"}


def shown(part: object) -> Iterator[str]:
    """Every text of a screen that a person reads, sources aside: those have titles in their own language."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from shown(one)
    elif isinstance(part, Option):
        yield part.label
    elif is_dataclass(part) and not isinstance(part, Source):
        for one in fields(part):
            if one.name not in UNSEEN:
                yield from shown(getattr(part, one.name))
