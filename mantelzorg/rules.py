"""Rule sets: criteria, verdicts in order, and combinations of answers that cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from mantelzorg.conditions import Condition, tests_of
from mantelzorg.conditions import Test as FactTest
from mantelzorg.facts import Fact, Text
from mantelzorg.schema import SourceModel


class Tone(Enum):
    """What a verdict says to a person: yes, it may be, or no (said kindly)."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True)
class Criterion:
    """One thing that a rule set asks.

    `met` and `not_met` say what it means that it holds or not; `you_met` and `you_not_met` say it to the helper.
    An `exclusion` is one of the things that hardly ever matter (not paid, not ended): all of them share one
    sentence, in which this one says `short`.
    """

    id: str
    condition: Condition
    title: Text
    met: Text
    not_met: Text
    sources: tuple[str, ...]
    exclusion: bool = False
    short: Text | None = None
    pitfall: Text | None = None
    you_met: Text | None = None
    you_not_met: Text | None = None


@dataclass(frozen=True)
class VerdictLine:
    """A verdict and when it applies. `texts` hold what is said about it, by purpose (title, lead, …)."""

    id: str
    condition: Condition
    tone: Tone
    texts: dict[str, Text]


@dataclass(frozen=True)
class RuleSet:
    """A whole definition. `wanted` are the verdicts that a counterfactual looks for, best first."""

    id: str
    version: str
    valid_from: date
    criteria: tuple[Criterion, ...]
    lines: tuple[VerdictLine, ...]
    impossible: tuple[Condition, ...]
    wanted: tuple[str, ...]
    texts: dict[str, Text]
    facts: tuple[Fact, ...]
    sources: tuple[str, ...] = ()
    digest: str = ""
    scheme: bool = False
    """A local scheme: not meeting it is never "not a carer"."""
    own_sources: Mapping[str, SourceModel] = field(default_factory=dict)

    @property
    def verdicts(self) -> tuple[str, ...]:
        """The ids of the verdicts, in the order in which they first occur."""
        return tuple(dict.fromkeys(line.id for line in self.lines))

    def line(self, verdict: str) -> VerdictLine:
        """The first line that gives this verdict; its texts speak for all of them."""
        return next(line for line in self.lines if line.id == verdict)

    def criterion(self, name: str) -> Criterion:
        return next(criterion for criterion in self.criteria if criterion.id == name)

    def fact(self, name: str) -> Fact:
        return next(fact for fact in self.facts if fact.id == name)

    def tests(self) -> Iterator[FactTest]:
        """Every test that the rule set makes, in the order of the file."""
        own = (part.condition for part in self.criteria)
        for condition in (*own, *(line.condition for line in self.lines), *self.impossible):
            yield from tests_of(condition)
