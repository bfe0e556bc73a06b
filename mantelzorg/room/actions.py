"""What a trainer can do with a room. Each action turns a room into the next one, or is refused as not making sense."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mantelzorg.room.own_case import own_item
from mantelzorg.room.room import Room
from mantelzorg.room.scene import turns
from mantelzorg.room.staging import View

MOST_ITEMS = 40
LONGEST_TALK = 30 * 60
Data = Mapping[str, object]
"""What was sent with an action, as read from JSON: nothing in it is trusted."""


def acted(view: View, action: str, data: Data) -> Room | None:
    """The room after an action; None when there is no such action or it cannot be done with this."""
    act = _ACTIONS.get(action)
    return act(view, data) if act else None


def _hands(view: View, data: Data) -> Room | None:
    on = data.get("on")
    return view.room.with_hands(on) if isinstance(on, bool) else None


def _count(view: View, data: Data) -> Room | None:
    room, choice, by = view.room, data.get("choice"), data.get("by")
    if room.open_round is None or room.item is None or by not in (1, -1):
        return None
    known = room.choices_of(room.place.item, room.open_round)
    return room.counted(str(choice), 1 if by == 1 else -1) if choice in known else None


def _timer(view: View, data: Data) -> Room | None:
    seconds = data.get("seconds")
    if seconds is None:
        return view.room.with_timer(None)
    whole = isinstance(seconds, int) and not isinstance(seconds, bool) and 0 < seconds <= LONGEST_TALK
    return view.room.with_timer(view.now + float(str(seconds))) if whole else None


def _flip(view: View, data: Data) -> Room | None:
    room = view.room
    if room.item is None or not view.chooses_flip:
        return None
    found = {turn.id: turn for turn in turns(view.scene(room.place.item), room.language)}
    chip = data.get("chip")
    if chip == "" and room.item.case:
        return room.with_flip(None)
    turn = found.get(str(chip))
    return room.with_flip(turn.raw, turn.tips) if turn else None


def _disagree(view: View, data: Data) -> Room | None:
    on, remark = data.get("on"), data.get("remark", "")
    fits = isinstance(on, bool) and isinstance(remark, str)
    return view.room.with_disagreement(bool(on), str(remark)) if fits else None


def _own_case(view: View, data: Data) -> Room | None:
    chosen = read_chosen(data.get("chosen"))
    item = own_item(chosen, view.content, view.room.language) if chosen else None
    return view.room.with_own_case(item) if item and len(view.room.items) < MOST_ITEMS else None


def read_chosen(sent: object) -> dict[str, tuple[str, ...]] | None:
    """Options chosen, as {fact: [option, …]}; None when it is anything else."""
    if not isinstance(sent, dict) or len(sent) > 100:
        return None
    chosen: dict[str, tuple[str, ...]] = {}
    for fact, options in sent.items():
        if not isinstance(options, list) or len(options) > 100 or not all(isinstance(one, str) for one in options):
            return None
        chosen[str(fact)] = tuple(options)
    return chosen


_ACTIONS: dict[str, Callable[[View, Data], Room | None]] = {
    "forward": lambda view, _: view.room.forward(),
    "skip": lambda view, _: view.room.skip(),
    "skip_case": lambda view, _: view.room.skip_case(),
    "back": lambda view, _: view.room.back(),
    "hands": _hands,
    "count": _count,
    "timer": _timer,
    "flip": _flip,
    "disagree": _disagree,
    "own_case": _own_case,
}
