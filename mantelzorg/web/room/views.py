"""What the pages before and beside a room are made from: opening one, and building an own case."""

from __future__ import annotations

from dataclasses import dataclass

from mantelzorg.room.stage import Option, Outcome
from mantelzorg.room.steps import Rhythm


@dataclass(frozen=True)
class CaseChoice:
    """A prepared case to choose. `difficulty` is 1, 2 or 3; `starter`: chosen unless the trainer says otherwise."""

    id: str
    title: str
    story: str
    difficulty: int
    starter: bool = False


@dataclass(frozen=True)
class CaseGroup:
    """The cases for one kind of meeting, in the order in which they would be played."""

    rhythm: Rhythm
    cases: tuple[CaseChoice, ...]


@dataclass(frozen=True)
class Home:
    """The page where a trainer begins. `languages` are (code, own name) of what a room can speak."""

    language: str
    groups: tuple[CaseGroup, ...]
    languages: tuple[tuple[str, str], ...] = (("nl", "Nederlands"), ("en", "English"))


@dataclass(frozen=True)
class OwnQuestion:
    """A fact with its options as chips; `multiple` when several answers may be given."""

    fact: str
    ask: str
    multiple: bool
    options: tuple[Option, ...]


@dataclass(frozen=True)
class OwnSection:
    """Questions on one topic; `more` are asked less often, under `more_title`."""

    title: str
    questions: tuple[OwnQuestion, ...]
    more_title: str = ""
    more: tuple[OwnQuestion, ...] = ()


@dataclass(frozen=True)
class OwnVerdict:
    """What the rules say of the facts so far; `ask` is the question that would help most, "" where none does.

    `problem` is said instead of all else when the facts do not go together.
    """

    language: str
    outcome: Outcome | None = None
    ask: str = ""
    problem: str = ""
