"""What one would write first: conditions walked on plain values, unknown answers tried one by one.

The measure for the verdict table, in speed and in correctness: both must find the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from mantelzorg.conditions import And, Condition, Named, Not, Or, Test
from mantelzorg.facts import Answer, Answers, Interval, Kind
from mantelzorg.rules import RuleSet
from mantelzorg.verdict_table import Axis

Value = str | float | frozenset[str]
Situation = Mapping[str, Value]
MOST_COMPLETIONS = 20_000


def holds(condition: Condition, situation: Situation) -> bool:
    """Whether a condition holds in a situation of which everything is known."""
    match condition:
        case Test(fact=fact, accepted=accepted):
            return _accepts(accepted, situation[fact])
        case Not(part=part):
            return not holds(part, situation)
        case And(parts=parts):
            return all(holds(part, situation) for part in parts)
        case Or(parts=parts):
            return any(holds(part, situation) for part in parts)
        case Named(condition=inner):
            return holds(inner, situation)


def _accepts(accepted: frozenset[str] | Interval, value: Value) -> bool:
    if isinstance(accepted, Interval):
        return isinstance(value, float) and accepted.meets(Interval(value, value))
    return value in accepted if isinstance(value, str) else isinstance(value, frozenset) and bool(accepted & value)


def verdict(rules: RuleSet, situation: Situation) -> str | None:
    """The first verdict that applies; None when the situation cannot be."""
    if any(holds(line, situation) for line in rules.impossible):
        return None
    return next(line.id for line in rules.lines if holds(line.condition, situation))


def possible(rules: RuleSet, axes: Sequence[Axis], answers: Answers) -> frozenset[str]:
    """The verdicts that some completion of the answers gives."""
    values = [_values(axis, answers) for axis in axes]
    names = [axis.fact.id for axis in axes]
    found = {verdict(rules, dict(zip(names, row, strict=True))) for row in product(*values)}
    return frozenset(one for one in found if one is not None)


def completions(axes: Sequence[Axis], answers: Answers) -> int:
    """How many situations `possible` would try."""
    return math.prod(_mask(axis, answers).bit_count() for axis in axes)


def answer(axis: Axis, c: int) -> Answer:
    """The answer that gives one value of a class."""
    value = _value(axis, c)
    return (
        Interval(value, value) if isinstance(value, float) else frozenset({value} if isinstance(value, str) else value)
    )


def _mask(axis: Axis, answers: Answers) -> int:
    return axis.mask(answers[axis.fact.id]) if axis.fact.id in answers else axis.full


def _values(axis: Axis, answers: Answers) -> list[Value]:
    """One value per class that the answer leaves possible: already kinder than trying every value."""
    mask = _mask(axis, answers)
    return [_value(axis, c) for c in range(axis.size) if mask >> c & 1]


def _value(axis: Axis, c: int) -> Value:
    if axis.fact.kind is Kind.NUMBER:
        return _inside(axis.regions[c][0])
    if axis.fact.kind is Kind.CHOICE:
        return min(axis.values(1 << c))
    return next(chosen for chosen in _sets(axis) if axis.mask(chosen) == 1 << c)


def _inside(part: Interval) -> float:
    return part.low if part.low_closed else part.high if part.high_closed else (part.low + part.high) / 2


def _sets(axis: Axis) -> Iterator[frozenset[str]]:
    """Sets of options, the small ones first; those of a class are the union of what may be in it."""
    fact = axis.fact
    if fact.alone:
        yield frozenset({fact.alone})
    singles = [value for value in fact.value_ids if value != fact.alone]
    yield from (frozenset({value}) for value in singles)
    for signature in axis.signatures:
        own = (axis.signatures[axis.mask(frozenset({value})).bit_length() - 1] for value in singles)
        fits = [
            value
            for value, there in zip(singles, own, strict=True)
            if all(wanted or not has for has, wanted in zip(there, signature, strict=True))
        ]
        if fits:
            yield frozenset(fits)
