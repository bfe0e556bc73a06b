"""The overview in rows of words: for a page, a file or the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from mantelzorg.room.after.csv_table import write_table
from mantelzorg.room.after.overview import Line, Overview, Share
from mantelzorg.room.after.words import after_words

Table = tuple[tuple[str, ...], ...]
_COLUMNS = ("trainings", "votes", "same", "before", "shift", "predicted", "disagreed")


def table_rows(overview: Overview, language: str) -> tuple[Table, Table]:
    """Two tables, of the criteria and of the cases, each with its head first."""
    return _table("about", overview.criteria, language), _table("case", overview.cases, language)


def write_overview(overview: Overview, language: str) -> bytes:
    """Both tables and the remarks below each other, as CSV that opens in Excel."""
    said = after_words(language)
    remarks = [(said["day"], said["case"], said["remark"]), *((r.day, r.title, r.text) for r in overview.remarks)]
    parts = [*table_rows(overview, language), *([remarks] if overview.remarks else [])]
    return write_table(list(chain.from_iterable((*part, ()) for part in parts))[:-1])


def _table(first: str, lines: Sequence[Line], language: str) -> Table:
    said = after_words(language)
    head = (said[first], *(said[name] for name in _COLUMNS))
    return (head, *(_row(line, said) for line in lines))


def _row(line: Line, said: Mapping[str, str]) -> tuple[str, ...]:
    counts = (str(line.trainings), str(line.final.votes), percent(line.final), percent(line.before))
    return (line.label, *counts, _shift(line.shift, said), percent(line.predicted), str(line.disagreed))


def _shift(points: int | None, said: Mapping[str, str]) -> str:
    """In words and without a sign: a spreadsheet takes `+33` for a formula."""
    if points is None:
        return "–"
    return said["up" if points > 0 else "down" if points else "even"].format(abs(points))


def percent(share: Share) -> str:
    """`60%`, or a dash where there is nothing to show."""
    return "–" if share.percent is None else f"{share.percent}%"


def signed(points: int) -> str:
    """With its sign, also when it grew."""
    return f"{'+' if points > 0 else '−' if points else ''}{abs(points)}"
