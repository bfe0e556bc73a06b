"""What would make it a wanted verdict: the nearest plausible situations (counterfactuals).

Only facts that can change in real life are tried, in the direction in which they can; every row is read again
before it is shown. Contrastive explanation (Miller 2019; Ignatiev et al. 2020), actionable recourse
(Ustun, Spangher & Liu 2019).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

from mantelzorg.facts import Changes, Kind
from mantelzorg.verdict_table import Axis

if TYPE_CHECKING:
    from mantelzorg.assessment import Judge

MOST_CHANGES = 3
MOST_SHOWN = 2
MOST_ROWS = 20_000


@dataclass(frozen=True)
class Change:
    """Other values of a few facts that would certainly give `verdict`. `settings`: (fact, class on its axis)."""

    verdict: str
    settings: tuple[tuple[str, int], ...]


def reachable(axis: Axis, mask: int) -> tuple[int, ...]:
    """The classes that an answer can still become, the nearest first."""
    if axis.fact.changes is Changes.NEVER:
        return ()
    others = [c for c in range(axis.size) if not mask >> c & 1]
    if axis.fact.changes is Changes.GROWS:
        now = [c for c in range(axis.size) if mask >> c & 1]
        others = [c for c in others if all(_grows(axis, old, c) for old in now)]
    return tuple(others)


def _grows(axis: Axis, old: int, new: int) -> bool:
    if axis.fact.kind is Kind.NUMBER:
        return min(part.low for part in axis.regions[new]) >= max(part.high for part in axis.regions[old])
    if axis.fact.kind is Kind.MULTIPLE:
        pairs = zip(axis.signatures[old], axis.signatures[new], strict=True)
        more = all(after or not before for before, after in pairs)
        return axis.has_options(new) and (more or not axis.has_options(old))
    order = axis.fact.value_ids
    return max(map(order.index, axis.values(1 << old))) < max(map(order.index, axis.values(1 << new)))


def find(judge: Judge, given: Sequence[int | None], masks: tuple[int, ...]) -> tuple[Change, ...]:
    """The smallest changes to the best wanted verdict that can be reached; none when it is already there."""
    now = judge.named(judge.reader.one(masks))
    for wanted in judge.rules.wanted:
        if wanted in now:
            return ()
        found = _nearest(judge, given, masks, wanted)
        if found:
            return found
    return ()


def _nearest(judge: Judge, given: Sequence[int | None], masks: tuple[int, ...], wanted: str) -> tuple[Change, ...]:
    bit = 1 << judge.table.verdicts.index(wanted)
    options = {
        place: reachable(axis, masks[place]) for place, axis in enumerate(judge.table.axes) if given[place] is not None
    }
    movable = [place for place, classes in options.items() if classes]
    for size in range(1, MOST_CHANGES + 1):
        tried = list(_rows(masks, movable, options, size))
        if not tried:
            break
        bits = judge.reader.possible(np.array([row for row, _ in tried], dtype=np.int64))
        hits = [settings for (_, settings), seen in zip(tried, bits, strict=True) if seen == bit]
        if hits:
            return tuple(_change(judge, wanted, settings) for settings in _diverse(hits))
    return ()


Settings = tuple[tuple[int, int], ...]


def _rows(
    masks: tuple[int, ...], movable: list[int], options: dict[int, tuple[int, ...]], size: int
) -> Iterator[tuple[list[int], Settings]]:
    count = 0
    for places in combinations(movable, size):
        for classes in product(*(options[place] for place in places)):
            count += 1
            if count > MOST_ROWS:
                return
            row = list(masks)
            for place, c in zip(places, classes, strict=True):
                row[place] = 1 << c
            yield row, tuple(zip(places, classes, strict=True))


def _diverse(hits: list[Settings]) -> list[Settings]:
    """The first hits that change different facts."""
    shown: list[Settings] = []
    for settings in hits:
        used = {place for kept in shown for place, _ in kept}
        if len(shown) < MOST_SHOWN and not used & {place for place, _ in settings}:
            shown.append(settings)
    return shown


def _change(judge: Judge, wanted: str, settings: Settings) -> Change:
    return Change(wanted, tuple((judge.table.axes[place].fact.id, c) for place, c in settings))
