"""Tests, classes and situations written the way an author writes them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping

from mantelzorg.assessment import Judge
from mantelzorg.conditions import Test
from mantelzorg.facts import Fact, Interval, Kind
from mantelzorg.verdict_table import Axis


def test_text(test: Test, fact: Fact) -> str:
    """A test as a condition writes it."""
    if isinstance(test.accepted, Interval):
        return _bounds(fact.id, test.accepted)
    values = [value for value in fact.value_ids if value in test.accepted]
    if fact.kind is Kind.MULTIPLE:
        return f"{values[0]} in {fact.id}" if len(values) == 1 else f"any_of({fact.id}, [{', '.join(values)}])"
    return f"{fact.id} == {values[0]}" if len(values) == 1 else f"{fact.id} in [{', '.join(values)}]"


test_text.__test__ = False  # type: ignore[attr-defined]


def _bounds(name: str, part: Interval) -> str:
    low = "" if math.isinf(part.low) else f"{part.low:g} {'<=' if part.low_closed else '<'} "
    high = "" if math.isinf(part.high) else f" {'<=' if part.high_closed else '<'} {part.high:g}"
    if low and not high:
        return f"{name} {'>=' if part.low_closed else '>'} {part.low:g}"
    return f"{name} == {part.low:g}" if part.low == part.high else f"{low}{name}{high}"


def offset_of(text: object, fact: str, nth: int) -> int:
    """Where in a condition a fact is named for the nth time, from 0; 0 when that is not to be found."""
    found = [match.start() for match in re.finditer(rf"\b{re.escape(fact)}\b", str(text))]
    return found[nth] if nth < len(found) else 0


def situation(judge: Judge, classes: Mapping[str, int]) -> str:
    """A situation as a list of conditions."""
    return ", ".join(judge.described(fact, c) for fact, c in classes.items()) or "elke situatie"


def as_answers(judge: Judge, classes: Mapping[str, int]) -> dict[str, object]:
    """A situation as a case file writes it: one plain answer per fact."""
    return {fact: answer(judge.table.axes[judge.table.places[fact]], c) for fact, c in classes.items()}


def answer(axis: Axis, c: int) -> object:
    """An answer in a class of an axis: a round number, a value, or as few options as make the class."""
    if axis.fact.kind is Kind.NUMBER:
        return _number(axis.regions[c])
    if axis.fact.kind is Kind.CHOICE:
        values = axis.values(1 << c)
        return next(value for value in axis.fact.value_ids if value in values)
    if not axis.has_options(c):
        return [axis.fact.alone]
    return _options(axis, c)


def _number(regions: Iterable[Interval]) -> object:
    for part in regions:
        first = (
            math.floor(part.low) if part.low_closed and part.low == math.floor(part.low) else math.floor(part.low) + 1
        )
        if part.meets(Interval(first, first)):
            return first
    part = next(iter(regions))
    return part.low if part.low_closed else (part.low + part.high) / 2


def _options(axis: Axis, c: int) -> list[str]:
    """Greedily, the option that passes most of the tests still to be passed."""
    single = {value: axis.mask(frozenset({value})) for value in axis.fact.value_ids if value != axis.fact.alone}
    passes = {value: axis.signatures[mask.bit_length() - 1] for value, mask in single.items()}
    whole = axis.signatures[c]
    within = [value for value, own in passes.items() if all(map(bool.__le__, own, whole))]
    chosen: list[str] = []
    passed = tuple(False for _ in whole)
    while not chosen or passed != whole:
        best = max(within, key=lambda value: sum(map(bool.__gt__, passes[value], passed)))
        chosen.append(best)
        passed = tuple(map(bool.__or__, passes[best], passed))
    return [value for value in axis.fact.value_ids if value in chosen]
