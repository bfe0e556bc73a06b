"""SQL decides less than the verdict table at times, and never anything else."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import TEXT, World, situations, value, worlds

from bulk.frames import random_rows, text_frame
from bulk.sql_worlds import by_duckdb, held, told
from mantelzorg.assessment import Judge
from mantelzorg.bulk.judging import judge
from mantelzorg.bulk.sql import columns, select
from mantelzorg.bulk.sql_rows import table_of
from mantelzorg.conditions import ALWAYS, And, Condition, Test
from mantelzorg.content import load
from mantelzorg.facts import Fact, Kind
from mantelzorg.rules import RuleSet, Tone, VerdictLine

CONTENT = load()
NAMES = sorted(CONTENT.judges)
ROWS = 10_000


@pytest.mark.parametrize("name", NAMES)
def test_of_10_000_situations_sql_leaves_a_few_open_and_decides_none_otherwise(name: str) -> None:
    own = CONTENT.judges[name]
    rows = held(random_rows(own, ROWS, seed=11), own)
    table = [told(own, row) for row in rows]
    assert list(judge(text_frame(own, rows), own)) == table
    differences = Counter(
        sql
        for sql, exact in zip(by_duckdb(select(own, "situations"), table_of(rows, own)), table, strict=True)
        if sql != exact
    )
    assert set(differences) <= {"open"}
    assert differences["open"] < ROWS * 0.1


@pytest.mark.parametrize("name", NAMES)
def test_without_assumptions_null_may_stand_for_unknown_and_for_imprecise_answers(name: str) -> None:
    own = CONTENT.judges[name]
    rows = random_rows(own, 2_000, seed=12)
    found = by_duckdb(select(own, "situations", assuming=False), table_of(rows, own))
    different = {(sql, told(own, row)) for sql, row in zip(found, rows, strict=True)}
    assert {sql for sql, exact in different if sql != exact} <= {"open"}
    assert {"open"} < set(found)


@settings(max_examples=100, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds(), st.data())
def test_no_drawn_rules_make_sql_decide_otherwise(world: World, data: st.DataObject) -> None:
    drawn = [world.answers, *(data.draw(situations(world.rules.facts, eager=True)) for _ in range(8))]
    rows = held(drawn, world.judge)
    if columns(world.judge):
        found = by_duckdb(select(world.judge, "situations"), table_of(rows, world.judge))
        for sql, row in zip(found, rows, strict=True):
            assert sql in (told(world.judge, row), "open")


def test_with_a_precise_answer_to_everything_sql_leaves_nothing_open() -> None:
    for own in CONTENT.judges.values():
        rows = held(random_rows(own, 1_000, seed=13, unknown=0), own)
        known = {axis.fact.id for axis in own.table.axes}
        whole = [row for row in rows if set(row) == known]
        found = by_duckdb(select(own, "situations"), table_of(whole, own))
        assert found == [told(own, row) for row in whole]
        assert len(whole) > 10


def _choice(name: str, *options: str, assume: str = "") -> Fact:
    return Fact(name, Kind.CHOICE, TEXT, tuple(map(value, options)), assume=assume)


def _is(fact: str, *options: str) -> Test:
    return Test(fact, frozenset(options))


def _rules(facts: tuple[Fact, ...], lines: list[tuple[str, Condition]], impossible: tuple[Condition, ...]) -> RuleSet:
    told_lines = tuple(VerdictLine(name, condition, Tone.MAYBE, {}) for name, condition in lines)
    return RuleSet("own", "1", date(2026, 1, 1), (), told_lines, impossible, ("v",), {"title": TEXT}, facts)


A, B = _choice("a", "yes", "no"), _choice("b", "yes", "no")


def test_a_contradiction_that_sql_cannot_see_is_open_and_no_verdict() -> None:
    impossible = (And((_is("a", "yes"), _is("b", "yes"))), And((_is("a", "yes"), _is("b", "no"))))
    own = Judge(_rules((A, B), [("v", _is("a", "yes")), ("w", ALWAYS)], impossible))
    rows = [{"a": frozenset({"yes"})}, {"a": frozenset({"no"})}]
    assert [told(own, row) for row in rows] == ["contradiction", "w"]
    assert by_duckdb(select(own, "situations"), table_of(rows, own)) == ["open", "w"]


def test_a_test_that_every_answer_meets_is_met_by_silence_too() -> None:
    several = Fact("m", Kind.MULTIPLE, TEXT, (value("x"), value("y")))
    impossible = (And((_is("m", "x", "y"), _is("a", "yes"))), And((_is("m", "x"), _is("b", "yes"))))
    own = Judge(_rules((A, B, several), [("v", _is("a", "yes")), ("w", ALWAYS)], impossible))
    rows = [{"a": frozenset({"yes"})}, {"a": frozenset({"no"})}]
    assert [told(own, row) for row in rows] == ["contradiction", "w"]
    assert by_duckdb(select(own, "situations"), table_of(rows, own)) == ["contradiction", "w"]


def test_answers_against_what_is_assumed_are_not_judged_by_the_assumption() -> None:
    assuming = _choice("b", "yes", "no", assume="b == yes")
    impossible = (And((_is("a", "yes"), _is("b", "yes"))),)
    own = Judge(_rules((A, assuming), [("v", _is("b", "yes")), ("w", ALWAYS)], impossible))
    rows = [{"a": frozenset({"yes"})}, {"a": frozenset({"no"})}, {}]
    assert [told(own, row) for row in rows] == ["w", "v", "v"]
    assert by_duckdb(select(own, "situations"), table_of(rows, own)) == ["open", "v", "v"]


def test_a_later_line_with_the_same_verdict_decides_what_an_earlier_one_may() -> None:
    own = Judge(_rules((A, B), [("v", _is("a", "yes")), ("w", _is("b", "yes")), ("v", ALWAYS)], ()))
    rows = [{"b": frozenset({"no"})}, {"b": frozenset({"yes"})}]
    assert by_duckdb(select(own, "situations"), table_of(rows, own)) == ["v", "open"]


def test_situations_that_no_line_covers_are_open() -> None:
    own = Judge(_rules((A, B), [("v", _is("a", "yes"))], ()))
    rows = [{"a": frozenset({"no"})}, {"a": frozenset({"yes"})}]
    assert by_duckdb(select(own, "situations"), table_of(rows, own)) == ["open", "v"]
