"""What the store of rooms asks of its tables, within a transaction."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from mantelzorg.room import codes
from mantelzorg.room.room import Room
from mantelzorg.room.store import ballots, state_text
from mantelzorg.room.store.database import StoreGone
from mantelzorg.room.store.kept import Refusal, Vote
from mantelzorg.room.store.tables import ROOM, SEAT

MOST_SEATS = 300
_HIGHEST_NUMBER = 2**53 - 1
"""The highest whole number that a browser can count to."""


def alive(code: str, now: float) -> ColumnElement[bool]:
    """The row of the room with this code, as long as it has not ended."""
    return (ROOM.c.code == askable(code)) & (ROOM.c.expires > now)


def askable(code: str) -> str:
    """What a database can be asked: PostgreSQL fails on some letters. No room has the code that is left for others."""
    return code if codes.is_code(code) else ""


def locked(connection: Connection, room: ColumnElement[bool]) -> Row[Any] | None:
    """The row of a room; until the end of the transaction nobody else changes or builds on it."""
    return connection.execute(select(ROOM).where(room).with_for_update(key_share=True)).first()


@lru_cache(maxsize=32)
def room_of(state: str) -> Room:
    """The room of a state; those read last are remembered, as every vote and every poll reads one."""
    try:
        return state_text.read(state)
    except ValueError:
        raise StoreGone("a state that cannot be read") from None


def inserted(before: Room, room: Room) -> tuple[int, int]:
    """From which number on the cases moved up as an own one came between, and by how many."""
    same = (old.case == new.case for old, new in zip(before.items, room.items, strict=False))
    at = next((number for number, equal in enumerate(same) if not equal), len(before.items))
    return at, len(room.items) - len(before.items)


def seating(connection: Connection, code: str, key_hash: str, now: float) -> tuple[bool, Refusal | None]:
    """Whether this phone sits in the room, and why it could not."""
    of_room = SEAT.c.code == askable(code)
    own = select(SEAT.c.code).where(of_room, SEAT.c.key_hash == key_hash).exists()
    taken = select(func.count()).select_from(SEAT).where(of_room).scalar_subquery()
    row = connection.execute(select(own, taken).select_from(ROOM).where(alive(code, now))).first()
    if row is None:
        return False, Refusal.UNKNOWN
    return row[0], None if row[0] or row[1] < MOST_SEATS else Refusal.FULL


def has_seat(connection: Connection, code: str, key_hash: str) -> bool:
    """Whether a phone joined."""
    query = select(SEAT.c.code).where(SEAT.c.code == code, SEAT.c.key_hash == key_hash)
    return connection.execute(query).first() is not None


def refused(connection: Connection, room: Room, vote: Vote) -> Refusal | None:
    """Why this vote does not count."""
    if not codes.is_key(vote.seat) or not has_seat(connection, vote.code, codes.seat_hash(vote.code, vote.seat)):
        return Refusal.SEAT
    on_screen = room.item is not None and room.place.item == vote.item and room.open_round is vote.round
    if not on_screen or ballots.is_settled(connection, vote.code, vote.item, vote.round):
        return Refusal.CLOSED
    if vote.choice not in room.choices_of(vote.item, vote.round) or not 0 <= vote.n <= _HIGHEST_NUMBER:
        return Refusal.CHOICE
    return None
