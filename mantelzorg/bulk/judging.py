"""Many situations judged by one rule set: a data frame in, a series out.

    from mantelzorg.bulk.judging import judge
    frame["uitkomst"] = judge(frame, content.judges["cbs"])

The result of a row is exactly that of `Judge.judge` for its answers, assumptions included.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from mantelzorg.assessment import Judge
from mantelzorg.bulk.codes import Codes, encode
from mantelzorg.bulk.fused import ROWS_AT_ONCE, BulkReader
from mantelzorg.rules import RuleSet
from mantelzorg.verdict_table import Bits

OPEN, CONTRADICTION = "open", "contradiction"


class NameTakenError(ValueError):
    """A rule set with a verdict called `open` or `contradiction`, which mean something else here."""


@lru_cache(maxsize=32)
def bulk_reader(judge: Judge) -> BulkReader:
    """The tables of a rule set, made once: some milliseconds, and a few hundred kB at most."""
    return BulkReader(judge)


@dataclass(frozen=True, eq=False)
class _Same:
    """A rule set as a key: the one object itself, since its parts have no hash."""

    rules: RuleSet

    def __hash__(self) -> int:
        return id(self.rules)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.rules is self.rules


@lru_cache(maxsize=8)
def _made(same: _Same) -> Judge:
    return Judge(same.rules)


def made(judge_or_rule_set: Judge | RuleSet) -> Judge:
    """A judge of a rule set; making one takes a second for the largest, and is remembered."""
    if isinstance(judge_or_rule_set, Judge):
        return judge_or_rule_set
    return _made(_Same(judge_or_rule_set))


def judge(frame: pd.DataFrame, judge_or_rule_set: Judge | RuleSet) -> pd.Series[str]:
    """The result of every row: a verdict's id, `open`, or `contradiction`.

    `frame` has a row per situation and a column per fact, by id or label, in any order; other columns are left
    alone, and a fact without a column is one that nobody spoke of. Cells may be missing, imprecise or "unknown":
    see `cells.CellReader`, and `codes.encode`, which raises FrameError for a cell that is no answer.

    Gives a categorical Series with the index of the frame. Its categories are the rule set's verdicts in their
    order, then `open` (answers do not settle it yet) and `contradiction` (no situation fits the answers); its codes
    are int8. Cost on one core: two to four million rows a second with text in 15 columns, nearly all of it spent in
    finding the distinct values. Memory: per row about 25 bytes beyond the frame.
    """
    own = made(judge_or_rule_set)
    return pd.Series(judge_codes(encode(frame, own), own), index=frame.index, name=own.rules.id)


def possible(frame: pd.DataFrame, judge_or_rule_set: Judge | RuleSet) -> pd.Series[int]:
    """The verdicts that every row leaves possible, as bits (uint16): 1 << n for `judge.table.verdicts[n]`.

    No bit is a contradiction, one a decided verdict. `Judge.named` gives the names of some bits.
    """
    own = made(judge_or_rule_set)
    return pd.Series(possible_codes(encode(frame, own), own), index=frame.index, name=own.rules.id)


def judge_codes(codes: Codes, judge: Judge) -> pd.Categorical[Any]:
    """As `judge`, for rows that were coded before.

    Cost on one core: 50 million rows a second and more, for 15 facts. Memory: 3 bytes a row.
    """
    return categorical(possible_codes(codes, judge), judge)


def possible_codes(codes: Codes, judge: Judge) -> Bits:
    """As `possible`, for rows that were coded before; shape (rows,). Raises ValueError for codes of other rules."""
    codes.check(judge)
    return bulk_reader(judge).possible(codes)


def categorical(bits: Bits, judge: Judge) -> pd.Categorical[Any]:
    """Verdict bits as results with names."""
    places, found = numbers(len(judge.table.verdicts)), np.empty(len(bits), np.int8)
    for start in range(0, len(bits), ROWS_AT_ONCE):
        part = slice(start, start + ROWS_AT_ONCE)
        places.take(bits[part], out=found[part], mode="clip")
    return pd.Categorical.from_codes(found, dtype=pd.CategoricalDtype(list(names(judge))))


def names(judge: Judge) -> tuple[str, ...]:
    """Every result there is: the verdicts in their order, `open` and `contradiction`. Raises NameTakenError."""
    if {OPEN, CONTRADICTION} & set(judge.table.verdicts):
        raise NameTakenError(f"{judge.rules.id}: noem een uitkomst niet '{OPEN}' of '{CONTRADICTION}'")
    return (*judge.table.verdicts, OPEN, CONTRADICTION)


@lru_cache(maxsize=16)
def numbers(verdicts: int) -> npt.NDArray[np.int8]:
    """For every set of bits the number of its result among the names."""
    found = np.full(1 << verdicts, verdicts, np.int8)
    found[0] = verdicts + 1
    for verdict in range(verdicts):
        found[1 << verdict] = verdict
    return found
