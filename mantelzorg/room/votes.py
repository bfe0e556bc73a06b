"""The votes of a room as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mantelzorg.room.room import Room
from mantelzorg.room.steps import Round
from mantelzorg.room.tally import Counts, Tally, added


@dataclass(frozen=True)
class Votes:
    """What the phones voted: counts by (case, round), how many joined, and the rounds that were counted for good."""

    phones: Mapping[tuple[int, Round], Counts] = field(default_factory=dict)
    seats: int = 0
    settled: frozenset[tuple[int, Round]] = frozenset()

    def tally(self, room: Room, item: int, round_: Round) -> Tally:
        """Phones and hands together."""
        own = room.items[item]
        counts = added(self.phones.get((item, round_), {}), own.hands.get(round_, {}))
        return Tally(room.choices_of(item, round_), counts)

    def last(self, room: Room, item: int) -> Tally:
        """The last votes on the case itself: the second round where there was one."""
        second = self.tally(room, item, Round.SECOND)
        return second if second.total else self.tally(room, item, Round.FIRST)
