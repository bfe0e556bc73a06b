"""Near misses: every change of one fact after which a case gets another, decided verdict.

Exact: each class of each fact of the verdict table is tried once, with the other answers as they are. What no test
of the rules tells apart is one proposal.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import combinations

from mantelzorg import wording
from mantelzorg.assessment import Judge
from mantelzorg.changes import Change, reachable
from mantelzorg.facts import Answer, Answers, Changes, Fact, Interval, Kind, Unknown
from mantelzorg.verdict_table import Axis


class Plausible(IntEnum):
    """How a change could come about; the most plausible first."""

    MAY_BECOME = 0
    """The fact can change in this direction in real life."""
    MAY_TURN_OUT = 1
    """The case does not say, or not precisely: this may prove to be so."""
    OTHER_WAY = 2
    """The fact can change, but hardly in this direction."""
    OTHER_STORY = 3
    """The fact never changes: the story would be about somebody else."""


@dataclass(frozen=True)
class NearMiss:
    """With this answer to `fact` the verdict becomes `verdict`.

    `c` is the class on the axis of the fact. For a choice `answer` holds every value of that class, any of which will
    do; for the other kinds it is the one answer of that class that is nearest to the case, `steps` away.
    """

    fact: str
    c: int
    answer: Answer
    verdict: str
    plausible: Plausible
    steps: int


def find(judge: Judge, answers: Answers) -> tuple[NearMiss, ...]:
    """All near misses of a situation, the most plausible first; of equally plausible ones the nearest."""
    now = judge.judge(answers).verdict
    return tuple(miss for miss in every(judge, answers) if miss.verdict != now)


def every(judge: Judge, answers: Answers) -> tuple[NearMiss, ...]:
    """All changes of one fact after which the verdict is decided, whether or not it is another; in the same order."""
    found = []
    for axis in judge.table.axes:
        name = axis.fact.id
        mask = axis.mask(answers[name]) if name in answers else axis.full
        for c, answer, steps in _others(axis, answers.get(name)):
            verdict = judge.judge({**answers, name: answer}).verdict
            if verdict is not None:
                found.append(NearMiss(name, c, answer, verdict, _plausible(axis, mask, c), steps))
    order = [fact.id for fact in judge.rules.facts]
    return tuple(sorted(found, key=lambda miss: (miss.plausible, miss.steps, order.index(miss.fact), miss.c)))


def said(judge: Judge, miss: NearMiss, language: str) -> str:
    """The change in words: `zij wonen niet samen`. Names every single value that would do as well."""
    axis = judge.table.axes[judge.table.places[miss.fact]]
    if isinstance(miss.answer, frozenset) and axis.fact.kind is Kind.MULTIPLE and len(miss.answer) > 1:
        return wording.say(axis.fact, miss.answer, language)
    return wording.change(judge, Change(miss.verdict, ((miss.fact, miss.c),)), language)


def _plausible(axis: Axis, mask: int, c: int) -> Plausible:
    if mask >> c & 1:
        return Plausible.MAY_TURN_OUT
    if c in reachable(axis, mask):
        return Plausible.MAY_BECOME
    return Plausible.OTHER_STORY if axis.fact.changes is Changes.NEVER else Plausible.OTHER_WAY


def _others(axis: Axis, given: Answer | None) -> Iterator[tuple[int, Answer, int]]:
    """Every class but the one that was answered, with its nearest answer and how many steps away that is."""
    mask = axis.full if given is None else axis.mask(given)
    known = None if isinstance(given, Unknown) else given
    sets = _nearest_sets(axis, known) if axis.fact.kind is Kind.MULTIPLE else {}
    for c in range(axis.size):
        if given is not None and mask == 1 << c:
            continue
        if sets:
            yield c, *sets[c]
        elif axis.fact.kind is Kind.NUMBER:
            number = _nearest_number(axis.regions[c], known if isinstance(known, Interval) else None, axis.fact)
            yield c, Interval(number, number), _apart(mask, c)
        else:
            yield c, axis.values(1 << c), _apart(mask, c)


def _apart(mask: int, c: int) -> int:
    """How many classes lie between; none when the class is among those that the answer leaves possible."""
    return min(abs(c - place) for place in range(mask.bit_length()) if mask >> place & 1)


def _nearest_sets(axis: Axis, given: Answer | None) -> dict[int, tuple[Answer, int]]:
    """Per class the set of options that differs least from the one chosen, and in how many options."""
    alone = frozenset(filter(None, [axis.fact.alone]))
    now = (given if isinstance(given, frozenset) else frozenset()) - alone
    options = [value for value in axis.fact.value_ids if value not in alone]
    found: dict[int, tuple[Answer, int]] = {}
    for steps in range(len(options) + 1):
        for some in combinations(options, steps):
            chosen = now ^ frozenset(some)
            if chosen:
                found.setdefault(axis.mask(chosen).bit_length() - 1, (chosen, steps))
        if len(found) == axis.size:
            break
    if alone:
        found.setdefault(axis.mask(alone).bit_length() - 1, (alone, max(len(now), 1)))
    return found


def _nearest_number(regions: tuple[Interval, ...], given: Interval | None, fact: Fact) -> float:
    """The whole number in these regions that is nearest to the answer; where they hold none, a number halfway."""
    ends = [end for end in (given.low, given.high) if math.isfinite(end)] if given else [fact.low]
    whole = [number for region in regions for end in ends if (number := _whole(region, end)) is not None]
    if whole:
        return min(whole, key=lambda number: min(abs(number - end) for end in ends))
    return (regions[0].low + regions[0].high) / 2


def _whole(region: Interval, near: float) -> float | None:
    """The whole number in an interval that is nearest to `near`, if it holds one."""
    low, high = float(math.ceil(region.low)), float(math.floor(region.high))
    low += low == region.low and not region.low_closed
    high -= high == region.high and not region.high_closed
    return None if low > high else float(round(min(max(near, low), high)))
