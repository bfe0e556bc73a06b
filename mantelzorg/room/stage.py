"""What is to be seen of a room at one moment, in one language: for the screen on the wall, the phones and the trainer.

Plain words, no markup. `staging` makes it from the room, the content and the votes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from mantelzorg.room.steps import Place, Rhythm, Round, Step
from mantelzorg.rules import Tone


class Mark(Enum):
    """What a line of the explanation does."""

    COUNTS = "counts"
    COUNTS_NOT = "counts_not"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Option:
    """Something that can be voted, with its words."""

    id: str
    label: str


@dataclass(frozen=True)
class Bar:
    """A choice with its votes: how many, percent of all, and percent in the round before (None where there is none)."""

    label: str
    count: int
    percent: int
    before: int | None = None


@dataclass(frozen=True)
class Division:
    """How a round is divided. `bars` is empty when there are too few votes to show; then `total` is still true."""

    total: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Trace:
    """A line of the explanation. `deciding`: this tipped the scale."""

    mark: Mark
    text: str
    deciding: bool = False


@dataclass(frozen=True)
class Outcome:
    """What the rules say. `tone` is None while they cannot tell. `others` are (name, result) of schemes and urgency.

    `differs`: most of the room voted otherwise; None when that cannot be said.
    """

    title: str
    tone: Tone | None
    trace: tuple[Trace, ...]
    others: tuple[tuple[str, str], ...] = ()
    differs: bool | None = None


@dataclass(frozen=True)
class Chip:
    """A change of one fact. `verdict` is what it tips to; empty when the verdict stays."""

    id: str
    label: str
    verdict: str
    chosen: bool = False
    prepared: bool = False


@dataclass(frozen=True)
class Turned:
    """The flip: what is otherwise, and once it is turned what the rules say then. `tips`: the verdict changes."""

    say: str
    outcome: Outcome | None = None
    tips: bool | None = None


@dataclass(frozen=True)
class Stage:
    """What everybody may see. Only what belongs to the step is filled in.

    `story` are the paragraphs of the case: one for a prepared case, the facts of an own case. `options` are what can
    be voted now. `voted` and `present` are counts of phones. `seconds` are left to talk, negative when over.
    """

    code: str
    language: str
    rhythm: Rhythm
    place: Place
    revision: int
    count: int
    """How many cases the programme has."""
    hands_mode: bool
    present: int
    title: str = ""
    story: tuple[str, ...] = ()
    round: Round | None = None
    options: tuple[Option, ...] = ()
    voted: int = 0
    closed: bool = False
    """The round of this step was counted before: nothing can be voted any more."""
    division: Division | None = None
    outcome: Outcome | None = None
    turned: Turned | None = None
    debrief: str = ""
    disagreed: bool = False
    seconds: int | None = None
    store_gone: bool = False


@dataclass(frozen=True)
class Desk:
    """What only the trainer sees, beside the stage."""

    stage: Stage
    note: str = ""
    sources: tuple[str, ...] = ()
    next_step: Step | None = None
    """None at the end."""
    next_title: str = ""
    can_undo: bool = False
    chips: tuple[Chip, ...] = ()
    """Single facts to turn over, when the step asks for one; those that tip the verdict first."""
    hands: tuple[tuple[Option, int], ...] = ()
    """The choices of the open round with the hands counted so far."""
    asked: tuple[tuple[str, int], ...] = ()
    """What people would want to know, most wanted first; hidden as votes are."""
    programme: tuple[str, ...] = ()
    """The titles of the cases."""
    remark: str = ""
    broken: str = ""
    """Set when the rules no longer give what this case was prepared for: what they say now."""
