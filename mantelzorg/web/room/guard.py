"""How often a room may be asked for: codes cannot be tried one after the other. Nothing is written anywhere."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from mantelzorg.room.codes import seat_hash
from mantelzorg.room.limits import Limiter

MOST_SEATED = 20_000


class Guard:
    """Counts by address, in memory. `clock` gives seconds. Safe between threads.

    A whole room shares one address. So only codes that are none count against it, and telephones that have a seat are
    served however many wrong codes come from beside them.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        # A room of 200 mistypes some codes. Who tries them one by one gets through 320 of 43,680 before a room ends.
        self._wrong = Limiter(rate=0.02, burst=30)
        self._joins = Limiter(rate=1, burst=400)
        self._opened = Limiter(rate=1 / 300, burst=12)
        self._seated: OrderedDict[str, None] = OrderedDict()
        self._lock = Lock()

    def may_ask(self, caller: str, code: str, seat: str = "") -> bool:
        """Whether to answer about this code at all: not after too many codes that were none."""
        known = bool(seat) and seat_hash(code, seat) in self._seated
        return known or self._wrong.would_allow(caller, self._clock())

    def wrong(self, caller: str) -> None:
        """This address asked for a room that is not there."""
        self._wrong.allows(caller, self._clock())

    def seated(self, code: str, seat: str) -> None:
        """This seat was taken."""
        with self._lock:
            self._seated[seat_hash(code, seat)] = None
            while len(self._seated) > MOST_SEATED:
                self._seated.popitem(last=False)

    def may_join(self, caller: str) -> bool:
        """Whether this address may take another seat; asking counts."""
        return self._joins.allows(caller, self._clock())

    def may_open(self, caller: str) -> bool:
        """Whether this address may open another room; asking counts."""
        return self._opened.allows(caller, self._clock())
