"""Few patterns of criteria that cover a set of cells, for changes that take too many boxes of facts.

Every cell is known by which criteria it meets. Few combinations occur, so the cells become some thousands of
patterns, and the cover is two-level minimisation over yes and no (Quine 1952, McCluskey 1956; Espresso: Brayton et
al. 1984). What does not occur needs no covering and forbids nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import numpy.typing as npt

from mantelzorg.comparison.common_table import IMPOSSIBLE, Codes, CommonTable, Truths
from mantelzorg.comparison.written import written
from mantelzorg.conditions import And, Condition, Named, Not, Or, Test
from mantelzorg.rules import RuleSet
from mantelzorg.verdict_table import truths

SEEDS, ORDERS = 6, 6
LARGE = 20_000
"""Above this many patterns fewer seeds and orders are tried: each attempt looks at all of them."""
Counts = npt.NDArray[np.int64]
Literals = tuple[tuple[int, bool], ...]
"""Places of attributes, and whether they must be met."""


@dataclass(frozen=True)
class Attribute:
    """Something that a situation meets or not: a criterion of one version, or a test that a line makes itself."""

    condition: Condition
    name: str = ""
    old: bool = False
    """The criterion as the old version has it, where the new version has another."""


@dataclass(frozen=True)
class Cube:
    """What must be met and what must not; anything else may be."""

    literals: tuple[tuple[Attribute, bool], ...]
    target: int
    size: int
    already: int
    """How many cells it has of those that were to be covered, of all that can be in the new version, and of those
    that had this verdict before."""


@dataclass(frozen=True)
class CubeCover:
    cubes: tuple[Cube, ...]
    left: int
    """How many cells are still to be covered."""


class Patterns:
    """The cells of a common table, by the attributes that they meet. `vectors[n]` are those of pattern n.

    `now` are the same without the attributes of the old version, each with the one code that it has now.
    """

    def __init__(self, table: CommonTable, old: RuleSet, new: RuleSet) -> None:
        self.table = table
        self.attributes = tuple(attributes(old, new))
        self.current = sum(not own.old for own in self.attributes)
        places = {axis.fact.id: place for place, axis in enumerate(table.axes)}
        holds = [truths(own.condition, table.axes, places) for own in self.attributes]
        numbers, vectors = np.zeros((1,) * len(table.axes), dtype=np.uint32), np.zeros((1, 0), dtype=np.bool_)
        for truth in holds[: self.current]:
            numbers, vectors, _ = _split(numbers, vectors, truth)
        self.now = vectors
        now = np.arange(len(vectors))
        for truth in holds[self.current :]:
            numbers, vectors, parents = _split(numbers, vectors, truth)
            now = now[parents]
        self.numbers, self.vectors = np.broadcast_to(numbers, table.new.shape), vectors
        possible = table.new != IMPOSSIBLE
        self.sizes = self.count(possible)
        self.codes: Codes = np.zeros(len(self.now), dtype=np.uint8)
        self.codes[now[self.numbers[possible]]] = table.new[possible]

    def count(self, cells: Truths) -> Counts:
        """How many of these cells each pattern has."""
        return np.bincount(self.numbers[cells], minlength=len(self.vectors)).astype(np.int64)

    def cover(self, target: Truths, code: int, most: int | None = None) -> CubeCover:
        """Cover these cells, which all have `code` in the new version, the largest gain first."""
        weights = self.count(target)
        left = weights.copy()
        off = self.now[(self.codes != code) & (self.codes != IMPOSSIBLE)]
        found: dict[Literals, Truths] = {}
        while left.any() and (most is None or len(found) < most):
            grown = {literals: self.matching(literals) for literals in self._candidates(left, off)}
            best = max(grown, key=lambda literals: (int(left[grown[literals]].sum()), -len(literals)))
            found[best] = grown[best]
            left[grown[best]] = 0
        useful = _irredundant(found, weights > 0)
        already = self.count((self.table.old == code) & (self.table.new == code))
        return CubeCover(tuple(self._cube(own, found[own], weights, already) for own in useful), int(left.sum()))

    def uncovered(self, cover: CubeCover, target: Truths) -> Truths:
        """The cells of the target that a cover leaves."""
        places = {own: place for place, own in enumerate(self.attributes)}
        rest = np.ones(len(self.vectors), dtype=np.bool_)
        for cube in cover.cubes:
            rest &= ~self.matching((places[own], wanted) for own, wanted in cube.literals)
        return target & rest[self.numbers]

    def matching(self, literals: Iterable[tuple[int, bool]]) -> Truths:
        """Which patterns meet all of this."""
        matching = np.ones(len(self.vectors), dtype=np.bool_)
        for place, wanted in literals:
            matching &= self.vectors[:, place] == wanted
        return matching

    def _candidates(self, left: Counts, off: Truths) -> Iterator[Literals]:
        few = len(off) > LARGE
        heaviest = np.argsort(-left, kind="stable")[: 2 if few else SEEDS]
        random = Random(0)
        order = list(range(self.current))
        orders = [order, order[::-1], *(random.sample(order, len(order)) for _ in range(1 if few else ORDERS - 2))]
        for seed in heaviest[left[heaviest] > 0]:
            for one in orders:
                yield expanded(self.vectors[seed, : self.current], off, one)

    def _cube(self, literals: Literals, covered: Truths, weights: Counts, already: Counts) -> Cube:
        """With, added, each criterion that became met or unmet in every covered cell: it shows what made the change."""
        told = [(self.attributes[place], wanted) for place, wanted in literals]
        now = {own.name: wanted for own, wanted in told}
        vectors = self.vectors[covered & (weights > 0)]
        for place in range(self.current, len(self.attributes)):
            values = vectors[:, place]
            if (values != now.get(self.attributes[place].name, values)).all() and len(set(values.tolist())) == 1:
                told.append((self.attributes[place], bool(values[0])))
                covered = covered & (self.vectors[:, place] == values[0])
        sums = (int(counts[covered].sum()) for counts in (weights, self.sizes, already))
        return Cube(tuple(told), *sums)


def _irredundant(found: Mapping[Literals, Truths], wanted: Truths) -> list[Literals]:
    """Those that still cover all wanted patterns together, tried from the last found."""
    kept = list(found)
    for own in reversed(list(found)):
        others = sum((found[other].astype(np.uint8) for other in kept if other != own), np.zeros(1, dtype=np.uint8))
        if not (wanted & found[own] & (others == 0)).any():
            kept.remove(own)
    return kept


def attributes(old: RuleSet, new: RuleSet) -> Iterator[Attribute]:
    """What the new version looks at, then the old versions of criteria that were changed."""
    facts = {fact.id: fact for rules in (old, new) for fact in rules.facts}
    after = {own.id: own.condition for own in new.criteria}
    used = {name for line in new.lines for name in _names(line.condition)}
    yield from (Attribute(own.condition, own.id) for own in new.criteria if own.id in used)
    yield from (Attribute(test) for test in dict.fromkeys(t for line in new.lines for t in _bare(line.condition)))
    for own in old.criteria:
        if own.id in used and written(own.condition, facts) != written(after[own.id], facts):
            yield Attribute(own.condition, own.id, old=True)


def _names(condition: Condition) -> Iterator[str]:
    match condition:
        case Named(name=name):
            yield name
        case Not(part=part):
            yield from _names(part)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _names(part)


def _bare(condition: Condition) -> Iterator[Test]:
    """The tests that a condition makes itself, not through a criterion."""
    match condition:
        case Test():
            yield condition
        case Not(part=part):
            yield from _bare(part)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _bare(part)


def _split(
    numbers: npt.NDArray[np.uint32], vectors: Truths, truth: Truths
) -> tuple[npt.NDArray[np.uint32], Truths, npt.NDArray[np.int64]]:
    """The patterns told apart by one attribute more, with which pattern each came from: partition refinement.

    Those that no cell has are left out.
    """
    numbers = numbers * np.uint32(2) + truth
    seen = np.zeros(2 * len(vectors), dtype=np.bool_)
    seen[numbers] = True
    kept = np.flatnonzero(seen)
    renumbered = np.cumsum(seen, dtype=np.uint32) - np.uint32(1)
    return renumbered[numbers], np.concatenate([vectors[kept // 2], (kept % 2 == 1)[:, None]], axis=1), kept // 2


def expanded(seed: Truths, off: Truths, order: Sequence[int]) -> Literals:
    """The pattern with as few literals as keep out every pattern of `off`; dropped in this order if they can be."""
    differs = off != seed
    against = differs.sum(axis=1)
    kept = set(order)
    for place in order:
        if not (differs[:, place] & (against == 1)).any():
            kept.discard(place)
            against -= differs[:, place]
    return tuple((place, bool(seed[place])) for place in sorted(kept))
