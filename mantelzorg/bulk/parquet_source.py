"""Rows of a Parquet file, some at a time; what is no fact goes through untouched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, overload

import pyarrow as pa
import pyarrow.parquet as pq

from mantelzorg.bulk.columns import Heading
from mantelzorg.bulk.tables import Chunk, refusal
from mantelzorg.bulk.words import words

ROWS = 1 << 12


class ParquetSource:
    """A Parquet file. Raises ContentError, OSError."""

    kind, text = "parquet", False

    def __init__(self, path: Path) -> None:
        self.file = str(path)
        self.about: dict[str, str] = {}
        self.blank = self._rows = 0
        try:
            self._parquet = pq.ParquetFile(path)
        except pa.ArrowException:
            raise self._damaged() from None
        self.names = tuple(self._parquet.schema_arrow.names)

    def close(self) -> None:
        self._parquet.close()

    def done(self) -> float:
        return float(self._rows / max(1, self._parquet.metadata.num_rows))

    def place(self, line: int, heading: Heading | None, language: str) -> str:
        template = words(language)["place"]["parquet_cell" if heading else "parquet_row"]
        return str(template.format(line=line, name=heading.name if heading else ""))

    def chunks(self) -> Iterator[Chunk]:
        """All rows, in parts; their numbers start at 1."""
        try:
            for batch in self._parquet.iter_batches(batch_size=ROWS):
                start = self._rows + 1
                self._rows += batch.num_rows
                yield Chunk(_Columns(batch), range(start, self._rows + 1), batch=batch)
        except pa.ArrowException:
            raise self._damaged() from None

    def _damaged(self) -> Exception:
        return refusal(self.file, "format", "Dit Parquet-bestand is beschadigd.", "Maak het opnieuw.")


class _Columns(Sequence[Sequence[Any]]):
    """The columns of a batch, made into values when they are asked for."""

    def __init__(self, batch: pa.RecordBatch) -> None:
        self._batch = batch
        self._made: dict[int, list[Any]] = {}

    def __len__(self) -> int:
        return int(self._batch.num_columns)

    @overload
    def __getitem__(self, place: int) -> Sequence[Any]: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Sequence[Any]]: ...

    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, slice):
            return [self[each] for each in range(len(self))[place]]
        if place not in self._made:
            self._made[place] = self._batch.column(place).to_pylist()
        return self._made[place]
