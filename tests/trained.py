"""Trainings as they were played, for the tests of what is left of them."""

from __future__ import annotations

from hypothesis import strategies as st

from mantelzorg.room.record import PlayedCase, Record
from mantelzorg.room.steps import Rhythm, Round, rounds
from mantelzorg.room.tally import Tally, choices

LABELS = {"care_reason": "waardoor hulp nodig is", "tasks": "wat de helper doet", "payment": "geld voor de hulp"}


def votes(round_: Round, *counts: int, rhythm: Rhythm = Rhythm.QUIZ) -> Tally:
    """So many votes for each choice, in the order in which they are offered."""
    order = choices(rhythm, round_)
    return Tally(order, dict(zip(order, counts, strict=True)))


def asked(**counts: int) -> Tally:
    return Tally(tuple(counts), counts)


def played(
    case: str = "fatma",
    first: tuple[int, ...] = (9, 5, 3, 1),
    second: tuple[int, ...] | None = (15, 1, 2, 0),
    *,
    expected: str = "yes",
    facts: tuple[str, ...] = ("care_reason",),
    predicted: tuple[int, ...] | None = (10, 5, 2),
    tipped: bool | None = True,
    remark: str = "",
) -> PlayedCase:
    tallies = {Round.FIRST: votes(Round.FIRST, *first), Round.ASK: asked(payment=6, tasks=5)}
    if second is not None:
        tallies[Round.SECOND] = votes(Round.SECOND, *second)
    if predicted is not None:
        tallies[Round.PREDICT] = votes(Round.PREDICT, *predicted)
    words = ("mantelzorg", "mantelzorg", "Ja, dit is mantelzorg.", expected)
    return PlayedCase(case, f"Verhaal van {case}", *words, facts, tallies, tipped, bool(remark), remark)


def training(*cases: PlayedCase, day: str = "2026-11-22", voters: int = 18, language: str = "nl") -> Record:
    return Record(day, language, Rhythm.QUIZ, voters, cases, {"mantelzorg": "2026.1-abc1234"}, LABELS)


TEXTS = st.text(max_size=20) | st.sampled_from(
    ["=1+1", "'", "''=x", "-2", "+3", "@a", "\t=1", '";"', "a\nb", "＝1", "\ud800"]
)
IDS = st.sampled_from([*LABELS, "age"])
COUNTS = st.integers(0, 8)


@st.composite
def tallies(draw: st.DrawFn, rhythm: Rhythm) -> dict[Round, Tally]:
    found = {}
    for round_ in draw(st.sets(st.sampled_from(rounds(rhythm)))):
        order = choices(rhythm, round_) or tuple(draw(st.lists(IDS, unique=True, max_size=4)))
        found[round_] = Tally(order, {name: draw(COUNTS) for name in order if draw(st.booleans())})
    return found


@st.composite
def cases(draw: st.DrawFn, rhythm: Rhythm) -> PlayedCase:
    expected = draw(st.sampled_from(choices(rhythm, Round.FIRST))) if rhythm is Rhythm.QUIZ else ""
    texts = [draw(TEXTS) for _ in range(5)]
    facts = tuple(draw(st.lists(IDS, unique=True, max_size=3)))
    more = (draw(st.sampled_from([None, True, False])), draw(st.booleans()), draw(TEXTS))
    return PlayedCase(*texts, expected, facts, draw(tallies(rhythm)), *more)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Trainings of every kind, with hostile texts and rounds of too few votes."""
    rhythm = draw(st.sampled_from(Rhythm))
    day = draw(st.dates()).isoformat()
    whole = tuple(draw(st.lists(cases(rhythm), max_size=3)))
    labels = draw(st.dictionaries(IDS, TEXTS, max_size=3))
    versions = draw(st.dictionaries(TEXTS, TEXTS, max_size=2))
    return Record(day, draw(st.sampled_from(["nl", "en"])), rhythm, draw(st.integers(0, 300)), whole, versions, labels)
