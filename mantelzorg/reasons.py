"""Why: all smallest sets of answers that already force the result (sufficient reasons).

Method: PI-explanations (Shih, Choi & Darwiche 2018), sufficient reasons (Darwiche & Hirth 2020), computed at
once by keeping or forgetting every answer. The smallest conflicting sets (Liffiton & Sakallah 2008) are the same
computation for the empty result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from mantelzorg.assessment import Judge
    from mantelzorg.reader import Reader
    from mantelzorg.verdict_table import VerdictTable

MOST_ANSWERS = 18


@dataclass(frozen=True)
class Reason:
    """A smallest set of answers that forces the result.

    `facts` were answered, `assumed` were not. `criteria` are the criteria that these facts settle and that suffice
    for the verdict: (id, met), positive ones first, exclusions last; only the first reason names them.
    """

    facts: tuple[str, ...]
    assumed: tuple[str, ...]
    criteria: tuple[tuple[str, bool], ...] = ()


def minimal_sets(reader: Reader, masks: Sequence[int], places: Sequence[int]) -> list[tuple[int, ...]]:
    """The places of every smallest set of masks that leaves the same verdicts possible as all of them together."""
    if len(places) > MOST_ANSWERS:
        places = _needed(reader, masks, places)
    bits = reader.subsets(masks, places)
    enough = bits == bits[(0,) * len(places)]
    minimal = enough.copy()
    for axis in range(len(places)):
        kept: list[slice | int] = [slice(None)] * len(places)
        kept[axis] = 0
        forgotten = kept.copy()
        forgotten[axis] = 1
        minimal[tuple(kept)] &= ~enough[tuple(forgotten)]
    return [tuple(p for p, gone in zip(places, cell, strict=True) if not gone) for cell in np.argwhere(minimal)]


def _needed(reader: Reader, masks: Sequence[int], places: Sequence[int]) -> list[int]:
    """Drop answers one by one, later ones first, while the result stays the same and too many are left."""
    left, current, wanted = list(places), list(masks), reader.one(masks)
    for place in reversed(places):
        if len(left) <= MOST_ANSWERS:
            break
        trial = current.copy()
        trial[place] = (1 << reader.sizes[place]) - 1
        if reader.one(trial) == wanted:
            current, left = trial, [p for p in left if p != place]
    return left


def find(judge: Judge, given: Sequence[int | None], masks: tuple[int, ...]) -> tuple[Reason, ...]:
    """All sufficient reasons for what is still possible, the most readable first."""
    full = judge.table.full
    places = [place for place, mask in enumerate(masks) if mask != full[place]]
    found = []
    for kept in minimal_sets(judge.reader, masks, places):
        names = [judge.table.axes[place].fact.id for place in kept]
        said = tuple(name for name, place in zip(names, kept, strict=True) if given[place] is not None)
        assumed = tuple(name for name, place in zip(names, kept, strict=True) if given[place] is None)
        found.append(Reason(said, assumed))
    found.sort(key=lambda why: (len(why.assumed), len(why.facts)))
    return (_named(judge, found[0], masks), *found[1:]) if found else ()


def _named(judge: Judge, why: Reason, masks: tuple[int, ...]) -> Reason:
    used = {judge.table.places[name] for name in (*why.facts, *why.assumed)}
    only = [mask if place in used else judge.table.full[place] for place, mask in enumerate(masks)]
    return replace(why, criteria=criteria(judge, only))


def conflicts(reader: Reader, masks: tuple[int, ...], table: VerdictTable) -> tuple[tuple[str, ...], ...]:
    """All smallest sets of answers that cannot go together, as fact ids."""
    places = [place for place, mask in enumerate(masks) if mask != table.full[place]]
    found = minimal_sets(reader, masks, places)
    return tuple(sorted((tuple(table.axes[p].fact.id for p in kept) for kept in found), key=len))


def criteria(judge: Judge, masks: Sequence[int]) -> tuple[tuple[str, bool], ...]:
    """The fewest criteria, settled by these masks, that still give the verdict with nothing else known.

    Found by dropping them one by one: exclusions last, those that are not met first.
    """
    lines, exclusion = judge.lines, {criterion.id: criterion.exclusion for criterion in judge.rules.criteria}
    statuses = ((name, judge.criterion_status(name, masks)) for name in judge.criteria)
    known = {name: status for name, status in statuses if status is not None}
    tested = lines.tested(masks)
    wanted = lines.verdicts(tested | lines.settled(known))
    for name in sorted(known, key=lambda name: (exclusion[name], known[name])):
        without = {other: status for other, status in known.items() if other != name}
        if lines.verdicts(tested | lines.settled(without)) == wanted:
            known = without
    return tuple(sorted(known.items(), key=lambda item: (exclusion[item[0]], not item[1])))
