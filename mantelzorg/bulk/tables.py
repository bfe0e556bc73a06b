"""What every file with rows looks like to screening, whatever its form."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from mantelzorg.bulk.columns import Heading
from mantelzorg.problems import ContentError, Mark, Problem

MOST_DIGITS = 1e22
_ZEROS = re.compile("0+")


@dataclass(frozen=True)
class Formatted:
    """A number or date with the format that a workbook shows it in."""

    value: Any
    format: str


def as_text(cell: Any) -> str:
    """A typed cell as text: numbers in full, dates as 2026-05-02, nothing as nothing."""
    if isinstance(cell, Formatted):
        text = as_text(cell.value)
        return text.zfill(len(cell.format)) if _ZEROS.fullmatch(cell.format) else text
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < MOST_DIGITS:
        return str(int(cell))
    if isinstance(cell, list | tuple):
        return "|".join(map(as_text, cell))
    if isinstance(cell, dt.date):
        return cell.isoformat().removesuffix("T00:00:00")
    return str(cell)


@dataclass(frozen=True)
class RowError:
    """A row that cannot be read: a key of the catalogue, and what goes into its sentence.

    `whole` is the row as it was, where its cells could not be kept in their columns.
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    whole: str = ""


@dataclass(frozen=True)
class Chunk:
    """Some rows in a row. `cells` has one sequence per column; `lines` says where in the file every row begins.

    `batch` is the same in Arrow, for a source that has it.
    """

    cells: Sequence[Sequence[Any]]
    lines: Sequence[int]
    wrong: Mapping[int, RowError] = field(default_factory=dict)
    batch: Any = None

    def __len__(self) -> int:
        return len(self.lines)


class Source(Protocol):
    """A file that is read once, from the first row to the last, in little memory."""

    names: tuple[str, ...]
    kind: str
    text: bool
    """Whether every cell is text."""
    about: dict[str, str]
    """How the file was read, for the summary: `encoding`, `separator`, `sheet`."""
    blank: int
    """Blank lines so far, which are no rows."""

    def chunks(self) -> Iterator[Chunk]: ...

    def done(self) -> float:
        """The part of the file that was read, from 0 to 1."""
        ...

    def place(self, line: int, heading: Heading | None, language: str) -> str:
        """Where a row or a cell stands, in words."""
        ...


def refusal(file: str, code: str, what: str, remedy: str = "", line: int = 1, column: int = 1) -> ContentError:
    """A file that cannot be screened at all: where, what, and how it can be."""
    return ContentError([Problem(file, Mark(line, column), code, what, why=remedy)])
