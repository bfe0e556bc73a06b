"""A room that was written down reads back as the same room, or not at all."""

from __future__ import annotations

import json
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rooms_at_work import room

from mantelzorg.room.room import Item, Room
from mantelzorg.room.steps import Place, Rhythm, Round, Step
from mantelzorg.room.store.state_text import read, written

TEXTS = st.text(st.characters(codec=None), max_size=30) | st.sampled_from(
    ["'; DROP TABLE room; --", "<script>alert(1)</script>", "\x00", "\ud800", "\u202e", "NaN", "null", '"', "\\u0000"]
)
NUMBERS = st.integers(-(10**30), 10**30) | st.floats(allow_nan=False, allow_infinity=False)
SCALARS = TEXTS | NUMBERS | st.booleans() | st.none()
VALUES = st.recursive(
    SCALARS | st.frozensets(TEXTS, max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(TEXTS | st.integers(), inner, max_size=3)
    ),
    max_leaves=8,
)
FROZEN = st.dictionaries(TEXTS, VALUES, max_size=4).map(MappingProxyType)
RAWS = st.none() | st.dictionaries(TEXTS, VALUES, max_size=4) | FROZEN
COUNTS = st.dictionaries(TEXTS, st.integers(0, 10**6), max_size=4)
HANDS = st.dictionaries(st.sampled_from(Round), COUNTS | COUNTS.map(MappingProxyType))
ITEMS = st.builds(
    Item,
    case=TEXTS,
    own=RAWS,
    result=TEXTS,
    deciding=st.lists(TEXTS, max_size=3).map(tuple),
    tipped=st.none() | st.booleans(),
    flip=RAWS,
    asks=st.lists(TEXTS, max_size=4).map(tuple),
    hands=HANDS | HANDS.map(MappingProxyType),
    disagreed=st.booleans(),
    remark=TEXTS,
    shown=st.booleans(),
)
PLACES = st.builds(Place, st.integers(0, 50), st.sampled_from(Step))


@st.composite
def rooms(draw: st.DrawFn) -> Room:
    items = tuple(draw(st.lists(ITEMS, max_size=3)))
    there = st.builds(Place, st.integers(0, max(len(items) - 1, 0)), st.sampled_from(Step))
    place = draw(there) if items else draw(st.sampled_from([Place(0, Step.LOBBY), Place(0, Step.END)]))
    return Room(
        code=draw(TEXTS),
        language=draw(TEXTS),
        rhythm=draw(st.sampled_from(Rhythm)),
        items=items,
        opened=draw(TEXTS),
        place=place,
        past=tuple(draw(st.lists(PLACES, max_size=5))),
        hands_mode=draw(st.booleans()),
        deadline=draw(st.none() | NUMBERS),
        revision=draw(st.integers(-(10**20), 10**20)),
    )


def changed(**changes: object) -> str:
    """The text of a room with some fields otherwise."""
    whole = json.loads(written(room()))
    whole["room"].update(changes)
    return json.dumps(whole)


@settings(max_examples=150)
@given(rooms())
def test_what_was_written_reads_back_as_an_equal_room(whole: Room) -> None:
    text = written(whole)
    assert read(text) == whole
    assert text.isascii()
    assert "\x00" not in text
    assert written(read(text)) == text


def test_every_field_of_a_room_and_a_case_is_drawn_above() -> None:
    """A new field must be added to the law, or it proves less than it says."""
    assert set(Item.__dataclass_fields__) == {
        *("case", "own", "result", "deciding", "tipped", "flip", "asks", "hands", "disagreed", "remark", "shown"),
    }
    assert set(Room.__dataclass_fields__) == {
        *("code", "language", "rhythm", "items", "opened", "place", "past", "hands_mode", "deadline", "revision"),
    }


def test_a_room_that_was_used_reads_back() -> None:
    whole = room().forward().forward().counted("yes", 3).counted("no", 1).with_hands(True).with_timer(1e9)
    whole = whole.with_own_case(Item(own={"hours": "4..8", "tasks": ["cook", "wash"]})).with_disagreement(
        True, "<b>\x00"
    )
    assert read(written(whole)) == whole
    assert read(written(whole)).forward() == whole.forward()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), b"bytes", {"a": float("-inf")}])
def test_what_no_file_can_hold_is_not_written(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        written(replace(room(), items=(Item(own={"hours": value}),)))


WRONG: dict[str, Any] = {
    "nothing": "",
    "cut off": written(room())[:-5],
    "not JSON": "{'version': 1}",
    "no room": "[]",
    "another version": written(room()).replace('"version":1', '"version":2'),
    "a version that is true": written(room()).replace('"version":1', '"version":true'),
    "no version": json.dumps({"room": {}}),
    "a field too few": json.dumps({"version": 1, "room": {"code": "BCDF"}}),
    "a field too many": changed(extra=1),
    "a name twice": written(room()).replace('"code":', '"code":"X","code":'),
    "text for a number": changed(revision="1"),
    "true for a number": changed(revision=True),
    "a fraction for a whole number": changed(revision=1.0),
    "a number for a text": changed(language=1),
    "one for true": changed(hands_mode=1),
    "an unknown rhythm": changed(rhythm="waltz"),
    "an unknown step": changed(place={"item": 0, "step": "dance"}),
    "a case that is not there": changed(place={"item": 2, "step": "story"}),
    "a case before the first": changed(place={"item": -1, "step": "story"}),
    "a story without cases": changed(items=[], place={"item": 0, "step": "story"}),
    "no list": changed(items={}),
    "a case that is none": changed(items=[1]),
    "infinity": changed(deadline=0).replace('"deadline": 0', '"deadline": Infinity'),
    "too large": changed(deadline=0).replace('"deadline": 0', '"deadline": 1e999'),
    "very deep": "[" * 100_000,
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_a_text_that_is_no_room_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read(text)


@pytest.mark.parametrize(
    "own", [{"a": {"b": 1}}, {"a": {"set": [[1]]}}, {"a": {"mapping": [1]}}, {"a": {"tuple": 1}}, []]
)
def test_answers_that_were_not_written_here_are_refused(own: object) -> None:
    item = json.loads(written(room()))["room"]["items"][0]
    with pytest.raises(ValueError, match=r"."):
        read(changed(items=[{**item, "own": own}]))


@settings(max_examples=200)
@given(st.data())
def test_a_damaged_text_is_refused_or_still_a_room(data: st.DataObject) -> None:
    text = written(room().with_own_case(Item(own={"hours": (1, 2), "tasks": frozenset({"a"})})))
    at = data.draw(st.integers(0, len(text) - 1))
    damaged = (
        text[:at] + data.draw(st.sampled_from(["", "0", '"', "{", "[", "]", "null", "true", "\x00"])) + text[at + 1 :]
    )
    try:
        found = read(damaged)
    except ValueError:
        return
    assert read(written(found)) == found


def test_the_message_names_the_field_and_no_value() -> None:
    with pytest.raises(ValueError, match=r"^room\.place\.step: no such Step$"):
        read(changed(place={"item": 0, "step": "secret"}))
