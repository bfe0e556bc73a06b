"""The first line of a text table: its separator, and where the names of the columns are."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import islice

from mantelzorg.bulk.tables import refusal

SEPARATORS = {";": "puntkomma", ",": "komma", "\t": "tab"}
LOOKED_AT = 20
Score = Callable[[Sequence[str]], int]
"""How many names of columns are facts."""


def separator_of(file: str, head: str, score: Score) -> str:
    """The separator that makes most columns of the first line facts. Raises ContentError.

    `head` is the beginning of the file. A line of names that comes later is pointed at, not used: the lines above
    it could be anything.
    """
    tables = {separator: _first_rows(head, separator) for separator in SEPARATORS}
    if not any(any(cell.strip() for cell in row) for rows in tables.values() for row in rows):
        what = "Dit bestand heeft alleen lege regels."
        raise refusal(file, "empty", what, "Kies een bestand met een rij namen en daaronder rijen.")
    scores = {sign: (score(rows[0]), len(rows[0])) for sign, rows in tables.items() if rows}
    best = max(scores, key=lambda sign: scores[sign], default=";")
    if not scores or not scores[best][0]:
        raise _no_header(file, head, tables, score)
    return best


def _first_rows(head: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    with suppress(csv.Error):  # told when the rows are read, with its place
        rows.extend(islice(reader, LOOKED_AT))
    return rows


def _no_header(file: str, head: str, tables: dict[str, list[list[str]]], score: Score) -> Exception:
    for rows in tables.values():
        for line, row in enumerate(rows[1:], 2):
            if score(row) > 1 or (score(row) and len(row) == 1):
                what = f"Op regel 1 horen de namen van de kolommen te staan; die lijken op regel {line} te staan."
                return refusal(file, "header", what, "Haal de regels erboven weg.", line)
    first = next(iter(head.splitlines()), "")
    for sign in "|:^~":
        if first.count(sign) > 1:
            what = f"Het scheidingsteken lijkt '{sign}' te zijn."
            return refusal(file, "separator", what, "Mogelijk zijn: puntkomma (;), komma (,) en tab.")
    what = "Geen enkele kolom op regel 1 is een feit. Kolommen zijn gescheiden door puntkomma (;), komma (,) of tab."
    return refusal(file, "header", what, "Geef een kolom de naam van een feit; zie docs/command-line.md.")
