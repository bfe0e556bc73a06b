"""Our own content and prepared cases, and rooms that play them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from mantelzorg.content import Content, load
from mantelzorg.room.room import Item, Room
from mantelzorg.room.scene import asks
from mantelzorg.room.staging import View
from mantelzorg.room.steps import RHYTHMS, Place, Rhythm, Step
from mantelzorg.room.votes import Votes
from mantelzorg.training.cases import TrainingCase
from mantelzorg.training.shelf import shelf

NOW = 1_795_000_000.0


@cache
def content() -> Content:
    return load()


@cache
def cases() -> dict[str, TrainingCase]:
    return dict(shelf().cases(content()))


def names(rhythm: Rhythm) -> tuple[str, ...]:
    return tuple(name for name, case in cases().items() if RHYTHMS[case.audience] is rhythm)


def room(rhythm: Rhythm = Rhythm.QUIZ, programme: tuple[str, ...] = (), language: str = "nl") -> Room:
    played = programme or names(rhythm)
    items = tuple(Item(name, asks=asks(cases()[name].answers, content())) for name in played)
    return Room("BCDF", language, rhythm, items, "2026-11-22")


def at(of: Room, item: int, step: Step) -> Room:
    items = tuple(replace(one, shown=place <= item) for place, one in enumerate(of.items))
    return replace(of, place=Place(item, step), items=items)


def view(of: Room, votes: Votes | None = None, gone: bool = False) -> View:
    return View(of, content(), cases(), votes or Votes(), NOW, gone)
