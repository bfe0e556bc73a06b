"""What the tests of SQL share: situations that SQL can hold, and the two engines' common answer to a SELECT."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
import pyarrow as pa

from mantelzorg.assessment import Judge
from mantelzorg.bulk.sql_rows import is_precise
from mantelzorg.facts import Answer, Answers


def held(rows: Iterable[Answers], judge: Judge) -> list[dict[str, Answer]]:
    """The same situations, where what SQL cannot hold was never said."""
    facts = {axis.fact.id: axis.fact for axis in judge.table.axes}
    return [{name: own for name, own in row.items() if name in facts and is_precise(own, facts[name])} for row in rows]


def told(judge: Judge, answers: Answers) -> str:
    """The result of one situation by the engine that judges one at a time."""
    found = judge.judge(answers)
    return found.verdict or found.status.value


def by_duckdb(query: str, table: pa.Table) -> list[str]:
    """The results of a SELECT over `situations`, in the order of the rows."""
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        connection.register("situations", table)
        return [row[0] for row in connection.execute(f"SELECT result FROM ({query})").fetchall()]
