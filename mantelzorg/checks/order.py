"""How many questions an order costs: the author's own against a better fixed one.

Situations are the cases, what they leave open drawn from what other cases say. A question is skipped when the table
says that it cannot change the verdict, as on the page. The better order is found by local search from the author's
own, one question moved at a time, on one half of the situations; both orders are then measured on the other half.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from statistics import mean

import numpy as np

from mantelzorg.assessment import Judge
from mantelzorg.cases import Case
from mantelzorg.verdict_table import Bits

DRAWS = 3
"""How often each case is completed."""
FEWEST, MOST = 20, 200
NAMED = 4
ROUNDS = 3
TRIES = 20
Classes = tuple[int, ...]


@dataclass(frozen=True)
class Costs:
    """The mean number of questions of the author's order and of a better one, measured on so many situations."""

    own: float
    better: float
    order: tuple[str, ...]
    situations: int


def compare(judge: Judge, asked: Sequence[str], cases: Sequence[Case]) -> Costs | None:
    """What an order of facts costs; None when there are too few situations to say."""
    places = [judge.table.places[fact] for fact in asked if fact in judge.table.places]
    drawn = situations(judge, cases)
    if len(drawn) < FEWEST or len(places) < 2:
        return None
    learn, measure = drawn[::2], drawn[1::2]
    walk = _Walk(judge)
    better = _improved(places, lambda order: walk.mean(order, learn))
    own_mean, better_mean = walk.mean(places, measure), walk.mean(better, measure)
    return Costs(own_mean, better_mean, tuple(judge.table.axes[place].fact.id for place in better), len(measure))


def situations(judge: Judge, cases: Sequence[Case]) -> list[Classes]:
    """Complete, possible situations, a class per axis, within what the rule set assumes; the same every time."""
    random, table = Random(1), judge.table
    given = [judge.given(case.answers) for case in cases if judge.rules.id in case.expect]
    pools = [[own[place] for own in given if own[place] is not None] for place in range(len(table.axes))]
    found = []
    for own in given:
        for _ in range(DRAWS):
            masks = [_within(mask, pools[place], table.assumptions[place], random) for place, mask in enumerate(own)]
            drawn = next((some for some in (_picked(masks, random) for _ in range(TRIES)) if table.cells[some]), None)
            found += [drawn] if drawn else []
    return found[:: max(1, -(-len(found) // MOST))]


def _within(mask: int | None, pool: Sequence[int | None], assumed: int, random: Random) -> int:
    drawn = mask if mask is not None else random.choice(pool) if pool else assumed
    return (drawn or assumed) & assumed or assumed


def _picked(masks: Sequence[int], random: Random) -> Classes:
    return tuple(random.choice([c for c in range(mask.bit_length()) if mask >> c & 1]) for mask in masks)


def _improved(order: list[int], cost: Callable[[Sequence[int]], float]) -> list[int]:
    """Move one question at a time to its best place, until nothing gains or `ROUNDS` are over."""
    best = cost(order)
    for _ in range(ROUNDS):
        before = best
        for moved in list(order):
            rest = [place for place in order if place != moved]
            tries = [[*rest[:n], moved, *rest[n:]] for n in range(len(order))]
            costs = [cost(some) for some in tries]
            if min(costs) < best:
                best, order = min(costs), tries[costs.index(min(costs))]
        if best == before:
            break
    return order


class _Walk:
    """Walks through situations; what is left of the table after the same answers is kept."""

    def __init__(self, judge: Judge) -> None:
        table = judge.table
        left = table.cells
        self._classes = [[c for c in range(mask.bit_length()) if mask >> c & 1] for mask in table.assumptions]
        for place, classes in enumerate(self._classes):
            left = left.take(classes, axis=place) if len(classes) < table.axes[place].size else left
        self._left: dict[frozenset[tuple[int, int]], Bits] = {frozenset(): left}
        self._relevant: dict[tuple[frozenset[tuple[int, int]], int], bool] = {}

    def mean(self, order: Sequence[int], situations: Sequence[Classes]) -> float:
        """The mean cost of an order."""
        return mean(self.cost(order, some) for some in situations)

    def cost(self, order: Sequence[int], situation: Classes) -> int:
        """How many questions are asked until the verdict is certain or no question matters."""
        answered: frozenset[tuple[int, int]] = frozenset()
        cost = 0
        for place in order:
            if self._matters(answered, place):
                before = self._left[answered]
                answered |= {(place, situation[place])}
                cost += 1
                if answered not in self._left:
                    c = self._classes[place].index(situation[place])
                    self._left[answered] = before[(slice(None),) * place + (slice(c, c + 1),)]
        return cost

    def _matters(self, answered: frozenset[tuple[int, int]], place: int) -> bool:
        if (answered, place) not in self._relevant:
            self._relevant[answered, place] = _varies(self._left[answered], place)
        return self._relevant[answered, place]


def _varies(cells: Bits, place: int) -> bool:
    """Whether two possible classes of an axis differ, while more than one verdict is possible at all."""
    if cells.shape[place] == 1:
        return False
    every = int(np.bitwise_or.reduce(cells, axis=None))
    parts = [cells.take(c, axis=place) for c in range(cells.shape[place])]
    possible = [part for part in parts if part.any()]
    return bool(every & (every - 1)) and any(not np.array_equal(possible[0], part) for part in possible[1:])
