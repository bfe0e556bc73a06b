"""Which open questions still matter, and which one settles the verdict.

A question is relevant when the part of the table that the answers leave varies along its axis, over the classes
that are possible at all. There impossible cells count as different: an open verdict so always has a relevant
question, and an irrelevant one cannot change anything. A settled verdict has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

from mantelzorg.verdict_table import Bits

if TYPE_CHECKING:
    from mantelzorg.assessment import Judge


class Settles(Enum):
    """What answering one question promises: every answer decides, some answer may, or neither."""

    ALWAYS = "always"
    MAY = "may"
    NO = "no"


@dataclass(frozen=True)
class Question:
    """A fact without a precise answer. `relevant`: it can change the result. `assumed`: the verdict leans on its
    usual value, and it can change the result only by being unusual."""

    fact: str
    relevant: bool
    settles: Settles = Settles.NO
    assumed: bool = False


def find(judge: Judge, given: Sequence[int | None]) -> tuple[Question, ...]:
    """Every fact of the rule set without a precise answer, in the order of its axes."""
    table = judge.table
    masks = judge.assumed_masks(given)
    open_places = [
        place for place, axis in enumerate(table.axes) if axis.size > 1 and _several(given[place], axis.full)
    ]
    varying = _varying(table.cells, masks)
    settles = _settles(judge, masks, [place for place in open_places if place in varying])
    found = []
    for place in open_places:
        name = table.axes[place].fact.id
        if place in varying:
            found.append(Question(name, True, settles[place]))
            continue
        lifted = [*masks[:place], judge.plain_masks(given)[place], *masks[place + 1 :]]
        leaning = masks[place] != lifted[place] and place in _varying(table.cells, lifted, only=place)
        found.append(Question(name, leaning, assumed=leaning))
    return tuple(found)


def _several(mask: int | None, full: int) -> bool:
    return mask is None or mask & (mask - 1) != 0 or (mask == full and mask != 1)


def _varying(cells: Bits, masks: Sequence[int], only: int | None = None) -> set[int]:
    """The axes along which the sub-table that the masks leave is not constant."""
    left, axes = _restrict(cells, masks)
    if _settled(left):
        return set()
    wanted = axes if only is None else [place for place in axes if place == only]
    return {place for place in wanted if _varies(left, axes.index(place))}


def _settled(cells: Bits) -> bool:
    """Whether every possible cell has the same verdict."""
    every = int(np.bitwise_or.reduce(cells, axis=None))
    return every & (every - 1) == 0


def _restrict(cells: Bits, masks: Sequence[int]) -> tuple[Bits, list[int]]:
    """The sub-table of the masks; axes with one class left disappear. Single classes first, since those are views."""
    classes = [[c for c in range(size) if mask >> c & 1] for size, mask in zip(cells.shape, masks, strict=True)]
    left: Bits = cells[tuple(some[0] if len(some) == 1 else slice(None) for some in classes)]
    axes = [place for place, some in enumerate(classes) if len(some) > 1]
    for position, place in enumerate(axes):
        if len(classes[place]) < cells.shape[place]:
            left = left.take(classes[place], axis=position)
    return left, axes


def _varies(cells: Bits, position: int) -> bool:
    """Whether two possible classes of this axis differ anywhere."""
    slices = [cells[(slice(None),) * position + (c,)] for c in range(cells.shape[position])]
    first: Bits | None = None
    for part in slices:
        if first is not None and np.array_equal(first, part):
            continue
        if part.any():
            if first is not None:
                return True
            first = part
    return False


def _settles(judge: Judge, masks: tuple[int, ...], places: list[int]) -> dict[int, Settles]:
    rows = [
        [*masks[:place], 1 << c, *masks[place + 1 :]]
        for place in places
        for c in range(judge.table.axes[place].size)
        if masks[place] >> c & 1
    ]
    if not rows:
        return {}
    bits = iter(judge.reader.possible(np.array(rows, dtype=np.int64)).tolist())
    result = {}
    for place in places:
        after = [next(bits) for _ in range(masks[place].bit_count())]
        decided = [seen & (seen - 1) == 0 for seen in after if seen]
        result[place] = Settles.ALWAYS if all(decided) else Settles.MAY if any(decided) else Settles.NO
    return result
