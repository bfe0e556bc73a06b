"""Sentences about a room that a page cannot write by itself: a division in words, the label of the one main button."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mantelzorg.room.stage import Desk, Division
from mantelzorg.room.steps import Rhythm, Step
from mantelzorg.room.tally import FEWEST_SHOWN
from mantelzorg.web.room.words import words

_HERE = re.compile(r"(localhost|127(\.\d+){3}|\[::1\])(:\d+)?(/|$)")
HALF = 50
"""A choice with more percent than this is what most people chose."""


def division(of: Division, language: str) -> str:
    """How a round is divided, in one sentence: what most chose, or how the largest shift went."""
    w = words(language)
    if not of.total:
        return w["no_votes"]
    if not of.bars:
        return w["too_few_why"].format(FEWEST_SHOWN)
    moved = [(abs(bar.percent - bar.before), bar) for bar in of.bars if bar.before is not None]
    if moved:
        step, bar = max(moved, key=lambda pair: pair[0])
        return w["shifted"].format(bar.label, bar.before, bar.percent) if step else w["unshifted"]
    most = max(of.bars, key=lambda bar: bar.percent)
    return w["most"].format(most.label) if most.percent > HALF else w["divided"]


def votes(count: int, language: str) -> str:
    """A number of votes."""
    w = words(language)
    return w["voted_one"] if count == 1 else w["voted_many"].format(count)


def joined(present: int, language: str) -> str:
    """How many phones have joined."""
    w = words(language)
    return {0: w["joined_none"], 1: w["joined_one"]}.get(present, w["joined_many"].format(present))


def clock(seconds: int) -> str:
    """Time left as 1:05; nothing less than 0:00."""
    minutes, rest = divmod(max(seconds, 0), 60)
    return f"{minutes}:{rest:02}"


def onward(desk: Desk) -> str:
    """What the main button does."""
    w, stage = words(desk.stage.language), desk.stage
    if desk.next_step is None:
        return w["next_none"]
    if desk.next_step is not Step.STORY:
        return w[f"next_{desk.next_step.value}"]
    if stage.place.step is Step.LOBBY:
        return w["next_story"].format(desk.next_title)
    return w["next_tale" if stage.rhythm is Rhythm.RECOGNISE else "next_case"].format(desk.next_title)


def place(code: Mapping[str, str], rhythm: Rhythm, item: int, count: int) -> str:
    """Which case of how many, counted from one."""
    return code["story_of" if rhythm is Rhythm.RECOGNISE else "case_of"].format(item + 1, count)


def readable(address: str) -> str:
    """An address as one reads it aloud: without https."""
    return address.partition("://")[2] or address


def only_here(address: str) -> bool:
    """Whether only the computer of the trainer itself can reach this address: no telephone can join."""
    return _HERE.match(readable(address)) is not None
