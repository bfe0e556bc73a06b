"""Support: what was heard, how soon, and what exists; it never waits for a verdict."""

from __future__ import annotations

from itertools import product

import pytest

from mantelzorg.content import Content, load
from mantelzorg.facts import UNKNOWN, Answers, parse_answers

SIGNAL_FACTS = ("strain", "can_keep_going", "consequences", "without_help", "other_help", "helper_age")
VERDICT_FACTS: tuple[dict[str, object], ...] = (
    {},
    {"relationship": "parent", "care_reason": "dementia", "shares_home": "no"},
    {"care_reason": "none", "relationship": "neighbour"},
    {"care_now": "ended"},
    {"payment": "wage", "unpaid_extra": "no"},
    {"on_behalf_of": "volunteer_organisation", "relationship": "stranger", "bond_before_care": "no"},
    {"relationship": "partner", "shares_home": "yes", "beyond_usual": "no", "care_reason": "frailty"},
)
"""Situations with very different verdicts, among them contradictions and open ones."""


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


def urgency(content: Content, **raw: object) -> str:
    return content.support.urgency(parse_answers(content.facts, raw)).id


def heard(content: Content, answers: Answers) -> list[str]:
    return [signal.id for signal in content.support.heard(answers)]


@pytest.mark.parametrize(
    ("raw", "term"),
    [
        ({}, "ordinary"),
        ({"strain": "fine"}, "ordinary"),
        ({"strain": "sometimes_hard"}, "ordinary"),
        ({"strain": "often_hard"}, "soon"),
        ({"consequences": ["sleep"]}, "soon"),
        ({"consequences": ["money"]}, "ordinary"),
        ({"consequences": ["none"]}, "ordinary"),
        ({"can_keep_going": "weeks"}, "this_week"),
        ({"strain": "often_hard", "without_help": "goes_wrong", "other_help": ["nobody"]}, "this_week"),
        ({"strain": "often_hard", "without_help": "goes_wrong", "other_help": ["home_care"]}, "soon"),
        ({"helper_age": 17, "strain": "often_hard"}, "this_week"),
        ({"helper_age": 18, "strain": "often_hard"}, "soon"),
        ({"helper_age": "4..17", "consequences": ["work_or_school", "sleep"]}, "this_week"),
        ({"can_keep_going": "not_any_more"}, "today"),
        ({"strain": "too_much"}, "today"),
        ({"strain": "too_much", "can_keep_going": "years", "consequences": ["none"]}, "today"),
        ({"strain": ["too_much", "fine"]}, "ordinary"),
        ({"strain": ["too_much", "often_hard"]}, "ordinary"),  # neither line is certain; no form asks so imprecisely
    ],
)
def test_how_soon(content: Content, raw: dict[str, object], term: str):
    assert urgency(content, **raw) == term


@pytest.mark.parametrize("situation", VERDICT_FACTS)
@pytest.mark.parametrize(
    "signal",
    [{}, {"strain": "too_much"}, {"can_keep_going": "weeks"}, {"consequences": ["sleep"]}, {"strain": "fine"}],
)
def test_urgency_does_not_depend_on_the_verdict(
    content: Content, situation: dict[str, object], signal: dict[str, object]
):
    assert urgency(content, **{**situation, **signal}) == urgency(content, **signal)


def test_the_situations_above_do_get_different_verdicts(content: Content):
    judge = content.judges["mantelzorg"]
    seen = {judge.judge(parse_answers(content.facts, raw)).possible for raw in VERDICT_FACTS}
    assert len(seen) == len(VERDICT_FACTS)


def test_no_line_about_support_asks_for_what_only_a_verdict_needs(content: Content):
    """No criterion can occur in support at all; and urgency asks only for what the helper says about themselves."""
    asked = {axis.fact.id for line in content.support.urgencies if line.table for axis in line.table.axes}
    assert asked <= set(SIGNAL_FACTS)


@pytest.mark.parametrize("situation", VERDICT_FACTS)
def test_too_much_is_today_and_comes_first_whatever_the_verdict(content: Content, situation: dict[str, object]):
    answers = parse_answers(content.facts, {**situation, "strain": "too_much"})
    line = content.support.urgency(answers)
    assert (line.id, line.first) == ("today", True)
    assert next(signal.tag for signal in content.support.heard(answers)) == "now"


