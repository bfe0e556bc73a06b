"""The rhythm of a case, and where a room is in its programme.

The rhythm is that of peer instruction: vote alone, see how the room is divided, talk, vote again, and only then the
explanation (E. Mazur, Peer Instruction, 1997). A meeting of caregivers has a rhythm without rules or right answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Step(Enum):
    """What is on the screen."""

    LOBBY = "lobby"
    STORY = "story"
    VOTE = "vote"
    REVEAL = "reveal"
    DISCUSS = "discuss"
    SECOND_VOTE = "second_vote"
    SECOND_REVEAL = "second_reveal"
    VERDICT = "verdict"
    PREDICT = "predict"
    FLIP = "flip"
    DEBRIEF = "debrief"
    END = "end"


class Round(Enum):
    """Something that is voted on, once for each case."""

    FIRST = "first"
    SECOND = "second"
    PREDICT = "predict"
    ASK = "ask"
    """Which fact somebody would still want to know."""


class Rhythm(Enum):
    """The two kinds of meeting."""

    QUIZ = "quiz"
    """Referrers: is it informal care, what do the rules say, what if one fact were otherwise."""
    RECOGNISE = "recognise"
    """Caregivers: do you recognise this. No verdict, no timer."""


RHYTHMS = {"referrer": Rhythm.QUIZ, "caregiver": Rhythm.RECOGNISE}
"""The kind of meeting that a prepared case is for, by its audience."""

PHASES: dict[Rhythm, tuple[tuple[Step, ...], ...]] = {
    Rhythm.QUIZ: (
        (Step.STORY,),
        (Step.VOTE, Step.REVEAL),
        (Step.DISCUSS, Step.SECOND_VOTE, Step.SECOND_REVEAL),
        (Step.VERDICT,),
        (Step.PREDICT, Step.FLIP),
        (Step.DEBRIEF,),
    ),
    Rhythm.RECOGNISE: ((Step.STORY,), (Step.VOTE, Step.REVEAL), (Step.DEBRIEF,)),
}
"""The steps of a case in order; those that stand or fall together are one phase, which can be skipped."""

ROUNDS = {
    Step.VOTE: Round.FIRST,
    Step.DISCUSS: Round.ASK,
    Step.SECOND_VOTE: Round.SECOND,
    Step.PREDICT: Round.PREDICT,
}
"""The round that is open during a step."""


@dataclass(frozen=True)
class Place:
    """Where a room is: the number of the case in its programme, from 0, and the step.

    Before the first case and after the last one the step is LOBBY or END.
    """

    item: int
    step: Step


START = Place(0, Step.LOBBY)


def steps(rhythm: Rhythm) -> tuple[Step, ...]:
    """The steps of one case in order."""
    return tuple(step for phase in PHASES[rhythm] for step in phase)


def rounds(rhythm: Rhythm) -> tuple[Round, ...]:
    """The rounds of one case, in order."""
    return tuple(ROUNDS[step] for step in steps(rhythm) if step in ROUNDS)


def after(place: Place, rhythm: Rhythm, count: int) -> Place:
    """The next place in a programme of `count` cases; END stays END."""
    order = steps(rhythm)
    if place.step in order[:-1]:
        return Place(place.item, order[order.index(place.step) + 1])
    return next_case(place, rhythm, count)


def next_case(place: Place, rhythm: Rhythm, count: int) -> Place:
    """The story of the next case, or the end."""
    item = 0 if place.step is Step.LOBBY else place.item + 1
    if place.step is Step.END or item >= count:
        return Place(max(count - 1, 0), Step.END)
    return Place(item, steps(rhythm)[0])


def after_phase(place: Place, rhythm: Rhythm, count: int) -> Place:
    """The first step of the next phase: what is tied to this step is skipped."""
    phases: Sequence[tuple[Step, ...]] = PHASES[rhythm]
    own = next((number for number, phase in enumerate(phases) if place.step in phase), len(phases))
    if own + 1 < len(phases):
        return Place(place.item, phases[own + 1][0])
    return next_case(place, rhythm, count)
