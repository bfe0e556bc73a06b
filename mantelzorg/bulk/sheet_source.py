"""Rows of a sheet in an Excel workbook, a few at a time; numbers and dates keep their type."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import repeat, zip_longest
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from mantelzorg.bulk.cells import Unreadable
from mantelzorg.bulk.columns import Heading
from mantelzorg.bulk.csv_header import Score
from mantelzorg.bulk.tables import Chunk, Formatted, as_text, refusal
from mantelzorg.bulk.words import words

ROWS = 1024
MOST_UNPACKED = 2 << 30
MOST_RATIO = 300
"""A sheet of equal rows shrinks a hundred times at most; what shrinks much more is made to fill the disk."""
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]+)(\d+):[A-Z]+\d+"')
_DAMAGED = (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, zipfile.BadZipFile)


class SheetSource:
    """One sheet. Without a name it is the only one with a fact in its first row. Raises ContentError, OSError."""

    kind, text = "xlsx", False

    def __init__(self, path: Path, score: Score, sheet: str | None) -> None:
        self.file, self._path = str(path), path
        self._files: list[BinaryIO] = []
        self._books: list[Workbook] = []
        self._sizes: dict[str, int] = {}
        self._check_size()
        try:
            self._begin(score, sheet)
        except BaseException:
            self.close()
            raise

    def _begin(self, score: Score, sheet: str | None) -> None:
        self._books.append(self._opened(values=True))
        self._sheet = self._chosen(score, sheet)
        self.about = {"sheet": str(self._sheet.title)}
        self.blank, self._row = 0, 1
        self.names = _header(self._sheet)
        self._formulas = self._scanned()
        self._rows = self._sizes[self._sheet.title]

    def close(self) -> None:
        for opened in (*self._books, *self._files):
            opened.close()

    def done(self) -> float:
        return min(1.0, self._row / self._rows) if self._rows else 0.0

    def place(self, line: int, heading: Heading | None, language: str) -> str:
        cell = f"{get_column_letter(heading.place + 1)}{line}" if heading else ""
        return str(words(language)["place"]["sheet_cell" if heading else "sheet_row"].format(line=line, cell=cell))

    def chunks(self) -> Iterator[Chunk]:
        """All rows, in parts. Raises ContentError when the sheet turns out to be damaged."""
        rows: list[list[Any]] = []
        lines: list[int] = []
        for number, row in self._guarded(enumerate(self._filled(), 2)):
            self._row = number
            if all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in row):
                self.blank += 1
                continue
            if any(cell is not None for cell in row[len(self.names) :]):
                raise self._unnamed(row)
            rows.append([*row[: len(self.names)], *repeat(None, len(self.names) - len(row))])
            lines.append(self._row)
            if len(rows) == ROWS:
                yield Chunk(list(zip(*rows, strict=True)), lines)
                rows, lines = [], []
        if rows:
            yield Chunk(list(zip(*rows, strict=True)), lines)

    def _unnamed(self, row: Sequence[Any]) -> Exception:
        place = next(place for place in range(len(self.names), len(row)) if row[place] is not None)
        column = get_column_letter(place + 1)
        what = f"Kolom {column} heeft geen naam, maar in cel {column}{self._row} staat wel iets."
        return refusal(self.file, "no-name", what, "Geef de kolom een naam in rij 1, of maak die leeg.", self._row)

    def _filled(self) -> Iterator[list[Any]]:
        """The cells of every row below the first; a formula that was never worked out is no empty cell."""
        plain = self._sheet.iter_rows(min_row=2)
        if not self._formulas:
            return ([_cell(cell) for cell in row] for row in plain)
        self._books.append(self._opened(values=False))
        sheet = self._books[-1][self._sheet.title]
        sheet.reset_dimensions()
        written = sheet.iter_rows(min_row=2)
        pairs = (zip_longest(row, formulas) for row, formulas in zip(plain, written, strict=False))
        return ([_worked_out(cell, formula) for cell, formula in row] for row in pairs)

    def _guarded(self, rows: Iterator[tuple[int, list[Any]]]) -> Iterator[tuple[int, list[Any]]]:
        try:
            yield from rows
        except _DAMAGED:
            raise self._damaged(self._row) from None

    def _check_size(self) -> None:
        with zipfile.ZipFile(self._path) as packed:
            parts = packed.infolist()
        unpacked, size = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
        if unpacked > MOST_UNPACKED or unpacked > max(50 << 20, size * MOST_RATIO):
            what = f"Deze werkmap is uitgepakt {unpacked >> 20} MB; dat is te veel."
            raise refusal(self.file, "too-large", what, "Sla het blad op als CSV UTF-8.")

    def _opened(self, values: bool) -> Workbook:
        file = self._path.open("rb")  # by name, only names that end in .xlsx would do
        self._files.append(file)
        try:
            return load_workbook(file, read_only=True, data_only=values, keep_links=False)
        except (*_DAMAGED, InvalidFileException):
            raise self._damaged() from None

    def _damaged(self, line: int = 1) -> Exception:
        what = "Deze Excel-werkmap is beschadigd of heeft een wachtwoord."
        return refusal(self.file, "format", what, "Open hem in Excel, en sla hem opnieuw op als .xlsx.", line)

    def _chosen(self, score: Score, wanted: str | None) -> Any:
        """The sheet to read; never guessed when more than one would do."""
        sheets = self._books[0].worksheets
        titles = ", ".join(repr(sheet.title[:40]) for sheet in sheets)
        for sheet in sheets:
            self._sizes[sheet.title] = sheet.max_row or 0
            sheet.reset_dimensions()  # what the file says of its size may be wrong, and rows would be left out
        if wanted is not None:
            for sheet in sheets:
                if sheet.title == wanted:
                    return sheet
            what = f"Er is geen blad {wanted[:40]!r}."
            raise refusal(self.file, "sheet", what, f"Deze zijn er: {titles}.")
        able = [sheet for sheet in sheets if score(_header(sheet))]
        if len(able) == 1:
            return able[0]
        if not able:
            what = "Op geen enkel blad staat in de eerste rij de naam van een feit."
            raise refusal(self.file, "header", what, f"Bladen: {titles}. Zie docs/command-line.md voor de namen.")
        names = ", ".join(repr(sheet.title[:40]) for sheet in able)
        raise refusal(self.file, "sheet", f"Meer dan één blad kan het zijn: {names}.", "Kies er een met --sheet.")

    def _scanned(self) -> bool:
        """Whether the sheet has formulas. Raises ContentError for merged cells, of which only one says anything."""
        formulas, tail = False, b""
        with zipfile.ZipFile(self._path) as packed, packed.open(self._sheet._worksheet_path) as part:
            while block := part.read(1 << 20):
                block, tail = tail + block, block[-64:]
                formulas = formulas or _FORMULA.search(block) is not None
                if merged := _MERGED.search(block):
                    line = int(merged[2])
                    cell = f"{merged[1].decode()}{line}"
                    what = f"Cel {cell} is samengevoegd met andere; dan is niet te zien voor wie die geldt."
                    raise refusal(self.file, "merged", what, "Splits samengevoegde cellen in Excel.", line)
        return formulas


def _header(sheet: Any) -> tuple[str, ...]:
    """The names in the first row, without empty ones at the end."""
    names = [as_text(cell) for row in sheet.iter_rows(max_row=1, values_only=True) for cell in row]
    while names and not names[-1].strip():
        names.pop()
    return tuple(names)


def _cell(cell: Any) -> Any:
    """The value of a cell; with its format where that is part of what it says."""
    value = cell.value
    if value is None or isinstance(value, str | bool) or cell.number_format == "General":
        return value
    return Formatted(value, cell.number_format)


def _worked_out(cell: Any, formula: Any) -> Any:
    if cell is None or (cell.value is None and formula is not None and formula.data_type == "f"):
        return Unreadable("not_computed") if formula is not None and formula.data_type == "f" else None
    return _cell(cell)
