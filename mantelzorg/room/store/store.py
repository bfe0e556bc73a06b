"""The rooms in a database: who may do what, and what is counted. Every call is one transaction, or none of it happened.

Every method raises StoreGone when the database cannot be used. Times are seconds since 1970.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from sqlalchemy import delete, func, insert, select, update

from mantelzorg.room import codes
from mantelzorg.room.room import Room
from mantelzorg.room.steps import Round, Step
from mantelzorg.room.store import ballots, state_text
from mantelzorg.room.store.database import Database, StoreGone, alone
from mantelzorg.room.store.kept import Kept, Opened, Reclaim, Refusal, Vote
from mantelzorg.room.store.queries import alive, askable, inserted, locked, refused, room_of, seating
from mantelzorg.room.store.tables import ROOM, SEAT
from mantelzorg.room.tally import Counts

LIFE = 4 * 3600.0
"""A room ends so long after it was opened, whatever happens in it."""
MOST_ROOMS = 100
MOST_TRIES = 5
LOCKED = 60.0
"""After so many wrong PINs, nobody can try for so long."""


class Store:
    """All rooms in the database at this address: `sqlite:///…` or `postgresql://…`."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)
        self._unwiped = False

    def open(self, room: Room, pin: str, token: str, now: float) -> Opened:
        """Keep a new room for four hours. Raises ValueError when its code is not four capitals."""
        if not codes.is_code(room.code):
            raise ValueError("a code has four capitals")
        new = {
            "code": room.code,
            "state": state_text.written(room),
            "revision": room.revision,
            "expires": now + LIFE,
            "pin": codes.pin_hash(pin),
            "token": codes.token_hash(room.code, token),
        }
        self.forget_expired(now)
        with self._database.writing() as connection:
            alone(connection)
            if connection.execute(select(ROOM.c.code).where(ROOM.c.code == room.code)).first():
                return Opened.TAKEN
            if (connection.scalar(select(func.count()).select_from(ROOM)) or 0) >= MOST_ROOMS:
                return Opened.FULL
            connection.execute(insert(ROOM).values(new))
        return Opened.OK

    def find(self, code: str, now: float) -> Kept | None:
        """The room with this code; None when there is none or it has ended."""
        with self._database.reading() as connection:
            row = connection.execute(select(ROOM.c.state, ROOM.c.expires).where(alive(code, now))).first()
        return None if row is None else Kept(room_of(row.state), row.expires)

    def has_token(self, code: str, token: str, now: float) -> bool:
        """Whether this is the token of the trainer of this room."""
        with self._database.reading() as connection:
            kept = connection.scalar(select(ROOM.c.token).where(alive(code, now)))
        return kept is not None and codes.same(kept, codes.token_hash(code, token))

    def reclaim(self, code: str, pin: str, token: str, now: float) -> Reclaim:
        """With the right PIN, let this token take the place of the one before."""
        tried = self._tried(code, now)
        if isinstance(tried, Reclaim):
            return tried
        if not codes.pin_fits(codes.read_pin(pin), tried):
            return Reclaim.WRONG
        with self._database.writing() as connection:
            # The same hash of the PIN: the same room, not a later one that got its code.
            same = update(ROOM).where(alive(code, now), ROOM.c.pin == tried)
            found = connection.execute(
                same.values(token=codes.token_hash(code, token), pin_tries=0, locked_until=0.0)
            ).rowcount
        return Reclaim.OK if found else Reclaim.UNKNOWN

    def _tried(self, code: str, now: float) -> str | Reclaim:
        """Count a try before the PIN is looked at, as somebody may try a hundred at once. Gives the hash of the PIN."""
        with self._database.writing() as connection:
            row = locked(connection, alive(code, now))
            if row is None:
                return Reclaim.UNKNOWN
            if now < row.locked_until:
                return Reclaim.LOCKED
            last = row.pin_tries + 1 >= MOST_TRIES
            tries = {"pin_tries": 0, "locked_until": now + LOCKED} if last else {"pin_tries": row.pin_tries + 1}
            connection.execute(update(ROOM).where(ROOM.c.code == code).values(tries))
            pin: str = row.pin
            return pin

    def save(self, room: Room, was: int, now: float) -> bool:
        """Keep a change of a room whose revision was `was`; False when somebody changed it first, or it has ended.

        The ballots of cases that are no longer on the screen become counts, in the same moment.
        """
        if room.revision < was:
            return False
        with self._database.writing() as connection:
            row = locked(connection, alive(room.code, now))
            if row is None or row.revision != was:
                return False
            if room.revision == was:
                return True
            before = room_of(row.state)
            new = {"state": state_text.written(room), "revision": room.revision}
            connection.execute(update(ROOM).where(ROOM.c.code == room.code).values(new))
            if len(room.items) > len(before.items):
                ballots.make_place(connection, room.code, *inserted(before, room))
            left = ballots.settle(connection, room.code, None if room.place.step is Step.END else room.place.item)
        self._wipe(left or before.place.item != room.place.item or room.place.step is Step.END)
        return True

    def take_seat(self, code: str, key: str, now: float) -> Refusal | None:
        """A place in the room for the phone with this key; asking again changes nothing."""
        if not codes.is_key(key):
            return Refusal.SEAT if self.find(code, now) else Refusal.UNKNOWN
        own = codes.seat_hash(code, key)
        with self._database.reading() as connection:
            # Most who come have a seat, or find none: they need not wait for their turn to write.
            sits, refusal = seating(connection, code, own, now)
        if sits or refusal:
            return refusal
        with self._database.writing() as connection:
            locked(connection, alive(code, now))
            sits, refusal = seating(connection, code, own, now)
            if not sits and refusal is None:
                connection.execute(insert(SEAT).values(code=code, key_hash=own))
        return refusal

    def vote(self, vote: Vote, now: float) -> Refusal | None:
        """Count a vote in place of an earlier one of this seat in this round; one that comes late changes nothing."""
        with self._database.writing() as connection:
            query = select(ROOM.c.state).where(alive(vote.code, now))
            # The room may not go on while this vote is being written.
            state = connection.scalar(query.with_for_update(read=True))
            if state is None:
                return Refusal.UNKNOWN
            refusal = refused(connection, room_of(state), vote)
            if refusal is not None:
                return refusal
            own = codes.ballot_hash(vote.code, vote.item, vote.round, vote.seat)
            ballots.put(connection, vote.code, vote.item, vote.round, own, vote.n, vote.choice)
        return None

    def seats(self, code: str) -> int:
        """How many phones joined."""
        with self._database.reading() as connection:
            query = select(func.count()).select_from(SEAT).where(SEAT.c.code == askable(code))
            return connection.scalar(query) or 0

    def all_counts(self, code: str) -> Mapping[tuple[int, Round], Counts]:
        """The votes of every round of every case that got any."""
        with self._database.reading() as connection:
            return ballots.all_counts(connection, askable(code))

    def settled_rounds(self, code: str) -> frozenset[tuple[int, Round]]:
        """The rounds of cases that were left: their ballots are gone, so nothing can be voted there any more."""
        with self._database.reading() as connection:
            return ballots.settled_rounds(connection, askable(code))

    def forget_expired(self, now: float) -> int:
        """Delete the rooms that have ended, and all that belongs to them. Returns how many."""
        with self._database.writing() as connection:
            gone = connection.execute(delete(ROOM).where(ROOM.c.expires <= now)).rowcount
        self._wipe(gone > 0)
        return gone

    def close(self, code: str) -> None:
        """Delete a room, and all that belongs to it."""
        with self._database.writing() as connection:
            connection.execute(delete(ROOM).where(ROOM.c.code == askable(code)))
        self._wipe(True)

    def dispose(self) -> None:
        """Close all connections. The next call opens them again."""
        self._database.close()

    def _wipe(self, needed: bool) -> None:
        """Overwrite what was deleted; when that cannot be now, the next time."""
        self._unwiped = self._unwiped or needed
        if self._unwiped:
            room_of.cache_clear()
            with suppress(StoreGone):
                self._unwiped = not self._database.wipe()
