"""Answers as small whole numbers: per fact of a rule set one column of codes.

A code is 0 where nothing was said, and else the set of classes that the answer leaves possible, bit c for class c
of the fact's axis (see `verdict_table.Axis.mask`). Precise, imprecise and unknown answers are all codes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from mantelzorg.assessment import Judge
from mantelzorg.bulk.cells import CellError, CellReader
from mantelzorg.bulk.columns import doubles, recognise
from mantelzorg.facts import Answer
from mantelzorg.verdict_table import Axis

SAID_NOTHING = 0
Column = npt.NDArray[np.unsignedinteger[Any]]


class FrameError(ValueError):
    """A data frame that cannot be judged. The message names columns and row numbers (from 0), never a value."""


@dataclass(frozen=True)
class Codes:
    """One column per axis of the rule set, in the order of `judge.table.axes`, all of one length.

    A column is uint8, or uint16 for an axis of more than 8 classes: about 16 bytes a row for a rule set of 15 facts.
    """

    columns: tuple[Column, ...]
    rows: int

    def __len__(self) -> int:
        return self.rows

    def check(self, judge: Judge) -> None:
        """Raises ValueError when these are not codes of this rule set."""
        axes = judge.table.axes
        if len(self.columns) != len(axes):
            raise ValueError(f"{len(self.columns)} columns for {len(axes)} axes")
        for column, axis in zip(self.columns, axes, strict=True):
            if len(column) != len(self) or column.dtype != code_type(axis):
                raise ValueError(f"{axis.fact.id}: {len(column)} codes of {column.dtype}")
            if len(column) and column.max() > axis.full:
                raise ValueError(f"{axis.fact.id}: a code over {axis.full}")

    def part(self, start: int, stop: int) -> Codes:
        """These rows, without copying them."""
        places = range(self.rows)[start:stop]
        return Codes(tuple(column[start:stop] for column in self.columns), len(places))

    def of(self, rows: npt.NDArray[np.intp]) -> Codes:
        """Only these rows, copied."""
        return Codes(tuple(column[rows] for column in self.columns), len(rows))


def code_type(axis: Axis) -> type[np.uint8] | type[np.uint16]:
    """The smallest type that holds every set of classes of an axis."""
    return np.uint8 if axis.size <= 8 else np.uint16


def code(axis: Axis, answer: Answer | None) -> int:
    """The code of one answer; None is an absent one."""
    return SAID_NOTHING if answer is None else axis.mask(answer)


def encode(frame: pd.DataFrame, judge: Judge) -> Codes:
    """The codes of a data frame whose columns are facts, by id or label; other columns are left alone.

    Cells are as in `cells.CellReader`: text, numbers, several values, None or NaN where nothing was said. A fact
    without a column was said nothing about. Every distinct value is read once, so time goes into finding the
    distinct values: about 20 ns a cell for text, 5 ns for categories. Memory: the codes, and 8 bytes a row.
    Raises FrameError with every column that has a cell which is no answer.
    """
    headings = recognise([str(name) for name in frame.columns], judge.rules.facts)
    for one, other in doubles(heading for heading in headings if heading.fact):
        raise FrameError(f"kolommen {one.name!r} en {other.name!r} zijn hetzelfde feit. Laat er één weg.")
    columns: dict[str, Column] = {}
    wrong: list[str] = []
    axes = {axis.fact.id: axis for axis in judge.table.axes}
    for heading in headings:
        if heading.fact and heading.fact.id in axes:
            reader = CellReader(heading.fact, heading.by_id)
            try:
                columns[heading.fact.id] = encode_column(frame.iloc[:, heading.place], reader, axes[heading.fact.id])
            except CellError as error:
                wrong.append(f"kolom {heading.name!r}, rij {error.values['row']}: {error.key}")
    if wrong:
        raise FrameError("; ".join(wrong))
    return from_columns(columns, judge, len(frame))


def from_columns(columns: Mapping[str, Column], judge: Judge, rows: int) -> Codes:
    """Codes in the order of the axes; facts that are not among `columns` were said nothing about."""
    return Codes(
        tuple(
            columns[axis.fact.id] if axis.fact.id in columns else np.zeros(rows, code_type(axis))
            for axis in judge.table.axes
        ),
        rows,
    )


def encode_column(cells: pd.Series[Any], reader: CellReader, axis: Axis) -> Column:
    """The codes of one column. Raises CellError, with the first row concerned as its value `row`."""
    places, distinct = _distinct(cells)
    found: Column = np.zeros(len(distinct) + 1, code_type(axis))  # the last one, place -1, is for cells without a value
    for place, cell in enumerate(distinct):
        try:
            found[place] = code(axis, reader.read(cell))
        except CellError as error:
            error.values["row"] = int(np.argmax(places == place))
            raise
    return found.take(places)


def _distinct(cells: pd.Series[Any]) -> tuple[npt.NDArray[np.intp], list[object]]:
    """Per row the place of its value among the distinct ones, or -1 where there is none."""
    try:
        places, values = pd.factorize(cells)
    except TypeError:  # sets and lists have no hash
        return _by_key(cells, repr)
    if cells.dtype == object and any(not isinstance(value, str) for value in values):
        return _by_key(cells, lambda cell: (type(cell), cell if cell.__hash__ else repr(cell)))  # since True == 1
    return places, list(values)


def _by_key(cells: pd.Series[Any], key: Callable[[Any], object]) -> tuple[npt.NDArray[np.intp], list[object]]:
    numbers: dict[object, int] = {}
    values: list[object] = []
    places = np.empty(len(cells), np.intp)
    for row, cell in enumerate(cells):
        places[row] = number = numbers.setdefault(key(cell), len(values))
        if number == len(values):
            values.append(cell)
    return places, values
