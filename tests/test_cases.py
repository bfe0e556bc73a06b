"""The published cases: none rejected, every strong one accepted, nearly all accepted; and faulty files of cases."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from mantelzorg.cases import CONTRADICTION, OPEN, Case, load_cases, replay, result_of, totals
from mantelzorg.content import ROOT, Content, load
from mantelzorg.facts import parse_answers
from mantelzorg.problems import ContentError, Problem
from mantelzorg.yaml_reader import read

FILES = {"published": ROOT / "cases" / "published.yaml", "shared": ROOT.parent / "shared" / "cases" / "open.yaml"}


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


def cases(content: Content, path: Path) -> tuple[Case, ...]:
    if not path.exists():
        pytest.skip(f"{path.name} is not beside this repository")
    return load_cases(read(path.read_bytes(), path.name), content.facts, content.judges)


@pytest.mark.parametrize("path", FILES.values(), ids=FILES)
def test_no_published_case_gets_a_result_that_it_may_never_get(content: Content, path: Path):
    results = replay(cases(content, path), content.judges)
    assert [(each.case.id, each.rule_set, each.result) for each in results if each.rejected] == []


@pytest.mark.parametrize("path", FILES.values(), ids=FILES)
def test_every_strong_case_gets_a_result_that_it_accepts(content: Content, path: Path):
    results = [each for each in replay(cases(content, path), content.judges) if each.case.weight == "strong"]
    assert len(results) > 20
    assert [(each.case.id, each.rule_set, each.result) for each in results if not each.accepted] == []


@pytest.mark.parametrize("path", FILES.values(), ids=FILES)
def test_nearly_every_case_gets_a_result_that_it_accepts(content: Content, path: Path):
    results = replay(cases(content, path), content.judges)
    by_rule_set = Counter(each.rule_set for each in results)
    assert by_rule_set["mantelzorg"] == 70
    for rule_set, count in by_rule_set.items():
        accepted = sum(each.accepted for each in results if each.rule_set == rule_set)
        assert accepted >= 0.95 * count, rule_set
    told = totals(results)
    assert told["rejected"] == 0
    assert told["strong_accepted"] == told["strong"] <= told["accepted"] <= told["results"] == len(results)


def test_the_cases_differ(content: Content):
    """A tool that always says the same would be right about few of them."""
    results = Counter(each.result for each in replay(cases(content, FILES["published"]), content.judges))
    assert {"mantelzorg", "borderline", "usual_care", "incidental_help", "volunteering", OPEN} <= set(results)


def test_no_published_case_contradicts_itself(content: Content):
    assert CONTRADICTION not in {each.result for each in replay(cases(content, FILES["published"]), content.judges)}


def test_a_result_is_a_verdict_or_open_or_a_contradiction(content: Content):
    judge = content.judges["mantelzorg"]
    for raw, result in (
        ({"care_now": "ended"}, "former_care"),
        ({}, OPEN),
        ({"relationship": "stranger", "bond_before_care": "yes"}, CONTRADICTION),
    ):
        assert result_of(judge, parse_answers(content.facts, raw)) == result


CASE = """\
- id: c1
  story: Een verhaal.
  source: https://example.org
  verdict_by: source
  weight: strong
  facts: {relationship: parent, hours_per_week: '>8'}
  expect:
    mantelzorg: {accept: [open], reject: [paid_care]}
"""


def problems(content: Content, *edits: tuple[str, str], text: str = CASE) -> tuple[Problem, ...]:
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    with pytest.raises(ContentError) as caught:
        load_cases(read(text.encode(), "cases/x.yaml"), content.facts, content.judges)
    return caught.value.problems


def test_a_case_is_read_and_replayed(content: Content):
    (case,) = load_cases(read(CASE.encode(), "cases/x.yaml"), content.facts, content.judges)
    (result,) = replay([case], content.judges)
    assert (result.result, result.accepted, result.rejected) == (OPEN, True, False)


@pytest.mark.parametrize(
    ("old", "new", "code", "told"),
    [
        ("relationship:", "relatonship:", "case-fact", "Bedoelde u 'relationship'?"),
        ("parent", "aunt", "case-fact", "'aunt' bestaat niet"),
        ("'>8'", "'>800'", "case-fact", "valt buiten wat kan"),
        ("mantelzorg:", "mantelzrg:", "unknown-rule-set", "Bedoelde u 'mantelzorg'?"),
        ("[open]", "[opne]", "unknown-verdict", "Bedoelde u 'open'?"),
        ("[paid_care]", "[payed_care]", "unknown-verdict", "Bedoelde u 'paid_care'?"),
        ("weight: strong", "weight: heavy", "not-a-choice", "'heavy'"),
        ("story: Een verhaal.", "tale: x", "unknown-key", "tale"),
    ],
)
def test_what_is_wrong_with_a_case_is_told(content: Content, old: str, new: str, code: str, told: str):
    found = [problem for problem in problems(content, (old, new)) if problem.code == code]
    assert found
    assert told in found[0].what


def test_all_that_is_wrong_with_cases_at_once(content: Content):
    found = problems(content, ("parent", "aunt"), ("'>8'", "'>800'"), ("[open]", "[opne]"))
    assert [(problem.mark.line, problem.code) for problem in found] == [
        (6, "case-fact"),
        (6, "case-fact"),
        (8, "unknown-verdict"),
    ]


def test_a_case_that_is_there_twice_is_told(content: Content):
    assert [(each.mark.line, each.code) for each in problems(content, text=CASE + CASE)] == [(9, "case-twice")]
