"""`trainings`: the reports of several trainings together, and which criterion is understood least."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from mantelzorg.cli.book import write
from mantelzorg.cli.situation import read_bytes
from mantelzorg.problems import ContentError, Problem
from mantelzorg.room.after.overview import Line, Overview, overview
from mantelzorg.room.after.overview_table import Table, percent, table_rows, write_overview
from mantelzorg.room.after.reading import read_record
from mantelzorg.room.after.words import after_words
from mantelzorg.room.record import Record


def run(files: Sequence[str], csv: str | None, as_json: bool, language: str) -> int:
    """Print the overview, or write it. Raises ContentError with every fault of every file."""
    records = _read(files)
    found = overview(record for _, record in records)
    for double in _doubles(records, language):
        print(double, file=sys.stderr)
    if csv:
        write(csv, lambda: write_overview(found, language))
    if as_json:
        print(json.dumps(_data(found), ensure_ascii=False, indent=2))
    elif not csv:
        print("\n".join(_lines(found, language)))
    return 0


def _read(files: Sequence[str]) -> list[tuple[str, Record]]:
    records: list[tuple[str, Record]] = []
    problems: list[Problem] = []
    for file in files:
        try:
            records.append((file, read_record(read_bytes(file), file)))
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    return records


def _doubles(records: Sequence[tuple[str, Record]], language: str) -> Iterator[str]:
    said = after_words(language)["twice"]
    for place, (file, record) in enumerate(records):
        first = next((name for name, own in records[:place] if own == record), None)
        if first is not None:
            yield said.format(file, first)


def _lines(found: Overview, language: str) -> Iterator[str]:
    said = after_words(language)
    yield said["counted"].format(trainings=found.trainings, played=found.played)
    for table in table_rows(found, language):
        if len(table) > 1:
            yield ""
            yield from _aligned(table)
    if not found.criteria and not found.cases:
        yield said["no_cases"]
    yield ""
    if found.predicted.percent is not None:
        whole = percent(found.predicted)
        yield said["flips"].format(same=found.predicted.same, votes=found.predicted.votes, percent=whole)
    yield said["against"].format(found.disagreed)
    yield from (f"  {remark.day} {remark.title}: {remark.text or '–'}" for remark in found.remarks)
    if found.hidden:
        yield said["hidden"].format(", ".join(found.hidden))


def _aligned(table: Table) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for first, *rest in table:
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]
        yield "  ".join(cells)


def _data(found: Overview) -> dict[str, object]:
    return {
        "trainings": found.trainings,
        "double": found.double,
        "played": found.played,
        "criteria": [_line(line) for line in found.criteria],
        "cases": [_line(line) for line in found.cases],
        "hidden": list(found.hidden),
        "predicted_percent": found.predicted.percent,
        "disagreed": found.disagreed,
        "remarks": [asdict(remark) for remark in found.remarks],
    }


def _line(line: Line) -> dict[str, object]:
    return {
        "id": line.id,
        "label": line.label,
        "trainings": line.trainings,
        "votes": line.final.votes,
        "same_percent": line.final.percent,
        "before_percent": line.before.percent,
        "shift": line.shift,
        "predicted_percent": line.predicted.percent,
        "disagreed": line.disagreed,
    }
