"""Whether SQL's NULL logic sees every contradiction that the verdict table sees.

SQL sees one when a line of `impossible` is TRUE. Two lines together can rule out every value of a fact that nobody
answered while each of them is NULL; then a verdict could be told where the table says "contradiction".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

import numpy as np
import numpy.typing as npt

from mantelzorg.conditions import And, Condition, Named, Not, Or, Test, facts_of
from mantelzorg.verdict_table import Axis

MOST_ROWS = 2_000_000
"""More combinations than this are not looked through; then a contradiction counts as not seen."""
Truths = npt.NDArray[np.bool_]


def sees_all(impossible: Sequence[Condition], axes: Mapping[str, Axis], unsaid: Mapping[str, int]) -> bool:
    """Whether every contradiction between answers is TRUE of some single condition of `impossible`.

    An answer is one class of an axis, or absent; `unsaid` gives the classes that an absent one leaves possible.
    """
    names = dict.fromkeys(name for condition in impossible for name in facts_of(condition))
    used = [axes[name] for name in names]
    if prod(axis.size + 1 for axis in used) > MOST_ROWS:
        return False
    slots = [_slots(axis, unsaid[axis.fact.id]) for axis in used]
    found = _surely_any(impossible, used, slots)
    exact = _surely_any(impossible, used, [np.eye(axis.size, dtype=np.bool_) for axis in used])
    return bool((found == _everywhere(exact, slots)).all())


def _surely_any(conditions: Sequence[Condition], axes: Sequence[Axis], slots: Sequence[Truths]) -> Truths:
    """Per combination of slots whether some condition is surely true."""
    seen = _Seen({axis.fact.id: place for place, axis in enumerate(axes)}, axes, slots)
    found = np.zeros([len(slot) for slot in slots], np.bool_)
    for condition in conditions:
        found |= seen.truths(condition)[0]
    return found


def _slots(axis: Axis, unsaid: int) -> Truths:
    """Per answer that SQL tells apart (each class, and none) the classes that it leaves possible."""
    absent = [[bool(unsaid >> c & 1) for c in range(axis.size)]]
    return np.concatenate([np.eye(axis.size, dtype=np.bool_), np.array(absent)])


def _everywhere(cells: Truths, slots: Sequence[Truths]) -> Truths:
    """Per combination of answers whether all cells that they leave possible are True."""
    for place, slot in enumerate(slots):
        moved = np.moveaxis(cells, place, 0)
        cells = np.moveaxis(np.stack([moved[own].all(axis=0) for own in slot]), 0, place)
    return cells


class _Seen:
    """Conditions as SQL judges them, for every combination of answers: surely true, and surely false."""

    def __init__(self, places: Mapping[str, int], axes: Sequence[Axis], slots: Sequence[Truths]) -> None:
        self.places, self.axes, self.slots = places, axes, slots

    def truths(self, condition: Condition) -> tuple[Truths, Truths]:
        match condition:
            case Test():
                return self._test(condition)
            case Named(condition=inner):
                return self.truths(inner)
            case Not(part=inner):
                true, false = self.truths(inner)
                return false, true
            case And(parts=parts):
                return self._all(parts)
            case Or(parts=parts):
                false, true = self._all([Not(part) for part in parts])
                return true, false

    def _all(self, parts: Sequence[Condition]) -> tuple[Truths, Truths]:
        true: Truths = np.ones((1,) * len(self.axes), np.bool_)
        false: Truths = ~true
        for part in parts:
            own = self.truths(part)
            true, false = true & own[0], false | own[1]
        return true, false

    def _test(self, test: Test) -> tuple[Truths, Truths]:
        place = self.places[test.fact]
        holds = self.axes[place].truth(test)
        shape = [1] * len(self.axes)
        shape[place] = -1
        slots = self.slots[place]
        true: Truths = np.asarray((slots <= holds).all(axis=1)).reshape(shape)
        false: Truths = np.asarray((slots <= ~holds).all(axis=1)).reshape(shape)
        return true, false
