"""Two versions of a rule set judged over the same situations.

The axes come from the tests of both versions, so that a class of one is never cut in two by the other; a cell then
holds one verdict of each. DESIGN calls this "what a new version changes".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod

import numpy as np
import numpy.typing as npt

from mantelzorg.facts import Fact
from mantelzorg.rules import RuleSet
from mantelzorg.verdict_table import MOST_CELLS, Axis, TableTooLargeError, make_axis, truths

Codes = npt.NDArray[np.uint8]
Truths = npt.NDArray[np.bool_]
IMPOSSIBLE, NONE = 0, 255
"""The codes of a combination that cannot be, and of one that no verdict line covers."""


class NotComparableError(ValueError):
    """Two versions that no common table can hold; the message says why."""


@dataclass(frozen=True)
class Move:
    """So many situations went from one code to another."""

    old: int
    new: int
    count: int


@dataclass(frozen=True)
class CommonTable:
    """`old` and `new` hold a code per cell: n + 1 for `verdicts[n]`, or `IMPOSSIBLE`, or `NONE`."""

    axes: tuple[Axis, ...]
    verdicts: tuple[str, ...]
    old: Codes
    new: Codes

    @cached_property
    def changed(self) -> Truths:
        """The cells that can be in both versions and have another verdict."""
        changed: Truths = self.old != self.new
        changed &= self.old != IMPOSSIBLE
        changed &= self.new != IMPOSSIBLE
        return changed

    def judged(self, rules: RuleSet) -> Codes:
        """The codes of another rule set that makes no test but those of the two."""
        return judged(rules, self.axes, self.verdicts)


def build(old: RuleSet, new: RuleSet) -> CommonTable:
    """Judge every situation that either version tells apart. Raises TableTooLargeError, NotComparableError."""
    tests = [*new.tests(), *old.tests()]
    axes = tuple(make_axis(_fact(name, old, new), tests) for name in dict.fromkeys(test.fact for test in tests))
    _check_size(axes)
    verdicts = tuple(dict.fromkeys([*new.verdicts, *old.verdicts]))
    return CommonTable(axes, verdicts, judged(old, axes, verdicts), judged(new, axes, verdicts))


def judged(rules: RuleSet, axes: Sequence[Axis], verdicts: Sequence[str]) -> Codes:
    """The code of every cell by one rule set."""
    places = {axis.fact.id: place for place, axis in enumerate(axes)}
    cells = np.full([axis.size for axis in axes], NONE, dtype=np.uint8)
    for line in reversed(rules.lines):
        np.copyto(cells, np.uint8(verdicts.index(line.id) + 1), where=truths(line.condition, axes, places))
    for condition in rules.impossible:
        np.copyto(cells, np.uint8(IMPOSSIBLE), where=truths(condition, axes, places))
    return cells


def moves(old: Codes, new: Codes) -> tuple[Move, ...]:
    """What the codes of all cells that differ went from and to, the most frequent first."""
    differ = old != new
    before, after = old[differ].astype(np.uint16), new[differ]
    counts = np.bincount(before * 256 + after, minlength=1)
    found = [Move(int(pair) // 256, int(pair) % 256, int(counts[pair])) for pair in np.flatnonzero(counts)]
    return tuple(sorted(found, key=lambda move: (-move.count, move.old, move.new)))


def _fact(name: str, old: RuleSet, new: RuleSet) -> Fact:
    """A fact as both versions know it: the values and numbers of either."""
    before, after = ({fact.id: fact for fact in rules.facts}.get(name) for rules in (old, new))
    if before is None or after is None or before == after:
        return after or before or _missing(name)
    if before.kind is not after.kind:
        what = f"'{name}' was {before.kind.value} en is nu {after.kind.value}"
        raise NotComparableError(f"Deze versies zijn niet te vergelijken: het feit {what}.")
    gone = tuple(value for value in before.values if value.id not in after.value_ids)
    low, high = min(before.low, after.low), max(before.high, after.high)
    return replace(after, values=(*after.values, *gone), low=low, high=high)


def _missing(name: str) -> Fact:
    raise KeyError(name)


def _check_size(axes: Iterable[Axis]) -> None:
    costly = sorted(axes, key=lambda axis: -axis.size)
    cells = prod(axis.size for axis in costly)
    if cells > MOST_CELLS:
        names = ", ".join(f"{axis.fact.id} ({axis.size} klassen)" for axis in costly[:4])
        size = f"{cells:,}".replace(",", ".")
        raise TableTooLargeError(f"{size} situaties; het meest kosten {names}")
