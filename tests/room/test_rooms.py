"""All rooms of a process: who may do what, and how one goes on when the database is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from asking import run_apart
from staged import NOW, content

from mantelzorg.room.rooms import Denied, Opened, Rooms
from mantelzorg.room.staging import View
from mantelzorg.room.steps import Rhythm, Round, Step
from mantelzorg.room.store import Reclaim, Refusal, Store, StoreGone, Vote
from mantelzorg.training.shelf import shelf
from mantelzorg.web.room import routes

SEAT = "0" * 32
CASES = ("fatma", "henk")


class Flaky:
    """A store that can be gone."""

    def __init__(self, store: Store) -> None:
        self._store, self.down, self.calls = store, False, 0

    def __getattr__(self, name: str) -> Any:
        def call(*given: object) -> object:
            self.calls += 1
            if self.down:
                raise StoreGone("test")
            return getattr(self._store, name)(*given)

        return call


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def flaky(tmp_path: Path) -> Iterator[Flaky]:
    store = Store(f"sqlite:///{tmp_path}/rooms.db")
    yield Flaky(store)
    store.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def rooms(flaky: Flaky, clock: Clock) -> Rooms:
    return Rooms(cast(Store, flaky), content, shelf(), clock)


def opened(rooms: Rooms, cases: tuple[str, ...] = CASES) -> Opened:
    found = rooms.open("nl", Rhythm.QUIZ, cases)
    assert found is not None
    return found


def acted(rooms: Rooms, of: Opened, action: str, **data: object) -> View:
    view = rooms.view(of.code)
    assert view is not None
    found = rooms.act(of.code, of.token, view.room.revision, action, data)
    assert isinstance(found, View)
    return found


def vote(of: Opened, choice: str = "yes", seat: str = SEAT) -> Vote:
    return Vote(of.code, seat, 0, Round.FIRST, 1, choice)


def test_only_the_trainer_moves_a_room(rooms: Rooms) -> None:
    one, other = opened(rooms), opened(rooms)
    assert rooms.act(one.code, "x", 0, "forward", {}) is Denied.TOKEN
    assert rooms.act(one.code, other.token, 0, "forward", {}) is Denied.TOKEN
    assert rooms.act("ZZZZ", one.token, 0, "forward", {}) is Denied.UNKNOWN
    assert not rooms.close(one.code, other.token)
    assert rooms.record(one.code, other.token) is None
    acted(rooms, one, "forward")
    view = rooms.view(other.code)
    assert view is not None
    assert view.room.place.step is Step.LOBBY


def test_a_second_click_on_the_same_button_does_nothing(rooms: Rooms) -> None:
    of = opened(rooms)
    assert isinstance(rooms.act(of.code, of.token, 0, "forward", {}), View)
    assert rooms.act(of.code, of.token, 0, "forward", {}) is Denied.STALE
    assert rooms.act(of.code, of.token, 1, "explode", {}) is Denied.SENSELESS


def test_the_pin_gives_a_new_token_and_ends_the_old_one(rooms: Rooms) -> None:
    of = opened(rooms)
    assert rooms.reclaim(of.code, "000000" if of.pin != "000000" else "111111") == (Reclaim.WRONG, "")
    found, token = rooms.reclaim(of.code, f" {of.pin[:3]} {of.pin[3:]} ")
    assert found is Reclaim.OK
    assert rooms.trusts(of.code, token)
    assert not rooms.trusts(of.code, of.token)


def test_a_new_process_finds_the_room_and_its_votes(rooms: Rooms, flaky: Flaky, clock: Clock) -> None:
    of = opened(rooms)
    acted(rooms, of, "forward")
    acted(rooms, of, "forward")
    assert rooms.take_seat(of.code, SEAT) is None
    assert rooms.vote(vote(of)) is None
    again = Rooms(cast(Store, flaky), content, shelf(), clock)
    view = again.view(of.code)
    assert view is not None
    assert view.room.place.step is Step.VOTE
    assert view.votes.phones == {(0, Round.FIRST): {"yes": 1}}
    assert view.votes.seats == 1
    assert again.trusts(of.code, of.token)


def test_without_its_database_a_room_goes_on_with_hands_and_comes_back(rooms: Rooms, flaky: Flaky) -> None:
    of = opened(rooms)
    acted(rooms, of, "forward")
    acted(rooms, of, "forward")
    rooms.take_seat(of.code, SEAT)
    rooms.vote(vote(of))
    rooms.view(of.code)
    flaky.down = True
    view = acted(rooms, of, "count", choice="no", by=1)
    assert view.store_gone
    assert view.stage().hands_mode
    assert view.stage().store_gone
    assert view.stage().voted == 2
    assert acted(rooms, of, "forward").room.place.step is Step.REVEAL
    assert rooms.act(of.code, "x", view.room.revision, "forward", {}) is Denied.TOKEN
    left = rooms.record(of.code, of.token)
    assert left is not None
    assert left.cases[0].tallies[Round.FIRST].counts == {"yes": 1, "no": 1}
    with pytest.raises(StoreGone):
        rooms.vote(vote(of))
    flaky.down = False
    back = rooms.view(of.code)
    assert back is not None
    assert not back.store_gone
    assert back.room.place.step is Step.REVEAL
    assert back.room.items[0].hands == {Round.FIRST: {"no": 1}}
    assert acted(rooms, of, "forward").room.place.step is Step.DISCUSS
    assert rooms.vote(vote(of)) is Refusal.CLOSED


def test_who_was_first_meanwhile_keeps_the_room(rooms: Rooms, flaky: Flaky, clock: Clock) -> None:
    """Another process moved the room while this one could not reach the database."""
    of = opened(rooms)
    rooms.view(of.code)
    other = Rooms(cast(Store, flaky), content, shelf(), clock)
    flaky.down = True
    acted(rooms, of, "hands", on=True)
    flaky.down = False
    acted(other, of, "forward")
    view = rooms.view(of.code)
    assert view is not None
    assert view.room.place.step is Step.STORY
    assert not view.room.hands_mode


def test_a_room_that_the_database_never_knew_serves_one_laptop(rooms: Rooms, flaky: Flaky) -> None:
    flaky.down = True
    of = opened(rooms)
    assert acted(rooms, of, "forward").stage().store_gone
    flaky.down = False
    assert acted(rooms, of, "forward").room.place.step is Step.VOTE
    assert acted(rooms, of, "count", choice="yes", by=1).stage().voted == 1
    assert rooms.close(of.code, of.token)
    assert rooms.view(of.code) is None


def test_nobody_says_that_a_room_is_not_there_when_they_cannot_know(rooms: Rooms, flaky: Flaky) -> None:
    flaky.down = True
    with pytest.raises(StoreGone):
        rooms.view("ZZZZ")
    with pytest.raises(StoreGone):
        rooms.trusts("ZZZZ", "x")


def test_a_room_ends_after_four_hours_also_where_it_is_remembered(rooms: Rooms, flaky: Flaky, clock: Clock) -> None:
    of = opened(rooms)
    rooms.view(of.code)
    clock.now += 4 * 3600 + 1
    assert rooms.view(of.code) is None
    flaky.down = True
    alone = opened(rooms)
    clock.now += 4 * 3600 + 1
    with pytest.raises(StoreGone):
        rooms.view(alone.code)


def test_many_who_look_cost_the_database_one_look(rooms: Rooms, flaky: Flaky, clock: Clock) -> None:
    of = opened(rooms)
    rooms.recent(of.code)
    before = flaky.calls
    for _ in range(200):
        rooms.recent(of.code)
    assert flaky.calls == before
    acted(rooms, of, "forward")
    seen = rooms.recent(of.code)
    assert seen is not None
    assert seen.room.place.step is Step.STORY
    clock.now += 1
    assert rooms.recent(of.code) is not seen


def test_an_own_case_is_played_and_its_facts_leave_the_room(rooms: Rooms) -> None:
    of = opened(rooms, ())
    chosen = {"relationship": ["parent"], "care_reason": ["dementia"], "tasks": ["medication"], "payment": ["none"]}
    acted(rooms, of, "own_case", chosen=chosen)
    view = acted(rooms, of, "forward")
    assert "Helpt een ouder." in view.stage().story
    acted(rooms, of, "skip_case")
    view = acted(rooms, of, "back")
    assert "Helpt een ouder." not in view.stage().story
    left = rooms.record(of.code, of.token)
    assert left is not None
    assert [case.case for case in left.cases] == [""]
    assert left.cases[0].verdict
    assert left.cases[0].facts


def test_rooms_that_have_ended_are_deleted_without_anybody_asking(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "rooms.db"
    store = Store(f"sqlite:///{file}")
    rooms = Rooms(store, content, shelf(), clock)
    code = opened(rooms).code
    clock.now += 4 * 3600 + 1
    monkeypatch.setenv(routes.DATABASE, f"sqlite:///{file}")

    async def until_swept() -> None:
        swept = asyncio.Event()
        sweep, loop = rooms.sweep, asyncio.get_running_loop()

        def sweep_and_tell() -> None:
            sweep()
            loop.call_soon_threadsafe(swept.set)

        monkeypatch.setattr(rooms, "sweep", sweep_and_tell)
        task = asyncio.create_task(routes.sweeping(rooms))
        await asyncio.wait_for(swept.wait(), 10)
        task.cancel()

    run_apart(until_swept())
    assert code.encode() not in file.read_bytes()
    store.dispose()


def test_without_a_database_there_is_nothing_to_sweep(rooms: Rooms, flaky: Flaky) -> None:
    flaky.down = True
    rooms.sweep()
