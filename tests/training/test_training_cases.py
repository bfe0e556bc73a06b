"""The prepared cases: what they cover, how they are written, and that the rules follow them."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from mantelzorg.checks import Material, training
from mantelzorg.content import Content
from mantelzorg.facts import Interval
from mantelzorg.rules import Tone
from mantelzorg.training.cases import MOST_WORDS, TrainingCase, read_training, replay

SENTENCES = re.compile(r"[.!?]['’\"]?(?:\s|$)")


def test_the_rules_follow_every_case_and_its_flip(content: Content, cases: tuple[TrainingCase, ...]) -> None:
    assert len(cases) >= 16
    assert {case.id: replay(case, content).broken for case in cases if replay(case, content).broken} == {}


def test_a_training_reads_the_cases_that_the_check_reads(installation: Material, content: Content) -> None:
    assert read_training(content) == tuple(case for own in installation.training.values() for case in own)
    assert training.check_all(installation) == []


def test_no_verdict_of_a_case_leans_on_an_assumption(content: Content, cases: tuple[TrainingCase, ...]) -> None:
    """What decides is in the story, so it is among the facts."""
    for case in cases:
        assert not content.judges[case.rule_set].judge(case.answers).assumed, case.id


def test_every_text_has_the_size_that_a_room_can_take(cases: tuple[TrainingCase, ...]) -> None:
    for case in cases:
        for language in ("nl", "en"):
            assert 25 <= len(case.story[language].split()) <= MOST_WORDS, case.id
            assert len(case.title[language].split()) <= 6, case.id
            assert len(case.flip.say[language].split()) <= 25, case.id
            assert case.debrief[language].count("?") == 1, case.id
            assert case.debrief[language].endswith("?"), case.id
            assert 2 <= len(SENTENCES.findall(case.note[language])) <= 3, case.id


def test_no_story_gives_the_result_away(cases: tuple[TrainingCase, ...]) -> None:
    for case in cases:
        for words in (case.story, case.title):
            said = " ".join(words.values()).lower()
            for word in ("mantelzorg", "vrijwillig", "volunteer", "gebruikelijk", "informal care", "carer"):
                assert word not in said, (case.id, word)


def has(case: TrainingCase, fact: str, *values: str) -> bool:
    answer = case.answers.get(fact)
    return isinstance(answer, frozenset) and bool(answer & set(values))


def young(case: TrainingCase) -> bool:
    age = case.answers.get("helper_age")
    return isinstance(age, Interval) and age.high < 18 and has(case, "grows_up_with_care", "yes")


COVERED = {
    "a clear yes": (1, lambda case: case.expect["mantelzorg"] == "mantelzorg" and case.difficulty == 1),
    "a volunteer look-alike": (2, lambda case: has(case, "on_behalf_of", "volunteer_organisation")),
    "housemates": (2, lambda case: case.expect["mantelzorg"] == "usual_care"),
    "young carers": (2, young),
    "a personal budget": (1, lambda case: has(case, "payment", "pgb")),
    "neighbours": (2, lambda case: has(case, "relationship", "neighbour")),
    "at a distance": (1, lambda case: "Groningen" in case.story["nl"]),
    "an institution": (1, lambda case: has(case, "recipient_home", "institution")),
    "bereaved": (1, lambda case: case.expect["mantelzorg"] == "former_care"),
    "a short recovery": (1, lambda case: has(case, "outlook", "temporary")),
    "the last phase of life": (1, lambda case: has(case, "outlook", "last_phase")),
    "addiction or mental illness": (2, lambda case: has(case, "care_reason", "addiction", "mental_illness")),
    "a borderline": (1, lambda case: case.expect["mantelzorg"] == "borderline"),
    "not known yet": (1, lambda case: case.expect["mantelzorg"] == "open"),
    "a reward beside the definition": (2, lambda case: len(case.expect) > 2),
}


@pytest.mark.parametrize("kind", COVERED)
def test_a_trainer_finds_a_case_of_every_kind(cases: tuple[TrainingCase, ...], kind: str) -> None:
    least, fits = COVERED[kind]
    assert sum(map(fits, cases)) >= least


def test_under_some_no_there_is_strain_that_cannot_wait(content: Content, cases: tuple[TrainingCase, ...]) -> None:
    first = {line.id for line in content.support.urgencies if line.first}
    lines = content.judges["mantelzorg"].rules
    noes = [case for case in cases if case.expect["mantelzorg"] != "open"]
    noes = [case for case in noes if lines.line(case.expect["mantelzorg"]).tone is Tone.NO]
    assert [case.id for case in noes if case.expect["urgency"] in first]


def test_flips_tip_and_some_deliberately_do_not(content: Content, cases: tuple[TrainingCase, ...]) -> None:
    same = Counter(case.expect[case.rule_set] == case.flip.expect[case.rule_set] for case in cases)
    assert same[True] >= 3
    assert same[False] >= 10


def test_both_audiences_have_a_session_of_rising_difficulty(cases: tuple[TrainingCase, ...]) -> None:
    for audience, least in (("referrer", 12), ("caregiver", 4)):
        own = [case.difficulty for case in cases if case.audience == audience]
        assert len(own) >= least
        assert set(own) == {1, 2, 3}
        assert own == sorted(own)
