"""Facts of a care situation, and the answers that can be given to them.

An answer is what is still possible: one value, a few values, an interval. Nothing here knows any
particular fact; they come from `rules/facts.yaml`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

Text = Mapping[str, str]
"""One sentence in every language: language code -> text."""


class Kind(Enum):
    """How a fact is answered: one of its values, some of its values, or a number."""

    CHOICE = "choice"
    MULTIPLE = "multiple"
    NUMBER = "number"


class Changes(Enum):
    """How a fact can change in real life: only upwards (later values, more options), any way, or not."""

    GROWS = "grows"
    BOTH = "both"
    NEVER = "never"


@dataclass(frozen=True)
class Interval:
    """The numbers between two ends; an end that is not closed does not belong to it."""

    low: float = -math.inf
    high: float = math.inf
    low_closed: bool = True
    high_closed: bool = True

    def meets(self, other: Interval) -> bool:
        """Whether some number lies in both."""
        return not self.cut(other).empty

    def cut(self, other: Interval) -> Interval:
        """The numbers that lie in both."""
        low = max((self.low, not self.low_closed), (other.low, not other.low_closed))
        high = min((self.high, self.high_closed), (other.high, other.high_closed))
        return Interval(low[0], high[0], not low[1], high[1])

    def __str__(self) -> str:
        if self.low == self.high:
            return f"= {self.low:g}"
        return (
            f"{'van' if self.low_closed else 'boven'} {self.low:g} {'t/m' if self.high_closed else 'tot'} {self.high:g}"
        )

    @property
    def empty(self) -> bool:
        return self.low > self.high or (self.low == self.high and not (self.low_closed and self.high_closed))


@dataclass(frozen=True)
class Value:
    """A value of a choice: its name in a list, and how it is said about, to and by the helper."""

    id: str
    label: Text
    say: Text
    you: Text | None = None
    who: Text | None = None
    mine: Text | None = None


@dataclass(frozen=True)
class Fact:
    """One thing to know about a situation.

    `values` are empty for a number; `low` and `high` bound a number (both included). `alone` is the value
    of a multiple choice that goes with no other. `assume` is the condition that holds until somebody
    says otherwise, `assumed` its sentence; `usual` is how it mostly is, for a provisional result only.
    """

    id: str
    kind: Kind
    label: Text
    values: tuple[Value, ...] = ()
    low: float = -math.inf
    high: float = math.inf
    alone: str = ""
    changes: Changes = Changes.NEVER
    say: Text | None = None
    assume: str = ""
    assumed: Text | None = None
    usual: str = ""

    @property
    def value_ids(self) -> tuple[str, ...]:
        return tuple(value.id for value in self.values)

    def value(self, value_id: str) -> Value:
        """The value with this id; KeyError when there is none."""
        return next((v for v in self.values if v.id == value_id), None) or _missing(value_id)


def _missing(value_id: str) -> Value:
    raise KeyError(value_id)


@dataclass(frozen=True)
class Unknown:
    """Somebody said "I don't know": everything stays possible, and nothing may be assumed."""


UNKNOWN = Unknown()

Answer = frozenset[str] | Interval | Unknown
"""For a choice the values still possible, for a multiple choice exactly the values chosen, for a number an
interval. An absent answer is not the same as `UNKNOWN`: it leaves room for an assumption."""

Answers = Mapping[str, Answer]


class AnswerError(ValueError):
    """An answer that cannot be; the message says which fact, what was given and what is possible."""


_NUMBER = r"-?\d+(?:\.\d+)?"
_RANGE = re.compile(rf"\s*({_NUMBER})\s*\.\.\s*({_NUMBER})\s*")
_BOUND = re.compile(rf"\s*(>=|<=|>|<)\s*({_NUMBER})\s*")


def parse_interval(text: str) -> Interval:
    """Read `>8`, `>=3`, `<4`, `<=4`, `4..8` or `8`; ValueError when it is none of these."""
    if match := _RANGE.fullmatch(text):
        return Interval(float(match[1]), float(match[2]))
    if match := _BOUND.fullmatch(text):
        bound, closed = float(match[2]), match[1].endswith("=")
        if match[1].startswith(">"):
            return Interval(low=bound, low_closed=closed)
        return Interval(high=bound, high_closed=closed)
    if re.fullmatch(rf"\s*{_NUMBER}\s*", text):
        return Interval(float(text), float(text))
    raise ValueError(text)


def parse_answer(fact: Fact, raw: object) -> Answer:
    """Read one answer as a file or a widget gives it. Raises AnswerError when the fact cannot have it.

    A list for a choice means "one of these"; for a multiple choice "exactly these".
    """
    if raw == "unknown":
        return UNKNOWN
    if fact.kind is Kind.NUMBER:
        return _number(fact, raw)
    given = [raw] if isinstance(raw, str) else raw
    if not isinstance(given, list | tuple | set | frozenset) or not given:
        raise AnswerError(f"{fact.id}: {_shown(raw)} is geen antwoord. {_possible(fact)}")
    wrong = [value for value in given if value not in fact.value_ids]
    if wrong:
        raise AnswerError(f"{fact.id}: {', '.join(map(_shown, wrong))} bestaat niet. {_possible(fact)}")
    if fact.alone in given and len(set(given)) > 1 and fact.kind is Kind.MULTIPLE:
        raise AnswerError(f"{fact.id}: '{fact.alone}' gaat niet samen met een ander antwoord.")
    return frozenset(given)


def _number(fact: Fact, raw: object) -> Interval:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise AnswerError(f"{fact.id}: {_shown(raw)} is geen getal. {_possible(fact)}")
    try:
        interval = parse_interval(raw) if isinstance(raw, str) else Interval(float(raw), float(raw))
    except (ValueError, OverflowError):
        raise AnswerError(f"{fact.id}: {_shown(raw)} is geen getal. {_possible(fact)}") from None
    given = [end for end in (interval.low, interval.high) if not math.isinf(end)]
    cut = interval.cut(Interval(fact.low, fact.high))
    if cut.empty or not given or any(not fact.low <= end <= fact.high for end in given):
        raise AnswerError(f"{fact.id}: {_shown(raw)} valt buiten wat kan. {_possible(fact)}")
    return cut


def _shown(raw: object) -> str:
    try:
        return repr(raw)[:60]
    except ValueError:  # a whole number too long to write out
        return "dit"


def _possible(fact: Fact) -> str:
    if fact.kind is Kind.NUMBER:
        return (
            f"Mogelijk: een getal van {fact.low:g} tot en met {fact.high:g}, "
            "of een deel daarvan: '>8', '>=3', '<4', '4..8'."
        )
    return f"Mogelijk: {', '.join(fact.value_ids)}."


def parse_answers(facts: Mapping[str, Fact], raw: Mapping[str, object]) -> dict[str, Answer]:
    """Read a whole situation. Raises AnswerError with all that is wrong, one per line."""
    answers: dict[str, Answer] = {}
    wrong: list[str] = []
    for name, value in raw.items():
        fact = facts.get(name) if isinstance(name, str) else None
        if fact is None:
            wrong.append(f"{_shown(name)}: dit feit bestaat niet.{suggest(str(name), facts)}")
            continue
        try:
            answers[fact.id] = parse_answer(fact, value)
        except AnswerError as error:
            wrong.append(str(error))
    if wrong:
        raise AnswerError("\n".join(wrong))
    return answers


def suggest(word: str, known: Iterable[str]) -> str:
    """` Bedoelde u 'x'?` for a known word that looks like this one, or nothing."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" Bedoelde u '{close[0]}'?" if close else ""
