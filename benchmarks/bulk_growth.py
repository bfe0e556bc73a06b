"""How the cost grows with facts: a made rule set, larger and larger, until building it passes a limit.

python benchmarks/bulk_growth.py SECONDS      prints a line of JSON per size; bulk.py starts it
"""

from __future__ import annotations

import json
import random
import sys
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import bulk_rows  # noqa: E402

from mantelzorg.assessment import Judge  # noqa: E402
from mantelzorg.bulk.judging import bulk_reader, judge_codes  # noqa: E402
from mantelzorg.conditions import ALWAYS, And, Not, Test  # noqa: E402
from mantelzorg.content import load  # noqa: E402
from mantelzorg.facts import Fact, Kind, Value  # noqa: E402
from mantelzorg.reader import ReaderTooLargeError  # noqa: E402
from mantelzorg.rules import RuleSet  # noqa: E402
from mantelzorg.verdict_table import TableTooLargeError  # noqa: E402

FACTS = (8, 10, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25)
ROWS = 200_000
MOST_MEMORY = 2_000
"""MB"""


def made(pattern: RuleSet, facts: int, seed: int = 1) -> RuleSet:
    """Yes/no facts, and as many lines: each fact in turn with two others drawn at random, four verdicts in turn."""
    drawn = random.Random(seed)
    names = [f"fact_{number:02}" for number in range(facts)]
    texts = {"nl": "", "en": ""}
    options = tuple(Value(option, {"nl": option, "en": option}, texts) for option in ("yes", "no"))
    asked = tuple(Fact(name, Kind.CHOICE, {"nl": name, "en": name}, options) for name in names)
    lines = []
    for number in range(facts):
        others = [name for name in names if name != names[number]]
        tests = [Test(name, frozenset({"yes"})) for name in (names[number], *drawn.sample(others, 2))]
        parts = tuple(Not(test) if drawn.random() < 0.5 else test for test in tests)
        lines.append(replace(pattern.lines[0], id=f"verdict_{number % 4}", condition=And(parts)))
    lines.append(replace(pattern.lines[0], id="verdict_4", condition=ALWAYS))
    return replace(pattern, id=f"made-{facts}", criteria=(), lines=tuple(lines), impossible=(), facts=asked, wanted=())


def measured(rules: RuleSet) -> dict[str, float]:
    """Situations, states, seconds and MB of building, and rows a second."""
    Path("/proc/self/clear_refs").write_text("5")
    start = time.perf_counter()
    judge = Judge(rules)
    reader = bulk_reader(judge)
    build = time.perf_counter() - start
    peak = memory()
    codes = bulk_rows.draw(judge, ROWS, bulk_rows.UNKNOWN).codes
    spent = []
    for _ in range(5):
        start = time.perf_counter()
        judge_codes(codes, judge)
        spent.append(time.perf_counter() - start)
    return {
        "facts": len(judge.table.axes),
        "cells": judge.table.cells.size,
        "states": judge.reader.states,
        "build": build,
        "peak": peak,
        "tables": sum(step.table.nbytes for own in (reader.assuming, reader.plain) for step in own.steps),
        "rate": ROWS / min(spent),
    }


def memory() -> float:
    """The most memory of this process since it was last asked, in MB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1000


def main(seconds: float) -> None:
    """Grow until building takes longer, or the program itself refuses."""
    pattern = load().judges["cbs"].rules
    for facts in FACTS:
        try:
            found = measured(made(pattern, facts))
        except (TableTooLargeError, ReaderTooLargeError) as error:
            print(json.dumps({"facts": facts, "refused": str(error)}), flush=True)
            return
        print(json.dumps(found), flush=True)
        bulk_reader.cache_clear()
        if found["build"] > seconds or found["peak"] > MOST_MEMORY:
            return


if __name__ == "__main__":
    main(float(sys.argv[1]))
