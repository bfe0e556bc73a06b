"""Which question comes next: laws over any way through the self-check, against the rules themselves."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mantelzorg.assessment import Status
from mantelzorg.cases import CONTRADICTION, OPEN, Case
from mantelzorg.facts import Answers, Unknown
from mantelzorg.flow import Path
from mantelzorg.questionnaire import NOT_KNOWN, Question
from mantelzorg.rules import Tone
from tests.web.self_check_walk import (
    MOTHER,
    PAID,
    UNKNOWN,
    YOUNG,
    Chosen,
    Walk,
    anything,
    asked_about,
    cases,
    check,
    clicked,
    content,
    definition,
    flow,
    form,
    is_no,
    laws,
    picks,
    walked,
    walks,
)

FACTS = [question.fact for question in form().questions()]
STRANGER_BY_AN_ORGANISATION = {
    "relationship": ("stranger",), "tasks": ("nursing",), "care_reason": ("disability",),
    "grows_up_with_care": ("yes",), "payment": ("expenses",), "on_behalf_of": ("volunteer_organisation",),
    "continues_outside_scheme": UNKNOWN, "strain": ("sometimes_hard",), "can_keep_going": ("years",),
    "consequences": ("isolation",),
}  # fmt: skip


def known(answers: Answers, fact: str | None) -> bool:
    return fact is not None and not isinstance(answers.get(fact, Unknown()), Unknown)


def waits(question: Question, answers: Answers) -> bool:
    """Whether it follows on an answer that is not there, or was "I do not know"."""
    return question.after is not None and not known(answers, question.after)


def is_assumed(page: Path) -> bool:
    """Whether the rules took the usual answer to this question for granted until it was asked."""
    assert page.following
    now = form().answers(page.given)
    return page.following.fact in asked_about(definition(), now, assumed=True) - asked_about(definition(), now)


def whole(way: Path) -> tuple[object, ...]:
    """All that a way says, to compare two of them: a question for its fact."""
    facts = [question.fact for question in way.answered]
    return facts, way.following and way.following.fact, dict(way.given), way.left


@laws(40)
@given(walks())
def test_the_questions_end_and_none_is_asked_twice(walk: Walk) -> None:
    assert walk.end.following is None
    assert len(set(walk.asked)) == len(walk.asked)
    assert set(walk.asked) <= set(FACTS)


@laws(40)
@given(walks())
def test_a_question_is_asked_only_when_its_answer_can_change_something(walk: Walk) -> None:
    for page in walk.pages:
        assert page.following
        fact, now = page.following.fact, form().answers(page.given)
        for_rules = asked_about(definition(), now)
        if known(now, page.following.after):
            for_rules = asked_about(definition(), now, assumed=True)
        schemes = set().union(*(asked_about(content().judges[name], now) for name in form().schemes))
        for_scheme = fact in form().for_schemes and fact in schemes and not is_no(now) and not form().informal(now)
        for_urgency = fact in form().for_support and fact in asked_about(content().support.judge, now)
        assert fact in for_rules or for_scheme or for_urgency, (fact, now)


@laws(40)
@given(walks(unknown=4))
def test_what_could_still_change_the_verdict_was_answered_with_unknown_or_waits_for_such_an_answer(walk: Walk) -> None:
    left = asked_about(definition(), walk.answers)
    if definition().judge(walk.answers).status is not Status.OPEN:
        assert not left
    for fact in left:
        assert fact in FACTS
        answered = fact in walk.end.given
        assert answered or waits(form().question(fact), walk.answers), fact
        assert not answered or not precise(fact, walk.answers)


def precise(fact: str, answers: Answers) -> bool:
    """Whether the answer is one class for the rules: then nothing is left to ask about it."""
    mask = definition().given(answers)[definition().table.places[fact]]
    return mask is not None and mask & (mask - 1) == 0


@laws(40)
@given(walks(unknown=4))
def test_a_question_that_waits_is_not_asked_before_its_answer_is_known(walk: Walk) -> None:
    for page in walk.pages:
        assert page.following
        if page.following.fact not in form().for_support:
            assert not waits(page.following, form().answers(page.given))


@laws(50)
@given(walks())
def test_no_more_questions_come_than_were_announced(walk: Walk) -> None:
    """Apart from those that the rules took for granted, which nobody can see coming: see the next test."""
    for place, page in enumerate(walk.pages):
        unforeseen = sum(is_assumed(later) for later in walk.pages[place:])
        assert len(walk.pages) - place <= page.left + unforeseen


def test_a_follow_up_that_is_taken_for_granted_is_announced_too() -> None:
    walk = walked(STRANGER_BY_AN_ORGANISATION, YOUNG)
    for place, page in enumerate(walk.pages):
        assert len(walk.pages) - place <= page.left, page.following


@laws(40)
@given(walks(young=True))
def test_the_young_are_never_asked_what_only_a_scheme_for_grown_ups_wants(walk: Walk) -> None:
    assert not set(walk.asked) & set(form().for_schemes)


def test_who_turns_out_to_be_young_at_the_end_keeps_nothing_of_the_scheme() -> None:
    grown_up = walked(MOTHER)
    assert set(form().for_schemes) <= set(grown_up.end.given)
    assert not set(form().for_schemes) & set(flow().path({**grown_up.chosen, **YOUNG}).given)


def test_a_certain_no_asks_nothing_more_for_the_scheme() -> None:
    short = {**MOTHER, "relationship": ("partner",), "care_reason": ("long_illness",), "outlook": ("temporary",)}
    walk = walked({**short, "tasks": ("transport",)})
    assert is_no(walk.answers)
    assert not set(form().for_schemes) & set(walk.asked)
    assert set(form().for_schemes) <= set(walked({**short, "outlook": ("lasting",)}).asked)


@laws(40)
@given(walks(), st.data())
def test_an_answer_that_became_pointless_is_kept_out_and_counts_again_when_it_fits_again(
    walk: Walk, data: st.DataObject
) -> None:
    fact = data.draw(st.sampled_from(walk.asked))
    other = data.draw(picks(fact))
    changed = flow().path({**walk.chosen, fact: other})
    on_the_way = {question.fact for question in changed.answered}
    assert set(changed.given) - on_the_way <= {form().door[0] if form().door else ""}
    assert whole(flow().path({**changed.given})) == whole(changed)
    meanwhile = walked({}, {**walk.chosen, fact: other})
    again = flow().path({**meanwhile.chosen, fact: walk.chosen[fact]})
    assert dict(again.given) == dict(walk.end.given)
    assert again.following is None


def test_money_makes_the_question_about_unpaid_help_come_and_go() -> None:
    paid = {**MOTHER, "payment": ("pgb",), "unpaid_extra": ("no",)}
    assert "unpaid_extra" in flow().path(paid).given
    assert definition().judge(form().answers(flow().path(paid).given)).verdict == "paid_care"
    free = flow().path({**paid, "payment": ("none",)})
    assert "unpaid_extra" not in free.given
    assert definition().judge(form().answers(free.given)).verdict == "mantelzorg"


@laws(40)
@given(walks(), st.data())
def test_what_does_not_exist_counts_as_not_chosen(walk: Walk, data: st.DataObject) -> None:
    strange = st.text(max_size=8).filter(lambda text: text not in FACTS)
    extra = {name: data.draw(st.lists(st.text(max_size=4))) for name in data.draw(st.lists(strange, max_size=3))}
    fact = data.draw(st.sampled_from(walk.asked))
    forged = {**walk.chosen, **extra, fact: ("nergens", *walk.chosen[fact], "")}
    assert whole(flow().path(forged)) == whole(walk.end)
    only = flow().path({**walk.chosen, fact: ("nergens",)})
    assert fact not in only.given
    left_out = {name: ids for name, ids in walk.chosen.items() if name != fact}
    assert whole(only) == whole(flow().path(left_out))


@laws(40)
@given(anything(), st.randoms(use_true_random=False))
def test_the_order_in_which_answers_are_kept_does_not_matter(chosen: dict[str, tuple[str, ...]], by: random.Random):
    facts = list(chosen)
    by.shuffle(facts)
    assert whole(flow().path({fact: chosen[fact] for fact in facts})) == whole(flow().path(chosen))


@laws(40)
@given(anything())
def test_back_and_on_are_each_others_opposite(chosen: dict[str, tuple[str, ...]]) -> None:
    way = flow().path(chosen)
    pages = [question.fact for question in way.questions]
    for before, after in pairwise(pages):
        assert (one := way.after(before))
        assert one.fact == after
        assert (one := way.before(after))
        assert one.fact == before
    if pages:
        assert way.before(pages[0]) is None
        assert way.after(pages[-1]) is None


def tone(answers: Answers) -> Tone | None:
    verdict = definition().judge(answers).verdict
    return definition().rules.line(verdict).tone if verdict else None


LEAN: list[Chosen] = [
    {"care_reason": ("none",)},
    {"payment": ("wage",), "unpaid_extra": ("no",)},
    {"on_behalf_of": ("profession",)},
    {"relationship": ("neighbour",), "bond_before_care": ("no",), "outlook": ("temporary",), "tasks": ("household",)},
    {"shares_home": ("yes",), "beyond_usual": ("no",), "outlook": ("temporary",), "tasks": ("household",)},
    {"relationship": ("stranger",), "on_behalf_of": ("volunteer_organisation",)},
]
"""What mostly ends in a "no"."""


@laws(40)
@given(st.sampled_from(LEAN).flatmap(lambda lean: walks(unknown=3, lean=lean)), st.data())
def test_a_no_stays_a_no_whatever_the_unknown_answers_are(walk: Walk, data: st.DataObject) -> None:
    assume(tone(walk.answers) is Tone.NO)
    told = {}
    for fact, chosen in walk.end.given.items():
        question = form().question(fact)
        ids = [one.id for one in question.options]
        told[fact] = (data.draw(st.sampled_from(ids)),) if tuple(chosen) == UNKNOWN else chosen
    judged = definition().judge(form().answers(told))
    assert judged.status is Status.CONTRADICTION or tone(form().answers(told)) is Tone.NO


def test_who_knows_nothing_is_not_told_no() -> None:
    for start in ({}, YOUNG):
        assert definition().judge(walked({}, start).answers).status is Status.OPEN


@pytest.mark.parametrize("fact", [name for name in FACTS if name not in ("care_reason", "payment", "on_behalf_of")])
def test_not_knowing_one_thing_never_makes_a_yes_into_a_no(fact: str) -> None:
    walk = walked({**MOTHER, fact: UNKNOWN})
    assert tone(walk.answers) is not Tone.NO
    assert tone(walked({**PAID, fact: UNKNOWN}).answers) in (Tone.NO, None)


# The published cases, asked by the self-check


def corrected(case: Case) -> Walk:
    """The whole walk, and then what the read-back took for granted and the helper knows better."""
    answers, start = clicked(case), dict[str, tuple[str, ...]]()
    walk = walked(answers)
    for _, rows in check(walk.chosen).read_back():
        start |= {row.fact: answers[row.fact] for row in rows if row.fact in answers and row.fact not in walk.chosen}
    return walked(answers, {**walk.chosen, **start}) if start else walk


CASES = cases()


def test_there_are_cases_to_ask_about() -> None:
    assert len(CASES) > 30
    told = [len(clicked(case)) for case in CASES]
    assert sum(told) / len(told) > 5


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_self_check_comes_to_what_a_published_case_expects(case: Case) -> None:
    judged = definition().judge(corrected(case).answers)
    accept, reject = case.expect[form().rules]
    if judged.status is Status.CONTRADICTION:
        assert CONTRADICTION in accept
    elif judged.verdict:
        assert judged.verdict in accept
        assert judged.verdict not in reject
    else:
        assert OPEN in accept or set(judged.possible) & set(accept)
        assert NOT_KNOWN not in judged.possible
