"""The prepared cases: what they cover, that the rules follow them, and what an author is told of a fault."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from mantelzorg.checks import Material, check_all, read_all, training
from mantelzorg.content import ROOT, Content
from mantelzorg.facts import Interval
from mantelzorg.problems import ContentError, Problem
from mantelzorg.rules import Tone
from mantelzorg.training.cases import FOLDER, MOST_WORDS, TrainingCase, load_training, read_training, replay
from mantelzorg.yaml_reader import read

SMALL = ROOT / "tests" / "checks" / "content"
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


# A small installation to break.

CASE = """\
- id: one
  title: {nl: Een, en: One}
  audience: referrer
  difficulty: 1
  story: {nl: Zij wast haar zieke man., en: She washes her husband.}
  facts: {who: partner, ill: yes, known: yes, hours: 10, tasks: [wash]}
  expect: {simple: counts, urgency: ordinary}
  flip:
    say: {nl: Hij is gezond., en: He is well.}
    facts: {ill: no}
    expect: {simple: counts_not}
  debrief: {nl: "Wat nu?", en: "What now?"}
  note: {nl: Zo staat het er., en: So it says.}
  source: law
"""


@pytest.fixture(scope="module")
def simple() -> Content:
    found = read_all(SMALL).content
    assert found is not None
    return found


def problems(simple: Content, *edits: tuple[str, str], text: str = CASE) -> list[Problem]:
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    with pytest.raises(ContentError) as caught:
        load_training(read(text.encode(), f"{FOLDER}/x.yaml"), simple)
    return list(caught.value.problems)


LONG = " ".join(["woord"] * 71)


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "told"),
    [
        ("who: partner", "whoo: partner", "unknown-fact", 6, "Bedoelde u 'who'?"),
        ("who: partner", "who: aunt", "case-fact", 6, "'aunt' bestaat niet"),
        ("hours: 10", "hours: 1000", "case-fact", 6, "valt buiten wat kan"),
        ("{ill: no}", "{il: no}", "unknown-fact", 10, "Bedoelde u 'ill'?"),
        ("{ill: no}", "{ill: perhaps}", "case-fact", 10, "'perhaps' bestaat niet"),
        ("{ill: no}", "{ill: yes}", "flip-nothing", 10, "'ill' heeft dit antwoord al"),
        ("{ill: no}", "{ill: no, who: partner}", "flip-nothing", 10, "'who' heeft dit antwoord al"),
        ("{ill: no}", "{}", "flip-nothing", 10, "Hier verandert niets"),
        ("{ill: no}", "{ill: no, hours: 1, tasks: [shop]}", "flip-much", 10, "3 feiten"),
        ("simple: counts,", "simple: count,", "unknown-verdict", 7, "Bedoelde u 'counts'?"),
        ("simple: counts,", "simple: contradiction,", "unknown-verdict", 7, "'contradiction' is onbekend"),
        ("simple: counts,", "simpel: counts,", "unknown-rule-set", 7, "Bedoelde u 'simple'?"),
        ("simple: counts, ", "", "no-definition", 7, "een omschrijving"),
        ("simple: counts_not", "urgency: ordinary", "no-definition", 11, "'simple'"),
        ("urgency: ordinary", "urgency: ordinari", "unknown-urgency", 7, "Bedoelde u 'ordinary'?"),
        (", urgency: ordinary", "", "no-urgency", 7, "hoe snel"),
        ("source: law", "source: lore", "unknown-source", 14, "'lore' is onbekend"),
        ("Zij wast haar zieke man.", LONG, "story-long", 5, "71 woorden"),
        ("She washes her husband.", LONG, "story-long", 5, "71 woorden"),
        ("difficulty: 1", "difficulty: 4", "out-of-range", 4, "'4'"),
        ("audience: referrer", "audience: refferer", "not-a-choice", 3, "Bedoelde u 'referrer'?"),
        ("debrief:", "debrif:", "unknown-key", 12, "'debrif'"),
    ],
)
def test_what_is_wrong_with_a_case_is_told_at_its_place(
    simple: Content, old: str, new: str, code: str, line: int, told: str
) -> None:
    found = [problem for problem in problems(simple, (old, new)) if problem.code == code]
    assert [problem.mark.line for problem in found] == [line]
    assert found[0].mark.column > 1
    assert told in found[0].what


def test_all_that_is_wrong_is_told_at_once(simple: Content) -> None:
    edits = (("who: partner", "who: aunt"), ("simple: counts,", "simple: count,"), ("{ill: no}", "{ill: yes}"))
    found = problems(simple, *edits, ("source: law", "source: lore"))
    assert [(problem.mark.line, problem.code) for problem in found] == [
        (6, "case-fact"), (7, "unknown-verdict"), (10, "flip-nothing"), (14, "unknown-source"),
    ]  # fmt: skip


def test_an_id_that_is_there_twice_is_told(simple: Content) -> None:
    assert [(one.mark.line, one.code) for one in problems(simple, text=CASE + CASE)] == [(15, "training-twice")]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The small installation with one prepared case."""
    root = Path(shutil.copytree(SMALL, tmp_path / "content"))
    (root / FOLDER).mkdir()
    (root / FOLDER / "a.yaml").write_text(CASE, "utf-8")
    return root