def test_support_comes_first_only_when_it_is_soon(content: Content):
    assert [(line.id, line.first) for line in content.support.urgencies] == [
        ("today", True),
        ("this_week", True),
        ("soon", False),
        ("ordinary", False),
    ]


# Unknown is never a signal


def test_unknown_is_never_a_signal(content: Content):
    assert heard(content, {}) == []
    assert heard(content, dict.fromkeys(content.facts, UNKNOWN)) == []
    assert content.support.urgency(dict.fromkeys(content.facts, UNKNOWN)).id == "ordinary"


def test_one_thing_unknown_keeps_a_signal_of_two_things_from_sounding(content: Content):
    known = {"without_help": "goes_wrong", "other_help": ["nobody"]}
    assert "no_replacement" in heard(content, parse_answers(content.facts, known))
    for name in known:
        for unknown in ({}, {name: "unknown"}):
            some = {other: value for other, value in known.items() if other != name} | unknown
            assert "no_replacement" not in heard(content, parse_answers(content.facts, some))


def test_an_age_that_may_be_under_18_is_not_under_18(content: Content):
    for raw, young in ((17, True), ("<18", True), ("4..17", True), ("4..18", False), (18, False), (">=17", False)):
        assert ("under_18" in heard(content, parse_answers(content.facts, {"helper_age": raw}))) is young


@pytest.mark.parametrize(
    ("raw", "signals"),
    [
        ({"strain": "too_much"}, ["too_much"]),
        ({"can_keep_going": "not_any_more"}, ["cannot_go_on"]),
        ({"consequences": ["sleep", "money"]}, ["sleep", "money"]),
        ({"consequences": ["none"]}, []),
        ({"other_help": ["nobody"]}, ["alone"]),
        ({"willing": "under_pressure"}, ["pressure"]),
        ({"willing": "yes"}, []),
        ({"tasks": ["nursing", "company"]}, ["medical_tasks"]),
        ({"strain": "fine"}, []),
    ],
)
def test_what_is_heard(content: Content, raw: dict[str, object], signals: list[str]):
    assert heard(content, parse_answers(content.facts, raw)) == signals


def test_every_signal_can_be_heard_and_has_a_tag(content: Content):
    for signal in content.support.signals:
        assert signal.table.cells.any(), signal.id
        assert not signal.table.cells.all(), signal.id
        assert signal.tag in content.support.tags


def test_whether_anything_was_discussed(content: Content):
    assert not content.support.discussed({})
    assert not content.support.discussed(parse_answers(content.facts, {"relationship": "parent"}))
    assert content.support.discussed(parse_answers(content.facts, {"strain": "fine"}))


# Offers


def test_an_offer_that_does_not_fit_is_left_out_and_a_certain_one_comes_first(content: Content):
    def fitting(**raw: object) -> list[str]:
        return [offer.id for offer in content.support.fitting(parse_answers(content.facts, raw))]

    assert "young" in fitting()
    assert "young" not in fitting(helper_age=26)
    assert fitting(helper_age=25)[0] == "young"
    assert set(fitting(helper_age="20..30")) == set(fitting())


def test_what_is_not_confirmed_has_no_number_that_was_made_up(content: Content):
    for name, contact in content.support.contacts.items():
        assert contact.number == "" or contact.status == "confirmed", name
    assert content.support.contacts["mantelzorglijn"].number == "030 760 60 55"
    assert content.support.contacts["alzheimer"].number == "0800 5088"
    for number in ("112", "0800 2000", "0800 0113"):
        assert number in content.support.safety["nl"]


def test_the_last_line_of_urgency_always_holds(content: Content):
    assert [line.table is None for line in content.support.urgencies] == [False, False, False, True]
    strains, terms = content.facts["strain"].value_ids, content.facts["can_keep_going"].value_ids
    found = {urgency(content, strain=strain, can_keep_going=term) for strain, term in product(strains, terms)}
    assert found == {"today", "this_week", "soon", "ordinary"}
