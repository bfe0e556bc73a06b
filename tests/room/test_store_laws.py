"""Whatever is voted, in whatever order it arrives: the counts are those of a few lines of Python."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rooms_at_work import KEYS, NOW, PIN, TOKEN, room

from mantelzorg.room.codes import LETTERS
from mantelzorg.room.room import Item, Room
from mantelzorg.room.steps import Round, Step
from mantelzorg.room.store import Refusal, Store, Vote

NUMBERS = count()
PHONES = 4
CHOICES = ["yes", "no", "depends", "unsure", "tips", "stays", "hours"]
MOVES = ["forward", "forward", "forward", "back", "skip", "skip_case", "own"]
VOTES = st.tuples(
    st.just("vote"),
    st.integers(0, PHONES),
    st.sampled_from(CHOICES),
    st.integers(1, 3),
    st.one_of(st.none(), st.integers(0, 2)),
)
ACTIONS = st.lists(st.one_of(VOTES, VOTES, VOTES, st.sampled_from(MOVES).map(lambda move: (move,))), max_size=30)


@dataclass
class Model:
    """A room and its votes, as simple as can be. The last phone has no seat."""

    room: Room
    ballots: dict[tuple[str, Round], dict[int, tuple[int, str]]] = field(default_factory=dict)
    closed: set[tuple[str, Round]] = field(default_factory=set)

    def vote(self, phone: int, item: int, round_: Round, n: int, choice: str) -> Refusal | None:
        if phone == PHONES:
            return Refusal.SEAT
        if self.room.item is None or (item, round_) != (self.room.place.item, self.room.open_round):
            return Refusal.CLOSED
        place = (self.room.item.result, round_)
        if place in self.closed:
            return Refusal.CLOSED
        if choice not in self.room.choices_of(item, round_):
            return Refusal.CHOICE
        cast = self.ballots.setdefault(place, {})
        if n > cast.get(phone, (-1, ""))[0]:
            cast[phone] = (n, choice)
        return None

    def move(self, to: Room) -> None:
        left = self.room.item
        if left and (to.place.step is Step.END or to.items[to.place.item].result != left.result):
            self.closed |= {place for place in self.ballots if place[0] == left.result}
        self.room = to

    def counts(self) -> dict[tuple[int, Round], dict[str, int]]:
        numbers = {item.result: number for number, item in enumerate(self.room.items)}
        return {
            (numbers[name], round_): dict(Counter(choice for _, choice in cast.values()))
            for (name, round_), cast in self.ballots.items()
        }


def code_of(number: int) -> str:
    return "".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(4))


def moved(whole: Room, move: str, number: int) -> Room:
    if move == "own":
        return whole.with_own_case(Item("own", asks=("hours",), result=f"own {number}"))
    return getattr(whole, move)()  # type: ignore[no-any-return]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTIONS)
def test_counts_are_those_of_the_model(store: Store, actions: list[tuple[object, ...]]) -> None:
    # `result` names a case here, as its number changes when an own one comes before it.
    items = tuple(Item(name, asks=("hours",), result=name) for name in ("a", "b", "c"))
    model = Model(replace(room(code_of(next(NUMBERS))), items=items).forward().forward())
    code = model.room.code
    assert store.open(model.room, PIN, TOKEN, NOW)
    for key in KEYS[:PHONES]:
        assert store.take_seat(code, key, NOW) is None
    for number, action in enumerate(actions):
        if action[0] != "vote":
            to = moved(model.room, str(action[0]), number)
            assert store.save(to, model.room.revision, NOW)
            model.move(to)
            continue
        _, phone, choice, copies, late = action
        item, round_ = model.room.place.item, model.room.open_round or Round.FIRST
        n = number if late is None else max(0, number - 5 * int(late))  # type: ignore[call-overload]
        for _ in range(copies):  # type: ignore[call-overload]
            sent = Vote(code, KEYS[phone], item, round_, n, str(choice))  # type: ignore[index]
            assert store.vote(sent, NOW) is model.vote(phone, item, round_, n, str(choice))  # type: ignore[arg-type]
    assert store.all_counts(code) == model.counts()
    assert store.find(code, NOW).room == model.room  # type: ignore[union-attr]
    store.close(code)
