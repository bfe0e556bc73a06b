"""A rule set as one plain SELECT, the same text for DuckDB and Spark SQL.

    from mantelzorg.bulk.sql import select
    duckdb.sql(select(content.judges["cbs"], "situations"))

The table has one column per fact of the rule set: for a choice the option's id, for a number DOUBLE, and for a
multiple choice one BOOLEAN per option, called `fact__option`; NULL where nothing was said. SQL's NULL logic is weaker
than the verdict table, so a row may stay `open` that `judging.judge` decides. It never decides otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from mantelzorg.assessment import Judge
from mantelzorg.bulk.judging import CONTRADICTION, OPEN, made, names
from mantelzorg.bulk.sql_conflicts import sees_all
from mantelzorg.bulk.sql_names import ROW, SqlError, check_columns, columns_of, plain_name, text
from mantelzorg.bulk.sql_tests import NEVER, Sayer, joined, unreadable
from mantelzorg.conditions import Condition, facts_of
from mantelzorg.facts import Fact
from mantelzorg.rules import RuleSet

UNREADABLE = "unreadable"
"""The result of a row with a value that is no answer: an unknown option, or 200 hours a week."""

MOST_REPEATED = 1_000
"""Later lines are said once more, to see that they give the same verdict, in so many characters at most: else the
SELECT of many lines grows fourfold, and engines take eight times as long to leave one row in 400 less open."""


def select(judge_or_rule_set: Judge | RuleSet, table: str, result: str = "result", *, assuming: bool = True) -> str:
    """The SELECT that gives every column of `table`, and the result of every row in a column `result`.

    A result is a verdict's id, `open`, `contradiction` or `unreadable`. With `assuming`, NULL means that nobody spoke
    of a fact, and what the rules assume then holds, as in `judging.judge`. Without it NULL may also stand for "unknown"
    and for an imprecise answer, and more rows are open. Raises SqlError for names that would need quotes.
    """
    judge = made(judge_or_rule_set)
    return (
        f"SELECT {ROW}.*, {case(judge, assuming=assuming)} AS {_result(judge, result)}\nFROM {_table(table)} AS {ROW}"
    )


def columns(judge_or_rule_set: Judge | RuleSet) -> dict[str, str]:
    """The columns that the SELECT reads, each with its type in SQL."""
    types = {"choice": "VARCHAR", "multiple": "BOOLEAN", "number": "DOUBLE"}
    facts = _facts(made(judge_or_rule_set))
    return {name: types[fact.kind.value] for fact in facts for name in columns_of(fact)}


def case(judge: Judge, *, assuming: bool = True) -> str:
    """The expression of the result. Raises SqlError."""
    names(judge)
    axes = {axis.fact.id: axis for axis in judge.table.axes}
    usual = dict(zip(axes, judge.table.assumptions, strict=True)) if assuming else {}
    assumed = {name: mask for name, mask in usual.items() if mask != axes[name].full}
    plain, own = Sayer(axes, {}), Sayer(axes, assumed)
    told = _lines(judge.rules, own)
    if any(name in assumed for condition in judge.rules.impossible for name in facts_of(condition)):
        told = _unless(judge, own, {name: usual[name] for name in axes}, OPEN, told)
    told = _unless(judge, plain, {name: axis.full for name, axis in axes.items()}, CONTRADICTION, told)
    wrong = joined("OR", [f"({part})" for fact in _facts(judge) for part in unreadable(fact)], NEVER)
    return f"CASE WHEN {wrong} THEN {text(UNREADABLE)} ELSE\n{told} END"


def _unless(judge: Judge, sayer: Sayer, unsaid: dict[str, int], instead: str, told: str) -> str:
    """What is told, unless the answers contradict each other, or SQL cannot see that they do not."""
    if not judge.rules.impossible:
        return told
    never = _either(judge.rules.impossible, sayer)
    if sees_all(judge.rules.impossible, sayer.axes, unsaid):
        return f"CASE WHEN {never} THEN {text(instead)} ELSE\n{told} END"
    return f"CASE {never} WHEN TRUE THEN {text(instead)} WHEN FALSE THEN\n{told} ELSE {text(OPEN)} END"


def _lines(rules: RuleSet, sayer: Sayer) -> str:
    """The verdict lines, the first that applies; neighbours that give the same verdict are one line.

    Where a line may apply and the later ones surely give the same verdict, that is the result, else `open`. What no
    line covers is `open` here; the table calls it a contradiction.
    """
    groups = [
        (verdict, _either([line.condition for line in lines], sayer))
        for verdict, lines in groupby(rules.lines, key=attrgetter("id"))
    ]
    told = text(OPEN)
    for place, (verdict, held) in reversed(list(enumerate(groups))):
        sure = _surely(verdict, groups[place + 1 :])
        short = 0 < len(sure) <= MOST_REPEATED
        unsure = f"CASE WHEN {sure} THEN {text(verdict)} ELSE {text(OPEN)} END" if short else text(OPEN)
        told = f"CASE {held} WHEN TRUE THEN {text(verdict)} WHEN FALSE THEN\n{told} ELSE {unsure} END"
    return told


def _surely(verdict: str, groups: Sequence[tuple[str, str]]) -> str:
    """A condition that is TRUE only where the first line that applies gives this verdict; "" where none does."""
    sure = ""
    for own, held in reversed(groups):
        if own == verdict:
            sure = joined("OR", [held, sure], NEVER) if sure else held
        elif sure:
            sure = joined("AND", [f"(NOT {held})", sure], NEVER)
    return sure


def _either(conditions: Iterable[Condition], sayer: Sayer) -> str:
    return joined("OR", [sayer.condition(condition) for condition in conditions], NEVER)


def _facts(judge: Judge) -> Sequence[Fact]:
    return [axis.fact for axis in judge.table.axes]


def _result(judge: Judge, result: str) -> str:
    check_columns([*(name for fact in _facts(judge) for name in columns_of(fact)), result])
    return plain_name(result)


def _table(table: str) -> str:
    """The name of a table, with the names of its catalogue and schema before it where they are given."""
    if not table:
        raise SqlError("Noem een tabel.")
    return ".".join(map(plain_name, table.split(".")))
