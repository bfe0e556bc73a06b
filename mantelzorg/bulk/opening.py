"""The right reader for a file, by its content, and the right writer, by the target's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mantelzorg.bulk.columns import recognise
from mantelzorg.bulk.csv_source import CsvSource
from mantelzorg.bulk.output import KINDS, CsvWriter, Writer
from mantelzorg.bulk.sniff import kind_of
from mantelzorg.bulk.tables import refusal
from mantelzorg.facts import Fact

if TYPE_CHECKING:
    from mantelzorg.bulk.screening import Wish


def open_source(wish: Wish, facts: Mapping[str, Fact]) -> Any:
    """The rows of the file. Raises ContentError."""

    def score(names: Sequence[str]) -> int:
        return sum(heading.fact is not None for heading in recognise(names, facts.values()))

    target_kind(wish.target)
    try:
        kind = kind_of(wish.source)
        if wish.sheet and kind != "xlsx":
            raise refusal(str(wish.source), "sheet", "Dit bestand heeft geen bladen.", "Laat --sheet weg.")
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


def open_writer(wish: Wish, path: Path, source: Any, kept: Sequence[str], added: Sequence[str]) -> Writer:
    """A writer to `path` in the form of the target."""
    separator = source.separator if source.kind == "csv" else ";"
    return CsvWriter(path, [*kept, *added], separator)
