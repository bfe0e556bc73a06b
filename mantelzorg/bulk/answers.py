"""Columns of cells as numbered answers: every distinct cell is read once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from mantelzorg.bulk.cells import CellError, CellReader
from mantelzorg.bulk.output import defused
from mantelzorg.bulk.tables import Formatted
from mantelzorg.facts import Answer

Ids = npt.NDArray[np.int32]


class _Numbers(dict[Any, int]):
    """Gives a cell that was not seen before the next number."""

    def __init__(self, column: FactColumn) -> None:
        super().__init__()
        self._column = column

    def __missing__(self, cell: Any) -> int:
        self[cell] = number = self._column.add(cell)
        return number


class FactColumn:
    """The cells of one fact so far. `answers[n]` is the answer of number n; `errors` holds those that are none."""

    def __init__(self, reader: CellReader, text: bool) -> None:
        self.reader, self._text = reader, text
        self.forget()

    def forget(self) -> None:
        """Number anew, so that memory does not grow with the file."""
        self._numbers = _Numbers(self)
        self.answers: list[Answer | None] = []
        self.errors: dict[int, CellError] = {}
        self.harmless = True
        """Whether no cell so far could be taken for a formula."""

    def read(self, cells: Sequence[Any]) -> Ids:
        """The number of every cell."""
        keys = cells if self._text else list(map(_key, cells))
        return np.fromiter(map(self._numbers.__getitem__, keys), np.int32, len(cells))

    def add(self, key: Any) -> int:
        """Read a cell that was not seen before, and number it."""
        number = len(self.answers)
        self.harmless = self.harmless and not (isinstance(key, str) and defused(key) != key)
        try:
            self.answers.append(self.reader.read(key[1] if isinstance(key, tuple) else key))
        except CellError as error:
            self.answers.append(None)
            self.errors[number] = error
        return number


def _key(cell: Any) -> Any:
    """Text is its own key; of what is not, the type counts, since True == 1."""
    if isinstance(cell, str):
        return cell
    plain = cell.value if isinstance(cell, Formatted) else cell
    return type(plain), tuple(plain) if isinstance(plain, list) else plain
