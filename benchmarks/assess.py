"""Measures loading, full assessments and a naive interpreter beside them, all in one run.

python benchmarks/assess.py [--write]     with --write the results go to docs/benchmarks.md
"""

from __future__ import annotations

import os
import platform
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import naive  # noqa: E402

from mantelzorg.assessment import Judge  # noqa: E402
from mantelzorg.cases import Case, load_cases  # noqa: E402
from mantelzorg.content import Content, load  # noqa: E402
from mantelzorg.facts import Answers  # noqa: E402
from mantelzorg.verdict_table import build  # noqa: E402
from mantelzorg.yaml_reader import read  # noqa: E402

HALVES, SEED = 300, 1
LOAD = """
import time
start = time.perf_counter()
from mantelzorg.content import load
imported = time.perf_counter()
load()
print(imported - start, time.perf_counter() - imported)
"""
PAGE = """
import gc, time
from streamlit.testing.v1 import AppTest
page = AppTest.from_file("app.py", default_timeout=60)
page.run()
assert not page.exception, page.exception
gc.collect(); gc.freeze()
spent = []
for _ in range(15):
    start = time.process_time()
    page.run()
    spent.append(time.process_time() - start)
print(*spent)
"""


def main() -> None:
    """Measure, print, and write if asked."""
    report = "\n".join(lines())
    print(report)
    if "--write" in sys.argv[1:]:
        (ROOT / "docs" / "benchmarks.md").write_text(report + "\n", "utf-8")


def lines() -> Iterator[str]:
    """The whole report, in Markdown."""
    content = load()
    cases = [case.answers for case in _cases(content)]
    broad = content.judges[content.questionnaires["referrer"].rules]
    yield "# Benchmarks"
    yield ""
    yield "Written by `python benchmarks/assess.py --write`. Other work on the machine only makes figures worse."
    yield ""
    yield f"Machine: {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, {date.today()}."
    yield from _loading(content)
    yield from _assessing(broad, cases)
    yield from _naive(content, broad, cases)
    yield from _page()


def _cases(content: Content) -> Iterable[Case]:
    path = ROOT / "cases" / "published.yaml"
    return load_cases(read(path.read_bytes(), path.name), content.facts, content.judges)


def _loading(content: Content) -> Iterator[str]:
    runs = [[float(part) for part in _fresh(LOAD).split()] for _ in range(5)]
    imported, loaded = (statistics.median(column) for column in zip(*runs, strict=True))
    yield from ("", "## Loading", "")
    yield f"All content, fresh process, median of 5: **{loaded:.2f} s** (aim: 1.5 s); imports take {imported:.2f} s."
    yield from (
        "",
        "| rule set | facts | situations | reader states | table | table and readers |",
        "|---|---|---|---|---|---|",
    )
    for judge in content.judges.values():
        table, whole = _once(build, judge.rules), _once(Judge, judge.rules)
        sizes = f"{len(judge.table.axes)} | {judge.table.cells.size:,} | {judge.reader.states:,}"
        yield f"| {judge.rules.id} | {sizes} | {table:.0f} ms | {whole:.0f} ms |"


def _assessing(judge: Judge, cases: list[Answers]) -> Iterator[str]:
    yield from ("", "## One full assessment", "")
    yield f"Verdict, criteria, reasons, changes and questions by `{judge.rules.id}`; nothing remembered from before."
    yield from ("", "| form | n | median | 95 % | worst | aim (median) |", "|---|---|---|---|---|---|")
    forms: tuple[tuple[str, list[Answers], str], ...] = (
        ("empty", [{}] * 20, "10 ms"),
        ("half answered", halves(cases), "3 ms"),
        ("published cases", cases, ""),
    )
    for name, situations, aim in forms:
        spent = sorted(_once(judge.assess, answers, before=judge._explained.cache_clear) for answers in situations)
        p95, worst = spent[int(0.95 * (len(spent) - 1))], spent[-1]
        median = statistics.median(spent)
        yield f"| {name} | {len(spent)} | **{median:.2f} ms** | {p95:.2f} ms | {worst:.2f} ms | {aim} |"
    again = statistics.median(_again(judge, answers) for answers in cases)
    yield from ("", f"The same situation again: {again * 1000:.0f} µs.")


