"""Near misses: all of them, by brute force on drawn rule sets, and what the command prints of them."""

from __future__ import annotations

import re

import pytest
import yaml
from brute_force import inside, precise
from hypothesis import HealthCheck, given, settings
from strategies import World, worlds

from mantelzorg.cli import REFUSED, main
from mantelzorg.content import Content
from mantelzorg.facts import Fact, Interval, parse_answer, parse_answers
from mantelzorg.training.cases import TrainingCase
from mantelzorg.training.near_miss import NearMiss, Plausible, find, said


def group(world: World, fact: Fact, miss: NearMiss) -> frozenset:
    """The values that no test tells apart from those of a near miss."""
    own = world.reference.values[fact.id]
    if isinstance(miss.answer, Interval):
        number = miss.answer.low
        return world.reference.alike(fact, [value for value in own if inside_alike(world, fact, value, number)])
    return world.reference.alike(fact, [miss.answer] if miss.answer in own else miss.answer)


def inside_alike(world: World, fact: Fact, value: float, number: float) -> bool:
    tests = [test.accepted for test in world.reference.tests if test.fact == fact.id]
    return all(inside(part, value) == inside(part, number) for part in tests)


@settings(
    max_examples=60,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(worlds(eager=True))
def test_every_change_of_one_fact_that_tips_the_verdict_is_found_and_nothing_else(world: World) -> None:
    now = world.judge.judge(world.answers).verdict
    expected = set()
    for fact in world.reference.facts:
        for value in world.reference.values[fact.id]:
            left = world.reference.judged({**world.answers, fact.id: precise(value)})
            if len(left) == 1 and left != {now}:
                expected.add((fact.id, world.reference.alike(fact, [value]), *left))
    facts = {fact.id: fact for fact in world.reference.facts}
    found = [
        (miss.fact, group(world, facts[miss.fact], miss), miss.verdict) for miss in find(world.judge, world.answers)
    ]
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_every_proposal_for_a_shipped_case_gives_the_verdict_that_it_says(
    content: Content, cases: tuple[TrainingCase, ...]
) -> None:
    for case in cases:
        judge = content.judges[case.rule_set]
        now = judge.judge(case.answers).verdict
        found = find(judge, case.answers)
        assert found, case.id
        for miss in found:
            after = judge.judge({**case.answers, miss.fact: miss.answer}).verdict
            assert after == miss.verdict != now
            assert said(judge, miss, "nl").strip(" :")
            assert said(judge, miss, "en").strip(" :")


def test_a_flip_of_one_fact_that_decides_otherwise_is_among_the_proposals(
    content: Content, cases: tuple[TrainingCase, ...]
) -> None:
    tried = 0
    for case in cases:
        ((name, answer), *more) = case.flip.answers.items()
        judge = content.judges[case.rule_set]
        before, after = (judge.judge(answers).verdict for answers in (case.answers, case.flipped))
        if more or after in (None, before):
            continue
        axis = judge.table.axes[judge.table.places[name]]
        found = {(miss.fact, 1 << miss.c, miss.verdict) for miss in find(judge, case.answers)}
        assert (name, axis.mask(answer), after) in found, case.id
        tried += 1
    assert tried >= 6


def test_what_can_really_become_so_comes_first(content: Content, cases: tuple[TrainingCase, ...]) -> None:
    by_id = {case.id: case for case in cases}
    judge = content.judges["mantelzorg"]
    for case in cases:
        order = [miss.plausible for miss in find(judge, case.answers)]
        assert order == sorted(order)
    joke = find(judge, by_id["joke"].answers)[0]
    assert (joke.plausible, joke.answer) == (Plausible.MAY_BECOME, frozenset({"household", "personal_care"}))
    ahmed = {miss.fact: miss.plausible for miss in find(judge, by_id["ahmed"].answers)}
    assert ahmed["bond_before_care"] is Plausible.MAY_TURN_OUT
    assert ahmed["outlook"] is Plausible.OTHER_WAY
    assert ahmed["care_reason"] is Plausible.OTHER_STORY


def test_a_number_is_proposed_as_the_nearest_whole_number(content: Content) -> None:
    judge = content.judges["almere-waardering-2021"]
    raw = {
        "recipient_in_almere": "yes", "care_reason": ["dementia"], "helper_age": 45, "relationship": "parent",
        "hours_per_week": 8, "months_caring": 12, "on_behalf_of": "nobody", "payment": "none", "shares_home": "no",
    }  # fmt: skip
    (miss,) = [one for one in find(judge, parse_answers(content.facts, raw)) if one.verdict == "meets"]
    assert (miss.fact, miss.answer, miss.plausible) == ("hours_per_week", Interval(9, 9), Plausible.MAY_BECOME)
    assert said(judge, miss, "nl") == "helpt meer dan 8 uur per week"
    fewer = find(judge, parse_answers(content.facts, {**raw, "hours_per_week": 20}))
    assert [one.answer for one in fewer if one.fact == "hours_per_week"] == [Interval(8, 8)]


def test_the_command_proposes_what_an_author_can_paste(
    content: Content,
    cases: tuple[TrainingCase, ...],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("mantelzorg.cli.near_miss.load", lambda: content)
    monkeypatch.setattr("mantelzorg.cli.near_miss.read_training", lambda *_: cases)
    for case in cases:
        assert main(["near-miss", case.id]) == 0
        out = capsys.readouterr().out
        changed = [yaml.safe_load(line) for line in re.findall(r"facts: (\{.*\})", out)]
        results = [yaml.safe_load(line) for line in re.findall(r"expect: (\{.*\})", out)]
        assert len(changed) == len(results) == out.count("→") > 0
        for facts, expect in zip(changed, results, strict=True):
            ((name, raw),) = facts.items()
            written = {True: "yes", False: "no"}.get(raw, raw) if isinstance(raw, bool) else raw
            answers = {**case.answers, name: parse_answer(content.facts[name], written)}
            assert {case.rule_set: content.judges[case.rule_set].judge(answers).verdict} == expect


def test_the_command_knows_no_other_case(
    content: Content, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mantelzorg.cli.near_miss.load", lambda: content)
    assert main(["near-miss", "fatme"]) == REFUSED
    assert "Bedoelde u 'fatma'?" in capsys.readouterr().err
