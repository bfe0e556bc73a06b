"""A room as the tests of the store use it."""

from __future__ import annotations

from dataclasses import replace

from mantelzorg.room.room import Item, Room
from mantelzorg.room.steps import Place, Rhythm, Round, Step
from mantelzorg.room.store import Opened, Store, Vote
from mantelzorg.room.tally import Counts

CODE = "BCDF"
PIN = "271828"
TOKEN = "the trainer's token"
NOW = 1_795_000_000.0
SEATS = 7
FIRST_VOTE = Place(0, Step.VOTE)
KEYS = tuple(f"{number:032x}" for number in range(40))


def room(code: str = CODE) -> Room:
    """Two prepared cases, in the lobby."""
    items = (Item("first", asks=("living_together", "hours")), Item("second"))
    return Room(code, "nl", Rhythm.QUIZ, items, "2026-11-22")


def opened(store: Store, whole: Room | None = None, seats: int = 0) -> Room:
    """Open a room, and let phones join."""
    whole = whole or room()
    assert store.open(whole, PIN, TOKEN, NOW) is Opened.OK
    for key in KEYS[:seats]:
        assert store.take_seat(whole.code, key, NOW) is None
    return whole


def at_vote(store: Store, code: str = CODE, seats: int = 0, at: Place = FIRST_VOTE) -> Room:
    """Open a room where the first vote is open."""
    return opened(store, replace(room(code), place=at, revision=2), seats)


def vote(
    code: str = CODE,
    seat: str = KEYS[0],
    item: int = 0,
    round: Round = Round.FIRST,
    n: int = 1,
    choice: str = "yes",
) -> Vote:
    """A vote of the first phone in the first round."""
    return Vote(code, seat, item, round, n, choice)


def counts(store: Store, code: str, item: int, round_: Round) -> Counts:
    """The votes of one round of one case."""
    return store.all_counts(code).get((item, round_), {})


def settled(store: Store, code: str, item: int) -> bool:
    """Whether votes of this case were counted for good, as it was left."""
    return any(one == item for one, _ in store.settled_rounds(code))
