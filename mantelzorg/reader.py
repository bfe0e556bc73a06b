"""The reader: a verdict table read one fact at a time, equal remaining sub-tables sharing a state.

Its one primitive is `possible(rows) -> verdict bits`, exact for unknown and imprecise answers, since the slot of
an axis is any set of its classes. Method: subset construction (Rabin & Scott 1959) on a multi-valued decision
diagram (Srinivasan et al. 1990; Bryant 1986).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mantelzorg.verdict_table import Bits, VerdictTable

MOST_STATES = 200_000
Masks = npt.NDArray[np.int64]


class ReaderTooLargeError(ValueError):
    """A table whose sub-tables are too different from each other."""


class Reader:
    """Reads verdict bits for masks of classes.

    `steps[i][state, mask]` is the next state after axis i; after the last axis `bits[state]` are the verdicts
    that are still possible. Raises ReaderTooLargeError.
    """

    def __init__(self, table: VerdictTable) -> None:
        self.sizes = tuple(axis.size for axis in table.axes)
        self.steps: list[npt.NDArray[np.int32]] = []
        level = table.cells.reshape(1, -1)
        for size in self.sizes:
            step, level = _step(level, size)
            self.steps.append(step)
        self.bits: Bits = level.reshape(-1)
        self._rows: list[list[list[int]]] = [_lists(step) for step in self.steps]
        self._bits: list[int] = self.bits.tolist()

    @property
    def states(self) -> int:
        return sum(len(step) for step in self._rows) + len(self._bits)

    def possible(self, rows: Masks) -> Bits:
        """Verdict bits per row; `rows` has shape (rows, axes), each entry a mask of classes."""
        states = np.zeros(rows.shape[0], dtype=np.int32)
        for place, step in enumerate(self.steps):
            states = step[states, rows[:, place]]
        return self.bits[states]

    def one(self, masks: Sequence[int]) -> int:
        """Verdict bits of a single row."""
        state = 0
        for row, mask in zip(self._rows, masks, strict=True):
            state = row[state][mask]
        return self._bits[state]

    def subsets(self, masks: Sequence[int], forgettable: Sequence[int]) -> Bits:
        """Verdict bits for every way to forget some answers.

        The result has one axis of length 2 per place in `forgettable` (ascending): 0 keeps the mask, 1 forgets it.
        """
        states = np.zeros((), dtype=np.int32)
        for place, step in enumerate(self.steps):
            kept = step[states, masks[place]]
            if place in forgettable:
                forgotten = step[states, (1 << self.sizes[place]) - 1]
                states = np.stack([kept, forgotten], axis=-1)
            else:
                states = kept
        return np.asarray(self.bits[states])


def _step(level: Bits, size: int) -> tuple[npt.NDArray[np.int32], Bits]:
    """All transitions of one axis: for each state and set of classes the union of the sub-tables, numbered."""
    states = level.shape[0]
    parts = level.reshape(states, size, -1)
    step = np.zeros((states, 1 << size), dtype=np.int32)
    numbers: dict[bytes, int] = {}
    kept: list[Bits] = []
    for state in range(states):
        ahead: list[Bits] = [np.zeros_like(parts[state, 0])]
        for mask in range(1 << size):
            if mask:
                lowest = (mask & -mask).bit_length() - 1
                ahead.append(ahead[mask & (mask - 1)] | parts[state, lowest])
            key = ahead[mask].tobytes()
            number = numbers.setdefault(key, len(kept))
            if number == len(kept):
                kept.append(ahead[mask])
            step[state, mask] = number
        if len(kept) > MOST_STATES:
            raise ReaderTooLargeError(f"meer dan {MOST_STATES} toestanden")
    return step, np.stack(kept)


def _lists(step: npt.NDArray[np.int32]) -> list[list[int]]:
    """The same transitions as lists: five times faster for one row at a time."""
    rows: list[list[int]] = step.tolist()
    return rows
