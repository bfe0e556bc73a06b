"""All rooms of this process: who may do what, and how a room goes on when the database is gone.

Every process remembers the rooms that it has seen. While the database does not answer, the trainer goes on with what
was remembered, with hands instead of phones; when it answers again, the room is written back.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from zoneinfo import ZoneInfo

from mantelzorg.content import Content
from mantelzorg.room import codes
from mantelzorg.room.actions import Data, acted
from mantelzorg.room.record import Record
from mantelzorg.room.recording import record
from mantelzorg.room.room import Item, Room
from mantelzorg.room.scene import asks
from mantelzorg.room.staging import View
from mantelzorg.room.steps import Rhythm
from mantelzorg.room.store import LIFE, Reclaim, Refusal, Store, StoreGone, Vote
from mantelzorg.room.store import Opened as Kept
from mantelzorg.room.votes import Votes
from mantelzorg.training.cases import TrainingCase
from mantelzorg.training.shelf import Shelf

ZONE = ZoneInfo("Europe/Amsterdam")
SECONDS_FRESH = 0.25
MOST_TRIES = 30


class Denied(Enum):
    """Why a trainer's request was not carried out."""

    UNKNOWN = "unknown"
    TOKEN = "token"
    STALE = "stale"
    """Somebody, or an earlier click, was first: look again."""
    SENSELESS = "senseless"


@dataclass(frozen=True)
class Opened:
    """A new room. `pin` and `token` are nowhere else in readable form."""

    code: str
    pin: str
    token: str


@dataclass
class _Remembered:
    """What this process knows of a room. `ahead` is the stored revision that it went on from without the database."""

    room: Room
    votes: Votes
    expires: float
    token: str
    ahead: int | None = None
    alone: bool = False
    """The database never knew this room."""


