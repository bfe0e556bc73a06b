"""Sets of situations: one bit for every cell of a table, so that a proof is a few operations on whole tables.

A set is packed into 64-bit words: two million situations are 230 kB, and "and" over all of them takes some 20 µs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, reduce
from math import prod

import numpy as np
import numpy.typing as npt

from mantelzorg.conditions import And, Condition, Named, Not, Or, Test
from mantelzorg.verdict_table import Axis

Set = npt.NDArray[np.uint64]
_WORD = 64


class Space:
    """All situations that some axes tell apart. Bit n of a set is cell n of the table, the last axis fastest."""

    def __init__(self, axes: Sequence[Axis]) -> None:
        self.axes = tuple(axes)
        self.shape = tuple(axis.size for axis in axes)
        self.places = {axis.fact.id: place for place, axis in enumerate(self.axes)}
        self._tests: dict[Test, Set] = {}
        self._classes: dict[tuple[int, int], Set] = {}

    @cached_property
    def full(self) -> Set:
        return self.packed(np.ones(self.shape, dtype=np.bool_))

    @cached_property
    def none(self) -> Set:
        return np.zeros_like(self.full)

    def packed(self, cells: npt.NDArray[np.bool_]) -> Set:
        """The set of an array of truths that broadcasts to the table."""
        packed = np.packbits(np.broadcast_to(cells, self.shape), axis=None, bitorder="little")
        words = np.zeros(-(-prod(self.shape) // _WORD) * 8, dtype=np.uint8)
        words[: packed.size] = packed
        return words.view("<u8")

    def cells(self, some: Set) -> npt.NDArray[np.bool_]:
        """A set as an array of truths with an axis per fact."""
        bits = np.unpackbits(some.view(np.uint8), count=prod(self.shape), bitorder="little")
        return bits.astype(np.bool_).reshape(self.shape)

    def within(self, place: int, mask: int) -> Set:
        """The situations with one of these classes of an axis."""
        if (place, mask) not in self._classes:
            shape = [1] * len(self.shape)
            shape[place] = -1
            truth = np.array([bool(mask >> c & 1) for c in range(self.shape[place])])
            self._classes[place, mask] = self.packed(truth.reshape(shape))
        return self._classes[place, mask]

    def test(self, test: Test) -> Set:
        """The situations in which a test holds."""
        if test not in self._tests:
            place = self.places[test.fact]
            truth = self.axes[place].truth(test)
            self._tests[test] = self.within(place, sum(1 << c for c in np.flatnonzero(truth).tolist()))
        return self._tests[test]

    def where(self, condition: Condition, criteria: Mapping[str, Set] | None = None) -> Set:
        """The situations in which a condition holds; `criteria` may say where those that it names are met."""
        match condition:
            case Test():
                return self.test(condition)
            case Not(part=part):
                return self.full & ~self.where(part, criteria)
            case Named(name=name, condition=inner):
                return criteria[name] if criteria and name in criteria else self.where(inner, criteria)
            case And(parts=parts):
                return reduce(np.bitwise_and, (self.where(part, criteria) for part in parts), self.full)
            case Or(parts=parts):
                return reduce(np.bitwise_or, (self.where(part, criteria) for part in parts), self.none)

    def example(self, some: Set) -> dict[str, int] | None:
        """One situation of a set over as few facts as this finds: fact -> class; None when the set is empty.

        A fact is left out when its value makes no difference: with any class the situation stays in the set.
        """
        words = np.flatnonzero(some)
        if not words.size:
            return None
        word = int(some[words[0]])
        first = int(words[0]) * _WORD + (word & -word).bit_length() - 1
        found = dict(enumerate(int(c) for c in np.unravel_index(first, self.shape)))
        for place in range(len(self.shape)):
            rest = {other: c for other, c in found.items() if other != place}
            if not (self._box(rest.items()) & ~some).any():
                found = rest
        return {self.axes[place].fact.id: c for place, c in found.items()}

    def _box(self, classes: Iterable[tuple[int, int]]) -> Set:
        return reduce(np.bitwise_and, (self.within(place, 1 << c) for place, c in classes), self.full)


def count(some: Set) -> int:
    """How many situations a set holds."""
    return int(np.bitwise_count(some).sum())
