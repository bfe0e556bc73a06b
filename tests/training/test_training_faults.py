"""Files of prepared cases with a fault, and rules that no longer give what a case tells, in a small installation."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mantelzorg.checks import check_all, read_all
from mantelzorg.content import ROOT, Content
from mantelzorg.problems import ContentError, Problem
from mantelzorg.training.cases import FOLDER, load_training, read_training
from mantelzorg.yaml_reader import read

SMALL = ROOT / "tests" / "checks" / "content"

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
