"""Measures judging many rows at once, and a loop over the same rows beside it, all in one run.

python benchmarks/bulk.py [ROWS ...]     for so many rows; 10^5, 10^6 and 10^7 when none are named
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

from mantelzorg.assessment import Judge  # noqa: E402
from mantelzorg.bulk.codes import SAID_NOTHING, Codes, code_type  # noqa: E402
from mantelzorg.bulk.judging import judge, judge_codes, possible_codes  # noqa: E402
from mantelzorg.content import load  # noqa: E402
from mantelzorg.facts import Answers, Interval, Kind  # noqa: E402

ROWS = (100_000, 1_000_000, 10_000_000)
UNKNOWN = 0.2
RUNS = 5
LOOPED = 20_000
MOST_TEXT = 1_000_000
"""A frame of text of ten million rows would measure the memory of the machine."""


def main(sizes: tuple[int, ...]) -> None:
    """Print a table per rule set."""
    for own in load().judges.values():
        print("\n".join(lines(own, sizes)))


def lines(own: Judge, sizes: tuple[int, ...]) -> Iterator[str]:
    """Rows a second, and how many times the loop that is."""
    random = np.random.default_rng(1)
    axes = len(own.table.axes)
    yield f"\n{own.rules.id}: {axes} facts, {own.table.cells.size:,} situations, {own.reader.states:,} states"
    frame = text(own, LOOPED, random)
    loop = LOOPED / timed(lambda: naive(own, frame), 1)
    yield f"  {'a loop over rows, answers ready':<36} {LOOPED:>10,} {loop:>14,.0f} rows/s      1 x"
    for rows in sizes:
        codes = coded(own, rows, random)
        made = {
            "possible_codes": lambda c=codes: possible_codes(c, own),
            "judge_codes": lambda c=codes: judge_codes(c, own),
        }
        if rows <= MOST_TEXT:
            texts = text(own, rows, random)
            kinds = texts.astype("category")
            made |= {"judge, text": lambda f=texts: judge(f, own), "judge, categories": lambda f=kinds: judge(f, own)}
        for name, work in made.items():
            rate = rows / timed(work, RUNS)
            yield f"  {name:<36} {rows:>10,} {rate:>14,.0f} rows/s {rate / loop:>6,.0f} x"


def timed(work: Callable[[], object], runs: int) -> float:
    """Seconds of one run: the median, after one that is not counted."""
    if runs > 1:
        work()
    spent = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def coded(own: Judge, rows: int, random: np.random.Generator) -> Codes:
    """Precise answers drawn evenly over the classes, one in five of them absent."""
    columns = []
    for axis in own.table.axes:
        column = (1 << random.integers(0, axis.size, rows)).astype(code_type(axis))
        column[random.random(rows) < UNKNOWN] = SAID_NOTHING
        columns.append(column)
    return Codes(tuple(columns), rows)


def text(own: Judge, rows: int, random: np.random.Generator) -> pd.DataFrame:
    """Labels and whole numbers drawn evenly, one in five of them absent."""
    columns = {}
    for axis in own.table.axes:
        fact = axis.fact
        labels = [value.label["nl"] for value in fact.values] or [str(n) for n in range(int(min(fact.high, 120)) + 1)]
        column = np.array([None, *labels], dtype=object)[random.integers(1, len(labels) + 1, rows)]
        column[random.random(rows) < UNKNOWN] = None
        columns[fact.id] = pd.Series(column, dtype="str")
    return pd.DataFrame(columns)


def naive(own: Judge, frame: pd.DataFrame) -> list[str]:
    """One row after the other, with the answers read by a table that was made before."""
    facts = {axis.fact.id: axis.fact for axis in own.table.axes}
    known = {(fact.id, value.label["nl"]): frozenset({value.id}) for fact in facts.values() for value in fact.values}
    found = []
    for row in frame.to_dict("records"):
        answers: Answers = {
            name: Interval(float(cell), float(cell)) if facts[name].kind is Kind.NUMBER else known[name, cell]
            for name, cell in row.items()
            if isinstance(cell, str)
        }
        result = own.judge(answers)
        found.append(result.verdict or result.status.value)
    return found


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or ROWS)
