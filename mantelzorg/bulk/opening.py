"""The right reader for a file, by its content, and the right writer, by the target's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mantelzorg.bulk.columns import recognise
from mantelzorg.bulk.csv_source import CsvSource
from mantelzorg.bulk.output import KINDS, CsvWriter, Writer
from mantelzorg.bulk.parquet_source import ParquetSource
from mantelzorg.bulk.sheet_source import SheetSource
from mantelzorg.bulk.sniff import kind_of
from mantelzorg.bulk.table_writers import ParquetWriter, SheetWriter
from mantelzorg.bulk.tables import refusal
from mantelzorg.facts import Fact

if TYPE_CHECKING:
    from mantelzorg.bulk.screening import Wish


AnySource = CsvSource | SheetSource | ParquetSource


def open_source(wish: Wish, facts: Mapping[str, Fact]) -> AnySource:
    """The rows of the file. Raises ContentError."""

    def score(names: Sequence[str]) -> int:
        return sum(heading.fact is not None for heading in recognise(names, facts.values()))

    target_kind(wish.target)
    try:
        kind = kind_of(wish.source)
        if wish.sheet and kind != "xlsx":
            raise refusal(str(wish.source), "sheet", "Dit bestand heeft geen bladen.", "Laat --sheet weg.")
        source: AnySource
        if kind == "parquet":
            source = ParquetSource(wish.source)
        elif kind == "xlsx":
            source = SheetSource(wish.source, score, wish.sheet)
        else:
            source = CsvSource(wish.source, score)
    except OSError as error:
        what = f"Dit bestand is niet te lezen ({error.strerror})."
        raise refusal(str(wish.source), "unreadable", what, "Controleer de rechten.") from None
    expected = KINDS.get(wish.source.suffix.lower())
    if expected != kind:
        source.about["content"] = kind
    return source


def target_kind(target: Path) -> str:
    """The form of the target by the end of its name. Raises ContentError."""
    if target.suffix.lower() not in KINDS:
        what = f"Een uitvoer die op '{target.suffix[:20]}' eindigt kan niet worden gemaakt."
        raise refusal(str(target), "target", what, "Laat de naam eindigen op .csv, .xlsx of .parquet.")
    return KINDS[target.suffix.lower()]


def open_writer(wish: Wish, path: Path, source: AnySource, kept: Sequence[str], added: Sequence[str]) -> Writer:
    """A writer to `path` in the form of the target."""
    kind, names = target_kind(wish.target), [*kept, *added]
    if kind == "xlsx":
        return SheetWriter(path, wish.target, names)
    if kind == "parquet":
        return ParquetWriter(path, names)
    separator = source.separator if isinstance(source, CsvSource) else ";"
    return CsvWriter(path, names, separator, source.text)
