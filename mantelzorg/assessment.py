"""One situation judged by one rule set: the verdict, why, what would change it and what to ask next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

import numpy as np

from mantelzorg import changes, questions, reasons
from mantelzorg.changes import Change
from mantelzorg.conditions import Condition
from mantelzorg.facts import Answer, Answers, Kind
from mantelzorg.lines import Lines, names_in
from mantelzorg.questions import Question
from mantelzorg.reader import Reader
from mantelzorg.reasons import Reason
from mantelzorg.rules import RuleSet, VerdictLine
from mantelzorg.verdict_table import ConditionTable, VerdictTable, build


class Status(Enum):
    """Whether the answers settle the verdict, leave it open, or contradict each other."""

    DECIDED = "decided"
    OPEN = "open"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True)
class Judgement:
    """The bare result. `possible` are the verdicts left; `assumed` says that assumptions narrowed them."""

    status: Status
    possible: tuple[str, ...]
    assumed: bool = False

    @property
    def verdict(self) -> str | None:
        return self.possible[0] if self.status is Status.DECIDED else None


@dataclass(frozen=True)
class Assessment:
    """Everything that can be said about one situation under one rule set.

    `criteria` maps each criterion to True (met), False (not met) or None (open), on the answers alone.
    `assumptions` are the facts whose usual value the verdict leans on. `conflicts` are the smallest sets of
    answers that cannot go together.
    """

    rules: RuleSet
    judgement: Judgement
    criteria: dict[str, bool | None]
    assumptions: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    changes: tuple[Change, ...] = ()
    questions: tuple[Question, ...] = ()
    conflicts: tuple[tuple[str, ...], ...] = ()

    @property
    def verdict(self) -> str | None:
        return self.judgement.verdict


class Judge:
    """A rule set made ready to judge: its table, its reader and the tables of its criteria.

    Raises TableTooLargeError or ReaderTooLargeError for a rule set that tells too many situations apart.
    """

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.table: VerdictTable = build(rules)
        self.reader = Reader(self.table)
        facts = {fact.id: fact for fact in rules.facts}
        self.criteria = {criterion.id: ConditionTable(criterion.condition, facts) for criterion in rules.criteria}
        self.lines = Lines(rules, self.table)
        self._statuses = {name: self._status_reader(own) for name, own in self.criteria.items()}
        self._explained = lru_cache(maxsize=4096)(self._explain)
        self._asked = lru_cache(maxsize=4096)(lambda given: questions.find(self, given))

    def given(self, answers: Answers) -> tuple[int | None, ...]:
        """Per axis the mask of the answer, or None where nothing was said."""
        return tuple(axis.mask(answers[axis.fact.id]) if axis.fact.id in answers else None for axis in self.table.axes)

    def assumed_masks(self, given: Sequence[int | None]) -> tuple[int, ...]:
        """The masks with every assumption that nobody spoke about, unless these contradict the answers."""
        masks = tuple(
            usual if mask is None else mask for mask, usual in zip(given, self.table.assumptions, strict=True)
        )
        return masks if self.reader.one(masks) else self.plain_masks(given)

    def plain_masks(self, given: Sequence[int | None]) -> tuple[int, ...]:
        """The masks by the answers alone."""
        return tuple(full if mask is None else mask for mask, full in zip(given, self.table.full, strict=True))

    def judge(self, answers: Answers) -> Judgement:
        """The bare result of a situation, without explanations."""
        return self._judge(self.given(answers))

    def _judge(self, given: tuple[int | None, ...]) -> Judgement:
        alone = self.reader.one(self.plain_masks(given))
        if not alone:
            return Judgement(Status.CONTRADICTION, ())
        bits = self.reader.one(self.assumed_masks(given))
        possible = self.named(bits)
        status = Status.DECIDED if len(possible) == 1 else Status.OPEN
        return Judgement(status, possible, assumed=bits != alone)

    def named(self, bits: int) -> tuple[str, ...]:
        """The verdicts of these bits, in the order of the rule set."""
        return tuple(verdict for place, verdict in enumerate(self.table.verdicts) if bits >> place & 1)

    def assess(self, answers: Answers) -> Assessment:
        """The result with its explanations. Equal situations cost nothing the second time."""
        return self._explained(self.given(answers))

    def questions(self, answers: Answers) -> tuple[Question, ...]:
        """Every fact without a precise answer, and whether it can still matter; cheaper than a whole assessment."""
        return self._asked(self.given(answers))

    def _explain(self, given: tuple[int | None, ...]) -> Assessment:
        result = self._judge(given)
        criteria = {name: self.criterion_status(name, self.plain_masks(given)) for name in self.criteria}
        if result.status is Status.CONTRADICTION:
            found = reasons.conflicts(self.reader, self.plain_masks(given), self.table)
            return Assessment(self.rules, result, criteria, conflicts=found)
        masks = self.assumed_masks(given)
        why = reasons.find(self, given, masks)
        used = why[0].assumed if why and result.status is Status.DECIDED else ()
        return Assessment(
            self.rules,
            result,
            criteria,
            assumptions=used,
            reasons=why,
            changes=changes.find(self, given, masks) if result.status is Status.DECIDED else (),
            questions=self._asked(given),
        )

    def with_usual(self, answers: Answers) -> dict[str, Answer]:
        """The answers, with for every fact that nobody spoke of how it mostly is. Only for a provisional result."""
        usual = {
            axis.fact.id: axis.values(mask)
            for axis, mask in zip(self.table.axes, self.table.usual, strict=True)
            if mask != axis.full and axis.fact.kind is Kind.CHOICE
        }
        return {**usual, **answers}

    def usual_values(self, fact: str) -> frozenset[str]:
        """The values of a choice that are assumed while nobody says anything."""
        place = self.table.places[fact]
        return self.table.axes[place].values(self.table.assumptions[place])

    def line(self, answers: Answers, verdict: str | None) -> VerdictLine | None:
        """The verdict line behind a verdict: the first that certainly gives it, else the first that may."""
        return next(iter(self.lines_behind(answers, verdict)), None)

    def lines_behind(self, answers: Answers, verdict: str | None) -> tuple[VerdictLine, ...]:
        """The lines of a verdict that are not ruled out, those that certainly apply first."""
        masks = self.assumed_masks(self.given(answers))
        criteria = {name: self.criterion_status(name, masks) for name in self.criteria}
        known = self.lines.tested(masks) | self.lines.settled(criteria)
        lines = [(place, line) for place, line in enumerate(self.rules.lines) if line.id == verdict]
        applies = [(self.lines.applies(place, known), line) for place, line in lines]
        certain = tuple(line for holds, line in applies if holds)
        return (*certain, *(line for holds, line in applies if holds is None))

    def facts_of(self, criterion: str) -> tuple[str, ...]:
        """The facts that a criterion asks for."""
        return tuple(axis.fact.id for axis in self.criteria[criterion].axes)

    def names_in(self, condition: Condition) -> tuple[str, ...]:
        """The criteria that a condition names, in the order of the text."""
        return names_in(condition)

    def described(self, fact: str, c: int) -> str:
        """A class of an axis in the words of a condition, for authors: `payment in [none, expenses]`."""
        axis = self.table.axes[self.table.places[fact]]
        if axis.fact.kind is Kind.NUMBER:
            return f"{fact} {' of '.join(str(part) for part in axis.regions[c])}"
        if axis.fact.kind is Kind.CHOICE:
            values = sorted(axis.values(1 << c), key=axis.fact.value_ids.index)
            return f"{fact} == {values[0]}" if len(values) == 1 else f"{fact} in [{', '.join(values)}]"
        passed = zip(axis.tests, axis.signatures[c], strict=True)
        tests = [
            ", ".join(sorted(test.accepted)) for test, true in passed if true and isinstance(test.accepted, frozenset)
        ]
        return f"{fact} met iets uit [{'] en ['.join(tests)}]" if tests else f"{fact} zonder iets dat meetelt"

    def criterion_status(self, name: str, masks: Sequence[int]) -> bool | None:
        """Whether a criterion holds (True), fails (False) or is open (None) for these masks of the big table."""
        places, reader = self._statuses[name]
        return _STATUS[reader.one([masks[place] for place in places])]

    def _status_reader(self, own: ConditionTable) -> tuple[tuple[int, ...], Reader]:
        """A criterion's own table over the classes of the big table, ready to be read; and where its axes are there."""
        places = tuple(self.table.places[axis.fact.id] for axis in own.axes)
        axes = tuple(self.table.axes[place] for place in places)
        cells = own.cells
        for place, (axis, big) in enumerate(zip(own.axes, axes, strict=True)):
            shared = [big.tests.index(test) for test in axis.tests]
            classes = [axis.signatures.index(tuple(signature[n] for n in shared)) for signature in big.signatures]
            cells = cells.take(classes, axis=place)
        full = tuple(axis.full for axis in axes)
        bits = np.where(cells, np.uint16(1), np.uint16(2))
        return places, Reader(VerdictTable(axes, ("met", "not_met"), bits, full, full))


_STATUS = {1: True, 2: False, 3: None}
