"""What was edited between two versions of a rule set, and each edit made on its own.

Lines of verdicts have no name, so they are paired as a text comparison pairs lines: the alignment with the most in
common (Needleman & Wunsch 1970).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import Enum

from mantelzorg.conditions import And, Condition, Named, Not, Or, Test
from mantelzorg.facts import Fact
from mantelzorg.literal_conditions import literal
from mantelzorg.rules import RuleSet, VerdictLine

ALIKE = 0.4
"""Lines of one verdict whose conditions have less in common are two lines, not one that was edited."""


class Part(Enum):
    """What was edited."""

    CRITERION = "criterion"
    LINE = "line"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True)
class Edit:
    """One edit. `before` and `after` are conditions as text, None where the part was not there.

    `name` is the criterion or the verdict; `new_name` the verdict that a line gives now. `rules` is the old version
    with only this edit made.
    """

    part: Part
    name: str
    before: str | None
    after: str | None
    rules: RuleSet
    new_name: str = ""


def same_rule_set(old: RuleSet, new: RuleSet) -> bool:
    """Whether these are versions of one rule set: the same id, or more than half of all criteria in both."""
    before, after = ({criterion.id for criterion in rules.criteria} for rules in (old, new))
    return old.id == new.id or 2 * len(before & after) > len(before | after)


def edits(old: RuleSet, new: RuleSet) -> tuple[Edit, ...]:
    """Every edit of a criterion that both versions have, of a line and of an impossible combination.

    A criterion that only one version has matters only through the lines that use it, so those tell of it.
    """
    maker = _Maker(old, new)
    return (*maker.criteria(), *maker.lines(), *maker.impossible())


class _Maker:
    """Makes old versions with one edit. A name means the old criterion, or the new one where there is no old."""

    def __init__(self, old: RuleSet, new: RuleSet) -> None:
        self.old, self.new = old, new
        self.facts: Mapping[str, Fact] = {fact.id: fact for rules in (old, new) for fact in rules.facts}
        self.known = {own.id: own.condition for rules in (new, old) for own in rules.criteria}

    def text(self, condition: Condition) -> str:
        return literal(condition, self.facts)

    def criteria(self) -> Iterator[Edit]:
        after = {own.id: own.condition for own in self.new.criteria}
        for own in self.old.criteria:
            if own.id in after and self.text(own.condition) != self.text(after[own.id]):
                rules = self.made(known={**self.known, own.id: after[own.id]})
                yield Edit(Part.CRITERION, own.id, self.text(own.condition), self.text(after[own.id]), rules)

    def lines(self) -> Iterator[Edit]:
        old, new = self.old.lines, self.new.lines
        place = 0
        for before, after in paired([self._line(line) for line in old], [self._line(line) for line in new]):
            own = old[before] if before is not None else None
            its = new[after] if after is not None else None
            if own and its and self._line(own) != self._line(its):
                yield self._line_edit(own, its, (*old[:place], its, *old[place + 1 :]))
            elif own and not its:
                yield self._line_edit(own, None, (*old[:place], *old[place + 1 :]))
            elif its and not own:
                yield self._line_edit(None, its, (*old[:place], its, *old[place:]))
            place += own is not None

    def _line(self, line: VerdictLine) -> tuple[str, str]:
        return line.id, self.text(line.condition)

    def _line_edit(self, before: VerdictLine | None, after: VerdictLine | None, lines: Sequence[VerdictLine]) -> Edit:
        told = [self.text(line.condition) if line else None for line in (before, after)]
        ids = [line.id for line in (before, after) if line]
        return Edit(Part.LINE, ids[0], told[0], told[1], self.made(lines=lines), ids[-1])

    def impossible(self) -> Iterator[Edit]:
        before = {self.text(condition): condition for condition in self.old.impossible}
        after = {self.text(condition): condition for condition in self.new.impossible}
        for text in before:
            if text not in after:
                rest = [condition for other, condition in before.items() if other != text]
                yield Edit(Part.IMPOSSIBLE, "", text, None, self.made(impossible=rest))
        for text, condition in after.items():
            if text not in before:
                yield Edit(Part.IMPOSSIBLE, "", None, text, self.made(impossible=[*self.old.impossible, condition]))

    def made(
        self,
        known: Mapping[str, Condition] | None = None,
        lines: Sequence[VerdictLine] | None = None,
        impossible: Sequence[Condition] | None = None,
    ) -> RuleSet:
        """The old version with other criteria, lines or impossible combinations."""
        names = known or self.known
        chosen = self.old.lines if lines is None else lines
        return replace(
            self.old,
            lines=tuple(replace(line, condition=resolved(line.condition, names)) for line in chosen),
            impossible=self.old.impossible if impossible is None else tuple(impossible),
        )


def resolved(condition: Condition, known: Mapping[str, Condition], within: frozenset[str] = frozenset()) -> Condition:
    """The condition with every name standing for its condition in `known`.

    Two versions mixed can name each other in a circle, which neither does alone; a name met again keeps its own
    condition.
    """
    match condition:
        case Named(name=name, condition=own):
            inner = own if name in within else known.get(name, own)
            return Named(name, inner if name in within else resolved(inner, known, within | {name}))
        case Not(part=part):
            return Not(resolved(part, known, within))
        case And(parts=parts):
            return And(tuple(resolved(part, known, within) for part in parts))
        case Or(parts=parts):
            return Or(tuple(resolved(part, known, within) for part in parts))
        case Test():
            return condition


Line = tuple[str, str]
Pair = tuple[int | None, int | None]


def paired(old: Sequence[Line], new: Sequence[Line]) -> list[Pair]:
    """The places of both lists in order, those of the same line side by side."""
    likeness = [[_likeness(a, b) for b in new] for a in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], likeness[i][j] + best[i + 1][j + 1])
    pairs: list[Pair] = []
    i = j = 0
    while i < len(old) or j < len(new):
        if i < len(old) and j < len(new) and likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif i < len(old) and (j == len(new) or best[i][j] == best[i + 1][j]):
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, j))
            j += 1
    return pairs


def _likeness(a: Line, b: Line) -> float:
    """2 for the same line, 1 for another verdict under the same condition, else how much the texts share."""
    if a[1] == b[1]:
        return 2.0 if a[0] == b[0] else 1.0
    if a[0] != b[0] or not a[1] or not b[1]:
        return 0.0
    alike = SequenceMatcher(None, a[1].split(), b[1].split(), autojunk=False).ratio()
    return alike if alike >= ALIKE else 0.0
