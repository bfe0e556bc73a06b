"""Situations as the table that `sql.select` reads: typed columns, NULL where SQL cannot hold the answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow as pa

from mantelzorg.assessment import Judge
from mantelzorg.bulk.sql_names import columns_of
from mantelzorg.facts import Answer, Answers, Fact, Interval, Kind, Unknown

_TYPES = {Kind.CHOICE: pa.string(), Kind.NUMBER: pa.float64()}


def is_precise(answer: Answer, fact: Fact) -> bool:
    """Whether SQL can hold an answer: one value, one number, or the options chosen.

    An imprecise answer becomes NULL, as "unknown" does, and so does silence. They are different to a rule set that
    assumes something, so a table with such answers needs `select(..., assuming=False)`.
    """
    if isinstance(answer, Unknown):
        return False
    if isinstance(answer, Interval):
        return answer.low == answer.high
    return fact.kind is Kind.MULTIPLE or len(answer) == 1


def table_of(rows: Sequence[Answers], judge: Judge) -> pa.Table:
    """A row per situation, with the columns of `sql.columns`."""
    facts = [axis.fact for axis in judge.table.axes]
    made = [column for fact in facts for column in _columns(fact, [row.get(fact.id) for row in rows])]
    return pa.table(made, names=[name for fact in facts for name in columns_of(fact)])


def _columns(fact: Fact, answers: Sequence[Answer | None]) -> Iterable[pa.Array]:
    if fact.kind is Kind.MULTIPLE:
        for option in fact.value_ids:
            yield pa.array([_chosen(option, answer) for answer in answers], pa.bool_())
    else:
        yield pa.array([_single(answer) for answer in answers], _TYPES[fact.kind])


def _chosen(option: str, answer: Answer | None) -> bool | None:
    return option in answer if isinstance(answer, frozenset) else None


def _single(answer: Answer | None) -> str | float | None:
    if isinstance(answer, Interval):
        return answer.low if answer.low == answer.high else None
    return next(iter(answer)) if isinstance(answer, frozenset) and len(answer) == 1 else None
