"""Questionnaires: options stand for answers, and what was chosen becomes a situation."""

from __future__ import annotations

import pytest

from mantelzorg.content import Content, load
from mantelzorg.facts import UNKNOWN, Interval, Kind
from mantelzorg.questionnaire import NOT_KNOWN, Questionnaire


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.fixture(scope="module")
def form(content: Content) -> Questionnaire:
    return content.questionnaires["referrer"]


def test_a_questionnaire_asks_each_fact_once(content: Content):
    for form in content.questionnaires.values():
        asked = [question.fact for question in form.questions()]
        assert len(asked) == len(set(asked))


def test_every_fact_that_can_decide_is_asked(content: Content, form: Questionnaire):
    asked = {question.fact for question in form.questions()}
    for name in (form.rules, *form.schemes):
        assert set(content.judges[name].table.places) <= asked, name


def test_what_is_asked_after_another_question_comes_after_it(content: Content):
    for form in content.questionnaires.values():
        order = [question.fact for question in form.questions()]
        for question in form.questions():
            if question.after and question.after not in (form.door or ()):  # what the door gives is known first
                assert order.index(question.after) < order.index(question.fact)


def test_every_option_is_an_answer_that_the_fact_can_have(content: Content):
    for form in content.questionnaires.values():
        for question in form.questions():
            fact = content.facts[question.fact]
            assert question.multiple is (fact.kind is Kind.MULTIPLE)
            ids = [option.id for option in question.options]
            assert len(ids) == len(set(ids)) >= 2
            assert NOT_KNOWN not in ids
            for option in question.options:
                if fact.kind is Kind.NUMBER:
                    assert isinstance(option.answer, Interval)
                    assert option.answer.meets(Interval(fact.low, fact.high))
                else:
                    assert set(option.answer) <= set(fact.value_ids)


def test_all_values_of_a_choice_can_be_chosen(content: Content, form: Questionnaire):
    for question in form.questions():
        fact = content.facts[question.fact]
        if fact.kind is not Kind.NUMBER:
            assert {value for option in question.options for value in option.answer} == set(fact.value_ids)


def test_hours_and_months_can_be_told_apart_at_the_thresholds(content: Content, form: Questionnaire):
    """Exactly 8 hours and exactly 3 months must be sayable: one scheme wants more, a survey at least that."""
    for name in ("almere-waardering-2021", "cbs"):
        judge = content.judges[name]
        for fact in ("hours_per_week", "months_caring"):
            axis = judge.table.axes[judge.table.places[fact]]
            question = next(question for question in form.questions() if question.fact == fact)
            masks = [axis.mask(option.answer) for option in question.options]
            assert all(mask.bit_count() == 1 for mask in masks)
            assert sum({*masks}) == axis.full


def test_what_was_chosen_becomes_answers(form: Questionnaire):
    chosen = {
        "relationship": ["parent"],
        "care_reason": ["dementia", "frailty"],
        "hours_per_week": ["exactly_8"],
        "months_caring": ["longer"],
        "payment": [NOT_KNOWN],
        "shares_home": [],
        "outlook": ["no such option"],
        "no_such_fact": ["x"],
    }
    assert form.answers(chosen) == {
        "relationship": frozenset({"parent"}),
        "care_reason": frozenset({"dementia", "frailty"}),
        "hours_per_week": Interval(8, 8),
        "months_caring": Interval(3, 1200, low_closed=False),
        "payment": UNKNOWN,
    }


def test_nothing_chosen_is_not_the_same_as_not_known(form: Questionnaire):
    question = next(question for question in form.questions() if question.fact == "care_now")
    assert question.answer(()) is None
    assert question.answer((NOT_KNOWN,)) == UNKNOWN
    assert question.answer(iter(())) is None


def test_every_situation_that_can_be_chosen_can_be_judged(content: Content, form: Questionnaire):
    for question in form.questions():
        for option in question.options:
            answers = form.answers({question.fact: [option.id]})
            for judge in content.judges.values():
                assert judge.judge(answers).possible


def test_the_documents_name_facts_that_are_asked(content: Content, form: Questionnaire):
    asked = {question.fact for question in form.questions()}
    lines = [*form.documents.situation, *form.documents.note]
    assert {form.documents.who, *form.documents.told, *(name for line in lines for name in line.facts)} <= asked
    assert form.rules in content.judges
    assert set(form.schemes) <= set(content.judges)
