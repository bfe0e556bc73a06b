"""What a new version does to real rows: how many change, from what to what, without pointing at anybody.

A file is read as `screen` reads it, and each row is judged by both versions, each with its own facts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from mantelzorg.assessment import Judge
from mantelzorg.bulk.answers import FactColumn, Ids
from mantelzorg.bulk.cells import CellReader
from mantelzorg.bulk.codes import Column, code, code_type, from_columns
from mantelzorg.bulk.columns import doubles, recognise
from mantelzorg.bulk.judging import bulk_reader, names, numbers
from mantelzorg.bulk.opening import open_source
from mantelzorg.bulk.row_errors import RowErrors
from mantelzorg.bulk.screening import Wish
from mantelzorg.bulk.tables import Chunk, Source, refusal
from mantelzorg.comparison.small_counts import Protected, protect
from mantelzorg.rules import RuleSet
from mantelzorg.verdict_table import Axis

Step = tuple[str, str]
"""The result by the old version and by the new one: a verdict's id, `open` or `contradiction`."""
SAME: Step = ("", "")
"""Stands for all rows that keep their result."""


@dataclass(frozen=True)
class OnData:
    """`rows` in the file, of which `unreadable` could not be judged by both; the others are in `moves`, exactly.

    Only what `protected` gives may be printed.
    """

    old: RuleSet
    new: RuleSet
    rows: int
    unreadable: int
    moves: Counter[Step]

    @property
    def judged(self) -> int:
        return self.rows - self.unreadable

    def protected(self) -> Protected[Step] | None:
        """The moves that may be shown, with all rows that do not change as one; None where there are too few rows."""
        changed = {step: count for step, count in self.moves.items() if step[0] != step[1]}
        return protect({**changed, SAME: self.judged - sum(changed.values())})


def on_data(old: RuleSet, new: RuleSet, path: Path) -> OnData:
    """Judge every row of a file by two versions. Raises ContentError when the file cannot be read."""
    facts = {fact.id: fact for rules in (old, new) for fact in rules.facts}
    # Opening asks for a target too; nothing is written.
    source = open_source(Wish(path, path.with_suffix(".csv"), ()), facts)
    with closing(source):
        sides = tuple(_Side(Judge(rules), source, path) for rules in (old, new))
        moves: Counter[Step] = Counter()
        rows = unreadable = 0
        for chunk in source.chunks():
            (before, bad_before), (after, bad_after) = (side.results(chunk) for side in sides)
            bad = bad_before | bad_after
            rows, unreadable = rows + len(chunk), unreadable + int(bad.sum())
            moves.update(_steps(sides, before[~bad], after[~bad]))
    if not rows:
        raise refusal(str(path), "no-rows", "Onder de namen van de kolommen staan geen rijen.")
    return OnData(old, new, rows, unreadable, moves)


def _steps(sides: Sequence[_Side], before: npt.NDArray[np.int8], after: npt.NDArray[np.int8]) -> Counter[Step]:
    olds, news = (side.names for side in sides)
    pairs = before.astype(np.int64) * len(news) + after
    found = np.bincount(pairs, minlength=1)
    return Counter(
        {(olds[pair // len(news)], news[pair % len(news)]): int(found[pair]) for pair in np.flatnonzero(found).tolist()}
    )


class _Side:
    """One version, with the columns of the file as it understands them."""

    def __init__(self, judge: Judge, source: Source, path: Path) -> None:
        self.judge, self.names = judge, names(judge)
        self.headings = [heading for heading in recognise(source.names, judge.rules.facts) if heading.fact]
        for one, other in doubles(self.headings):
            what = f"Kolom {one.place + 1} en kolom {other.place + 1} zijn hetzelfde feit."
            raise refusal(str(path), "double-column", what, "Laat een van beide weg.")
        if not self.headings:
            what = f"Geen enkele kolom is een feit van {judge.rules.id}."
            known = ", ".join(axis.fact.id for axis in judge.table.axes)
            raise refusal(str(path), "header", what, f"Mogelijke namen: {known}.")
        self.columns = {
            heading.fact.id: FactColumn(CellReader(heading.fact, heading.by_id), source.text)
            for heading in self.headings
            if heading.fact
        }
        self.errors = RowErrors(source, self.headings, self.columns, "nl")

    def results(self, chunk: Chunk) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.bool_]]:
        """Per row the number of its result, and whether it cannot be read."""
        for column in self.columns.values():
            column.forget()
        ids = {
            heading.fact.id: self.columns[heading.fact.id].read(chunk.cells[heading.place])
            for heading in self.headings
            if heading.fact
        }
        wrong = np.array([bool(text) for text in self.errors.told(chunk, ids)], np.bool_)
        axes = {axis.fact.id: axis for axis in self.judge.table.axes}
        known = {name: self._column(axes[name], own) for name, own in ids.items() if name in axes}
        bits = bulk_reader(self.judge).possible(from_columns(known, self.judge, len(chunk)))
        return numbers(len(self.judge.table.verdicts)).take(bits), wrong

    def _column(self, axis: Axis, ids: Ids) -> Column:
        """The codes of one fact, from the numbers of its answers."""
        answers = self.columns[axis.fact.id].answers
        known: Column = np.array([code(axis, answer) for answer in answers], code_type(axis))
        return known.take(ids)
