"""What is left of a training: counts and results, nothing about anybody. It is made at any moment of a room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mantelzorg.room.steps import Rhythm, Round
from mantelzorg.room.tally import Tally


@dataclass(frozen=True)
class PlayedCase:
    """One case as it was played.

    `case` is the id of a prepared case, "" for an own one. `expected` is the choice that goes with the verdict of the
    rules (`yes`, `no`, `depends`; "" in a meeting without rules), `verdict` its id, `verdict_title` its words.
    `facts` are the ids of the facts that decided it: the criterion that the case is about. `tipped` tells whether the
    flip changed the verdict, None where nothing was flipped. `tallies` holds hands and phones together.
    """

    case: str
    title: str
    rule_set: str
    verdict: str
    verdict_title: str
    expected: str
    facts: tuple[str, ...]
    tallies: Mapping[Round, Tally]
    tipped: bool | None = None
    disagreed: bool = False
    remark: str = ""


@dataclass(frozen=True)
class Record:
    """A training. `day` is as 2026-11-22; `voters` are phones that joined; `versions` map a rule set to its version."""

    day: str
    language: str
    rhythm: Rhythm
    voters: int
    cases: tuple[PlayedCase, ...]
    versions: Mapping[str, str]
    fact_labels: Mapping[str, str]
    """The short name of every fact that `facts` or a round about facts names."""
