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

from mantelzorg.comparison.attributes import Attribute, attributes
from mantelzorg.comparison.common_table import IMPOSSIBLE, Codes, CommonTable, Truths
from mantelzorg.rules import RuleSet
from mantelzorg.verdict_table import truths

SEEDS, ORDERS = 6, 6
LARGE = 20_000
"""Above this many patterns fewer seeds and orders are tried: each attempt looks at all of them."""
Counts = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.uint32]
Literals = tuple[tuple[int, bool], ...]
"""Places of attributes, and whether they must be met."""


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
    """The cells of a common table, by the attributes that they meet: `vectors` has a row per attribute.

    `now` are the same without the attributes of the old version, each with the one code that it has now; pattern n
    belongs to `now[:, of[n]]`.
    """

    def __init__(self, table: CommonTable, old: RuleSet, new: RuleSet) -> None:
        self.table = table
        self.attributes = tuple(attributes(old, new))
        self.current = sum(not own.old for own in self.attributes)
        places = {axis.fact.id: place for place, axis in enumerate(table.axes)}
        numbers, splits = np.zeros((1,) * len(table.axes), dtype=np.uint32), [_Split(np.zeros(1, dtype=np.int64))]
        for own in self.attributes:
            numbers, split = _split(numbers, splits[-1].size, truths(own.condition, table.axes, places))
            splits.append(split)
        self.numbers = np.broadcast_to(numbers, table.new.shape)
        self.vectors, self.of = _rows(splits[1:], self.current)
        self.now, _ = _rows(splits[1 : self.current + 1], self.current)
        possible = table.new != IMPOSSIBLE
        self.sizes = self.count(possible)
        self.codes: Codes = np.zeros(self.now.shape[1], dtype=np.uint8)
        self.codes[self.of[self.numbers[possible]]] = table.new[possible]

    def count(self, cells: Truths) -> Counts:
        """How many of these cells each pattern has."""
        return np.bincount(self.numbers[cells], minlength=self.vectors.shape[1]).astype(np.int64)

    def cover(self, target: Truths, code: int, most: int | None = None) -> CubeCover:
        """Cover these cells, which all have `code` in the new version, the largest gain first."""
        weights = self.count(target)
        wanted = np.bincount(self.of, weights, minlength=self.now.shape[1]).astype(np.int64)
        left = wanted.copy()
        off = self.now[:, (self.codes != code) & (self.codes != IMPOSSIBLE)]
        found: dict[Literals, Truths] = {}
        while left.any() and (most is None or len(found) < most):
            grown = {literals: matching(self.now, literals) for literals in self._candidates(left, off)}
            best = max(grown, key=lambda literals: (int(left[grown[literals]].sum()), -len(literals)))
            found[best] = grown[best]
            left[grown[best]] = 0
        already = self.count((self.table.old == code) & (self.table.new == code))
        cubes = (self._cube(own, found[own][self.of], weights, already) for own in _irredundant(found, wanted > 0))
        return CubeCover(tuple(cubes), int(left.sum()))

    def meeting(self, cube: Cube) -> Truths:
        """The patterns in a cube."""
        places = {own: place for place, own in enumerate(self.attributes)}
        return matching(self.vectors, ((places[own], wanted) for own, wanted in cube.literals))

    def uncovered(self, cover: CubeCover, target: Truths) -> Truths:
        """The cells of the target that a cover leaves."""
        rest = np.ones(self.vectors.shape[1], dtype=np.bool_)
        for cube in cover.cubes:
            rest &= ~self.meeting(cube)
        return target & rest[self.numbers]

    def _candidates(self, left: Counts, off: Truths) -> Iterator[Literals]:
        few = off.shape[1] > LARGE
        heaviest = np.argsort(-left, kind="stable")[: 2 if few else SEEDS]
        random = Random(0)
        order = list(range(self.current))
        orders = [order, order[::-1], *(random.sample(order, len(order)) for _ in range(1 if few else ORDERS - 2))]
        for seed in heaviest[left[heaviest] > 0]:
            for one in orders:
                yield expanded(self.now[:, seed], off, one)

    def _cube(self, literals: Literals, covered: Truths, weights: Counts, already: Counts) -> Cube:
        """With, added, each criterion that became met or unmet in every covered cell: it shows what made the change."""
        told = [(self.attributes[place], wanted) for place, wanted in literals]
        now = {own.name: wanted for own, wanted in told}
        moved = covered & (weights > 0)
        for place in range(self.current, len(self.attributes)):
            own, values = self.attributes[place], self.vectors[place]
            if own.name in now and (values[moved] != now[own.name]).all():
                told.append((own, not now[own.name]))
                covered = covered & (values != now[own.name])
        sums = (int(counts[covered].sum()) for counts in (weights, self.sizes, already))
        return Cube(tuple(told), *sums)


def matching(vectors: Truths, literals: Iterable[tuple[int, bool]]) -> Truths:
    """Which patterns meet all of this."""
    found = np.ones(vectors.shape[1], dtype=np.bool_)
    for place, wanted in literals:
        found &= vectors[place] == wanted
    return found


def _irredundant(found: Mapping[Literals, Truths], wanted: Truths) -> list[Literals]:
    """Those that still cover all wanted patterns together, tried from the last found."""
    kept = list(found)
    for own in reversed(list(found)):
        others = sum((found[other].astype(np.uint8) for other in kept if other != own), np.zeros(1, dtype=np.uint8))
        if not (wanted & found[own] & (others == 0)).any():
            kept.remove(own)
    return kept


@dataclass(frozen=True)
class _Split:
    """The patterns after one attribute more: twice the number of the pattern before, plus 1 where it is met."""

    kept: Counts

    @property
    def size(self) -> int:
        return len(self.kept)


def _split(numbers: Numbers, size: int, truth: Truths) -> tuple[Numbers, _Split]:
    """Tell the patterns apart by one attribute more, without those that no cell has: partition refinement."""
    numbers = numbers * np.uint32(2) + truth
    seen = np.zeros(2 * size, dtype=np.bool_)
    seen[numbers] = True
    renumbered = np.cumsum(seen, dtype=np.uint32) - np.uint32(1)
    return renumbered[numbers], _Split(np.flatnonzero(seen).astype(np.int64))


def _rows(splits: Sequence[_Split], ancestor: int) -> tuple[Truths, Counts]:
    """Per attribute what each last pattern has, and the pattern that it was after `ancestor` attributes."""
    own = np.arange(splits[-1].size if splits else 1)
    rows: Truths = np.zeros((len(splits), len(own)), dtype=np.bool_)
    of = own
    for place in reversed(range(len(splits))):
        if place + 1 == ancestor:
            of = own
        kept = splits[place].kept[own]
        rows[place], own = kept % 2 == 1, kept // 2
    return rows, of if ancestor else own


def expanded(seed: Truths, off: Truths, order: Sequence[int]) -> Literals:
    """The pattern with as few literals as keep out every pattern of `off`; dropped in this order if they can be."""
    differs = off != seed[:, None]
    against = differs.sum(axis=0, dtype=np.uint16)
    kept = set(order)
    for place in order:
        if not (differs[place] & (against == 1)).any():
            kept.discard(place)
            against -= differs[place]
    return tuple((place, bool(seed[place])) for place in sorted(kept))
