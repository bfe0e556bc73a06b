"""The same random situations in the forms that engines want: codes, text, columns of whole numbers, dictionaries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from mantelzorg.assessment import Judge
from mantelzorg.bulk.codes import SAID_NOTHING, Codes, code_type
from mantelzorg.facts import Answer, Answers, Fact, Interval, Kind
from mantelzorg.verdict_table import Axis

UNKNOWN = 0.2
HIGHEST = 120
NOTHING = -1
Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Drawn:
    """One fact of every row: `places` are those of its answer among `answers`, or NOTHING."""

    axis: Axis
    answers: tuple[Answer, ...]
    places: Array

    @property
    def fact(self) -> Fact:
        return self.axis.fact

    def taken(self, each: list[Any], nothing: Any, kind: Any) -> Array:
        """What `each` says of an answer, per row."""
        return np.array([*each, nothing], dtype=kind).take(self.places, mode="wrap")

    def options(self, option: str) -> tuple[Array, Array]:
        """Whether an option was chosen, and whether anything was."""
        return self.taken([option in answer for answer in self.answers], False, np.bool_), self.places != NOTHING


@dataclass(frozen=True, eq=False)
class Rows:
    """Random rows for one rule set, each class of a fact as likely as any other, and then each of its values."""

    judge: Judge
    facts: tuple[Drawn, ...]
    count: int

    def part(self, count: int) -> Rows:
        """The first of them."""
        cut = tuple(Drawn(own.axis, own.answers, own.places[:count]) for own in self.facts)
        return Rows(self.judge, cut, min(count, self.count))

    @cached_property
    def codes(self) -> Codes:
        """As `judge_codes` wants them."""
        columns = (
            own.taken([own.axis.mask(answer) for answer in own.answers], SAID_NOTHING, code_type(own.axis))
            for own in self.facts
        )
        return Codes(tuple(columns), self.count)

    @cached_property
    def texts(self) -> pd.DataFrame:
        """Labels and whole numbers as text, the way a spreadsheet has them."""
        columns = {}
        for own in self.facts:
            words = pa.array([*(label(own.fact, answer) for answer in own.answers), None], pa.large_string())
            places = pa.array(np.where(own.places == NOTHING, len(own.answers), own.places))
            columns[own.fact.id] = pd.Series(words.take(places).to_pandas().astype("str"))
        return pd.DataFrame(columns)

    @cached_property
    def numbers(self) -> dict[str, Array]:
        """Per fact int16: the number, the place of the option, or a bit per option; NOTHING where nothing was said."""
        return {
            own.fact.id: own.taken([whole(own.fact, a) for a in own.answers], NOTHING, np.int16) for own in self.facts
        }

    @cached_property
    def arrow(self) -> pa.Table:
        """The columns of `sql.columns`."""
        columns: dict[str, Any] = {}
        for own in self.facts:
            unsaid = own.places == NOTHING
            if own.fact.kind is Kind.MULTIPLE:
                for option in own.fact.value_ids:
                    columns[f"{own.fact.id}__{option}"] = pa.array(own.options(option)[0], mask=unsaid)
            elif own.fact.kind is Kind.NUMBER:
                columns[own.fact.id] = pa.array(self.numbers[own.fact.id].astype(np.float64), mask=unsaid)
            else:
                places = pa.array(self.numbers[own.fact.id].astype(np.int32), mask=unsaid)
                columns[own.fact.id] = pa.DictionaryArray.from_arrays(places, list(own.fact.value_ids)).cast(
                    pa.string()
                )
        return pa.table(columns)

    def answers(self) -> Iterator[Answers]:
        """One row after the other, as `Judge.judge` wants it."""
        for row in range(self.count):
            yield {own.fact.id: own.answers[own.places[row]] for own in self.facts if own.places[row] != NOTHING}


def draw(judge: Judge, count: int, unknown: float, seed: int = 1) -> Rows:
    """So many rows; about nothing was said with the chance `unknown`, for each answer apart."""
    random = np.random.default_rng(seed)
    facts = []
    for axis in judge.table.axes:
        answers = tuple(possible_answers(axis.fact))
        classes = [axis.mask(answer).bit_length() - 1 for answer in answers]
        sizes = np.bincount(classes, minlength=axis.size)
        starts = np.concatenate([[0], np.cumsum(sizes)])
        drawn = random.integers(0, axis.size, count)
        ordered = np.argsort(classes, kind="stable").astype(np.int16)
        places = ordered[starts[drawn] + (random.random(count, np.float32) * sizes[drawn]).astype(np.int64)]
        places[random.random(count, np.float32) < unknown] = NOTHING
        facts.append(Drawn(axis, answers, places))
    return Rows(judge, tuple(facts), count)


def possible_answers(fact: Fact) -> Iterator[Answer]:
    """Every option, the pairs and some larger sets of a multiple choice, whole numbers up to a limit."""
    if fact.kind is Kind.NUMBER:
        low, high = int(fact.low), int(min(fact.high, HIGHEST))
        yield from (Interval(float(number), float(number)) for number in range(low, high + 1))
        return
    yield from (frozenset({option}) for option in fact.value_ids)
    if fact.kind is Kind.MULTIPLE:
        several = [option for option in fact.value_ids if option != fact.alone]
        yield from (frozenset({a, b}) for place, a in enumerate(several) for b in several[:place])
        yield from (frozenset(several[:many]) for many in range(3, len(several) + 1))


def label(fact: Fact, answer: Answer) -> str:
    """An answer as a person writes it."""
    if isinstance(answer, Interval):
        return f"{answer.low:.0f}"
    assert isinstance(answer, frozenset)
    return " | ".join(value.label["nl"] for value in fact.values if value.id in answer)


def whole(fact: Fact, answer: Answer) -> int:
    """An answer as one whole number."""
    if isinstance(answer, Interval):
        return int(answer.low)
    assert isinstance(answer, frozenset)
    places = [fact.value_ids.index(option) for option in answer]
    return sum(1 << place for place in places) if fact.kind is Kind.MULTIPLE else places[0]
