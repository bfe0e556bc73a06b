"""The rhythm of a room: where it goes, how it goes back, and what can never be."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mantelzorg.room.room import Item, Room
from mantelzorg.room.steps import ROUNDS, Place, Rhythm, Round, Step, rounds, steps

Move = Callable[[Room], Room]
MOVES: dict[str, Move] = {
    "forward": lambda room: room.forward(),
    "skip": lambda room: room.skip(),
    "skip_case": lambda room: room.skip_case(),
    "back": lambda room: room.back(),
    "own": lambda room: room.with_own_case(Item(own={"a": "b"}, result="yes")),
    "hand": lambda room: room.counted("yes", 1),
    "no_hand": lambda room: room.counted("yes", -1),
    "hands": lambda room: room.with_hands(True),
    "disagree": lambda room: room.with_disagreement(True, "because"),
}


def fresh(rhythm: Rhythm = Rhythm.QUIZ, count: int = 3) -> Room:
    return Room("BCDF", "nl", rhythm, tuple(Item(f"case-{number}") for number in range(count)), "2026-11-22")


def walked(room: Room) -> list[Place]:
    places = [room.place]
    while room.place.step is not Step.END:
        room = room.forward()
        places.append(room.place)
    return places


@pytest.mark.parametrize("rhythm", list(Rhythm))
def test_a_room_goes_through_every_step_of_every_case_and_ends(rhythm: Rhythm) -> None:
    expected = [Place(0, Step.LOBBY), *(Place(item, step) for item in range(3) for step in steps(rhythm))]
    assert walked(fresh(rhythm)) == [*expected, Place(2, Step.END)]


def test_caregivers_see_no_verdict_no_clock_and_no_second_vote() -> None:
    shown = set(steps(Rhythm.RECOGNISE))
    assert shown == {Step.STORY, Step.VOTE, Step.REVEAL, Step.DEBRIEF}
    assert rounds(Rhythm.RECOGNISE) == (Round.FIRST,)


def test_skipping_takes_along_what_is_tied_together() -> None:
    room = fresh().forward().forward()
    assert room.place.step is Step.VOTE
    assert room.skip().place.step is Step.DISCUSS
    assert room.skip().skip().place.step is Step.VERDICT
    assert room.skip_case().place == Place(1, Step.STORY)
    assert fresh(count=1).forward().skip_case().place.step is Step.END


def test_an_empty_programme_can_only_end_or_get_an_own_case() -> None:
    room = fresh(count=0)
    assert room.forward().place.step is Step.END
    own = room.with_own_case(Item(own={"a": "b"}))
    assert own.forward().item == Item(own={"a": "b"}, shown=True)


@given(st.sampled_from(Rhythm), st.integers(0, 3), st.lists(st.sampled_from(sorted(MOVES)), max_size=40))
def test_whatever_is_pressed_the_room_makes_sense(rhythm: Rhythm, count: int, pressed: list[str]) -> None:
    room = fresh(rhythm, count)
    for name in pressed:
        before = room
        room = MOVES[name](room)
        assert room.revision >= before.revision
        assert (room.revision > before.revision) or room == before
        if room.place.step in (Step.LOBBY, Step.END):
            assert room.item is None
            assert room.open_round is None
        else:
            assert room.place.step in steps(rhythm)
            assert room.item is not None
            assert room.item.shown
            assert room.open_round is ROUNDS.get(room.place.step)
        assert all(n >= 0 for item in room.items for counts in item.hands.values() for n in counts.values())


@given(st.sampled_from(["forward", "skip", "skip_case"]), st.integers(0, 25))
def test_undo_goes_back_to_where_it_was(name: str, far: int) -> None:
    room = fresh()
    for _ in range(far):
        room = room.forward()
    moved = MOVES[name](room)
    assert moved.place == room.place or moved.back().place == room.place


def test_undo_loses_no_hands_and_no_remark() -> None:
    room = fresh().forward().forward().counted("yes", 1).with_disagreement(True, "why")
    back = room.forward().back()
    assert back.items == room.items


def test_the_facts_of_an_own_case_are_gone_when_it_is_left() -> None:
    room = fresh(count=1).with_own_case(Item(own={"a": "b"}, result="yes", deciding=("a",))).forward()
    assert room.item is not None
    assert room.item.own == {"a": "b"}
    room = room.with_flip({"a": "c"}, True)
    left = room.skip_case()
    assert left.items[0] == Item(result="yes", deciding=("a",), tipped=True, shown=True)
    assert left.back().items[0].own is None


def test_an_own_case_comes_after_the_one_on_the_screen() -> None:
    room = fresh().forward().with_own_case(Item(own={"a": "b"}))
    assert [item.case for item in room.items] == ["case-0", "", "case-1", "case-2"]
    ended = fresh(count=1).forward().skip_case().with_own_case(Item(own={"a": "b"}))
    assert ended.forward().item == Item(own={"a": "b"}, shown=True)


def test_a_remark_has_an_end() -> None:
    room = fresh().forward().with_disagreement(True, "x" * 10_000)
    assert room.item is not None
    assert len(room.item.remark) == 500
