"""Sets of situations, mutants and their equivalence, held against slower ways to say the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from runpy import run_path

import numpy as np
import pytest

from mantelzorg.assessment import Judge
from mantelzorg.cases import load_cases, replay, result_of
from mantelzorg.checks.boxes import Replay
from mantelzorg.checks.material import Material, read_all
from mantelzorg.checks.mutants import Equivalence, mutants
from mantelzorg.checks.proof import Proof
from mantelzorg.checks.space import Space, count
from mantelzorg.checks.words import answer, as_answers
from mantelzorg.conditions import Condition, parse
from mantelzorg.facts import Fact, Kind, Value, parse_answers
from mantelzorg.loading import load_facts, load_rules
from mantelzorg.rules import RuleSet
from mantelzorg.schema import SourcesFile
from mantelzorg.validation import validate
from mantelzorg.verdict_table import make_axis, truths
from mantelzorg.yaml_reader import read

from .conftest import CONTENT

ROOT = Path(__file__).parents[2]
WORDS = {"nl": "", "en": ""}


@pytest.fixture(scope="module")
def material() -> Material:
    return read_all(CONTENT)


@pytest.fixture(scope="module")
def judge(material: Material) -> Judge:
    return material.judges["simple"]


def test_a_set_holds_the_same_situations_as_an_array(judge: Judge) -> None:
    space = Space(judge.table.axes)
    places = judge.table.places
    for criterion in judge.rules.criteria:
        held = np.broadcast_to(truths(criterion.condition, judge.table.axes, places), space.shape)
        assert np.array_equal(space.cells(space.where(criterion.condition)), held)
        assert count(space.where(criterion.condition)) == np.count_nonzero(held)


def test_a_set_over_more_than_one_word_keeps_its_padding_empty() -> None:
    facts = {name: Fact(name, Kind.NUMBER, WORDS, low=0, high=9) for name in "abc"}
    condition = parse("a > 3 and b > 4 or c == 5", facts, {})
    tests = [part for text in ("a > 3", "b > 4", "c == 5") for part in [parse(text, facts, {})]]
    space = Space([make_axis(fact, tests) for fact in facts.values()])  # type: ignore[arg-type]
    left = space.full & ~space.where(condition)
    assert count(left) + count(space.where(condition)) == np.prod(space.shape) == count(space.full)


def test_an_example_is_in_the_set_and_leaves_out_what_does_not_matter(judge: Judge) -> None:
    space = Proof(judge.rules, judge.table).space
    heavy = space.where(judge.rules.criterion("heavy").condition)
    example = space.example(heavy)
    assert example is not None
    assert len(example) == 1
    assert space.example(space.none) is None
    answers = parse_answers({fact.id: fact for fact in judge.rules.facts}, as_answers(judge, example))
    assert judge.assess(answers).criteria["heavy"] is True


@pytest.mark.parametrize("fact", ["hours", "tasks", "who"])
def test_the_answer_written_for_a_class_is_in_that_class(judge: Judge, fact: str) -> None:
    axis = judge.table.axes[judge.table.places[fact]]
    facts = {own.id: own for own in judge.rules.facts}
    for c in range(axis.size):
        raw = as_answers(judge, {fact: c})
        assert axis.mask(parse_answers(facts, raw)[fact]) == 1 << c


def test_a_multiple_choice_is_written_with_as_many_options_as_its_class_needs() -> None:
    fact = Fact("f", Kind.MULTIPLE, WORDS, tuple(Value(v, WORDS, WORDS) for v in ("a", "b", "c", "none")), alone="none")
    tests = [parse(text, {"f": fact}, {}) for text in ("a in f", "b in f")]
    axis = make_axis(fact, tests)  # type: ignore[arg-type]
    found = {axis.signatures[c]: answer(axis, c) for c in range(axis.size)}
    assert found == {(False, False): ["c"], (True, False): ["a"], (False, True): ["b"], (True, True): ["a", "b"]}


def by_hand(rules: RuleSet, other: RuleSet) -> bool:
    """Whether two rule sets agree wherever both say that a situation can be, on the union of their tests."""
    tests = [*rules.tests(), *other.tests()]
    facts = {fact.id: fact for fact in rules.facts}
    axes = [make_axis(facts[name], tests) for name in dict.fromkeys(test.fact for test in rules.tests())]
    places = {axis.fact.id: place for place, axis in enumerate(axes)}
    tables = []
    for own in (rules, other):
        cells = np.zeros([axis.size for axis in axes], dtype=np.int8)
        for line in reversed(own.lines):
            np.copyto(cells, np.int8(rules.verdicts.index(line.id) + 1), where=truths(line.condition, axes, places))
        for condition in own.impossible:
            np.copyto(cells, np.int8(0), where=truths(condition, axes, places))
        tables.append(cells)
    return np.array_equal(*tables)


@pytest.mark.parametrize("name", ["simple", "cbs"])
def test_equivalent_mutants_are_those_with_the_same_table(judge: Judge, name: str, own: Mapping[str, Judge]) -> None:
    one = judge if name == "simple" else own[name]
    equivalence, found = Equivalence(one.rules, one.table), list(mutants(one.rules))
    assert len(found) > 15
    for mutant in found:
        assert equivalence.equivalent(mutant) == by_hand(one.rules, mutant.applied(one.rules)), str(mutant)


@pytest.fixture(scope="module")
def own() -> Mapping[str, Judge]:
    """A real rule set that is quick to load, with its own facts."""
    names = ("facts.yaml", "sources.yaml", "cbs.yaml")
    files = {name: read((ROOT / "rules" / name).read_bytes(), name) for name in names}
    sources = validate(files["sources.yaml"], SourcesFile).sources
    return {"cbs": Judge(load_rules(files["cbs.yaml"], load_facts(files["facts.yaml"]), sources))}


def test_a_mutant_is_judged_as_a_judge_would(own: Mapping[str, Judge]) -> None:
    judge = own["cbs"]
    facts = {fact.id: fact for fact in judge.rules.facts}
    raw = [
        {"relationship": "parent"},
        {"relationship": "stranger", "payment": "none"},
        {"care_reason": ["none"], "outlook": "last_phase"},
        {"helper_age": ">=18", "hours_per_week": "4..9", "payment": "unknown"},
    ]
    situations = [parse_answers(facts, one) for one in raw]
    for mutant in list(mutants(judge.rules))[::9]:
        changed = Judge(mutant.applied(judge.rules))
        replayed = Replay(changed.rules, judge.table)
        assert [replayed.result_of(one) for one in situations] == [result_of(changed, one) for one in situations]


def test_mutants_change_thresholds_operators_and_values(judge: Judge) -> None:
    told = [str(mutant) for mutant in mutants(judge.rules)]
    for change in (
        "criteria.heavy: hours > 8 → hours > 9",
        "criteria.heavy: hours > 8 → hours >= 8",
        "criteria.heavy: or → and",
        "criteria.heavy: tasks: + shop",
        "criteria.bond: who: + friend",
        "verdicts[0]: not weg",
        "verdicts[1]: and → or",
    ):
        assert change in told
    assert len(told) == len(set(told))


def test_a_mutant_of_a_criterion_reaches_the_criteria_that_lean_on_it(judge: Judge) -> None:
    mutant = next(one for one in mutants(judge.rules) if one.part == "need")
    changed = mutant.applied(judge.rules)
    condition: Condition = changed.criterion("need").condition
    assert condition == mutant.after != mutant.before


@pytest.mark.parametrize("path", sorted((ROOT / "cases").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_case_of_the_project_holds(path: Path, installation: Material) -> None:
    document = read(path.read_bytes(), path.name)
    results = replay(load_cases(document, installation.facts, installation.judges), installation.judges)
    wrong = [one for one in results if one.rejected or (one.case.weight == "strong" and not one.accepted)]
    assert [(one.case.id, one.rule_set, one.result) for one in wrong] == []


@pytest.mark.parametrize("name", ["alkmaar-2020", "cbs"])
def test_the_cases_notice_small_mistakes_in_the_rules(name: str, installation: Material) -> None:
    benchmark = run_path(str(ROOT / "benchmarks" / "mutation.py"))
    found = benchmark["score"](installation.judges[name], installation.all_cases)
    assert found.part >= benchmark["AIM"], [str(mutant) for mutant in found.survivors]
    assert found.caught
