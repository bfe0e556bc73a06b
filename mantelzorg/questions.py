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
    masks, plain = judge.assumed_masks(given), judge.plain_masks(given)
    now = judge.reader.one(masks)
    open_places = [
        place for place, axis in enumerate(table.axes) if axis.size > 1 and _several(given[place], axis.full)
    ]
    varying = _varying(table.cells, masks)
    after = _after(judge, given, open_places)
    found = []
    for place in open_places:
        name = table.axes[place].fact.id
        lifted = [*masks[:place], plain[place], *masks[place + 1 :]]
        if place in varying:
            found.append(Question(name, True, _promise(after[place])))
        elif masks[place] != plain[place] and place in _varying(table.cells, lifted, only=place):
            found.append(Question(name, True, assumed=True))
        elif set(after[place]) - {now}:  # an answer that cannot go with an assumption, which is then given up
            found.append(Question(name, True, _promise(after[place])))
        else:
            found.append(Question(name, False))
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


def _after(judge: Judge, given: Sequence[int | None], places: Sequence[int]) -> dict[int, list[int]]:
    """Per place what is possible after each precise answer to it; answers that cannot be are left out."""
    masks = [
        (place, [*given[:place], 1 << c, *given[place + 1 :]])
        for place in places
        for c in range(judge.table.axes[place].size)
        if judge.plain_masks(given)[place] >> c & 1
    ]
    found: dict[int, list[int]] = {place: [] for place in places}
    for place, answers in masks:
        bits = judge.reader.one(judge.assumed_masks(answers))
        if bits:
            found[place].append(bits)
    return found


def _promise(after: Sequence[int]) -> Settles:
    decided = [bits & (bits - 1) == 0 for bits in after]
    return Settles.ALWAYS if all(decided) else Settles.MAY if any(decided) else Settles.NO