class Rooms:
    """The rooms. `content` and `shelf` give what is live; `clock` the seconds since 1970. Safe between threads."""

    def __init__(
        self, store: Store, content: Callable[[], Content], shelf: Shelf, clock: Callable[[], float] = time.time
    ) -> None:
        self._store, self.content, self._shelf, self._clock = store, content, shelf, clock
        self._known: dict[str, _Remembered] = {}
        self._views: dict[str, tuple[float, View]] = {}
        self._lock = threading.Lock()

    def open(self, language: str, rhythm: Rhythm, cases: tuple[str, ...]) -> Opened | None:
        """Open a room with these prepared cases, in this order; None when as many rooms are open as may be.

        Without a database the room is one of this process alone: for hands, on one laptop.
        """
        content, known = self.content(), self.cases()
        items = tuple(Item(name, asks=asks(known[name].answers, content)) for name in cases if name in known)
        today = datetime.fromtimestamp(self._clock(), ZONE).date().isoformat()
        opened = Opened("", codes.new_pin(), codes.new_key())
        for _ in range(MOST_TRIES):
            opened = replace(opened, code=codes.new_code())
            room = Room(opened.code, language, rhythm, items, today)
            found = Kept.TAKEN if opened.code in self._known else self._kept(room, opened)
            if found is Kept.FULL:
                return None
            if found is not Kept.TAKEN:
                hashed = codes.token_hash(opened.code, opened.token)
                new = _Remembered(room, Votes(), self._clock() + LIFE, hashed, alone=found is None)
                with self._lock:
                    self._known[opened.code] = new
                return opened
        return None

    def _kept(self, room: Room, opened: Opened) -> Kept | None:
        """What came of keeping a new room; None without a database."""
        try:
            return self._store.open(room, opened.pin, opened.token, self._clock())
        except StoreGone:
            return None

    def cases(self) -> dict[str, TrainingCase]:
        """The prepared cases that are live."""
        return self._shelf.cases(self.content())

    def view(self, code: str) -> View | None:
        """A room as it is now; None when there is none with this code. Raises StoreGone where nobody can know."""
        now = self._clock()
        known = self._remembered(code, now)
        if known and known.alone:
            return self._made(known, True)
        try:
            return self._made(known, False) if (known := self._found(code, known, now)) else None
        except StoreGone:
            if known is None:
                raise
            return self._made(known, True)

    def recent(self, code: str) -> View | None:
        """The same, at most a quarter of a second old: for the many that only look."""
        at, view = self._views.get(code, (-SECONDS_FRESH, None))
        if view is not None and 0 <= self._clock() - at < SECONDS_FRESH:
            return view
        fresh = self.view(code)
        with self._lock:
            if fresh is None:
                self._views.pop(code, None)
            else:
                self._views[code] = (self._clock(), fresh)
        return fresh

    def _remembered(self, code: str, now: float) -> _Remembered | None:
        with self._lock:
            for expired in [name for name, kept in self._known.items() if kept.expires <= now]:
                del self._known[expired]
                self._views.pop(expired, None)
            return self._known.get(code)

    def _found(self, code: str, known: _Remembered | None, now: float) -> _Remembered | None:
        """What the database has, after what happened without it is written back; remembered from now on."""
        kept = self._store.find(code, now)
        if kept is None:
            with self._lock:
                self._known.pop(code, None)
            return None
        room = kept.room
        if known and known.ahead == room.revision and self._store.save(known.room, room.revision, now):
            room = known.room
        store = self._store
        votes = Votes(store.all_counts(code), store.seats(code), store.settled_rounds(code))
        found = _Remembered(room, votes, kept.expires, known.token if known else "")
        with self._lock:
            self._known[code] = found
        return found

    def _made(self, kept: _Remembered, store_gone: bool) -> View:
        return View(kept.room, self.content(), self.cases(), kept.votes, self._clock(), store_gone)

    def trusts(self, code: str, token: str) -> bool:
        """Whether this token is that of the trainer of this room. Raises StoreGone where nobody can know."""
        now = self._clock()
        known = self._remembered(code, now)
        mine = bool(known and known.token and codes.same(known.token, codes.token_hash(code, token)))
        if known and known.alone:
            return mine
        try:
            good = self._store.has_token(code, token, now)
        except StoreGone:
            if known is None:
                raise
            return mine
        with self._lock:
            if good and code in self._known:
                self._known[code].token = codes.token_hash(code, token)
        return good

    def reclaim(self, code: str, pin: str) -> tuple[Reclaim, str]:
        """A new token for who knows the PIN; the earlier one no longer works. Raises StoreGone."""
        token = codes.new_key()
        found = self._store.reclaim(code, codes.read_pin(pin), token, self._clock())
        return found, token if found is Reclaim.OK else ""

    def act(self, code: str, token: str, revision: int, action: str, data: Data) -> View | Denied:
        """Carry out an action of the trainer on the room as it was at `revision`. Raises StoreGone."""
        view = self.view(code)
        if view is None:
            return Denied.UNKNOWN
        if not self.trusts(code, token):
            return Denied.TOKEN
        if view.room.revision != revision:
            return Denied.STALE
        room = acted(view, action, data)
        if room is None:
            return Denied.SENSELESS
        return self._saved(view, room)

    def _saved(self, view: View, room: Room) -> View | Denied:
        code, was = room.code, view.room.revision
        if room.revision == was:
            return view
        if not view.store_gone:
            try:
                if not self._store.save(room, was, self._clock()):
                    return Denied.STALE
                with self._lock:
                    self._views.pop(code, None)
                return self.view(code) or Denied.UNKNOWN
            except StoreGone:
                pass
        with self._lock:
            self._views.pop(code, None)
            known = self._known[code]
            ahead = was if known.ahead is None else known.ahead
            self._known[code] = replace(known, room=room, ahead=None if known.alone else ahead)
            return self._made(self._known[code], True)

    def close(self, code: str, token: str) -> bool:
        """End a room: everything of it is deleted. False when that is not for this token to do. Raises StoreGone."""
        if not self.trusts(code, token):
            return False
        known = self._remembered(code, self._clock())
        if not (known and known.alone):
            self._store.close(code)
        with self._lock:
            self._known.pop(code, None)
            self._views.pop(code, None)
        return True

    def record(self, code: str, token: str) -> Record | None:
        """What is left of a training; None when there is no such room or this is not its trainer. Raises StoreGone."""
        view = self.view(code)
        return record(view) if view and self.trusts(code, token) else None

    def sweep(self) -> None:
        """Delete the rooms that have ended. A database that is gone is swept another time."""
        with contextlib.suppress(StoreGone):
            self._store.forget_expired(self._clock())

    def take_seat(self, code: str, key: str) -> Refusal | None:
        """Join a room, once or again. Raises StoreGone."""
        return self._store.take_seat(code, key, self._clock())

    def vote(self, vote: Vote) -> Refusal | None:
        """Count a vote; None once it is kept. Raises StoreGone."""
        return self._store.vote(vote, self._clock())
