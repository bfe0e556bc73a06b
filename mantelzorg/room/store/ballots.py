"""Ballots while a case is on the screen, and what becomes of them afterwards: counts. All within a transaction."""

from __future__ import annotations

from sqlalchemy import Connection, Table, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from mantelzorg.room.steps import Round
from mantelzorg.room.store.tables import BALLOT, TALLY
from mantelzorg.room.tally import Counts, added

AllCounts = dict[tuple[int, Round], Counts]


def put(connection: Connection, code: str, item: int, round_: Round, key_hash: str, n: int, choice: str) -> None:
    """The ballot of a seat in a round, unless there is one with the same or a higher number already."""
    adding = _insert(connection, BALLOT).values(
        code=code, item=item, round=round_.value, key_hash=key_hash, n=n, choice=choice
    )
    newer = adding.on_conflict_do_update(
        index_elements=list(BALLOT.primary_key),
        set_={"n": adding.excluded.n, "choice": adding.excluded.choice},
        where=BALLOT.c.n < adding.excluded.n,
    )
    connection.execute(newer)


def all_counts(connection: Connection, code: str) -> AllCounts:
    """The counts of every round of every case that got votes."""
    counts: AllCounts = {}
    for item, round_, choice, count in (*_tallied(connection, code), *_cast(connection, code)):
        place = (item, Round(round_))
        counts[place] = added(counts.get(place, {}), {choice: count})
    return counts


def settled_rounds(connection: Connection, code: str) -> frozenset[tuple[int, Round]]:
    """The rounds of which only counts are left."""
    query = select(TALLY.c.item, TALLY.c.round).where(TALLY.c.code == code).distinct()
    return frozenset((item, Round(round_)) for item, round_ in connection.execute(query))


def is_settled(connection: Connection, code: str, item: int, round_: Round) -> bool:
    """Whether only counts are left of this round."""
    query = select(TALLY.c.choice).where(TALLY.c.code == code, TALLY.c.item == item, TALLY.c.round == round_.value)
    return connection.execute(query.limit(1)).first() is not None


def settle(connection: Connection, code: str, kept_item: int | None) -> bool:
    """Make counts of the ballots of every case but `kept_item`, and delete those. Tells whether there were any."""
    left = [row for row in _cast(connection, code) if row[0] != kept_item]
    for item, round_, choice, count in left:
        values = {"code": code, "item": item, "round": round_, "choice": choice, "count": count}
        adding = _insert(connection, TALLY).values(**values)
        total = TALLY.c["count"] + adding.excluded["count"]
        connection.execute(adding.on_conflict_do_update(index_elements=list(TALLY.primary_key), set_={"count": total}))
    if left:
        gone = delete(BALLOT).where(BALLOT.c.code == code)
        connection.execute(gone if kept_item is None else gone.where(BALLOT.c.item != kept_item))
    return bool(left)


def make_place(connection: Connection, code: str, at: int, by: int) -> None:
    """Move the votes of the cases from number `at` on, as `by` cases were put before them."""
    for table in (BALLOT, TALLY):
        # By way of negative numbers, as two cases may not have the same number in between.
        moved = update(table).where(table.c.code == code)
        connection.execute(moved.where(table.c.item >= at).values(item=-table.c.item - by - 1))
        connection.execute(moved.where(table.c.item < 0).values(item=-table.c.item - 1))


def _cast(connection: Connection, code: str) -> list[tuple[int, str, str, int]]:
    groups = (BALLOT.c.item, BALLOT.c.round, BALLOT.c.choice)
    query = select(*groups, func.count()).where(BALLOT.c.code == code).group_by(*groups)
    return [tuple(row) for row in connection.execute(query)]


def _tallied(connection: Connection, code: str) -> list[tuple[int, str, str, int]]:
    query = select(TALLY.c.item, TALLY.c.round, TALLY.c.choice, TALLY.c["count"]).where(TALLY.c.code == code)
    return [tuple(row) for row in connection.execute(query)]


def _insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insertion that knows what to do when the row is there; SQL has no common words for it."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
