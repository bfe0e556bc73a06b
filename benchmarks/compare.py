"""Measures `compare` on the two Almere files and on three edits of the broad rules.

python benchmarks/compare.py
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from mantelzorg.comparison import as_text, compare  # noqa: E402
from mantelzorg.comparison.replayed import changed_cases, read_cases  # noqa: E402
from mantelzorg.comparison.revisions import files  # noqa: E402
from mantelzorg.content import load  # noqa: E402
from mantelzorg.loading import load_rules  # noqa: E402
from mantelzorg.rules import RuleSet  # noqa: E402
from mantelzorg.yaml_reader import read  # noqa: E402

ROUNDS = 5
EDITS = (
    ("helper_age <= 25", "helper_age < 27"),
    ("any_of(tasks, [personal_care, nursing])", "any_of(tasks, [nursing])"),
    (
        "if: not close_family and (intensive_help or indispensable or mostly_extra)",
        "if: not close_family and intensive_help",
    ),
)
"""Changes of the broad rules: what is written, what is written instead."""


def edited() -> tuple[RuleSet, RuleSet]:
    """The broad rules, and the same with three edits."""
    content = load()
    text = (ROOT / "rules" / "mantelzorg.yaml").read_text(encoding="utf-8")
    for old, new in EDITS:
        if old not in text:
            raise SystemExit(f"not in rules/mantelzorg.yaml any more: {old}")
        text = text.replace(old, new)
    changed = load_rules(read(text.encode(), "mantelzorg.yaml"), content.facts, content.sources)
    return content.judges["mantelzorg"].rules, changed


def measure(name: str, old: RuleSet, new: RuleSet) -> None:
    """Print the median and the slowest of a few rounds, cases and words included, and the median processor time."""
    cases = read_cases(read((ROOT / "cases" / "published.yaml").read_bytes(), "cases"))
    seconds, busy = [], []
    for _ in range(ROUNDS):
        start, began = time.perf_counter(), time.process_time()
        found = compare(old, new, (len(cases), changed_cases(cases, old, new)))
        as_text(found, "nl")
        seconds.append(time.perf_counter() - start)
        busy.append(time.process_time() - began)
    sentences = sum(len(own.boxes) + len(own.cubes) for own in found.sentences)
    print(
        f"{name}: {found.table.old.size:,} cells, {found.changed:,} changed, {len(found.sentences)} pairs in "
        f"{sentences} sentences; median {statistics.median(seconds):.2f} s, slowest {max(seconds):.2f} s, "
        f"processor {statistics.median(busy):.2f} s"
    )


def main() -> None:
    years = (str(ROOT / "rules" / f"almere-waardering-{year}.yaml") for year in (2019, 2021))
    measure("Almere 2019 and 2021", *files(*years))
    measure("broad rules, three edits", *edited())
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
