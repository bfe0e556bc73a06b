"""Whatever names and values a rule file or a table holds, the SELECT is read alike or is not made."""

from __future__ import annotations

from datetime import date

import duckdb
import pyarrow as pa
import pytest
from strategies import TEXT, value

from bulk.sql_worlds import by_duckdb
from mantelzorg.assessment import Judge
from mantelzorg.bulk.judging import NameTakenError
from mantelzorg.bulk.sql import columns, select
from mantelzorg.bulk.sql_names import SqlError
from mantelzorg.bulk.sql_rows import table_of
from mantelzorg.cli import main
from mantelzorg.conditions import ALWAYS, Condition, Or, Test
from mantelzorg.content import load
from mantelzorg.facts import Fact, Interval, Kind
from mantelzorg.rules import RuleSet, Tone, VerdictLine

HOSTILE = [
    "x'; DROP TABLE situations; --",
    "o'brien",
    "a\\",
    'a"b',
    "a`b",
    "a--b/*",
    "a\nb",
    "a\0b",
    "\N{RIGHT SINGLE QUOTATION MARK}",
    "é",
    "{name}",
    "$1",
    "?",
    "%",
    "a;b",
    "x" * 200,
]


def _choice(name: str, *options: str) -> Fact:
    return Fact(name, Kind.CHOICE, TEXT, tuple(map(value, options)))


def _judge(facts: tuple[Fact, ...], condition: Condition, verdict: str = "v") -> Judge:
    lines = (VerdictLine(verdict, condition, Tone.YES, {}), VerdictLine("w", ALWAYS, Tone.NO, {}))
    return Judge(RuleSet("own", "1", date(2026, 1, 1), (), lines, (), ("w",), {"title": TEXT}, facts))


def _is(fact: str, *options: str) -> Test:
    return Test(fact, frozenset(options))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_or_value_that_engines_may_read_differently_is_refused(name: str) -> None:
    with pytest.raises(SqlError):
        select(_judge((_choice(name, "yes", "no"),), _is(name, "yes")), "situations")
    with pytest.raises(SqlError):
        select(_judge((_choice("a", name, "no"),), _is("a", name)), "situations")
    with pytest.raises(SqlError):
        select(_judge((_choice("a", "yes", "no"),), _is("a", "yes"), verdict=name), "situations")
    several = Fact("a", Kind.MULTIPLE, TEXT, (value(name), value("no")))
    with pytest.raises(SqlError):
        select(_judge((several,), _is("a", "no")), "situations")
    fine = _judge((_choice("a", "yes", "no"),), _is("a", "yes"))
    with pytest.raises(SqlError):
        select(fine, name)
    with pytest.raises(SqlError):
        select(fine, "situations", name)


def test_names_that_an_engine_takes_for_one_are_refused() -> None:
    with pytest.raises(SqlError):
        select(
            _judge((_choice("a", "yes", "no"), _choice("A", "yes", "no")), Or((_is("a", "yes"), _is("A", "yes")))), "t"
        )
    several = Fact("a", Kind.MULTIPLE, TEXT, (value("b"), value("c")))
    with pytest.raises(SqlError):
        select(_judge((several, _choice("a__b", "yes", "no")), Or((_is("a", "b"), _is("a__b", "yes")))), "t")
    with pytest.raises(SqlError):
        select(_judge((_choice("result", "yes", "no"),), _is("result", "yes")), "t")


def test_a_verdict_may_not_be_called_open() -> None:
    with pytest.raises(NameTakenError):
        select(_judge((_choice("a", "yes", "no"),), _is("a", "yes"), verdict="open"), "situations")


def test_a_fact_may_be_called_by_any_word_of_sql() -> None:
    words = [row[0] for row in duckdb.sql("SELECT keyword_name FROM duckdb_keywords()").fetchall()]
    for start in range(0, len(words), 10):
        own = words[start : start + 10]
        judge = _judge(tuple(_choice(name, "yes", "no") for name in own), Or(tuple(_is(name, "yes") for name in own)))
        rows = [{own[0]: frozenset({"yes"})}, {own[-1]: frozenset({"yes"})}, {}]
        assert by_duckdb(select(judge, "situations"), table_of(rows, judge)) == ["v", "v", "open"], own


def _table(judge: Judge, **given: object) -> pa.Table:
    """One row with these values in the columns of a rule set, and NULL in the others."""
    types = {"VARCHAR": pa.string(), "BOOLEAN": pa.bool_(), "DOUBLE": pa.float64()}
    return pa.table({name: pa.array([given.get(name)], types[kind]) for name, kind in columns(judge).items()})


@pytest.mark.parametrize(
    "given",
    [
        {"helper_age": 200.0},
        {"helper_age": -1.0},
        {"helper_age": float("nan")},
        {"helper_age": float("inf")},
        {"relationship": "Partner"},
        {"relationship": "unknown"},
        {"relationship": ""},
        {"care_now": "soms"},
        {"tasks__household": True},
    ],
)
def test_a_value_that_is_no_answer_is_never_judged(given: dict[str, object]) -> None:
    judge = load().judges["mantelzorg"]
    assert by_duckdb(select(judge, "situations"), _table(judge, **given)) == ["unreadable"]


@pytest.mark.parametrize(("chosen", "readable"), [((), False), (("none",), True), (("none", "household"), False)])
def test_options_that_do_not_go_together_are_never_judged(chosen: tuple[str, ...], readable: bool) -> None:
    judge = load().judges["mantelzorg"]
    given = {f"tasks__{option}": option in chosen for option in judge.rules.fact("tasks").value_ids}
    found = by_duckdb(select(judge, "situations"), _table(judge, **given))
    assert (found != ["unreadable"]) is readable


@pytest.mark.parametrize("bound", [0.1, 1 / 3, 2.5, 1e-7, 123456789012.0, 2.0**53])
def test_numbers_are_compared_to_the_last_bit(bound: float) -> None:
    number = Fact("a", Kind.NUMBER, TEXT, low=0, high=1e17)
    judge = _judge((number,), Test("a", Interval(low=bound, high=1e17)))
    below = bound - bound * 2.0**-53
    assert below < bound
    query = select(judge, "situations")
    assert by_duckdb(query, pa.table({"a": pa.array([below, bound], pa.float64())})) == ["w", "v"]


def test_the_other_columns_come_along() -> None:
    judge = load().judges["alkmaar-2020"]
    table = _table(judge).append_column("client", pa.array(["a"]))
    with duckdb.connect() as connection:
        connection.register("situations", table)
        found = connection.execute(select(judge, "situations", "uitkomst"))
        assert [own[0] for own in found.description] == [*table.column_names, "uitkomst"]


def test_the_command_prints_the_select_or_the_columns(capsys: pytest.CaptureFixture[str]) -> None:
    judge = load().judges["cbs"]
    assert main(["sql", "cbs"]) == 0
    assert by_duckdb(capsys.readouterr().out.rstrip().rstrip(";"), _table(judge)) == ["open"]
    assert main(["sql", "cbs", "--columns"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(columns(judge))
    assert main(["sql", "cbs", "--table", "x;y"]) == main(["sql", "geen"]) == 2
    assert "'x;y'" in capsys.readouterr().err
