"""For many rows at once: which unanswered facts can still change the result. Exactly those of `questions.find`.

For every axis there is a reader of differences: its cells say which two classes of the axis differ there, so that
reading a row over all other axes says which classes differ anywhere in what the row leaves possible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import combinations

import numpy as np
import numpy.typing as npt

from mantelzorg import questions
from mantelzorg.assessment import Judge
from mantelzorg.bulk.codes import SAID_NOTHING, Codes
from mantelzorg.bulk.fused import BulkReader, FusedReader
from mantelzorg.bulk.judging import bulk_reader
from mantelzorg.reader import Reader
from mantelzorg.verdict_table import Bits, VerdictTable

MOST_CLASSES = 10
"""Pairs of classes and classes of one axis fit in 64 bits up to here; rows of wider rules are done one by one."""
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class _Differences:
    """For one axis: per row the pairs of its classes that differ, and per code of the axis the pairs within it."""

    assuming: FusedReader
    plain: FusedReader
    within: npt.NDArray[np.uint64]


@lru_cache(maxsize=16)
def relevance(judge: Judge) -> Relevance:
    """The relevance of one rule set's questions, made once."""
    return Relevance(judge, bulk_reader(judge))


class Relevance:
    """The relevant questions of open rows under one rule set. Building it takes less than a second."""

    def __init__(self, judge: Judge, reader: BulkReader) -> None:
        self.judge, self.reader = judge, reader
        self.wide = any(axis.size > MOST_CLASSES for axis in judge.table.axes)
        self.differences = [] if self.wide else [_differences(judge, place) for place in range(len(judge.table.axes))]
        self.assumptions = judge.table.assumptions != judge.table.full
        self.gaps = bool((judge.table.cells == 0).any())

    def questions(self, codes: Codes, bits: Bits) -> Flags:
        """Shape (axes, rows): whether the fact is a relevant open question. Every row must be open."""
        found = np.zeros((len(codes.columns), len(codes)), np.bool_)
        if self.wide:
            return self._one_by_one(codes)
        lifted = self.reader.assuming.possible(codes) == 0
        for rows, assuming in ((np.flatnonzero(~lifted), True), (np.flatnonzero(lifted), False)):
            if len(rows):
                found[:, rows] = self._varying(codes.of(rows), assuming)
        if self.gaps and self.assumptions:
            for place in range(len(codes.columns)):
                rows = np.flatnonzero(~found[place] & _is_open(codes, place))
                found[place, rows] = self._differs_after(codes.of(rows), bits[rows], place)
        return found

    def _one_by_one(self, codes: Codes) -> Flags:
        asked = lru_cache(maxsize=None)(partial(questions.find, self.judge))
        found = np.zeros((len(codes.columns), len(codes)), np.bool_)
        for row, given in enumerate(zip(*(column.tolist() for column in codes.columns), strict=True)):
            for question in asked(tuple(mask or None for mask in given)):
                found[self.judge.table.places[question.fact], row] = question.relevant
        return found

    def _varying(self, codes: Codes, assuming: bool) -> Flags:
        """Whether what the row leaves possible varies along each axis, with the axis's own assumption lifted."""
        found = np.zeros((len(codes.columns), len(codes)), np.bool_)
        for place, own in enumerate(self.differences):
            others = Codes(tuple(column for other, column in enumerate(codes.columns) if other != place), len(codes))
            reader = own.assuming if assuming else own.plain
            found[place] = reader.possible(others) & own.within[codes.columns[place]] != 0
        return found & np.stack([_is_open(codes, place) for place in range(len(codes.columns))])

    def _differs_after(self, codes: Codes, bits: Bits, place: int) -> Flags:
        """Whether some precise answer gives another result: one that an assumption does not go with."""
        found = np.zeros(len(codes), np.bool_)
        own = codes.columns[place]
        for c in range(self.judge.table.axes[place].size):
            answered = [*codes.columns]
            answered[place] = np.full_like(own, 1 << c)
            after = self.reader.possible(Codes(tuple(answered), len(codes)))
            can = (own == SAID_NOTHING) | (own >> own.dtype.type(c) & own.dtype.type(1) == 1)
            found |= can & (after != 0) & (after != bits)
        return found


def _is_open(codes: Codes, place: int) -> Flags:
    """Whether the answer is absent or leaves several classes."""
    own = codes.columns[place]
    return np.equal(own, SAID_NOTHING) | np.not_equal(own & (own - own.dtype.type(1)), 0)


def _differences(judge: Judge, place: int) -> _Differences:
    table, size = judge.table, judge.table.axes[place].size
    pairs = list(combinations(range(size), 2))
    cells = np.moveaxis(table.cells, place, 0)
    marks = np.zeros(cells.shape[1:], np.uint64)
    for n, (one, other) in enumerate(pairs):
        marks |= (cells[one] != cells[other]).astype(np.uint64) << np.uint64(n)
    for c in range(size):
        marks |= (cells[c] != 0).astype(np.uint64) << np.uint64(len(pairs) + c)
    others = [other for other in range(len(table.axes)) if other != place]
    axes = tuple(table.axes[other] for other in others)
    reader = Reader(VerdictTable(axes, (), marks, (), ()))  # type: ignore[arg-type]
    reader.bits = _both_possible(np.asarray(reader.bits, np.uint64), pairs)  # type: ignore[assignment]
    assumed = [table.assumptions[other] for other in others]
    full = [table.full[other] for other in others]
    return _Differences(FusedReader(reader, assumed), FusedReader(reader, full), _within(pairs, size))


def _both_possible(marks: npt.NDArray[np.uint64], pairs: Sequence[tuple[int, int]]) -> npt.NDArray[np.uint64]:
    """The pairs that differ and of which both classes are possible at all."""
    found = np.zeros_like(marks)
    for n, (one, other) in enumerate(pairs):
        both = marks >> np.uint64(n) & marks >> np.uint64(len(pairs) + one) & marks >> np.uint64(len(pairs) + other)
        found |= (both & np.uint64(1)) << np.uint64(n)
    return found


def _within(pairs: Sequence[tuple[int, int]], size: int) -> npt.NDArray[np.uint64]:
    """Per code of an axis the pairs of classes that it leaves open; what was not said leaves them all."""
    codes = np.arange(1 << size, dtype=np.uint64)
    codes[SAID_NOTHING] = (1 << size) - 1
    found = np.zeros_like(codes)
    for n, (one, other) in enumerate(pairs):
        found |= (codes >> np.uint64(one) & codes >> np.uint64(other) & np.uint64(1)) << np.uint64(n)
    return found
