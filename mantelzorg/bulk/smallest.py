"""For many rows at once: the smallest part of the answers that already forces the result.

Exactly the first of the reasons that `reasons.find` gives, or the first of the conflicts: fewest assumptions, then
fewest answers, then those of the first axes. An answer without which the result changes is in every reason. Mostly
these suffice, or these and a few more, which are tried in turn; rows that need many more are done one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations

import numpy as np
import numpy.typing as npt

from mantelzorg import reasons
from mantelzorg.assessment import Judge
from mantelzorg.bulk.codes import SAID_NOTHING, Codes
from mantelzorg.bulk.fused import FusedReader
from mantelzorg.verdict_table import Bits

MOST_EXTRA = 4
"""Beyond the answers that cannot be missed, as many are searched for in all rows at once; few rows need more."""
FEW = 50
"""So few rows are done sooner one by one."""
Rows = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
"""Shape (axes, rows)."""


@dataclass(frozen=True)
class Situations:
    """Rows with the classes that hold in each, shape (axes, rows), and which of these were said and not assumed."""

    masks: npt.NDArray[np.uint16]
    said: Flags
    wanted: Bits

    def of(self, rows: Rows) -> Situations:
        return Situations(self.masks[:, rows], self.said[:, rows], self.wanted[rows])


class Smallest:
    """Finds the deciding part of rows under one rule set."""

    def __init__(self, judge: Judge, plain: FusedReader) -> None:
        self.judge, self.plain = judge, plain
        self.full = np.array(judge.table.full, np.uint16)[:, None]
        self.assumable = [
            place for place, mask in enumerate(judge.table.assumptions) if mask != judge.table.full[place]
        ]

    def kept(self, codes: Codes, bits: Bits) -> Flags:
        """Per axis and row whether the answer, or the assumption, is in the deciding part. `bits` are the results."""
        here = self._situations(codes, bits)
        best = np.full(len(codes), np.iinfo(np.int64).max)
        found = np.zeros(here.masks.shape, np.bool_)
        for rows, assumed in self._fewest_assumptions(here):
            kept, solved = self._fewest_answers(here.of(rows), assumed[:, rows])
            rank = _rank(kept, here.said[:, rows])
            better = solved & (rank < best[rows])
            found[:, rows[better]] = kept[:, better]
            best[rows[better]] = rank[better]
            best[rows[~solved]] = -1
        for row in np.flatnonzero(best == -1):
            found[:, row] = self._one(here, int(row))
        return found

    def _situations(self, codes: Codes, bits: Bits) -> Situations:
        """Assumptions hold where nothing was said, unless they contradict what was: then none of them does."""
        given = np.stack([column.astype(np.uint16) for column in codes.columns])
        said = given != SAID_NOTHING
        usual = np.array(self.judge.table.assumptions, np.uint16)[:, None]
        masks = np.where(said, given, usual)
        lifted = self._read(masks) != bits
        return Situations(np.where(lifted & ~said, self.full, masks), said, bits)

    def _read(self, masks: npt.NDArray[np.uint16]) -> Bits:
        columns = (row.astype(step) for row, step in zip(masks, self._types(), strict=True))
        return self.plain.possible(Codes(tuple(columns), masks.shape[1]))

    def _types(self) -> Iterator[type[np.unsignedinteger]]:
        return (np.uint8 if axis.size <= 8 else np.uint16 for axis in self.judge.table.axes)

    def _fewest_assumptions(self, here: Situations) -> Iterator[tuple[Rows, Flags]]:
        """Rows with the assumptions to keep; a row comes again for every way that keeps as few of them."""
        left = np.ones(here.masks.shape[1], np.bool_)
        assumed = ~here.said & (here.masks != self.full)
        for size in range(len(self.assumable) + 1):
            done = np.zeros_like(left)
            for some in combinations(self.assumable, size):
                kept = np.zeros_like(assumed)
                kept[list(some)] = True
                able = left & (assumed | ~kept).all(axis=0)
                rows = np.flatnonzero(able)
                enough = rows[self._enough(here.of(rows), (kept | here.said)[:, rows])]
                done[enough] = True
                if len(enough):
                    yield enough, kept
            left &= ~done

    def _enough(self, here: Situations, kept: Flags) -> Flags:
        return np.equal(self._read(np.where(kept, here.masks, self.full)), here.wanted)

    def _fewest_answers(self, here: Situations, assumed: Flags) -> tuple[Flags, Flags]:
        """What to keep with these assumptions, and for which rows it was found."""
        answers = here.said & (here.masks != self.full)
        needed = assumed.copy()
        for place in range(len(answers)):
            rows = np.flatnonzero(answers[place])
            without = (answers | assumed)[:, rows]
            without[place] = False
            needed[place, rows] = ~self._enough(here.of(rows), without)
        kept, solved = needed.copy(), self._enough(here, needed)
        for size in range(1, MOST_EXTRA + 1):
            rows = np.flatnonzero(~solved)
            if len(rows) <= FEW:
                break
            kept[:, rows], solved[rows] = self._with_more(here.of(rows), needed[:, rows], answers[:, rows], size)
        return kept, solved

    def _with_more(self, here: Situations, needed: Flags, answers: Flags, size: int) -> tuple[Flags, Flags]:
        """As `_fewest_answers`, trying every `size` of the answers beside those that cannot be missed."""
        kept, spare = needed.copy(), answers & ~needed
        left = np.ones(kept.shape[1], np.bool_)
        for more in combinations(np.flatnonzero(spare.any(axis=1)).tolist(), size):
            rows = np.flatnonzero(left & np.logical_and.reduce([spare[place] for place in more]))
            if len(rows):
                trial = needed[:, rows]
                trial[list(more)] = True
                enough = self._enough(here.of(rows), trial)
                kept[:, rows[enough]] = trial[:, enough]
                left[rows[enough]] = False
        return kept, ~left

    def _one(self, here: Situations, row: int) -> Flags:
        masks, said = here.masks[:, row].tolist(), here.said[:, row]
        places = [place for place, mask in enumerate(masks) if mask != self.judge.table.full[place]]
        found = reasons.minimal_sets(self.judge.reader, masks, places)
        chosen = min(found, key=partial(_size, said))
        return np.isin(np.arange(len(masks)), chosen)


def _size(said: Flags, kept: tuple[int, ...]) -> tuple[int, int]:
    answered = int(said[list(kept)].sum())
    return len(kept) - answered, answered


def _rank(kept: Flags, said: Flags) -> npt.NDArray[np.int64]:
    """Smaller for fewer answers, then for those of the first axes."""
    weights = 1 << np.arange(len(kept), dtype=np.int64)[::-1]
    ranks: npt.NDArray[np.int64] = (kept & said).sum(axis=0) * (1 << len(kept)) - weights @ kept
    return ranks
