"""Results as an Excel workbook or a Parquet file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence, Set
from contextlib import suppress
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import IllegalCharacterError

from mantelzorg.bulk.output import defused
from mantelzorg.bulk.tables import Chunk, Formatted, as_text, refusal

MOST_ROWS = 1_048_576
LONGEST = 32_767
SHEET = "screen"
ROW_GROUP = 1 << 16
_TYPED = (int, float, dt.datetime, dt.date, dt.time)


class SheetWriter:
    """One sheet. Text stays text, whatever it looks like; numbers and dates of a workbook keep their type."""

    def __init__(self, path: Path, target: Path, names: Sequence[str]) -> None:
        self._path, self._target = path, target
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet(SHEET)
        self._rows = 0
        self._add(names)

    def write(
        self, chunk: Chunk, kept: Sequence[int], results: Sequence[Sequence[str]], harmless: Set[int] = frozenset()
    ) -> None:
        for row in zip(*(chunk.cells[place] for place in kept), *results, strict=True):
            self._add(row)

    def _add(self, row: Iterable[Any]) -> None:
        self._rows += 1
        if self._rows > MOST_ROWS:
            raise self._refused(f"Een Excel-blad kan niet meer dan {MOST_ROWS} rijen hebben.")
        try:
            self._sheet.append([self._cell(cell) for cell in row])
        except IllegalCharacterError:
            raise self._refused("In een cel staat een teken dat Excel niet kan bewaren.") from None

    def _cell(self, cell: Any) -> Any:
        if cell is None or cell == "":
            return None
        if isinstance(cell, Formatted):
            made = WriteOnlyCell(self._sheet, cell.value)
            made.number_format = cell.format
            return made
        if isinstance(cell, _TYPED) and not getattr(cell, "tzinfo", None):
            return cell
        text = defused(as_text(cell))
        if len(text) > LONGEST:
            raise self._refused(f"Een cel telt {len(text)} tekens; in Excel kunnen het er {LONGEST} zijn.")
        made = WriteOnlyCell(self._sheet, text)
        made.data_type = "s"
        return made

    def _refused(self, what: str) -> Exception:
        remedy = "Laat de naam van de uitvoer eindigen op .csv of .parquet."
        return refusal(str(self._target), "target", f"Rij {self._rows}: {what}", remedy)

    def close(self) -> None:
        # Made elsewhere and then copied: where the disk is full, a zip file that was begun cannot be let go of.
        with TemporaryFile() as made:
            self._book.save(made)
            made.seek(0)
            with self._path.open("wb") as file:
                copyfileobj(made, file)

    def abandon(self) -> None:
        with suppress(Exception):
            self._sheet.close()
        self._sheet._writer.cleanup()


class ParquetWriter:
    """Columns of a Parquet source keep their type; all others are text. Nothing is defused: this is no spreadsheet."""

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self._path, self._names = path, names
        self._file: pq.ParquetWriter | None = None
        self._tables: list[pa.Table] = []

    def write(
        self, chunk: Chunk, kept: Sequence[int], results: Sequence[Sequence[str]], harmless: Set[int] = frozenset()
    ) -> None:
        own = [chunk.batch.column(place) if chunk.batch else _text(chunk.cells[place]) for place in kept]
        table = pa.Table.from_arrays([*own, *(pa.array(column, pa.string()) for column in results)], list(self._names))
        self._tables.append(table)
        if sum(each.num_rows for each in self._tables) >= ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        """Many rows make one row group, as readers of Parquet want it."""
        if self._tables:
            if self._file is None:
                self._file = pq.ParquetWriter(self._path, self._tables[0].schema)
            self._file.write_table(pa.concat_tables(self._tables))
            self._tables = []

    def close(self) -> None:
        self._flush()
        self.abandon()

    def abandon(self) -> None:
        if self._file:
            self._file.close()


def _text(cells: Sequence[Any]) -> pa.Array:
    return pa.array([None if cell is None else as_text(cell) for cell in cells], pa.string())
