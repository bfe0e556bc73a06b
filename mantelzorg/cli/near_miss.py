"""`near-miss`: which one fact tips a prepared case, for an author who looks for a flip."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby

from mantelzorg.assessment import Judge
from mantelzorg.cases import OPEN
from mantelzorg.content import ROOT, load
from mantelzorg.facts import Answers, Fact, Interval, Kind, suggest
from mantelzorg.training.cases import TrainingCase, read_training, replay
from mantelzorg.training.near_miss import NearMiss, Plausible, find, said

REFUSED = 2
HEADINGS = {
    Plausible.MAY_BECOME: "Dit kan zo worden",
    Plausible.MAY_TURN_OUT: "De casus zegt dit niet; het kan zo blijken te zijn",
    Plausible.OTHER_WAY: "Dit verandert wel, maar meestal de andere kant op",
    Plausible.OTHER_STORY: "Dit verandert nooit: dan is het een ander verhaal",
}


def run(name: str) -> int:
    """Print the near misses of one prepared case. 2 when there is no such case. Raises ContentError."""
    content = load()
    cases = {case.id: case for case in read_training(content, ROOT)}
    if name not in cases:
        print(f"{name[:60]!r}: deze casus bestaat niet.{suggest(name[:60], cases)}", file=sys.stderr)
        print(f"Mogelijk: {', '.join(cases)}.", file=sys.stderr)
        return REFUSED
    case = cases[name]
    judge = content.judges[case.rule_set]
    now = replay(case, content).now[case.rule_set]
    print(f"{case.title['nl']} ({case.id}): nu {_short(judge, case.answers, now)}")
    print("\n".join(_lines(judge, case)))
    return 0


def _lines(judge: Judge, case: TrainingCase) -> Iterator[str]:
    found = find(judge, case.answers)
    if not found:
        yield "\nGeen enkel feit geeft alleen een andere uitkomst."
    for plausible, misses in groupby(found, key=lambda miss: miss.plausible):
        yield f"\n{HEADINGS[plausible]}:"
        for miss in misses:
            yield f"  - {said(judge, miss, 'nl')} → {_short(judge, _after(case, miss), miss.verdict)}"
            yield f"      facts: {{{miss.fact}: {_written(judge.rules.fact(miss.fact), miss)}}}"
            yield f"      expect: {{{judge.rules.id}: {miss.verdict}}}"


def _after(case: TrainingCase, miss: NearMiss) -> Answers:
    return {**case.answers, miss.fact: miss.answer}


def _short(judge: Judge, answers: Answers, result: str) -> str:
    """A result in a few words, those of the line behind it."""
    line = judge.line(answers, result)
    return line.texts["short"]["nl"] if line else judge.rules.texts.get("open_short", {"nl": OPEN})["nl"]


def _written(fact: Fact, miss: NearMiss) -> str:
    """The answer as a case writes it; of a choice one of the values that do."""
    if isinstance(miss.answer, Interval):
        return f"{miss.answer.low:g}"
    chosen = [value for value in fact.value_ids if isinstance(miss.answer, frozenset) and value in miss.answer]
    return f"[{', '.join(chosen)}]" if fact.kind is Kind.MULTIPLE else chosen[0]
