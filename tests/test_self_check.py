"""What the self-check says at its end, in every language, whatever was answered."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mantelzorg.assessment import Status
from mantelzorg.facts import Text
from mantelzorg.questionnaire import NOT_KNOWN
from mantelzorg.rules import Tone
from mantelzorg.self_check import Result, SelfCheck
from mantelzorg.two_languages import sheet_of
from tests.web.self_check_walk import (
    MOTHER,
    PAID,
    UNKNOWN,
    YOUNG,
    Walk,
    anything,
    cases,
    check,
    clicked,
    content,
    every_language,
    form,
    laws,
    said,
    strings,
    walked,
    walks,
)

LANGUAGES = every_language()
FORMAL = re.compile(r"\b([Uuú]|[Uu]w)\b")
FAMILIAR = re.compile(r"\b(je|jij|jou|jouw|jullie)\b", re.IGNORECASE)
STILL_FAMILIAR = "Dat telt altijd mee. Ook als je geen taken hebt."
"""The next test but one is about this text."""
CALL = ("number", "who", "hours")


def sheets(made: SelfCheck, language: str) -> list[str]:
    second = "" if language == "nl" else language
    sheet = sheet_of(made.situation, content().catalogues.get(second), second)
    return [sheet.text(), sheet.html()]


def whole_result(made: SelfCheck) -> None:
    """What every result has, and that nothing in it was left unfilled."""
    found, status = made.result(), made.assessment.judgement.status
    assert found.title
    assert found.call
    assert re.search(r"\d{4}|\d{3} \d", found.number)
    assert found.who
    assert found.version
    assert len(found.reasons) <= 3
    assert found.text
    assert found.again
    assert (found.tone is None) is (status is Status.OPEN)
    if status is Status.DECIDED:
        assert found.reasons
    for text in said(made):
        assert not re.search(r"[{}]|\bNone\b(?! of)", text), text


def no_signal(made: SelfCheck, language: str) -> None:
    """Others may read the sheet: it repeats no signal, heard or not, in any words."""
    told: list[Text] = [text for signal in content().support.signals for text in (signal.say, signal.you) if text]
    words = {own for text in told for own in (*text.values(), made.voice(text))}
    for sheet in sheets(made, language):
        assert [text for text in words if text.rstrip(".") in sheet] == []


@laws(50)
@given(walks(), st.sampled_from(LANGUAGES))
def test_every_result_is_whole_in_every_language(walk: Walk, language: str) -> None:
    whole_result(check(walk.chosen, language))


@laws(40)
@given(anything(), st.sampled_from(LANGUAGES))
def test_a_result_of_answers_that_nobody_would_give_is_whole_too(
    chosen: dict[str, tuple[str, ...]], language: str
) -> None:
    whole_result(check(chosen, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_published_case_gets_a_whole_result_and_a_sheet_without_signals(language: str) -> None:
    for case in cases():
        made = check(walked(clicked(case)).chosen, language)
        whole_result(made)
        no_signal(made, language)


@laws(40)
@given(walks(), st.sampled_from(LANGUAGES))
def test_the_sheet_never_repeats_a_signal(walk: Walk, language: str) -> None:
    no_signal(check(walk.chosen, language), language)


def test_the_sheet_of_somebody_with_every_signal_repeats_none() -> None:
    worst = {
        **MOTHER, "tasks": ("nursing",), "strain": ("sometimes_hard",), "can_keep_going": ("years",),
        "consequences": ("sleep", "own_health", "work_or_school", "isolation", "conflict", "money"),
    }  # fmt: skip
    made = check(walked(worst).chosen)
    assert len(made.result().signals) > 4
    no_signal(made, "nl")


@laws(40)
@given(walks(young=True))
def test_nobody_says_u_to_the_young(walk: Walk) -> None:
    made = check(walk.chosen)
    assert made.voice.informal
    for text in (*said(made), sheet_of(made.situation, None).text()):
        assert not FORMAL.search(text), text


@laws(40)
@given(walks(young=False))
def test_nobody_says_je_to_a_grown_up(walk: Walk) -> None:
    made = check(walk.chosen)
    assert not made.voice.informal
    for text in (*said(made), sheet_of(made.situation, None).text()):
        assert not FAMILIAR.search(text.replace(STILL_FAMILIAR, "")), text


def test_a_grown_up_who_grew_up_with_care_reads_no_je() -> None:
    young_adult = {"grows_up_with_care": ("yes",), "helper_age": ("under_26",), "relationship": ("mother",)}
    made = check(walked({**MOTHER, **young_adult, "tasks": ("none",), "on_behalf_of": ("nobody",)}).chosen)
    assert "grows_up_with_care" in made.path.given
    assert "young_carer" in {name for reason in made.assessment.reasons for name, met in reason.criteria if met}
    for text in said(made):
        assert not FAMILIAR.search(text), text


@laws(40)
@given(walks(young=True), st.sampled_from(LANGUAGES))
def test_the_young_read_nothing_about_a_scheme(walk: Walk, language: str) -> None:
    assert check(walk.chosen, language).result().scheme == ""


def test_a_grown_up_reads_about_the_scheme_unless_it_is_no_care() -> None:
    assert check(walked(MOTHER).chosen).result().scheme
    assert not check(walked(MOTHER, YOUNG).chosen).result().scheme
    no = check(walked(PAID).chosen).result()
    assert (no.tone, no.scheme) == (Tone.NO, "")


@laws(40)
@given(walks(), st.sampled_from(LANGUAGES))
def test_whom_to_call_is_the_same_whatever_comes_out(walk: Walk, language: str) -> None:
    yes, found = check(walked(MOTHER).chosen, language).result(), check(walk.chosen, language).result()
    assert [getattr(found, name) for name in CALL] == [getattr(yes, name) for name in CALL]
    assert bool(found.say)


def result(language: str = "nl", **answers: tuple[str, ...]) -> Result:
    return check(walked({**MOTHER, **answers}).chosen, language).result()


def test_with_a_no_one_can_call_too_and_says_something_that_is_true() -> None:
    yes, no = result(), check(walked(PAID).chosen).result()
    assert (yes.tone, no.tone) == (Tone.YES, Tone.NO)
    assert no.call == form().texts["call_doubt"]["nl"]
    assert no.say == form().texts["say_no"]["nl"]
    assert yes.call == form().texts["call"]["nl"]
    assert "mijn moeder" in yes.say


@pytest.mark.parametrize("language", LANGUAGES)
def test_support_comes_first_when_it_is_too_much_and_only_then(language: str) -> None:
    assert result(language, strain=("too_much",)).first
    assert result(language, strain=("too_much",)).advice == ""
    calm = result(language, strain=("fine",), can_keep_going=("years",), consequences=("none",))
    assert calm.first == ""
    assert calm.advice
    assert calm.signals == result(language, strain=("fine",), consequences=("none",)).signals


def test_support_first_also_stands_above_a_no() -> None:
    found = check(walked({**PAID, "strain": ("too_much",)}).chosen).result()
    assert found.tone is Tone.NO
    assert found.first


@laws(40)
@given(anything())
def test_no_way_through_comes_to_answers_that_do_not_go_together(chosen: dict[str, tuple[str, ...]]) -> None:
    assert check(chosen).assessment.judgement.status is not Status.CONTRADICTION


def test_what_is_not_known_is_told_with_whether_it_matters() -> None:
    matters = result(tasks=UNKNOWN, outlook=UNKNOWN, care_reason=("frailty",), beyond_usual=UNKNOWN)
    assert any(form().question("outlook").short["nl"] in text for text in matters.not_known)
    first = form().texts["can_change"]["nl"].partition("{")[0]
    assert [text for text in matters.not_known if text.startswith(first)]
    settled = result(payment=("none",), shares_home=UNKNOWN)
    last = form().texts["changes_nothing"]["nl"].partition("{")[0]
    for text in settled.not_known:
        assert text.startswith((first, last))


@pytest.mark.parametrize("fact", ["strain", "can_keep_going", "hours_per_week"])
def test_what_no_rule_of_the_definition_asks_is_not_told_as_unknown(fact: str) -> None:
    short = form().question(fact).short["nl"]
    assert not any(short in text for text in result(**{fact: UNKNOWN}).not_known)


@laws(40)
@given(walks(), st.sampled_from(LANGUAGES))
def test_every_answer_is_said_back_once_and_nothing_else(walk: Walk, language: str) -> None:
    made = check(walk.chosen, language)
    rows = [row for _, part in made.read_back() for row in part]
    facts = [row.fact for row in rows]
    assert len(set(facts)) == len(facts)
    assert set(made.path.given) <= set(facts)
    leaning = {one.fact for one in made.judge.questions(made.answers) if one.assumed}
    assert set(facts) - set(made.path.given) <= {*made.assessment.assumptions, *leaning}
    assert all(row.text.strip() for row in rows)
    for fact, options in made.path.given.items():
        (text,) = [row.text for row in rows if row.fact == fact]
        if tuple(options) == UNKNOWN:
            assert made.voice(form().question(fact).short) in text


@laws(40)
@given(walks(), st.sampled_from(LANGUAGES))
def test_not_knowing_is_the_last_choice_of_every_question_and_goes_alone(walk: Walk, language: str) -> None:
    made = check(walk.chosen, language)
    for question in made.path.questions:
        asked = made.asked(question.fact)
        assert asked.choices[-1].id == NOT_KNOWN
        assert NOT_KNOWN in asked.alone
        assert [choice.id for choice in asked.choices[:-1]] == [option.id for option in question.options]
        assert all(choice.label[0] == choice.label[0].upper() for choice in asked.choices)
        assert asked.title
        if question.multiple:
            assert len(asked.alone) == 2


def test_a_child_is_compared_with_other_children() -> None:
    child = check({**MOTHER, "relationship": ("child",)})
    assert "andere kinderen" in child.asked("beyond_usual").title
    assert child.asked("beyond_usual").choices[0].label == "Nee"
    assert "gezond" in check(MOTHER).asked("beyond_usual").title


def test_the_version_and_the_date_stand_in_the_result_in_every_language() -> None:
    for language in LANGUAGES:
        found = check(walked(MOTHER).chosen, language).result().version
        assert re.search(r"2026\.1-[0-9a-f]{7}", found)
        assert re.search(r"22.+2026", found)


@pytest.mark.parametrize("language", ["xx", "", "../nl", "NL"])
def test_a_language_that_does_not_exist_is_dutch(language: str) -> None:
    assert check(MOTHER, language).say("next") == form().texts["next"]["nl"]


def test_texts_are_taken_from_the_content_of_the_visit() -> None:
    assert set(strings(check(MOTHER).result())) != set(strings(check(MOTHER, "en").result()))
