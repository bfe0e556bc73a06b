"""What a room is at one moment. Every change gives a new one; none can fail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from mantelzorg.room.steps import ROUNDS, START, Place, Rhythm, Round, Step, after, after_phase, next_case
from mantelzorg.room.tally import Counts, choices

MOST_REMEMBERED = 200
LONGEST_REMARK = 500
Raw = Mapping[str, object]
"""Answers as they are written in a file: fact -> value, list of values, number or range."""


@dataclass(frozen=True)
class Item:
    """One case of the programme: a prepared one by its id, or an own one.

    `own` holds the facts of an own case while it is played; afterwards they are gone, and only `result`, `deciding`
    (the facts that decided it, without the answers) and `tipped` (whether the flip changed the result) are left. `flip`
    is what the trainer chose to turn over instead of the prepared flip. `hands` are counts by show of hands, beside
    the phones. `asks` are the facts that one may ask for.
    """

    case: str = ""
    own: Raw | None = None
    result: str = ""
    deciding: tuple[str, ...] = ()
    tipped: bool | None = None
    flip: Raw | None = None
    asks: tuple[str, ...] = ()
    hands: Mapping[Round, Counts] = field(default_factory=dict)
    disagreed: bool = False
    remark: str = ""
    shown: bool = False
    """Whether the case has been on the screen."""

    def prepared(self) -> Item:
        """The same with the flip that was prepared."""
        return replace(self, flip=None)

    def left(self) -> Item:
        """What stays when the next case begins."""
        return self if self.case else replace(self, own=None, flip=None)


@dataclass(frozen=True)
class Room:
    """A room. `deadline` is when the talk should end, in seconds since 1970; `revision` grows with every change."""

    code: str
    language: str
    rhythm: Rhythm
    items: tuple[Item, ...]
    opened: str
    """The day it was opened, as 2026-11-22."""
    place: Place = START
    past: tuple[Place, ...] = ()
    hands_mode: bool = False
    deadline: float | None = None
    revision: int = 0

    @property
    def item(self) -> Item | None:
        """The case on the screen."""
        on = self.place.step not in (Step.LOBBY, Step.END)
        return self.items[self.place.item] if on else None

    def choices_of(self, item: int, round_: Round) -> tuple[str, ...]:
        """What can be voted in a round of a case of the programme."""
        return self.items[item].asks if round_ is Round.ASK else choices(self.rhythm, round_)

    @property
    def open_round(self) -> Round | None:
        """What can be voted on now."""
        return ROUNDS.get(self.place.step)

    def forward(self) -> Room:
        """To the next step."""
        return self._to(after(self.place, self.rhythm, len(self.items)))

    def skip(self) -> Room:
        """To the next phase: past a vote with its reveal, past the talk with its second vote."""
        return self._to(after_phase(self.place, self.rhythm, len(self.items)))

    def skip_case(self) -> Room:
        """To the next case."""
        return self._to(next_case(self.place, self.rhythm, len(self.items)))

    def back(self) -> Room:
        """To where it was before the last step."""
        if not self.past:
            return self
        return replace(self, place=self.past[-1], past=self.past[:-1], deadline=None, revision=self.revision + 1)

    def _to(self, place: Place) -> Room:
        if place == self.place:
            return self
        past = (*self.past, self.place)[-MOST_REMEMBERED:]
        moved = replace(self, place=place, past=past, deadline=None, revision=self.revision + 1)
        left = moved.place.item != self.place.item or moved.place.step is Step.END
        items = list(moved.items)
        if left and items:
            items[self.place.item] = items[self.place.item].left()
        if moved.item is not None:
            items[place.item] = replace(items[place.item], shown=True)
        return replace(moved, items=tuple(items))

    def with_hands(self, on: bool) -> Room:
        """Vote by show of hands, or by phone again."""
        return replace(self, hands_mode=on, revision=self.revision + 1)

    def counted(self, choice: str, by: int) -> Room:
        """One hand more or less for a choice of the open round; never under nothing."""
        round_, item = self.open_round, self.item
        if round_ is None or item is None:
            return self
        counts = dict(item.hands.get(round_, {}))
        counts[choice] = max(0, counts.get(choice, 0) + by)
        return self._item(replace(item, hands=MappingProxyType({**item.hands, round_: counts})))

    def with_timer(self, deadline: float | None) -> Room:
        """Talk until then, or without a limit."""
        return replace(self, deadline=deadline, revision=self.revision + 1)

    def with_flip(self, flip: Raw | None, tips: bool | None = None) -> Room:
        """Turn over this instead of what was prepared; None is the prepared flip again. `tips`: the result changes."""
        return self if self.item is None else self._item(replace(self.item, flip=flip, tipped=tips))

    def with_disagreement(self, disagreed: bool, remark: str) -> Room:
        """Note that the room does not agree with the rules, and why."""
        if self.item is None:
            return self
        return self._item(replace(self.item, disagreed=disagreed, remark=remark[:LONGEST_REMARK]))

    def with_own_case(self, own: Item) -> Room:
        """Put an own case after the one on the screen, or first; at the end, last."""
        at = self.place.item + (self.place.step is not Step.LOBBY) if self.items else 0
        items = (*self.items[:at], own, *self.items[at:])
        ended = Place(at - 1, Step.DEBRIEF) if at else START
        place = ended if self.place.step is Step.END else self.place
        return replace(self, items=items, place=place, revision=self.revision + 1)

    def _item(self, item: Item) -> Room:
        items = (*self.items[: self.place.item], item, *self.items[self.place.item + 1 :])
        return replace(self, items=items, revision=self.revision + 1)