def findings(root: Path) -> list[tuple[str, int, str]]:
    return [(one.problem.file, one.problem.mark.line, one.problem.code) for one in check_all(root)[1]]


def test_the_small_installation_has_no_findings(small: Path) -> None:
    assert findings(small) == []


def test_an_id_of_another_file_is_told(small: Path, simple: Content) -> None:
    (small / FOLDER / "b.yaml").write_text(CASE, "utf-8")
    assert findings(small) == [("cases/training/b.yaml", 1, "training-twice")]
    with pytest.raises(ContentError) as caught:
        read_training(simple, small)
    assert "in cases/training/a.yaml" in str(caught.value)


def test_a_faulty_file_is_told_and_the_rest_is_still_checked(small: Path) -> None:
    (small / FOLDER / "b.yaml").write_text("- id: two\n", "utf-8")
    (small / FOLDER / "a.yaml").write_text(CASE.replace("counts_not", "doubt"), "utf-8")
    assert {("cases/training/a.yaml", 11, "training-case"), ("cases/training/b.yaml", 1, "missing")} <= set(
        findings(small)
    )


def test_a_rule_that_changes_breaks_the_case_that_told_otherwise(small: Path) -> None:
    rules = small / "rules" / "simple.yaml"
    text = rules.read_text("utf-8")
    rules.write_text(text.replace("if: bond and heavy", "if: bond and heavy and hours > 20"), "utf-8")
    (found,) = [one.problem for one in check_all(small)[1] if one.problem.code == "training-case"]
    assert (found.file, found.mark.line, found.severity) == ("cases/training/a.yaml", 7, "error")
    assert "'one' krijgt de uitkomst 'doubt'" in found.what
    assert "'counts' bij 'simple'" in found.why


def test_an_urgency_that_changes_breaks_the_case_and_its_flip(small: Path) -> None:
    path = small / FOLDER / "a.yaml"
    path.write_text(CASE.replace("counts_not}", "counts_not, urgency: ordinary}"), "utf-8")
    support = small / "rules" / "support.yaml"
    soon = "  - {id: soon, if: hours > 5, term: {nl: Nu., en: Now.}, advice: {nl: Bel., en: Call.}, source: law}\n"
    support.write_text(support.read_text("utf-8").replace("urgency:\n", f"urgency:\n{soon}"), "utf-8")
    told = [one.problem for one in check_all(small)[1] if one.problem.code == "training-case"]
    assert [one.mark.line for one in told] == [7, 11]
    assert "na de flip" in told[1].what
