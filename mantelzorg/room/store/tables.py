"""The tables of the training rooms: what is kept for four hours, and nothing else.

No name, address, device or time of a vote. `seat.key_hash` and `ballot.key_hash` come from a key that only the phone
has, by different texts: rows of the two cannot be put side by side, nor can two ballots of one phone.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Integer, MetaData, String, Table, Text

METADATA = MetaData()


def _of_room() -> Column[str]:
    return Column("code", String(4), ForeignKey("room.code", ondelete="CASCADE"), primary_key=True)


ROOM = Table(
    "room",
    METADATA,
    Column("code", String(4), primary_key=True),
    Column("state", Text, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("expires", Float(53), nullable=False),
    Column("pin", String(100), nullable=False),
    Column("token", String(64), nullable=False),
    Column("pin_tries", Integer, nullable=False, default=0),
    Column("locked_until", Float(53), nullable=False, default=0.0),
)

# Without SQLite's row numbers, rows lie in the order of their hashes: the order in which people joined or voted, which
# would link a seat with its votes, is not in the file.
SEAT = Table(
    "seat",
    METADATA,
    _of_room(),
    Column("key_hash", String(64), primary_key=True),
    sqlite_with_rowid=False,
)

BALLOT = Table(
    "ballot",
    METADATA,
    _of_room(),
    Column("item", Integer, primary_key=True),
    Column("round", String(10), primary_key=True),
    Column("key_hash", String(64), primary_key=True),
    Column("n", BigInteger, nullable=False),
    Column("choice", Text, nullable=False),
    sqlite_with_rowid=False,
)

TALLY = Table(
    "tally",
    METADATA,
    _of_room(),
    Column("item", Integer, primary_key=True),
    Column("round", String(10), primary_key=True),
    Column("choice", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)
