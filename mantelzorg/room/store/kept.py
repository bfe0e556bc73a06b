"""What the store of rooms takes and answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from mantelzorg.room.room import Room
from mantelzorg.room.steps import Round


class Refusal(Enum):
    """Why a seat or a vote was not taken."""

    UNKNOWN = "unknown"
    SEAT = "seat"
    FULL = "full"
    CLOSED = "closed"
    CHOICE = "choice"


class Reclaim(Enum):
    """What came of a PIN."""

    OK = "ok"
    WRONG = "wrong"
    LOCKED = "locked"
    UNKNOWN = "unknown"


class Opened(Enum):
    """What came of opening a room; only OK is true."""

    OK = "ok"
    TAKEN = "taken"
    """The code is in use: draw another."""
    FULL = "full"
    """There are too many rooms: come back later."""

    def __bool__(self) -> bool:
        return self is Opened.OK


@dataclass(frozen=True)
class Kept:
    """A room as it is kept, and when it ends."""

    room: Room
    expires: float


@dataclass(frozen=True)
class Vote:
    """A vote of a phone. `seat` is its key; `n` is 1 at first in each round, and grows with every change of mind."""

    code: str
    seat: str
    item: int
    round: Round
    n: int
    choice: str