def _naive(content: Content, broad: Judge, cases: list[Answers]) -> Iterator[str]:
    yield from ("", "## Beside a naive interpreter", "")
    yield "Which verdicts are still possible: the table's reader against walking the conditions for every completion of"
    yield "the answers, one value per class (`benchmarks/naive.py`), unless there are more than"
    yield f"{naive.MOST_COMPLETIONS:,} completions. In every form compared both found the same."
    yield from ("", "| rule set | forms | compared | reader | naive | ratio |", "|---|---|---|---|---|---|")
    small = content.judges["cbs"]
    for judge, name, some in (
        (small, "everything known", _complete(small)),
        (small, "half answered", halves(cases)[:60]),
        (broad, "everything known", _complete(broad)),
        (broad, "published cases", cases),
        (broad, "half answered", halves(cases)[:60]),
    ):
        spent = [pair for answers in some if (pair := _compared(judge, answers))]
        fast, slow = (statistics.median(column) for column in zip(*spent, strict=True))
        kept = f"{len(spent)} of {len(some)}"
        yield f"| {judge.rules.id} | {name} | {kept} | {fast * 1000:.0f} µs | {slow:.2f} ms | {slow / fast:,.0f} |"


def _complete(judge: Judge) -> list[Answers]:
    """Situations of which everything is known, drawn at random."""
    chance = random.Random(SEED)
    return [
        {axis.fact.id: naive.answer(axis, chance.randrange(axis.size)) for axis in judge.table.axes} for _ in range(60)
    ]


def _compared(judge: Judge, answers: Answers) -> tuple[float, float] | None:
    """Milliseconds of the reader and of the naive way; None when the naive way has too much to try."""
    axes, rules = judge.table.axes, judge.rules
    if naive.completions(axes, answers) > naive.MOST_COMPLETIONS:
        return None
    expected, found = naive.possible(rules, axes, answers), _possible(judge, answers)
    assert expected == frozenset(found), f"{rules.id}: naive {expected}, table {found}"
    return _once(_possible, judge, answers), _once(naive.possible, rules, axes, answers)


def _possible(judge: Judge, answers: Answers) -> tuple[str, ...]:
    return judge.named(judge.reader.one(judge.table.masks(answers)))


def _page() -> Iterator[str]:
    yield from ("", "## One rerun of the page", "")
    try:
        spent = [float(part) * 1000 for part in _fresh(PAGE).split()]
    except subprocess.CalledProcessError as error:
        yield f"Not measured: the page did not run here ({error.stderr.strip().splitlines()[-1][:80]})."
        return
    yield f"Processor time of the server, page empty, without a browser (AppTest), median of {len(spent)},"
    yield f"after `gc.freeze()` as in the server: **{statistics.median(spent):.0f} ms** (aim: under 20 ms)."


def halves(cases: list[Answers]) -> list[Answers]:
    """Random halves of the answers of random cases, the same in every run."""
    chance = random.Random(SEED)
    picked = (chance.choice(cases) for _ in range(HALVES))
    return [{fact: own[fact] for fact in chance.sample(list(own), len(own) // 2)} for own in picked]


def _again(judge: Judge, answers: Answers) -> float:
    judge.assess(answers)
    return _once(judge.assess, answers)


def _once(work: Callable[..., object], *given: object, before: Callable[[], None] | None = None) -> float:
    """How many milliseconds one call takes."""
    if before:
        before()
    start = time.perf_counter()
    work(*given)
    return (time.perf_counter() - start) * 1000


def _fresh(program: str) -> str:
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return run.stdout


if __name__ == "__main__":
    main()
