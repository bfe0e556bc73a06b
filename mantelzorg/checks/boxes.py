"""The result of a case under a changed rule set, from the cells that the case leaves and not the whole table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from mantelzorg.cases import CONTRADICTION, OPEN
from mantelzorg.checks.mutants import refined
from mantelzorg.conditions import Condition, parse
from mantelzorg.facts import Answers
from mantelzorg.rules import RuleSet
from mantelzorg.verdict_table import Axis, VerdictTable, classes_where, truths


class Replay:
    """Judges cases by a rule set that makes more tests than `table` was built for; the same results as a `Judge`."""

    def __init__(self, rules: RuleSet, table: VerdictTable) -> None:
        tests = list(rules.tests())
        self.rules = rules
        self.axes = [refined(axis, tests) for axis in table.axes]
        self._assumed = {axis.fact.id: _assumption(axis) for axis in self.axes if axis.fact.assume}

    def result_of(self, answers: Answers) -> str:
        """The verdict, or `open`, or `contradiction`."""
        plain = [axis.mask(answers[axis.fact.id]) if axis.fact.id in answers else axis.full for axis in self.axes]
        assumed = [
            mask if axis.fact.id in answers else self._assumed.get(axis.fact.id, mask)
            for axis, mask in zip(self.axes, plain, strict=True)
        ]
        found = self._possible(assumed) or self._possible(plain)
        return CONTRADICTION if not found else OPEN if len(found) > 1 else found.pop()

    def _possible(self, masks: Sequence[int]) -> set[str]:
        """The verdicts in the cells of these masks; no more than two of them, which is enough to call it open."""
        axes = [_cut(axis, mask) for axis, mask in zip(self.axes, masks, strict=True)]
        places = {axis.fact.id: place for place, axis in enumerate(axes)}
        left = np.ones([axis.size for axis in axes], dtype=np.bool_)
        for condition in self.rules.impossible:
            left &= ~truths(condition, axes, places)
        found: set[str] = set()
        for line in self.rules.lines:
            holds = truths(line.condition, axes, places)
            if (left & holds).any():
                found.add(line.id)
                left &= ~holds
            if len(found) > 1 or not left.any():
                break
        return found


def _assumption(axis: Axis) -> int:
    names: Mapping[str, Condition] = {}
    return classes_where(parse(axis.fact.assume, {axis.fact.id: axis.fact}, names), axis)


def _cut(axis: Axis, mask: int) -> Axis:
    """The axis with only the classes of a mask."""
    kept = [c for c in range(axis.size) if mask >> c & 1]
    return replace(axis, signatures=tuple(axis.signatures[c] for c in kept))
