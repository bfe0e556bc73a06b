"""Where the result goes: a new file in the target's folder, which takes the target's name when all of it is there."""

from __future__ import annotations

import csv
import errno
import os
import re
import tempfile
from collections.abc import Sequence, Set
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from mantelzorg.bulk.tables import Chunk, as_text, refusal

KINDS = {".csv": "csv", ".txt": "csv", ".xlsx": "xlsx", ".parquet": "parquet"}
_DANGEROUS = re.compile(r"[\t\r\n\0]|\s*(?:[=+@＝＋－＠]|-(?!\d+(?:[.,]\d+)?$)(?!$))")
_BEGINS = frozenset("=+-@＝＋－＠\0\t\r\n \x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0")


class Writer(Protocol):
    """Writes the columns of a result, part by part."""

    def write(
        self, chunk: Chunk, kept: Sequence[int], results: Sequence[Sequence[str]], harmless: Set[int] = frozenset()
    ) -> None:
        """These rows, of which the columns at `harmless` places hold nothing like a formula."""

    def close(self) -> None:
        """Write what is left."""

    def abandon(self) -> None:
        """Let go of the file; nobody will look at it."""


def defused(cell: str) -> str:
    """A cell that a spreadsheet takes for text: with `'` before what it could take for a formula.

    A number with a minus and a bare minus are no formulas. What was defused stays as it is.
    """
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def defused_column(cells: Sequence[str]) -> Sequence[str]:
    """As `defused`, for a whole column; nearly always nothing in it needs it."""
    if {cell[:1] for cell in cells}.isdisjoint(_BEGINS):
        return cells
    return [defused(cell) for cell in cells]


class CsvWriter:
    """UTF-8 with a byte order mark, since Excel takes it for something else without."""

    def __init__(self, path: Path, names: Sequence[str], separator: str, text: bool) -> None:
        self._text = text
        self._file = path.open("w", encoding="utf-8", newline="", buffering=1 << 18)
        self._file.write("\ufeff")
        self._csv = csv.writer(self._file, delimiter=separator, lineterminator="\r\n")
        self._csv.writerow(map(defused, names))

    def write(
        self, chunk: Chunk, kept: Sequence[int], results: Sequence[Sequence[str]], harmless: Set[int] = frozenset()
    ) -> None:
        cells = chunk.cells if self._text else [_texts(column) for column in chunk.cells]
        own = (cells[place] if place in harmless else defused_column(cells[place]) for place in kept)
        self._csv.writerows(zip(*own, *map(defused_column, results), strict=True))

    def close(self) -> None:
        self._file.close()

    def abandon(self) -> None:
        self._file.close()


def _texts(cells: Sequence[Any]) -> Sequence[str]:
    return [as_text(cell) for cell in cells]


class Target:
    """The file to be made: `path` is written to, and becomes the target when the block ends well.

    Otherwise, also when interrupted, the file disappears. Raises ContentError, with a remedy, where the target cannot
    be written.
    """

    def __init__(self, target: Path) -> None:
        self.target = target

    def __enter__(self) -> Self:
        try:
            handle, name = tempfile.mkstemp(prefix=f".{self.target.name[:40]}.", suffix=".tmp", dir=self.target.parent)
        except OSError as error:
            raise unwritable(self.target, error) from None
        os.close(handle)
        self.path = Path(name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                with self.path.open("rb") as file:
                    os.fsync(file.fileno())
                os.chmod(self.path, 0o666 & ~_umask())
                os.replace(self.path, self.target)
        except OSError as failed:
            raise unwritable(self.target, failed) from None
        finally:
            self.path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise unwritable(self.target, error) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


_REMEDIES = {
    errno.ENOSPC: ("De schijf is vol.", "Maak ruimte vrij, of kies een andere map."),
    errno.EDQUOT: ("U mag hier niet meer opslaan.", "Maak ruimte vrij, of kies een andere map."),
    errno.EFBIG: ("Het bestand wordt hier te groot.", "Kies een andere map, of .parquet."),
    errno.EACCES: ("In deze map mag u niet schrijven.", "Kies een andere map."),
    errno.EPERM: ("In deze map mag u niet schrijven.", "Kies een andere map."),
    errno.EROFS: ("In deze map kan niets worden geschreven.", "Kies een andere map."),
    errno.ENOENT: ("Deze map bestaat niet.", "Maak de map, of kies een andere."),
    errno.ENOTDIR: ("Deze map bestaat niet.", "Maak de map, of kies een andere."),
    errno.EISDIR: ("Dit is een map.", "Noem een bestand."),
    errno.ENAMETOOLONG: ("Deze naam is te lang.", "Kies een kortere naam."),
}


def unwritable(target: Path, error: OSError) -> Exception:
    """What went wrong in writing, and what to do about it. The input is untouched."""
    what, remedy = _REMEDIES.get(error.errno or 0, (f"Schrijven lukt niet ({error.strerror}).", "Kies een andere map."))
    return refusal(str(target), "unwritable", what, f"{remedy} Er is niets bewaard; de invoer is niet gewijzigd.")
