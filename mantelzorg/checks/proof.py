"""One rule set proved on every situation: where each line decides, and where each criterion and test matters.

A part *matters* in a situation when the other truth of that part would give another verdict there. Everything is
exact: it is computed on all possible cells of the verdict table (verification of decision tables: Vanthienen, Mues &
Aerts 1998; DMN: Calvanese et al. 2016).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, reduce

import numpy as np

from mantelzorg.checks.space import Set, Space
from mantelzorg.conditions import ALWAYS, And, Condition, Named, Not, Or, Test
from mantelzorg.rules import RuleSet
from mantelzorg.verdict_table import VerdictTable

NEVER = Or(())
Rebuild = Callable[[Condition], Condition]


def holes(condition: Condition) -> Iterator[tuple[Condition, Rebuild]]:
    """Every part of a condition, and the function that puts another in its place. Criteria are not entered."""
    yield condition, lambda new: new
    match condition:
        case Not(part=part):
            for inner, rebuild in holes(part):
                yield inner, lambda new, rebuild=rebuild: Not(rebuild(new))  # type: ignore[misc]
        case And(parts=parts) | Or(parts=parts):
            kind = type(condition)
            for place, part in enumerate(parts):
                before, after = parts[:place], parts[place + 1 :]
                for inner, rebuild in holes(part):
                    yield inner, _within(kind, before, rebuild, after)


def _within(
    kind: type[And] | type[Or], before: tuple[Condition, ...], rebuild: Rebuild, after: tuple[Condition, ...]
) -> Rebuild:
    return lambda new: kind((*before, rebuild(new), *after))


def tests_in(condition: Condition) -> Iterator[tuple[Test, Rebuild]]:
    """The tests that a condition makes itself, in the order of its text."""
    return ((part, rebuild) for part, rebuild in holes(condition) if isinstance(part, Test))


def changes_nothing(rebuild: Rebuild, same: Callable[[Condition], bool]) -> bool:
    """Whether the condition can do without a part: with it always true, or always false, it is the `same`."""
    return same(rebuild(ALWAYS)) or same(rebuild(NEVER))


class Proof:
    """The sets of situations behind a rule set's table."""

    def __init__(self, rules: RuleSet, table: VerdictTable) -> None:
        self.rules = rules
        self.space = Space(table.axes)
        self.removed = [self.space.where(condition) for condition in rules.impossible]
        self.possible = self.space.full & ~reduce(np.bitwise_or, self.removed, self.space.none)
        self.met: dict[str, Set] = {}
        for criterion in rules.criteria:
            self.met[criterion.id] = self.space.where(criterion.condition, self.met)
        self.holds = [self.space.where(line.condition, self.met) for line in rules.lines]

    @cached_property
    def decides(self) -> list[Set]:
        """Per line the possible situations in which it is the first to apply."""
        left, found = self.possible, []
        for holds in self.holds:
            found.append(left & holds)
            left = left & ~holds
        return found

    @cached_property
    def line_matters(self) -> list[Set]:
        """Per line the possible situations that reach it and in which the lines after it say something else."""
        reached, left = [], self.possible
        for holds in self.holds:
            reached.append(left)
            left = left & ~holds
        same = dict.fromkeys(self.rules.verdicts, self.space.none)
        found = []
        for line, holds, own in reversed(list(zip(self.rules.lines, self.holds, reached, strict=True))):
            found.append(own & ~same[line.id])
            same = {verdict: some & ~holds for verdict, some in same.items()}
            same[line.id] = same[line.id] | holds
        return found[::-1]

    def verdicts(self, met: Mapping[str, Set]) -> dict[str, Set]:
        """Per verdict the possible situations that get it if the criteria are met there."""
        left, found = self.possible, dict.fromkeys(self.rules.verdicts, self.space.none)
        for line in self.rules.lines:
            hit = left & self.space.where(line.condition, met)
            found[line.id] = found[line.id] | hit
            left = left & ~hit
        return found

    def criterion_matters(self, name: str) -> Set:
        """The possible situations in which it makes a difference whether this criterion is met."""
        met, not_met = (self.verdicts(self._with(name, some)) for some in (self.space.full, self.space.none))
        return reduce(np.bitwise_or, (met[verdict] ^ not_met[verdict] for verdict in met))

    def _with(self, name: str, some: Set) -> dict[str, Set]:
        """All criteria, one of them met in `some`; those after it may lean on it."""
        met: dict[str, Set] = {}
        for criterion in self.rules.criteria:
            own = criterion.id == name
            met[criterion.id] = some if own else self._again(criterion.id, criterion.condition, met, name)
        return met

    def _again(self, own: str, condition: Condition, met: Mapping[str, Set], changed: str) -> Set:
        leans = any(isinstance(part, Named) for part, _ in holes(condition))
        return self.space.where(condition, met) if leans and changed in met else self.met[own]
