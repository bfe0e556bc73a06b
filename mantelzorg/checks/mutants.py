"""Small mistakes in rules: every threshold, operator and value changed, one at a time.

Cases that let such a *mutant* pass do not pin the rule down there (mutation analysis: DeMillo, Lipton & Sayward
1978). A mutant whose verdict is the same in every situation is *equivalent*: no case could catch it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import isinf

import numpy as np
import numpy.typing as npt

from mantelzorg.checks.proof import Proof, holes
from mantelzorg.checks.space import Set
from mantelzorg.checks.words import test_text
from mantelzorg.conditions import And, Condition, Named, Not, Or, Test, facts_of, tests_of
from mantelzorg.facts import Fact, Interval
from mantelzorg.rules import RuleSet
from mantelzorg.verdict_table import Axis, VerdictTable, make_axis, truths


@dataclass(frozen=True)
class Mutant:
    """One mistake: the criterion or the number of the line, the condition before and after, and what was changed."""

    part: str | int
    before: Condition
    after: Condition
    change: str

    def __str__(self) -> str:
        place = f"criteria.{self.part}" if isinstance(self.part, str) else f"verdicts[{self.part}]"
        return f"{place}: {self.change}"

    def applied(self, rules: RuleSet) -> RuleSet:
        """The rule set with this mistake."""
        if isinstance(self.part, int):
            lines = list(rules.lines)
            lines[self.part] = replace(lines[self.part], condition=self.after)
            return replace(rules, lines=tuple(lines))
        name, after = self.part, self.after
        own = [replace(one, condition=after if one.id == name else _renamed(one.condition, name, after))
               for one in rules.criteria]  # fmt: skip
        lines = [replace(line, condition=_renamed(line.condition, name, after)) for line in rules.lines]
        return replace(rules, criteria=tuple(own), lines=tuple(lines))


def _renamed(condition: Condition, name: str, after: Condition) -> Condition:
    """The condition with what a criterion stands for replaced."""
    match condition:
        case Named(name=own, condition=inner):
            return Named(own, after if own == name else _renamed(inner, name, after))
        case Not(part=part):
            return Not(_renamed(part, name, after))
        case And(parts=parts) | Or(parts=parts):
            return type(condition)(tuple(_renamed(part, name, after) for part in parts))
        case _:
            return condition


def mutants(rules: RuleSet) -> Iterator[Mutant]:
    """Every mutant of the criteria and verdict lines of a rule set."""
    facts = {fact.id: fact for fact in rules.facts}
    parts: list[tuple[str | int, Condition]] = [(own.id, own.condition) for own in rules.criteria]
    parts += [(place, line.condition) for place, line in enumerate(rules.lines)]
    for part, condition in parts:
        seen = {_simple(condition)}
        for inner, rebuild in holes(condition):
            for new, change in _changes(inner, facts):
                after = _simple(rebuild(new))
                if after not in seen:
                    seen.add(after)
                    yield Mutant(part, condition, after, change)


def _simple(condition: Condition) -> Condition:
    """Without double negation."""
    match condition:
        case Not(part=Not(part=part)):
            return _simple(part)
        case Not(part=part):
            return Not(_simple(part))
        case And(parts=parts) | Or(parts=parts):
            return type(condition)(tuple(map(_simple, parts)))
        case _:
            return condition


def _changes(part: Condition, facts: dict[str, Fact]) -> Iterator[tuple[Condition, str]]:
    match part:
        case Test(fact=name, accepted=Interval() as accepted):
            fact = facts[name]
            for new in _nudged(accepted, fact):
                yield Test(name, new), f"{test_text(part, fact)} → {test_text(Test(name, new), fact)}"
        case Test(fact=name, accepted=frozenset() as accepted):
            fact = facts[name]
            for value in fact.value_ids:
                if value not in accepted:
                    yield Test(name, accepted | {value}), f"{name}: + {value}"
                elif len(accepted) > 1:
                    yield Test(name, accepted - {value}), f"{name}: - {value}"
            yield Not(part), f"{test_text(part, fact)} → not"
        case Not(part=inner):
            yield inner, "not weg"
        case And(parts=parts) if len(parts) > 1:
            yield Or(parts), "and → or"
        case Or(parts=parts) if len(parts) > 1:
            yield And(parts), "or → and"


def _nudged(part: Interval, fact: Fact) -> Iterator[Interval]:
    """One more or less at each end, and the other side of "or equal"."""
    if part.low == part.high:
        yield from (Interval(end, end) for end in (part.low - 1, part.low + 1) if fact.low <= end <= fact.high)
        return
    tries = []
    if not isinf(part.low):
        tries += [replace(part, low=part.low + step) for step in (-1, 1)]
        tries.append(replace(part, low_closed=not part.low_closed))
    if not isinf(part.high):
        tries += [replace(part, high=part.high + step) for step in (-1, 1)]
        tries.append(replace(part, high_closed=not part.high_closed))
    yield from (one for one in tries if one.meets(Interval(fact.low, fact.high)))


class Equivalence:
    """Tells, exactly, whether a mutant changes the verdict of any possible situation.

    It does where the mutated part has another truth *and* that part matters (`proof`). Whether it matters does not
    depend on its own truth, so only the facts of the part need to be looked at, each axis divided by the tests of both.
    """

    def __init__(self, rules: RuleSet, table: VerdictTable) -> None:
        self.table, self.proof = table, Proof(rules, table)
        self._sets: dict[str | int, Set] = {}

    def equivalent(self, mutant: Mutant) -> bool:
        names = facts_of(mutant.before)
        axes = [refined(self.table.axes[self.table.places[name]], tests_of(mutant.after)) for name in names]
        places = {name: place for place, name in enumerate(names)}
        differs = truths(mutant.before, axes, places) ^ truths(mutant.after, axes, places)
        return not (differs & self._matters(mutant.part, names, axes)).any()

    def _matters(self, part: str | int, names: tuple[str, ...], axes: list[Axis]) -> npt.NDArray[np.bool_]:
        if part not in self._sets:
            proof = self.proof
            self._sets[part] = proof.criterion_matters(part) if isinstance(part, str) else proof.line_matters[part]
        cells = self.proof.space.cells(self._sets[part])
        kept = [self.table.places[name] for name in names]
        rest = tuple(place for place in range(cells.ndim) if place not in kept)
        found: npt.NDArray[np.bool_] = np.asarray(cells.any(axis=rest))
        found = found.transpose([sorted(kept).index(place) for place in kept])
        for place, axis in enumerate(axes):
            found = found.take(coarse(axis, self.table.axes[kept[place]]), axis=place)
        return found


def refined(axis: Axis, tests: Iterable[Test]) -> Axis:
    """An axis divided further, so that more tests can be made on it."""
    own = [test for test in tests if test.fact == axis.fact.id]
    return axis if all(test in axis.tests for test in own) else make_axis(axis.fact, [*axis.tests, *own])


def coarse(fine: Axis, axis: Axis) -> list[int]:
    """For each class of a refined axis the class that it is part of."""
    return [axis.signatures.index(signature[: len(axis.tests)]) for signature in fine.signatures]
