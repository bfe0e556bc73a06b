"""Conditions walked with the operators of an array library: what one writes by hand, written from the rule set.

`both`, `either` and `not` are `&`, `|` and `~`, so one walk serves pandas, numpy with two masks, and OpenFisca.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

import numpy as np
import numpy.typing as npt

from mantelzorg.assessment import Judge
from mantelzorg.bulk.judging import names
from mantelzorg.conditions import ALWAYS, And, Condition, Named, Not, Or, Test, facts_of
from mantelzorg.facts import Fact, Interval, Kind
from mantelzorg.rules import RuleSet

Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Masks:
    """Three-valued truth per row: `sure` where it is true, `may` where it is true or unknown."""

    sure: Truths
    may: Truths

    def __and__(self, other: Masks) -> Masks:
        return Masks(self.sure & other.sure, self.may & other.may)

    def __or__(self, other: Masks) -> Masks:
        return Masks(self.sure | other.sure, self.may | other.may)

    def __invert__(self) -> Masks:
        return Masks(~self.may, ~self.sure)


class Walk:
    """The value of conditions. Every test and every named criterion is worked out once."""

    def __init__(self, test: Callable[[Test], Any]) -> None:
        self.test = test
        self.known: dict[Test | str, Any] = {}

    def __call__(self, condition: Condition) -> Any:
        match condition:
            case Test():
                if condition not in self.known:
                    self.known[condition] = self.test(condition)
                return self.known[condition]
            case Named(name=name, condition=inner):
                if name not in self.known:
                    self.known[name] = self(inner)
                return self.known[name]
            case Not(part=inner):
                return ~self(inner)
            case And(parts=parts):
                return reduce(and_, map(self, parts))
            case Or(parts=parts):
                return reduce(or_, map(self, parts))


def assumed_truth(judge: Judge) -> Callable[[Test], bool | None]:
    """What a test is while nobody said anything: true or false where an assumption says so, else unknown."""
    pairs = zip(judge.table.axes, judge.table.assumptions, strict=True)
    by_name = {axis.fact.id: (axis, mask) for axis, mask in pairs}
    known = {name for name, (axis, mask) in by_name.items() if mask != axis.full}
    if any(name in known for condition in judge.rules.impossible for name in facts_of(condition)):
        raise ValueError("an assumption that answers can contradict is not written out here")

    def truth(test: Test) -> bool | None:
        axis, mask = by_name[test.fact]
        found = {bool(true) for c, true in enumerate(axis.truth(test)) if mask >> c & 1}
        return found.pop() if len(found) == 1 else None

    return truth


def accepted_places(fact: Fact, test: Test) -> list[int]:
    """The places of the options that a test accepts."""
    assert isinstance(test.accepted, frozenset)
    return [place for place, option in enumerate(fact.value_ids) if option in test.accepted]


def equals_any(column: Any, places: list[int], size: int) -> Any:
    """`column == a | column == b …`, or the shorter way around."""
    if len(places) > size / 2:
        return reduce(and_, (column != place for place in range(size) if place not in places))
    return reduce(or_, (column == place for place in places))


def within(column: Any, fact: Fact, accepted: Interval) -> Any:
    """The comparisons that say that a number lies in an interval."""
    parts = []
    if accepted.low > fact.low:
        parts.append(column >= accepted.low if accepted.low_closed else column > accepted.low)
    if accepted.high < fact.high:
        parts.append(column <= accepted.high if accepted.high_closed else column < accepted.high)
    return reduce(and_, parts)


def masks_of(judge: Judge, columns: Mapping[str, Any]) -> Walk:
    """Tests on `Rows.numbers`, as masks."""
    truth = assumed_truth(judge)
    facts = {axis.fact.id: axis.fact for axis in judge.table.axes}

    def test(own: Test) -> Masks:
        fact, column = facts[own.fact], columns[own.fact]
        if isinstance(own.accepted, Interval):
            holds = within(column, fact, own.accepted)
        elif fact.kind is Kind.MULTIPLE:
            holds = (column & np.int16(sum(1 << place for place in accepted_places(fact, own)))) != 0
        else:
            holds = equals_any(column, accepted_places(fact, own), len(fact.values))
        said, otherwise = column >= 0, truth(own)
        sure = holds | ~said if otherwise is True else holds & said
        return Masks(sure, holds & said if otherwise is False else holds | ~said)

    return Walk(test)


def judged_by_masks(judge: Judge, columns: Mapping[str, Any]) -> npt.NDArray[np.uint16]:
    """The verdicts that may apply, as bits: a line may apply while no line before it surely does. 0 is a
    contradiction."""
    walk = masks_of(judge, columns)
    verdicts = judge.table.verdicts
    left: Any = ~reduce(or_, (walk(line).sure for line in judge.rules.impossible)) if judge.rules.impossible else True
    if left is True:
        left = np.ones(len(next(iter(columns.values()))), np.bool_)
    bits = np.zeros(len(left), np.uint16)
    for line in judge.rules.lines:
        bit = np.uint16(1 << verdicts.index(line.id))
        if line.condition == ALWAYS:
            bits |= left * bit
            break
        found = walk(line.condition)
        bits |= (left & found.may) * bit
        left &= ~found.sure
    return bits


def first_line(rules: RuleSet, walk: Walk) -> npt.NDArray[np.int8]:
    """The first line that applies, as the place of its result; for answers that are all known."""
    verdicts = rules.verdicts
    conditions = [walk(line) for line in rules.impossible]
    results = [np.int8(len(verdicts) + 1)] * len(conditions)
    for line in rules.lines:
        if line.condition == ALWAYS:
            return np.select(conditions, results, np.int8(verdicts.index(line.id)))
        conditions.append(walk(line.condition))
        results.append(np.int8(verdicts.index(line.id)))
    return np.select(conditions, results, np.int8(len(verdicts)))


def places(judge: Judge) -> dict[str, int]:
    """The place of each result."""
    return {name: place for place, name in enumerate(names(judge))}
