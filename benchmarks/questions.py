"""How many questions the self-check asks, and how many any way of asking would need.

python benchmarks/questions.py [--write]     with --write the results go to docs/benchmarks.md
"""

from __future__ import annotations

import os
import platform
import re
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean, median

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import fewest  # noqa: E402
import visits  # noqa: E402

from mantelzorg.checks import order, read_all  # noqa: E402

REPORT = ROOT / "docs" / "benchmarks.md"
HEADING = "## The self-check"


def main() -> None:
    """Measure, print, and write if asked."""
    text = "\n".join(lines())
    print(text)
    if "--write" in sys.argv[1:]:
        write("questions", text)


def lines() -> Iterator[str]:
    """The section, in Markdown."""
    material = read_all(ROOT)
    every, typical = visits.setting(material), visits.setting(material, "published")
    people = every.completed()
    walks = [every.walk(person) for person in people]
    told = [every.walk(person) for person in every.told()]
    yield from _head(every)
    yield from _pages(every, told, walks, [typical.walk(person) for person in typical.completed()])
    yield from _announced(told, walks)
    yield from _fewest(every, people, walks)
    yield ""
    yield f"Processor time of all this: {time.process_time():.0f} s."


def _head(setting: visits.Setting) -> Iterator[str]:
    yield f"{HEADING}: how many questions"
    yield ""
    yield f"`python benchmarks/questions.py --write`, {_when()}."
    yield f"People are made from the {len(setting.cases)} cases with a result expected of `{setting.form.rules}`."
    yield '*As told*: what a case is silent about is answered with "I do not know". *Completed*: it is drawn (seed'
    yield f"{visits.SEED}, {visits.DRAWS} a case) from what other cases say; how somebody feels is drawn uniformly."
    yield "Cases are no sample of the people who will use it: read a mean as a mean over cases."
    yield ""


def _pages(
    setting: visits.Setting, told: Sequence[visits.Walk], all_of: Sequence[visits.Walk], typical: Sequence[visits.Walk]
) -> Iterator[str]:
    yield "| pages with a question | people | mean | median | 90 % | most |"
    yield "|---|---|---|---|---|---|"
    yield _row("completed, published cases", [len(one.pages) for one in typical])
    yield _row("**completed, all cases**", [len(one.pages) for one in all_of])
    for purpose in (visits.DEFINITION, visits.SCHEMES, visits.SUPPORT):
        yield _row(f"… of these for the {purpose}", [one.pages.count(purpose) for one in all_of])
    yield _row("as told, all cases", [len(one.pages) for one in told])
    yield f"| every question of the form | | {len(setting.form.questions())} | | | |"
    yield ""
    yield "A page that serves the definition counts there, whatever else it serves. Who knows less is asked more."
    yield ""


def _row(name: str, counts: Sequence[int]) -> str:
    ordered = sorted(counts)
    high = ordered[round(0.9 * (len(ordered) - 1))]
    return f"| {name} | {len(counts)} | {fmean(counts):.1f} | {median(counts):g} | {high} | {ordered[-1]} |"


def _announced(told: Sequence[visits.Walk], completed: Sequence[visits.Walk]) -> Iterator[str]:
    yield 'How many questions fewer come than "nog hooguit N vragen" says:'
    yield ""
    yield "| | pages | mean | first page | last three pages | too low |"
    yield "|---|---|---|---|---|---|"
    for name, walks in (("completed, all cases", completed), ("as told, all cases", told)):
        slack = [some for one in walks for some in one.slack]
        first, last = [one.slack[0] for one in walks], [some for one in walks for some in one.slack[-3:]]
        low = sum(some < 0 for some in slack)
        yield f"| {name} | {len(slack):,} | {fmean(slack):.1f} | {fmean(first):.1f} | {fmean(last):.1f} | {low} |"
    yield ""


def _fewest(setting: visits.Setting, people: Sequence[visits.Person], walks: Sequence[visits.Walk]) -> Iterator[str]:
    judge, own = setting.judge, [one.pages.count(visits.DEFINITION) for one in walks]
    places = judge.table.places
    masks = [judge.plain_masks(judge.given(setting.form.answers(person))) for person in people]
    given = [sum(1 << places[fact] for fact in setting.at_the_door(one) if fact in places) for one in people]
    tables = [fewest.settled(judge, some) for some in masks]
    least = [fewest.smallest(table, start) for table, start in zip(tables, given, strict=True)]
    assert all(few <= count for few, count in zip(least, own, strict=True))
    asked = [question.fact for question in setting.form.questions() if question.fact in places]
    costs = order.compare(judge, asked, setting.cases)
    assert costs
    better = setting.in_order(costs.order)
    moved = [better.walk(person).pages.count(visits.DEFINITION) for person in people]
    yield f"The definition alone, {len(people)} completed people, and what is the least possible:"
    yield ""
    yield "| questions for the definition | mean | 90 % | most |"
    yield "|---|---|---|---|"
    yield f"| every question that its rules use | {len(asked)} | | |"
    yield _short("**the self-check**", own)
    yield _short("the self-check in the order that `checks/order.py` finds", moved)
    yield f"| the best strategy for exactly these people | {fewest.best_strategy(masks, tables, given):.2f} | | |"
    yield _short("the fewest answers that settle each person's verdict", least)
    yield ""
    yield f"That order: {', '.join(costs.order)}."
    yield BOUNDS


def _short(name: str, counts: Sequence[int]) -> str:
    return "|".join(f"{_row(name, counts)}".split("|")[n] for n in (0, 1, 3, 5, 6)) + "|"


BOUNDS = """
- The last line is exact, every subset of the answers is tried, and a lower bound for every strategy: who stops
  with fewer answers has left a second verdict possible. It is a bound for each person apart; a strategy does not know
  beforehand which answers will be the deciding ones.
- The line above it is exact too, worked out backwards over all sets of answers: the lowest mean that any strategy has
  on these people, also one in which every question depends on all answers before it. It knows how often each answer
  occurs among exactly these people, so for others it is a bound, not something to reach.
- The order of `checks/order.py` is the best that moving one question at a time finds, learned on half of its own draws
  from the same cases. It is an upper bound of what the best fixed order costs here, not proved best, and a little
  flattered by cases that it learned on. The form keeps its own order on purpose: it starts with what somebody does,
  not with money or an organisation.
- All stop at the same point: the rules, with what they assume while nobody says anything, leave one verdict."""


def _when() -> str:
    return f"{time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"


def write(name: str, section: str) -> None:
    """Replace this part of the report, and no other."""
    text, block = REPORT.read_text("utf-8"), f"<!-- {name} -->\n{section}\n<!-- /{name} -->"
    if f"<!-- {name} -->" in text:
        text = re.sub(rf"<!-- {name} -->.*?<!-- /{name} -->", lambda _: block, text, flags=re.DOTALL)
    else:
        text = f"{text.rstrip()}\n\n{block}\n"
    REPORT.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
