"""The fewest questions with which a verdict can be reached: bounds that no way of asking beats.

A set of answers settles when the rules, with what they assume while nobody says anything, leave one verdict. Every
subset of every person's answers is looked at, so both figures are exact:

- the smallest set that settles. Whoever stops with fewer answers has left a second verdict possible, however
  cleverly each question followed from the answer before; so no strategy asks this person fewer. A strategy does not
  know the person beforehand, so mostly none is this good for all.
- the best strategy for these people: which question comes next may depend on every answer given. Worked out backwards
  from all answers to none. It knows how often each answer occurs among exactly these people; a strategy for strangers
  cannot, so for them this is out of reach too.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mantelzorg.assessment import Judge

Masks = tuple[int, ...]
Settled = npt.NDArray[np.bool_]


def settled(judge: Judge, masks: Masks) -> Settled:
    """For every subset of the answers (bit p stands for axis p) whether it leaves one verdict."""
    usual = _verdicts(judge, masks, judge.table.assumptions)
    plain = _verdicts(judge, masks, judge.table.full)
    bits = np.where(usual == 0, plain, usual).astype(np.int64)  # answers against an assumption lift it
    return np.asarray(bits & (bits - 1) == 0)


def _verdicts(judge: Judge, masks: Masks, else_masks: Sequence[int]) -> npt.NDArray[np.uint16]:
    states = np.zeros(1, dtype=np.int32)
    for place, step in enumerate(judge.reader.steps):
        states = np.concatenate([step[states, else_masks[place]], step[states, masks[place]]])
    return np.asarray(judge.reader.bits[states])


def smallest(table: Settled, given: int) -> int:
    """How many answers the smallest set has that settles, beside those that were given beforehand."""
    subsets = np.arange(len(table))
    fitting = table & (subsets & given == given)
    return int(np.bitwise_count(subsets[fitting]).min()) - given.bit_count()


def best_strategy(people: Sequence[Masks], tables: Sequence[Settled], given: Sequence[int]) -> float:
    """The mean number of questions of the best strategy for these people, who gave some answers beforehand."""
    width = len(people[0])
    groups = _groups(people, given)
    done = np.stack(tables, axis=1)
    ahead = np.zeros(done.shape, dtype=np.float32)
    for known in range(len(done) - 1, -1, -1):
        if done[known].all():
            continue
        counts = np.bincount(groups[known])
        more = [known | 1 << place for place in range(width) if not known >> place & 1]
        means = [np.bincount(groups[known], ahead[wider]) / counts for wider in more]
        ahead[known] = np.where(done[known], 0, 1 + np.minimum.reduce(means)[groups[known]])
    return float(np.mean([ahead[start, place] for place, start in enumerate(given)]))


def _groups(people: Sequence[Masks], given: Sequence[int]) -> npt.NDArray[np.int16]:
    """Per set of axes, which people gave the same answers to them all; what they gave beforehand sets them apart."""
    answers = np.array(people)
    answers = np.stack([np.unique(column, return_inverse=True)[1] for column in answers.T])
    groups = np.zeros((1 << len(answers), len(people)), dtype=np.int16)
    groups[0] = np.unique(given, return_inverse=True)[1]
    for known in range(1, len(groups)):
        place = known.bit_length() - 1
        same = groups[known & ~(1 << place)].astype(np.int64) * 16 + answers[place]
        groups[known] = np.unique(same, return_inverse=True)[1]
    return groups
