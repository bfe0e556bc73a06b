"""A reader for whole columns: the steps of neighbouring axes joined, so that a row takes fewer of them.

A step is one addition and one `take`: tables hold the next state multiplied by the number of codes of the next
step. Tables are kept small enough for the processor's nearest memory, and rows are read in parts of a like size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mantelzorg.assessment import Judge
from mantelzorg.bulk.codes import SAID_NOTHING, Codes
from mantelzorg.reader import Reader
from mantelzorg.verdict_table import Bits, VerdictTable

MOST_ENTRIES = 1 << 16
MOST_BITS = 16
ROWS_AT_ONCE = 1 << 15
Table = npt.NDArray[Any]


@dataclass(frozen=True)
class Step:
    """Axes `first` up to `last` read at once: `table[state + codes]`, where the codes of the axes stand side by side,
    `widths[n]` bits for the n-th. The state has been multiplied by their number, and the entry by that of the next."""

    first: int
    last: int
    widths: tuple[int, ...]
    table: Table

    @property
    def bits(self) -> int:
        return sum(self.widths)


class FusedReader:
    """The verdict bits of many rows at once. `unsaid[place]` is the set of classes that the code 0 stands for."""

    def __init__(self, reader: Reader, unsaid: Sequence[int]) -> None:
        self.steps = _scaled(_fused(_with_unsaid(reader, unsaid)), reader.bits)
        self._type = reader.bits.dtype
        self._start: npt.NDArray[Any] = np.zeros(1, np.intp) if self.steps else reader.bits[:1]

    def possible(self, codes: Codes) -> Bits:
        """The bits of the verdicts that are possible, per row. Memory beyond the result: a few hundred kB."""
        found = np.empty(len(codes), self._type)
        for start in range(0, len(codes), ROWS_AT_ONCE):
            stop = min(start + ROWS_AT_ONCE, len(codes))
            found[start:stop] = self._part(codes, start, stop)
        return found

    def _part(self, codes: Codes, start: int, stop: int) -> npt.NDArray[Any]:
        states, places = self._start, np.empty(stop - start, np.intp)
        for step in self.steps:
            np.add(states, _beside(codes, step, start, stop), out=places)
            states = step.table.take(places, mode="clip")  # every place exists; "clip" only spares a check
        return states


def _beside(codes: Codes, step: Step, start: int, stop: int) -> npt.NDArray[Any]:
    """The codes of the axes of one step in one number per row."""
    key: npt.NDArray[Any] = codes.columns[step.first][start:stop]
    if len(step.widths) > 1 and step.bits > 8:
        key = key.astype(np.uint16)
    for place, width in zip(range(step.first + 1, step.last), step.widths[1:], strict=True):
        key = (key << key.dtype.type(width)) | codes.columns[place][start:stop]
    return key


def _with_unsaid(reader: Reader, unsaid: Sequence[int]) -> list[Table]:
    tables = []
    for step, classes in zip(reader.steps, unsaid, strict=True):
        table = step.copy()
        table[:, SAID_NOTHING] = step[:, classes]
        tables.append(table)
    return tables


def _fused(tables: Sequence[Table]) -> list[Step]:
    """Join neighbours while the table of their states and codes stays small."""
    steps: list[Step] = []
    for place, table in enumerate(tables):
        width = table.shape[1].bit_length() - 1
        last = steps[-1] if steps else None
        entries = last.table.shape[0] << (last.bits + width) if last else 0
        if last and entries <= MOST_ENTRIES and last.bits + width <= MOST_BITS:
            joined = table[last.table].reshape(last.table.shape[0], -1)
            steps[-1] = Step(last.first, place + 1, (*last.widths, width), joined)
        else:
            steps.append(Step(place, place + 1, (width,), table))
    return steps


def _scaled(steps: Sequence[Step], bits: Bits) -> list[Step]:
    """Entries that are places in the next table, and in the last one the bits; in the smallest type that holds them."""
    scaled = []
    for step, following in zip(steps, [*steps[1:], None], strict=False):
        table = bits[step.table] if following is None else step.table.astype(np.int64) << following.bits
        small = np.min_scalar_type(int(table.max()))
        scaled.append(Step(step.first, step.last, step.widths, np.ascontiguousarray(table.reshape(-1).astype(small))))
    return scaled


class BulkReader:
    """A rule set's possible verdicts for many rows, assumptions included: exactly those of `Judge.judge`.

    `plain` reads without assumptions.
    """

    def __init__(self, judge: Judge) -> None:
        self.assuming = FusedReader(judge.reader, judge.table.assumptions)
        self.plain = FusedReader(judge.reader, judge.table.full)
        self._contestable = _contestable(judge.table)

    def possible(self, codes: Codes) -> Bits:
        """Per row the bits of the verdicts left; 0 for a contradiction.

        Where the assumptions contradict the answers they are given up, as in `Judge.assumed_masks`.
        """
        found = self.assuming.possible(codes)
        if self._contestable:
            none = np.flatnonzero(found == 0)
            if len(none):
                found[none] = self.plain.possible(codes.of(none))
        return found


def _contestable(table: VerdictTable) -> bool:
    """Whether some answers can contradict an assumption: whether what can be depends on a fact that has one."""
    can_be = table.cells != 0
    return any(
        mask != axis.full and bool((can_be != can_be.take([0], axis=place)).any())
        for place, (axis, mask) in enumerate(zip(table.axes, table.assumptions, strict=True))
    )
