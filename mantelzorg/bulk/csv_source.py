"""Rows of a text table, read strictly and in parts: every cell stays the text that it was."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from mantelzorg.bulk.columns import Heading
from mantelzorg.bulk.csv_header import SEPARATORS, Score, separator_of
from mantelzorg.bulk.sniff import encoding_of
from mantelzorg.bulk.tables import Chunk, RowError, refusal
from mantelzorg.bulk.words import words

ROWS, STEP = 1024, 64
MOST_BYTES = 16 << 20
"""A part ends after so many rows or bytes; a small one stays in the processor's nearest memory."""
LONGEST_CELL = 4_000_000
_LINE_END = re.compile(r"\r\n|\r|\n")


class CsvSource:
    """A text table. Opening it reads all of it once, to know its encoding. Raises ContentError, OSError."""

    kind, text = "csv", True

    def __init__(self, path: Path, score: Score) -> None:
        self.file = str(path)
        encoding = encoding_of(path)
        with path.open(encoding=encoding.codec, newline="") as opened:
            self.separator = separator_of(self.file, opened.read(1 << 20), score)
        self._size = path.stat().st_size
        self._raw: BinaryIO = path.open("rb")
        self._lines = TextIOWrapper(self._raw, encoding=encoding.codec, newline="")
        self._reader = csv.reader(self._remembered(), delimiter=self.separator, strict=True)
        self.about = {"encoding": encoding.name, "separator": SEPARATORS[self.separator]}
        self.blank, self._line = 0, ""
        with _long_cells():
            self.names = tuple(next(self._reader))

    def done(self) -> float:
        return self._raw.tell() / self._size

    def place(self, line: int, heading: Heading | None, language: str) -> str:
        template = words(language)["place"]["csv_cell" if heading else "csv_row"]
        return str(template.format(line=line, name=heading.name if heading else ""))

    def chunks(self) -> Iterator[Chunk]:
        """All rows, in parts. Raises ContentError where it is no longer certain what is a row."""
        start = self._reader.line_num
        while True:
            rows, bad = self._some_rows()
            if not rows:
                return
            numbers = self._line_numbers(rows, start)
            start = self._reader.line_num
            yield self._chunk(rows, numbers, bad)

    def close(self) -> None:
        self._lines.close()

    def _remembered(self) -> Iterator[str]:
        for line in self._lines:
            self._line = line
            yield line

    def _some_rows(self) -> tuple[list[list[str]], set[int]]:
        """The next rows, and which of them have a quotation mark in a strange place."""
        rows: list[list[str]] = []
        bad: set[int] = set()
        begin = self._raw.tell()
        with _long_cells():
            while len(rows) < ROWS and self._raw.tell() - begin < MOST_BYTES:
                count, line = len(rows), self._reader.line_num
                try:
                    rows.extend(islice(self._reader, STEP))
                except csv.Error as error:
                    opened = line + sum(map(_height, rows[count:])) + 1
                    if "expected after" not in str(error) or opened != self._reader.line_num:
                        raise self._unclosed(opened) from None
                    bad.add(len(rows))
                    rows.append(self._line.rstrip("\r\n").split(self.separator))
                except UnicodeDecodeError:
                    raise self._unclosed(self._reader.line_num + 1) from None
                if len(rows) == count:
                    break
        return rows, bad

    def _unclosed(self, line: int) -> Exception:
        what = f"Het aanhalingsteken dat op regel {line} begint, wordt nergens op een goede plaats gesloten."
        remedy = "Daardoor is niet te zien waar rijen beginnen. Sluit het, of haal het weg."
        return refusal(self.file, "quote", what, remedy, line)

    def _line_numbers(self, rows: Sequence[Sequence[str]], start: int) -> Sequence[int]:
        """The line on which each row begins. Raises ContentError for a cell that seems to hold rows."""
        if self._reader.line_num - start == len(rows):
            return range(start + 1, start + 1 + len(rows))
        numbers, line = [], start + 1
        for row in rows:
            numbers.append(line)
            height = _height(row)
            if height > 1 and self._swallows(row):
                raise self._unclosed(line)
            line += height
        return numbers

    def _swallows(self, row: Sequence[str]) -> bool:
        """Whether a whole line within a cell looks like a row of its own."""
        wanted = len(self.names) - 1
        inner = (part for cell in row for part in _LINE_END.split(cell)[1:-1])
        return wanted > 1 and any(part.count(self.separator) == wanted for part in inner)

    def _chunk(self, rows: list[list[str]], numbers: Sequence[int], bad: set[int]) -> Chunk:
        width = len(self.names)
        wrong = {row: RowError("quote") for row in bad}
        if bad or set(map(len, rows)) != {width}:
            kept = [place for place, row in enumerate(rows) if place in bad or not _blank(row)]
            self.blank += len(rows) - len(kept)
            wrong = {new: wrong[old] for new, old in enumerate(kept) if old in wrong}
            rows, numbers = [rows[place] for place in kept], [numbers[place] for place in kept]
            for place, row in enumerate(rows):
                if len(row) != width or place in wrong:
                    wrong.setdefault(place, RowError("width", {"found": len(row), "wanted": width}))
                    wrong[place] = replace(wrong[place], whole=self.separator.join(row))
                    # Which cell belongs to which column is not certain, but for the first one.
                    rows[place] = [*row[:1], *[""] * (width - 1)]
        return Chunk(list(zip(*rows, strict=True)) if rows else [[] for _ in self.names], numbers, wrong)


def _height(row: Sequence[str]) -> int:
    return 1 + sum(len(_LINE_END.findall(cell)) for cell in row)


def _blank(row: Sequence[str]) -> bool:
    return not row or (len(row) == 1 and not row[0].strip())


@contextmanager
def _long_cells() -> Iterator[None]:
    """The limit of the csv module counts for the whole process, so it is set back."""
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)
