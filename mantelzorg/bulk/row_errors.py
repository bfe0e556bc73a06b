"""What is wrong with rows, each in words with its place; the other rows go on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from mantelzorg.bulk.answers import FactColumn, Ids
from mantelzorg.bulk.columns import Heading
from mantelzorg.bulk.tables import Chunk, RowError, Source
from mantelzorg.bulk.words import LANGUAGES, words

FIRST = 5


class RowErrors:
    """Finds rows that cannot be judged. `count` says how many so far, `first` where the first few are."""

    def __init__(
        self, source: Source, facts: Sequence[Heading], columns: Mapping[str, FactColumn], language: str
    ) -> None:
        self.source, self.facts, self.columns, self.language = source, facts, columns, language
        self.count = 0
        self.first: list[str] = []
        self._looks_first = all(heading.place > 0 for heading in facts)
        self._totals = {total for each in LANGUAGES for total in words(each)["total"]}

    def told(self, chunk: Chunk, ids: Mapping[str, Ids]) -> list[str]:
        """Per row what is wrong with it, or nothing."""
        found: dict[int, list[str]] = {}
        for row, error in self._of_rows(chunk, ids):
            if row not in found:
                found[row] = [self._sentence(chunk, row, error)]
        broken = set(chunk.wrong)
        for heading in self.facts:
            for row, text in self._of_cells(chunk, heading, ids):
                if row not in broken:
                    found.setdefault(row, []).append(text)
        self.count += len(found)
        self.first += [self._place(chunk, row) for row in sorted(found)[: FIRST - len(self.first)]]
        errors = [""] * len(chunk)
        for row, texts in found.items():
            errors[row] = " ".join(texts)
        return errors

    def _sentence(self, chunk: Chunk, row: int, error: RowError) -> str:
        texts = words(self.language)["row"]
        whole = " " + texts["whole"].format(error.whole) if error.whole else ""
        return f"{self._place(chunk, row)}: {texts[error.key].format(**error.values)}{whole}"

    def _place(self, chunk: Chunk, row: int) -> str:
        return self.source.place(chunk.lines[row], None, self.language)

    def _of_rows(self, chunk: Chunk, ids: Mapping[str, Ids]) -> Iterator[tuple[int, RowError]]:
        yield from chunk.wrong.items()
        if self._looks_first:
            for row, cell in enumerate(chunk.cells[0]):
                if isinstance(cell, str) and cell.strip(" :").casefold() in self._totals:
                    yield row, RowError("total")
        silent = np.ones(len(chunk), np.bool_)
        for fact, own in ids.items():
            column = self.columns[fact]
            said = (answer is None and number not in column.errors for number, answer in enumerate(column.answers))
            silent &= np.fromiter(said, np.bool_, len(column.answers)).take(own)
        for row in np.flatnonzero(silent).tolist():
            yield row, RowError("no_answer")

    def _of_cells(self, chunk: Chunk, heading: Heading, ids: Mapping[str, Ids]) -> Iterator[tuple[int, str]]:
        if heading.fact is None:
            return
        column, own = self.columns[heading.fact.id], ids[heading.fact.id]
        if column.errors:
            for row in np.flatnonzero(np.isin(own, list(column.errors))).tolist():
                place = self.source.place(chunk.lines[row], heading, self.language)
                yield row, f"{place}: {column.errors[int(own[row])].message(self.language)}"
