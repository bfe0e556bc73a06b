"""Tests of one fact in SQL: TRUE, FALSE, or NULL where the answer is not known."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from mantelzorg.bulk.sql_names import column, columns_of, listed, number, option_column
from mantelzorg.conditions import And, Condition, Named, Not, Or, Test
from mantelzorg.facts import Fact, Interval, Kind
from mantelzorg.verdict_table import Axis

LARGEST = sys.float_info.max
ALWAYS, NEVER = "TRUE", "FALSE"


class Sayer:
    """Says conditions in SQL. `assumed` are, per fact, the classes that hold while nobody said anything."""

    def __init__(self, axes: Mapping[str, Axis], assumed: Mapping[str, int]) -> None:
        self.axes, self.assumed = axes, assumed

    def condition(self, condition: Condition) -> str:
        """A condition between brackets, where it needs them."""
        match condition:
            case Test():
                return self._test(condition)
            case Named(condition=inner):
                return self.condition(inner)
            case Not(part=inner):
                return f"(NOT {self.condition(inner)})"
            case And(parts=parts):
                return joined("AND", [self.condition(part) for part in parts], ALWAYS)
            case Or(parts=parts):
                return joined("OR", [self.condition(part) for part in parts], NEVER)

    def _test(self, test: Test) -> str:
        axis = self.axes[test.fact]
        everywhere = self._within(test, axis.full)
        if everywhere != "NULL":
            return everywhere
        plain = _plain(axis.fact, test)
        if test.fact not in self.assumed:
            return plain
        return f"(CASE WHEN {_unsaid(axis.fact)} THEN {self._within(test, self.assumed[test.fact])} ELSE {plain} END)"

    def _within(self, test: Test, mask: int) -> str:
        """The truth that a test has in all classes of a mask."""
        truths = {bool(true) for c, true in enumerate(self.axes[test.fact].truth(test)) if mask >> c & 1}
        return (ALWAYS if truths.pop() else NEVER) if len(truths) == 1 else "NULL"


def joined(word: str, parts: list[str], empty: str) -> str:
    """Parts with AND or OR between."""
    if len(parts) < 2:
        return parts[0] if parts else empty
    return f"({f' {word} '.join(parts)})"


def _plain(fact: Fact, test: Test) -> str:
    if isinstance(test.accepted, Interval):
        return _within(fact, test.accepted)
    accepted = [option for option in fact.value_ids if option in test.accepted]
    if not accepted:
        return NEVER
    if fact.kind is Kind.MULTIPLE:
        return joined("OR", [column(option_column(fact, option)) for option in accepted], NEVER)
    return f"({column(fact.id)} IN ({listed(accepted)}))"


def _within(fact: Fact, accepted: Interval) -> str:
    """An end that leaves out nothing of the fact's range is not said: it would only be NULL for an unknown answer."""
    name = column(fact.id)
    if accepted.low == accepted.high:
        return f"({name} = {number(accepted.low)})"
    bounds = []
    if (accepted.low, not accepted.low_closed) > (fact.low, False):
        bounds.append(f"({name} {'>=' if accepted.low_closed else '>'} {number(accepted.low)})")
    if (accepted.high, accepted.high_closed) < (fact.high, True):
        bounds.append(f"({name} {'<=' if accepted.high_closed else '<'} {number(accepted.high)})")
    return joined("AND", bounds, ALWAYS)


def _unsaid(fact: Fact) -> str:
    return f"{column(columns_of(fact)[0])} IS NULL"


def unreadable(fact: Fact) -> list[str]:
    """Conditions of which one is TRUE when the columns of a fact hold what is no answer.

    A number that is none (NaN) is larger than any other to every engine.
    """
    if fact.kind is Kind.NUMBER:
        name = column(fact.id)
        return [f"{name} < {number(max(fact.low, -LARGEST))}", f"{name} > {number(min(fact.high, LARGEST))}"]
    if fact.kind is Kind.CHOICE:
        return [f"{column(fact.id)} NOT IN ({listed(fact.value_ids)})"]
    names = [column(name) for name in columns_of(fact)]
    first, rest = names[0], names[1:]
    wrong = [f"({first} IS NULL) <> ({name} IS NULL)" for name in rest]
    wrong.append(f"NOT {joined('OR', names, NEVER)}")
    if fact.alone:
        alone = column(option_column(fact, fact.alone))
        wrong.append(f"{alone} AND {joined('OR', [name for name in names if name != alone], NEVER)}")
    return wrong
