"""Where rooms are kept, for four hours: in SQLite or PostgreSQL."""

from mantelzorg.room.store.database import StoreGone
from mantelzorg.room.store.kept import Kept, Opened, Reclaim, Refusal, Vote
from mantelzorg.room.store.queries import MOST_SEATS
from mantelzorg.room.store.store import LIFE, LOCKED, MOST_ROOMS, MOST_TRIES, Store

__all__ = [
    "LIFE",
    "LOCKED",
    "MOST_ROOMS",
    "MOST_SEATS",
    "MOST_TRIES",
    "Kept",
    "Opened",
    "Reclaim",
    "Refusal",
    "Store",
    "StoreGone",
    "Vote",
]
