"""The verdict table: every situation that a rule set can tell apart, judged once.

Each fact is an axis. Values that all tests treat alike share a class, so an axis is short. A cell holds one bit,
1 << the number of its verdict; no bit means that the combination cannot be. See DESIGN 2 and the subset
construction (Rabin & Scott 1959) that `reader` builds on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from mantelzorg.conditions import And, Condition, Named, Not, Or, Test, facts_of, parse, tests_of
from mantelzorg.facts import Answer, Answers, Fact, Interval, Kind, Unknown
from mantelzorg.rules import RuleSet

MOST_CELLS = 20_000_000
MOST_CLASSES = 12
MOST_VERDICTS = 16
Bits = npt.NDArray[np.uint16]
Truths = npt.NDArray[np.bool_]


class TableTooLargeError(ValueError):
    """A rule set that tells too many situations apart; names the facts that cost most."""


@dataclass(frozen=True)
class Axis:
    """The classes of one fact. `signatures[c]` is the tuple of truths of `tests` in class c.

    A class of a number is a set of `regions`, a class of a choice a set of values; a class of a multiple
    choice is known by its signature alone, since the sets of options in it are too many to list.
    """

    fact: Fact
    tests: tuple[Test, ...]
    signatures: tuple[tuple[bool, ...], ...]
    regions: tuple[tuple[Interval, ...], ...] = ()

    @property
    def size(self) -> int:
        return len(self.signatures)

    @property
    def full(self) -> int:
        """The mask of an answer that leaves every class possible."""
        return (1 << self.size) - 1

    def truth(self, test: Test) -> Truths:
        """Per class, whether the test holds. Raises ValueError for a test that the axis was not made for."""
        place = self.tests.index(test)
        return np.array([signature[place] for signature in self.signatures])

    def mask(self, answer: Answer) -> int:
        """The classes that an answer leaves possible: bit c for class c."""
        if isinstance(answer, Unknown):
            return self.full
        if isinstance(answer, Interval):
            return sum(1 << c for c, parts in enumerate(self.regions) if any(part.meets(answer) for part in parts))
        if self.fact.kind is Kind.MULTIPLE:
            return 1 << self.signatures.index(_signature(self.tests, answer))
        return reduce(int.__or__, (1 << self.signatures.index(_signature(self.tests, {value})) for value in answer))

    def has_options(self, c: int) -> bool:
        """For a multiple choice: whether some set of options is in class c, besides the one that goes with no other."""
        whole = self.signatures[c]
        options = (_signature(self.tests, {value}) for value in self.fact.value_ids if value != self.fact.alone)
        within = [own for own in options if all(map(bool.__le__, own, whole))]
        return bool(within) and tuple(map(any, zip(*within, strict=True))) == whole

    def values(self, mask: int) -> frozenset[str]:
        """For a choice: the values in the classes of a mask."""
        return frozenset(
            value for value in self.fact.value_ids if mask >> self.signatures.index(_signature(self.tests, {value})) & 1
        )


def _signature(tests: Iterable[Test], values: Iterable[str]) -> tuple[bool, ...]:
    chosen = frozenset(values)
    return tuple(isinstance(test.accepted, frozenset) and bool(test.accepted & chosen) for test in tests)


def make_axis(fact: Fact, tests: Iterable[Test]) -> Axis:
    """Divide the values of a fact into the classes that these tests tell apart."""
    own = tuple(dict.fromkeys(test for test in tests if test.fact == fact.id))
    if fact.kind is Kind.NUMBER:
        by_signature: dict[tuple[bool, ...], list[Interval]] = {}
        for region in _regions(fact, own):
            truths = tuple(isinstance(test.accepted, Interval) and test.accepted.meets(region) for test in own)
            by_signature.setdefault(truths, []).append(region)
        return Axis(fact, own, tuple(by_signature), tuple(map(_joined, by_signature.values())))
    singles = [_signature(own, {value}) for value in fact.value_ids if value != fact.alone]
    found = dict.fromkeys(singles)
    if fact.kind is Kind.MULTIPLE:
        for single in dict.fromkeys(singles):
            found |= dict.fromkeys(tuple(a or b for a, b in zip(known, single, strict=True)) for known in list(found))
    if fact.alone:
        found |= {_signature(own, {fact.alone}): None}
    return Axis(fact, own, tuple(found))


def _regions(fact: Fact, tests: Sequence[Test]) -> list[Interval]:
    """The points and gaps between the thresholds of the tests, within the range of the fact."""
    whole = Interval(fact.low, fact.high)
    accepted = [test.accepted for test in tests if isinstance(test.accepted, Interval)]
    ends = {end for part in accepted for end in (part.low, part.high)} | {fact.low, fact.high}
    regions: list[Interval] = []
    points = sorted(end for end in ends if fact.low <= end <= fact.high)
    for low, high in pairwise(points):
        regions += [Interval(low, low), Interval(low, high, False, False)]
    regions += [Interval(points[-1], points[-1])]
    return [region for region in regions if region.meets(whole) and not region.empty]


def _joined(parts: Iterable[Interval]) -> tuple[Interval, ...]:
    """Ascending intervals, those that touch made one, so that a class reads as "more than 8"."""
    joined: list[Interval] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and last.high == part.low and (last.high_closed or part.low_closed):
            joined[-1] = Interval(last.low, part.high, last.low_closed, part.high_closed)
        else:
            joined.append(part)
    return tuple(joined)


def truths(condition: Condition, axes: Sequence[Axis], places: Mapping[str, int]) -> Truths:
    """The truth of a condition in every cell, as an array that broadcasts to the table."""

    def spread(test: Test) -> Truths:
        shape = [1] * len(axes)
        shape[places[test.fact]] = -1
        return axes[places[test.fact]].truth(test).reshape(shape)

    def both(parts: Iterable[Condition], join: Callable[[Truths, Truths], Truths], start: bool) -> Truths:
        return reduce(join, (walk(part) for part in parts), np.full((1,) * len(axes), start))

    def walk(part: Condition) -> Truths:
        match part:
            case Test():
                return spread(part)
            case Not(part=inner):
                return ~walk(inner)
            case Named(condition=inner):
                return walk(inner)
            case And(parts=parts):
                return both(parts, np.logical_and, True)
            case Or(parts=parts):
                return both(parts, np.logical_or, False)

    return walk(condition)


@dataclass(frozen=True)
class VerdictTable:
    """`cells` has one axis per fact, in the order of `axes`; `verdicts[n]` belongs to bit 1 << n."""

    axes: tuple[Axis, ...]
    verdicts: tuple[str, ...]
    cells: Bits
    assumptions: tuple[int, ...]
    """Per axis the classes that are assumed while nobody said anything; the full mask where nothing is."""
    usual: tuple[int, ...]
    """Per axis the classes that mostly hold, for a provisional result; the full mask where nothing is said."""

    @cached_property
    def places(self) -> dict[str, int]:
        return {axis.fact.id: place for place, axis in enumerate(self.axes)}

    @cached_property
    def full(self) -> tuple[int, ...]:
        return tuple(axis.full for axis in self.axes)

    def masks(self, answers: Answers) -> tuple[int, ...]:
        """The classes that the answers leave possible, per axis. Facts that the rule set does not use are ignored."""
        return tuple(axis.mask(answers[axis.fact.id]) if axis.fact.id in answers else axis.full for axis in self.axes)


def build(rules: RuleSet) -> VerdictTable:
    """Judge every distinguishable situation of a rule set.

    Cells that no verdict line covers keep no bit, as impossible ones do; `uncovered` tells them apart.
    Raises TableTooLargeError.
    """
    assumed = {fact.id: parse(fact.assume, {fact.id: fact}, {}) for fact in rules.facts if fact.assume}
    usual = {fact.id: parse(fact.usual, {fact.id: fact}, {}) for fact in rules.facts if fact.usual}
    extra = (*assumed.values(), *usual.values())
    all_tests = [*rules.tests(), *(test for condition in extra for test in tests_of(condition))]
    used = dict.fromkeys(test.fact for test in rules.tests())
    axes = tuple(make_axis(rules.fact(name), all_tests) for name in used)
    _check_size(axes)
    if len(rules.verdicts) > MOST_VERDICTS:
        raise TableTooLargeError(f"meer dan {MOST_VERDICTS} uitkomsten")
    places = {axis.fact.id: place for place, axis in enumerate(axes)}
    cells = np.zeros([axis.size for axis in axes], dtype=np.uint16)
    for line in reversed(rules.lines):
        bit = np.uint16(1 << rules.verdicts.index(line.id))
        np.copyto(cells, bit, where=truths(line.condition, axes, places))
    for condition in rules.impossible:
        np.copyto(cells, np.uint16(0), where=truths(condition, axes, places))
    return VerdictTable(axes, rules.verdicts, cells, _held(assumed, axes), _held(usual, axes))


def _held(conditions: Mapping[str, Condition], axes: Iterable[Axis]) -> tuple[int, ...]:
    return tuple(
        classes_where(conditions[axis.fact.id], axis) if axis.fact.id in conditions else axis.full for axis in axes
    )


def classes_where(condition: Condition, axis: Axis) -> int:
    """The mask of the classes of one axis in which a condition on its fact holds."""
    holds = np.broadcast_to(truths(condition, (axis,), {axis.fact.id: 0}), (axis.size,))
    return sum(1 << c for c in range(axis.size) if holds[c])


def _check_size(axes: Sequence[Axis]) -> None:
    costly = sorted(axes, key=lambda axis: -axis.size)
    cells = reduce(int.__mul__, (axis.size for axis in axes), 1)
    if cells > MOST_CELLS or any(axis.size > MOST_CLASSES for axis in axes):
        names = ", ".join(f"{axis.fact.id} ({axis.size} klassen)" for axis in costly[:4])
        raise TableTooLargeError(f"{f'{cells:,}'.replace(',', '.')} situaties; het meest kosten {names}")


def uncovered(rules: RuleSet, table: VerdictTable) -> dict[str, int] | None:
    """A situation that gets no verdict though it is possible: fact -> class, over few facts; None if there is none."""
    places = table.places
    gap = table.cells == 0
    for condition in rules.impossible:
        gap = gap & ~truths(condition, table.axes, places)
    if not gap.any():
        return None
    cell = [int(place) for place in np.argwhere(gap)[0]]
    index: list[int | slice] = list(cell)
    for place in range(len(cell)):
        kept, index[place] = index[place], slice(None)
        if not gap[tuple(index)].all():
            index[place] = kept
    return {axis.fact.id: c for axis, c in zip(table.axes, index, strict=True) if isinstance(c, int)}


class ConditionTable:
    """One condition over its own few facts: met, not met or open, exactly."""

    def __init__(self, condition: Condition, facts: Mapping[str, Fact]) -> None:
        names = facts_of(condition)
        self.axes = tuple(make_axis(facts[name], tests_of(condition)) for name in names)
        places = {name: place for place, name in enumerate(names)}
        self.cells = np.broadcast_to(truths(condition, self.axes, places), [axis.size for axis in self.axes])

    def status(self, answers: Answers) -> bool | None:
        """True or False where every situation that the answers allow agrees, else None."""
        cells: Truths = self.cells
        for place, axis in enumerate(self.axes):
            if axis.fact.id in answers:
                mask = axis.mask(answers[axis.fact.id])
                cells = cells.take([c for c in range(axis.size) if mask >> c & 1], axis=place)
        return bool(cells.flat[0]) if cells.all() or not cells.any() else None
