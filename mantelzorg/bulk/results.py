"""The columns that one rule set adds to a table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from mantelzorg.assessment import Judge
from mantelzorg.bulk.answers import FactColumn, Ids
from mantelzorg.bulk.codes import Codes, Column, code, code_type
from mantelzorg.bulk.explaining import MOST_REMEMBERED, Answered, Explainer
from mantelzorg.bulk.judging import CONTRADICTION, OPEN, bulk_reader, names, numbers
from mantelzorg.bulk.relevance import relevance
from mantelzorg.bulk.smallest import Smallest
from mantelzorg.bulk.words import words
from mantelzorg.verdict_table import Bits

KEYS = ("result", "code", "possible", "why", "open")
BETWEEN = "; "
Rows = npt.NDArray[np.intp]


def title(judge: Judge, name: str, language: str) -> str:
    """A result in a few words: of a verdict, `open` or `contradiction`."""
    if name == CONTRADICTION:
        return str(words(language)["contradiction"])
    texts = judge.rules.texts.get("open_short") if name == OPEN else judge.rules.line(name).texts.get("short")
    return texts[language] if texts else name


class Results:
    """Judges parts of a table by one rule set, and counts the results."""

    def __init__(self, judge: Judge, language: str) -> None:
        reader = bulk_reader(judge)
        self.judge, self.language, self.reader = judge, language, reader
        self.codes = names(judge)
        self.counts = np.zeros(len(self.codes), np.int64)
        self.explainer = Explainer(judge, Smallest(judge, reader.plain), language)
        self.columns = tuple(words(language)["column"][key].format(id=judge.rules.id) for key in KEYS)
        self._labels = [axis.fact.label[language] for axis in judge.table.axes]
        self._titles = [title(judge, name, language) for name in self.codes]
        self._possible = lru_cache(maxsize=None)(self._named)
        self._asked = lru_cache(maxsize=MOST_REMEMBERED)(self._listed)
        self.forget()

    def _named(self, bits: int) -> str:
        return BETWEEN.join(self._titles[self.codes.index(verdict)] for verdict in self.judge.named(bits))

    def forget(self) -> None:
        """To be called when answers are numbered anew."""
        self._codes: list[list[int]] = [[] for _ in self.judge.table.axes]
        self.explainer.forget()

    def of(self, columns: Mapping[str, FactColumn], ids: Mapping[str, Ids], rows: Rows) -> list[list[str]]:
        """The columns of these rows; `ids` are the numbers of the answers in `columns`, per fact."""
        facts = [axis.fact.id for axis in self.judge.table.axes]
        answered = Answered(
            [ids[fact][rows] if fact in ids else None for fact in facts],
            [columns[fact].answers if fact in ids else [] for fact in facts],
        )
        codes = Codes(tuple(self._column(place, answered, len(rows)) for place in range(len(facts))), len(rows))
        bits = self.reader.possible(codes)
        found = numbers(len(self.judge.table.verdicts)).take(bits)
        self.counts += np.bincount(found, minlength=len(self.codes))
        listed = found.tolist()
        return [
            [self._titles[number] for number in listed],
            [self.codes[number] for number in listed],
            list(map(self._possible, bits.tolist())),
            self._why(codes, bits, answered),
            self._open(codes, bits),
        ]

    def _column(self, place: int, answered: Answered, rows: int) -> Column:
        """The codes of one axis, from the numbers of its answers."""
        axis, ids, known = self.judge.table.axes[place], answered.ids[place], self._codes[place]
        if ids is None:
            return np.zeros(rows, code_type(axis))
        known.extend(code(axis, answer) for answer in answered.answers[place][len(known) :])
        codes: Column = np.array(known, code_type(axis))
        return codes.take(ids)

    def _why(self, codes: Codes, bits: Bits, answered: Answered) -> list[str]:
        """What decides each row; nothing yet where the result is open."""
        told = [""] * len(codes)
        rows = np.flatnonzero(~_is_open(bits))
        own = Answered([None if ids is None else ids[rows] for ids in answered.ids], answered.answers)
        for row, text in zip(rows.tolist(), self.explainer.texts(codes.of(rows), bits[rows], own), strict=True):
            told[row] = text
        return told

    def _open(self, codes: Codes, bits: Bits) -> list[str]:
        """What is still to ask in each row that is open."""
        told = [""] * len(codes)
        rows = np.flatnonzero(_is_open(bits))
        if not len(rows):
            return told
        asked = relevance(self.judge).questions(codes.of(rows), bits[rows])
        weights = 1 << np.arange(len(self._labels), dtype=np.int64)
        for row, some in zip(rows.tolist(), (weights @ asked).tolist(), strict=True):
            told[row] = self._asked(some)
        return told

    def _listed(self, some: int) -> str:
        return BETWEEN.join(label for place, label in enumerate(self._labels) if some >> place & 1)


def _is_open(bits: Bits) -> npt.NDArray[np.bool_]:
    several: npt.NDArray[np.bool_] = np.not_equal(bits & (bits - np.uint16(1)), 0)
    return several
