"""Verdict lines over criteria of which only some are known: what can still be given.

Conditions are compiled to bits once, a criterion or test one bit each, and read in strong Kleene logic: what is
false decides an "and", what is open leaves it open. Explaining one situation reads hundreds of lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mantelzorg.conditions import And, Condition, Named, Not, Or, Test, tests_of
from mantelzorg.rules import RuleSet
from mantelzorg.verdict_table import VerdictTable, classes_where

MOST_SPLITS = 5


@dataclass(frozen=True)
class Known:
    """What is known: the bits that are true, and those that are false."""

    true: int = 0
    false: int = 0

    def __or__(self, other: Known) -> Known:
        return Known(self.true | other.true, self.false | other.false)


@dataclass(frozen=True)
class All:
    """Every bit of `plain`, no bit of `negated`, and all of `inner`; `flipped` says that this must not hold."""

    plain: int = 0
    negated: int = 0
    inner: tuple[All, ...] = ()
    flipped: bool = False

    def holds(self, true: int, false: int) -> bool | None:
        """True, False, or None while it is open."""
        if self.plain & false or self.negated & true:
            return self.flipped
        is_open = bool(self.plain & ~true or self.negated & ~false)
        for part in self.inner:
            value = part.holds(true, false)
            if value is False:
                return self.flipped
            is_open = is_open or value is None
        return None if is_open else not self.flipped

    @property
    def single(self) -> bool:
        """Whether it is one bit, plain."""
        return not self.negated and not self.inner and self.plain.bit_count() == 1


def _flip(part: All) -> All:
    return All(negated=part.plain) if part.single and not part.flipped else replace(part, flipped=not part.flipped)


def _join(parts: Sequence[All]) -> All:
    """All of them, as flat as can be."""
    whole = All()
    for part in parts:
        if part.flipped:
            whole = replace(whole, inner=(*whole.inner, part))
        else:
            whole = All(whole.plain | part.plain, whole.negated | part.negated, (*whole.inner, *part.inner))
    return whole


def names_in(condition: Condition) -> tuple[str, ...]:
    """The criteria that a condition names, in the order of the text."""
    match condition:
        case Named(name=name):
            return (name,)
        case Not(part=part):
            return names_in(part)
        case And(parts=parts) | Or(parts=parts):
            return tuple(name for part in parts for name in names_in(part))
        case _:
            return ()


class Lines:
    """The verdict lines of a rule set, compiled. A line's bit is that of its verdict in the table."""

    def __init__(self, rules: RuleSet, table: VerdictTable) -> None:
        self.bits = {criterion.id: 1 << place for place, criterion in enumerate(rules.criteria)}
        tests = dict.fromkeys(test for line in rules.lines for test in tests_of(line.condition))
        self._tests = {test: 1 << len(self.bits) + place for place, test in enumerate(tests)}
        self._where = [
            (bit, table.places[test.fact], classes_where(test, table.axes[table.places[test.fact]]))
            for test, bit in self._tests.items()
        ]
        self._lines = [
            (
                1 << rules.verdicts.index(line.id),
                self._compiled(line.condition),
                tuple(self.bits[name] for name in names_in(line.condition)),
            )
            for line in rules.lines
        ]

    def _compiled(self, condition: Condition) -> All:
        match condition:
            case Named(name=name):
                return All(self.bits[name])
            case Test():
                return All(self._tests[condition])
            case Not(part=part):
                return _flip(self._compiled(part))
            case And(parts=parts):
                return _join([self._compiled(part) for part in parts])
            case Or(parts=parts):
                return _flip(_join([_flip(self._compiled(part)) for part in parts]))

    def tested(self, masks: Sequence[int]) -> Known:
        """What the masks say about the tests that stand in the lines themselves."""
        true = sum(bit for bit, place, where in self._where if not masks[place] & ~where)
        return Known(true, sum(bit for bit, place, where in self._where if not masks[place] & where))

    def settled(self, criteria: Mapping[str, bool | None]) -> Known:
        """What is known about criteria by their status."""
        true = sum(self.bits[name] for name, status in criteria.items() if status)
        return Known(true, sum(self.bits[name] for name, status in criteria.items() if status is False))

    def applies(self, place: int, known: Known) -> bool | None:
        """Whether a line's condition holds; None while that is open."""
        return self._lines[place][1].holds(known.true, known.false)

    def verdicts(self, known: Known, start: int = 0, splits: int = MOST_SPLITS) -> int:
        """The bits of the verdicts that the lines from `start` can still give; a few more than that at worst.

        An open line is tried both ways on its first open criterion, up to `splits` deep.
        """
        found, true, false = 0, known.true, known.false
        for place in range(start, len(self._lines)):
            verdict, condition, named = self._lines[place]
            applies = condition.holds(true, false)
            if applies is None and splits:
                # What the lines before this one said does not change when more is known, so they are not read again.
                first = next((bit for bit in named if not bit & (true | false)), 0)
                if first:
                    met = self.verdicts(Known(true | first, false), place, splits - 1)
                    return found | met | self.verdicts(Known(true, false | first), place, splits - 1)
            if applies is not False:
                found |= verdict
            if applies:
                break
        return found
