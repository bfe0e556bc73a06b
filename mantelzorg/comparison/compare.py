"""Two versions of a rule set compared; what is found says nothing yet, `report` words it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mantelzorg.comparison.boxes import Box, candidates, cover, inside, limits, tightened
from mantelzorg.comparison.common_table import IMPOSSIBLE, CommonTable, Move, Truths, build, moves
from mantelzorg.comparison.cubes import Cube, Patterns
from mantelzorg.comparison.edits import Edit, edits, same_rule_set
from mantelzorg.comparison.replayed import ChangedCase
from mantelzorg.facts import Fact
from mantelzorg.rules import RuleSet

MOST_SENTENCES = 3
"""For one pair of verdicts; what they leave is counted, with an example."""


@dataclass(frozen=True)
class BoxFound:
    """A box, with how many cells it has of the pair, of all that can be now, and of those that were so already.

    `core` is the smallest box within it that has all of the pair.
    """

    box: Box
    core: Box
    target: int
    size: int
    already: int


@dataclass(frozen=True)
class Described:
    """The sentences for one pair: boxes of facts or patterns of criteria, and the `left` that they do not cover."""

    move: Move
    boxes: tuple[BoxFound, ...] = ()
    cubes: tuple[Cube, ...] = ()
    left: int = 0
    example: Box | None = None


@dataclass(frozen=True)
class EditEffect:
    """An edit made on its own, and what moves by it alone."""

    edit: Edit
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Comparison:
    """What differs between two versions.

    `together` counts the changed situations that no edit changes by itself. `cases` is None where none were
    replayed, else (how many, those that change). `places` say where the versions were found.
    """

    old: RuleSet
    new: RuleSet
    table: CommonTable
    moves: tuple[Move, ...]
    sentences: tuple[Described, ...]
    edits: tuple[EditEffect, ...] | None
    together: int
    cases: tuple[int, tuple[ChangedCase, ...]] | None = None
    places: tuple[str, str] = ("", "")

    @property
    def changed(self) -> int:
        """How many situations that can be in both versions get another verdict."""
        return sum(move.count for move in self.moves if IMPOSSIBLE not in (move.old, move.new))

    @cached_property
    def possible(self) -> int:
        """How many situations can be in the old or the new version."""
        return int(np.count_nonzero((self.table.old != IMPOSSIBLE) | (self.table.new != IMPOSSIBLE)))

    @property
    def same(self) -> bool:
        """Whether no situation and no case has another result."""
        return not self.moves and not (self.cases and self.cases[1])

    @cached_property
    def foreign(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The verdicts that only the old and only the new version has."""
        before, after = self.old.verdicts, self.new.verdicts
        return tuple(v for v in before if v not in after), tuple(v for v in after if v not in before)

    @cached_property
    def changed_facts(self) -> tuple[tuple[Fact, tuple[str, ...]], ...]:
        """The facts that either version tests and of which more than the words differ, with what differs."""
        used = {axis.fact.id for axis in self.table.axes}
        before = {fact.id: fact for fact in self.old.facts if fact.id in used}
        pairs = ((fact, fact_changes(before[fact.id], fact)) for fact in self.new.facts if fact.id in before)
        return tuple((fact, what) for fact, what in pairs if what)


def fact_changes(old: Fact, new: Fact) -> tuple[str, ...]:
    """What differs between two versions of a fact, apart from its words."""
    both = {
        "kind": (old.kind, new.kind),
        "values": (old.value_ids, new.value_ids),
        "range": ((old.low, old.high), (new.low, new.high)),
        "alone": (old.alone, new.alone),
        "assume": (old.assume, new.assume),
        "usual": (old.usual, new.usual),
    }
    return tuple(key for key, (before, after) in both.items() if before != after)


def compare(
    old: RuleSet,
    new: RuleSet,
    cases: tuple[int, Iterable[ChangedCase]] | None = None,
    places: tuple[str, str] = ("", ""),
    most: int = MOST_SENTENCES,
) -> Comparison:
    """Compare two rule sets. Raises TableTooLargeError, NotComparableError."""
    table = build(old, new)
    found = moves(table.old, table.new)
    describer = _Describer(table, old, new, most)
    sentences = tuple(describer.described(move) for move in found if IMPOSSIBLE not in (move.old, move.new))
    effects, together = _edit_by_edit(table, old, new) if same_rule_set(old, new) else (None, 0)
    replayed = (cases[0], tuple(cases[1])) if cases else None
    return Comparison(old, new, table, found, sentences, effects, together, replayed, places)


def _edit_by_edit(table: CommonTable, old: RuleSet, new: RuleSet) -> tuple[tuple[EditEffect, ...], int]:
    unexplained = table.changed.copy()
    effects = []
    for edit in edits(old, new):
        codes = table.judged(edit.rules)
        effects.append(EditEffect(edit, moves(table.old, codes)))
        unexplained &= codes == table.old
    return tuple(effects), int(np.count_nonzero(unexplained))


class _Describer:
    """Covers what moved, by facts where few boxes do, else by criteria if that covers more."""

    def __init__(self, table: CommonTable, old: RuleSet, new: RuleSet, most: int) -> None:
        self.table, self.old, self.new, self.most = table, old, new, most

    @cached_property
    def patterns(self) -> Patterns:
        return Patterns(self.table, self.old, self.new)

    def described(self, move: Move) -> Described:
        target = (self.table.old == move.old) & (self.table.new == move.new)
        allowed = (self.table.new == move.new) | (self.table.new == IMPOSSIBLE)
        by_facts = cover(target, allowed, self.most)
        left = int(np.count_nonzero(by_facts.left))
        if left or len(by_facts.boxes) > 1:
            by_criteria = self.patterns.cover(target, move.new, self.most)
            if (by_criteria.left, len(by_criteria.cubes)) < (left, len(by_facts.boxes)):
                rest = self.patterns.uncovered(by_criteria, target) if by_criteria.left else None
                return Described(move, (), by_criteria.cubes, by_criteria.left, _example(rest, allowed))
        boxes = tuple(self._counted(box, move, target) for box in by_facts.boxes)
        return Described(move, boxes, (), left, _example(by_facts.left if left else None, allowed))

    def _counted(self, box: Box, move: Move, target: Truths) -> BoxFound:
        old, new = inside(self.table.old, box), inside(self.table.new, box)
        same = new == move.new
        counted = same & (old == move.old), new != IMPOSSIBLE, same & (old == move.new)
        return BoxFound(
            box, tightened(box, target, everywhere=True), *(int(np.count_nonzero(cells)) for cells in counted)
        )


def _example(rest: Truths | None, allowed: Truths) -> Box | None:
    """What is left, in as few facts as one box of it needs."""
    if rest is None:
        return None
    return min(candidates(rest, allowed), key=lambda box: limits(box, rest.shape))
