"""Few boxes that cover a set of cells: per fact some classes, and every combination of them.

Two-level minimisation (Quine 1952, McCluskey 1956) by growing one implicant at a time, as Espresso's EXPAND and
IRREDUNDANT do (Brayton et al. 1984), with many-valued axes. A box may take in cells that need no covering but
are `allowed`, which is what keeps the boxes few: the sentence then says what holds, not only what is new.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Truths = npt.NDArray[np.bool_]
Cells = TypeVar("Cells", Truths, npt.NDArray[np.uint8])
Box = tuple[int, ...]
"""Per axis the mask of the classes in the box."""

SEEDS, ORDERS = 4, 6
LARGE = 300_000
"""Above this many cells fewer seeds and orders are tried: each attempt costs as much as the box is large."""


@dataclass(frozen=True)
class Cover:
    """Boxes, and the cells that they leave to be covered."""

    boxes: tuple[Box, ...]
    left: Truths


def cover(target: Truths, allowed: Truths, most: int | None = None) -> Cover:
    """Cover the cells of `target` by boxes of `allowed` cells (which include the target), the largest gain first."""
    left = target.copy()
    boxes: list[Box] = []
    while left.any() and (most is None or len(boxes) < most):
        found = dict.fromkeys(candidates(left, allowed))
        best = max(found, key=lambda box: (np.count_nonzero(inside(left, box)), -limits(box, target.shape)))
        boxes.append(best)
        clear(left, best)
    kept = irredundant([tightened(box, target) for box in boxes], target & ~left)
    return Cover(tuple(kept), left)


def candidates(left: Truths, allowed: Truths) -> Iterator[Box]:
    """Boxes grown from a few cells that are left, in a few orders of the axes; the same on every run."""
    cells = np.flatnonzero(left)
    seeds, count = (2, 3) if left.size > LARGE else (SEEDS, ORDERS)
    picks = dict.fromkeys(int(cells[place]) for place in np.linspace(0, len(cells) - 1, seeds).astype(int))
    orders = list(_orders(left.ndim, count))
    for flat in picks:
        seed = [int(c) for c in np.unravel_index(flat, left.shape)]
        for order in orders:
            yield grown(allowed, seed, order)


def _orders(axes: int, count: int) -> Iterator[list[int]]:
    order = list(range(axes))
    yield order
    yield order[::-1]
    random = Random(0)
    for _ in range(count - 2):
        yield random.sample(order, axes)


def grown(allowed: Truths, seed: Sequence[int], order: Sequence[int]) -> Box:
    """The cell made as large as it can be: whole axes first, then the classes that fit.

    The classes of one axis do not depend on each other, so one look at an axis finds all that fit, and a later
    axis never makes room for more.
    """
    box = [1 << c for c in seed]
    partial = []
    for place in order:
        fits = _fits(allowed, box, place)
        if fits.all():
            box[place] = (1 << len(fits)) - 1
        else:
            partial.append(place)
    for place in partial:
        box[place] = _mask(_fits(allowed, box, place))
    return tuple(box)


def _fits(allowed: Truths, box: Sequence[int], place: int) -> Truths:
    """Per class of an axis, whether the rest of the box is allowed there."""
    whole = list(box)
    whole[place] = (1 << allowed.shape[place]) - 1
    others = tuple(axis for axis in range(allowed.ndim) if axis != place)
    return np.asarray(inside(allowed, whole).all(axis=others))


def _mask(chosen: Truths) -> int:
    return sum(1 << int(c) for c in np.flatnonzero(chosen))


def classes(mask: int) -> list[int]:
    """The classes of a mask, ascending."""
    return [c for c in range(mask.bit_length()) if mask >> c & 1]


def inside(cells: Cells, box: Sequence[int]) -> Cells:
    """The part of an array that lies in a box; a view where the classes of every axis are neighbours."""
    index: list[slice] = []
    scattered: list[tuple[int, list[int]]] = []
    for place, mask in enumerate(box):
        chosen = classes(mask)
        near = chosen[-1] - chosen[0] + 1 == len(chosen)
        index.append(slice(chosen[0], chosen[-1] + 1) if near else slice(None))
        if not near:
            scattered.append((place, chosen))
    part = cells[tuple(index)]
    for place, chosen in scattered:
        part = part.take(chosen, axis=place)
    return part


def clear(cells: Truths, box: Box) -> None:
    """Make every cell of a box False, in place, by slices: indexing whole axes at once is many times slower."""
    for part in product(*map(_runs, box)):
        cells[part] = False


def _runs(mask: int) -> list[slice]:
    """The classes of a mask as slices of neighbours."""
    chosen = classes(mask)
    starts = [c for c in chosen if c - 1 not in chosen]
    ends = [c + 1 for c in chosen if c + 1 not in chosen]
    return [slice(start, end) for start, end in zip(starts, ends, strict=True)]


def limits(box: Sequence[int], shape: Sequence[int]) -> int:
    """On how many axes a box leaves classes out."""
    return sum(mask != (1 << size) - 1 for mask, size in zip(box, shape, strict=True))


def tightened(box: Box, target: Truths, everywhere: bool = False) -> Box:
    """The box without the classes in which it covers nothing: on the axes where it is limited anyway, or on all."""
    own = list(box)
    for place, size in enumerate(target.shape):
        if everywhere or own[place] != (1 << size) - 1:
            others = tuple(axis for axis in range(target.ndim) if axis != place)
            useful = np.atleast_1d(inside(target, own).any(axis=others))
            own[place] = sum(1 << c for c, used in zip(classes(own[place]), useful, strict=True) if used)
    return tuple(own)


def irredundant(boxes: Sequence[Box], target: Truths) -> list[Box]:
    """The boxes without those whose cells the others cover as well; the first found are the first kept."""
    kept = list(boxes)
    for box in reversed(boxes) if len(boxes) > 1 else ():
        rest = target.copy()
        for other in kept:
            if other != box:
                clear(rest, other)
        if not rest.any():
            kept.remove(box)
    return kept
