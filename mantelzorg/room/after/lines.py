"""The lines of a file with a record: is it such a file at all, and is every row whole."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from mantelzorg.problems import ContentError, Mark, Problem
from mantelzorg.reports.context import LONGEST_TEXT, clean
from mantelzorg.room.after import file as names
from mantelzorg.room.after.csv_table import restored
from mantelzorg.yaml_text import MAX_BYTES

MOST_BYTES = MAX_BYTES
"""What the command line reads of a file."""
MOST_FAULTS = 20
AGAIN = "Gebruik het bestand zoals het is gedownload, zonder het eerst in een ander programma te bewaren."
NO_RECORD = "Dit is geen verslag van een training."


class Faults:
    """What is wrong with one file. Of many faults the first few are told."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Problem] = []

    def add(self, line: int, code: str, what: str, instead: str = "", why: str = "") -> None:
        self.found.append(Problem(self.file, Mark(line), code, what, why, instead))

    def check(self) -> None:
        if len(self.found) > MOST_FAULTS:
            self.found, rest = sorted(self.found)[:MOST_FAULTS], sorted(self.found)[MOST_FAULTS:]
            self.add(rest[0].mark.line, "more-faults", f"En nog {len(rest)} fouten.", why=AGAIN)
        if self.found:
            raise ContentError(self.found)


def _lines(data: bytes, faults: Faults) -> list[str]:
    if len(data) > MOST_BYTES:
        faults.add(1, "too-large", f"Dit bestand is groter dan {MOST_BYTES // 1000} kB.", why=NO_RECORD)
        faults.check()
    try:
        return re.split("\r\n|\r|\n", data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.add(line, "encoding", "Deze regel is geen UTF-8.", why=AGAIN)
    faults.check()
    raise AssertionError("a file that is no UTF-8 without a problem")


def read_rows(data: bytes, faults: Faults) -> list[tuple[int, list[str]]]:
    """Every row below the head, with its line: its cells without the format and the explanation.

    Raises ContentError for a file that is no such table; then nothing else can be said of it.
    """
    lines = _lines(data, faults)
    head, *rest = (_cells(line, number, faults) for number, line in enumerate(lines, 1))
    if head != list(names.COLUMNS):
        what = f"{NO_RECORD} De eerste regel moet de namen van de kolommen zijn."
        faults.found.clear()  # of what this file is nothing below can be said
        faults.add(1, "no-record", what, ";".join(names.COLUMNS), AGAIN)
        faults.check()
    found = [(number, _row(cells, number, faults)) for number, cells in enumerate(rest, 2) if cells]
    faults.check()
    return [(number, row) for number, row in found if row is not None]


def _cells(line: str, number: int, faults: Faults) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=";", strict=True), [])
    except csv.Error:
        faults.add(number, "csv", "In deze regel staat een aanhalingsteken verkeerd.", why=AGAIN)
        return []


def _row(cells: Sequence[str], line: int, faults: Faults) -> list[str] | None:
    if len(cells) != len(names.COLUMNS):
        faults.add(
            line, "cells", f"Deze regel heeft {len(cells)} cellen; het moeten er {len(names.COLUMNS)} zijn.", "", AGAIN
        )
        return None
    if cells[0] != names.FORMAT:
        what = "Deze regel hoort bij een andere versie van het verslag, of is geen verslag."
        faults.add(line, "format", what, names.FORMAT)
        return None
    read = [restored(cell) for cell in cells[1:-1]]
    whole = [cell for cell in read if cell is not None and cell == clean(cell) and len(cell) <= LONGEST_TEXT]
    if len(whole) < len(read):
        faults.add(line, "cell", "In deze regel staat een cel die het programma zo niet schrijft.", why=AGAIN)
        return None
    return whole
