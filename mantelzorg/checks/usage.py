"""What uses a fact, and whether its answers are told apart anywhere: in rules, in support, in documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from mantelzorg.assessment import Judge
from mantelzorg.conditions import facts_of
from mantelzorg.facts import Answer
from mantelzorg.questionnaire import Questionnaire
from mantelzorg.support import Support
from mantelzorg.verdict_table import Axis, ConditionTable


def needed(judge: Judge) -> tuple[str, ...]:
    """The facts that the criteria and verdict lines of a rule set ask for; those of impossible lines alone are not."""
    rules = judge.rules
    conditions = [*(own.condition for own in rules.criteria), *(line.condition for line in rules.lines)]
    return tuple(dict.fromkeys(fact for condition in conditions for fact in facts_of(condition)))


def tables(support: Support) -> Iterator[tuple[str, ConditionTable]]:
    """Every condition of support: signals, urgency and offers, with a name for it."""
    yield from ((f"het signaal '{signal.id}'", signal.table) for signal in support.signals)
    yield from ((f"de urgentie '{line.id}'", line.table) for line in support.urgencies if line.table)
    yield from ((f"het aanbod '{offer.id}'", offer.table) for offer in support.offers if offer.table)


def told(form: Questionnaire) -> set[str]:
    """The facts that the documents of a questionnaire repeat, so that every answer to them is read by somebody."""
    own = form.documents
    lines = (*own.situation, *own.note)
    return {own.who, *own.told, *(fact for line in lines for fact in line.facts)}


Cells = npt.NDArray[np.uint16] | npt.NDArray[np.bool_]


class Uses:
    """The tables in which a fact is an axis."""

    def __init__(self, judges: Iterable[Judge], support: Support | None) -> None:
        own: list[tuple[tuple[Axis, ...], Cells]] = [(judge.table.axes, judge.table.cells) for judge in judges]
        own += [(table.axes, table.cells) for _, table in (tables(support) if support else ())]
        self._of: dict[str, list[tuple[Axis, int, Cells]]] = {}
        for axes, cells in own:
            for place, axis in enumerate(axes):
                self._of.setdefault(axis.fact.id, []).append((axis, place, cells))

    def __contains__(self, fact: str) -> bool:
        return fact in self._of

    def same(self, fact: str, one: Answer, other: Answer) -> bool:
        """Whether no table ever tells two answers apart, whatever else is answered."""
        return all(_same(axis, place, cells, one, other) for axis, place, cells in self._of.get(fact, ()))

    def tested(self, fact: str, value: str) -> bool:
        """For a multiple choice: whether any test asks for this value."""
        tests = (test for axis, _, _ in self._of.get(fact, ()) for test in axis.tests)
        return any(isinstance(test.accepted, frozenset) and value in test.accepted for test in tests)


def _same(axis: Axis, place: int, cells: Cells, one: Answer, other: Answer) -> bool:
    masks = axis.mask(one), axis.mask(other)
    if masks[0] == masks[1]:
        return True
    some, others = (_possible(cells, place, mask, axis.size) for mask in masks)
    return all(np.array_equal(a, b) for a, b in zip(some, others, strict=True))


def _possible(cells: Cells, place: int, mask: int, size: int) -> tuple[Cells, Cells]:
    """What an answer leaves possible: the union of verdict bits, and for a condition what is true and what is false."""
    left = cells.take([c for c in range(size) if mask >> c & 1], axis=place)
    if left.dtype == np.bool_:
        return np.any(left, axis=place), np.all(left, axis=place)
    union = np.bitwise_or.reduce(left, axis=place)
    return union, union
