"""Receipts: a judged situation as a small file, so that the same result can be asked for again later.

A receipt holds answers. It is written only when somebody asks for it by name, never by a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated

from pydantic import Field

from mantelzorg.assessment import Judge, Judgement
from mantelzorg.facts import Answer, AnswerError, Answers, Fact, Interval, Kind, Unknown, parse_answer, suggest
from mantelzorg.loading import Faults
from mantelzorg.schema import Date, Filled, Id
from mantelzorg.validation import Strict, validate
from mantelzorg.yaml_reader import Document

Written = str | int | float | list[str]


class Receipt(Strict):
    """What was judged, by which rules, and what came of it. `verdict` is None while more than one is possible."""

    rule_set: Id
    version: Filled
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]
    date: Date
    answers: dict[Id, Written]
    verdict: Id | None
    possible: list[Id]


class Outcome(Enum):
    """What became of a receipt."""

    SAME = "same"
    """The same rules, the same result."""
    MOVED_SAME = "moved_same"
    """Other rules, the same result."""
    MOVED_OTHER = "moved_other"
    """Other rules, another result."""
    MOVED_UNREADABLE = "moved_unreadable"
    """Other rules, which no longer know some of the answers."""
    GONE = "gone"
    """The rule set is no longer there."""
    ALTERED = "altered"
    """The same rules, another result: the receipt was changed, or the program was."""


@dataclass(frozen=True)
class Replay:
    """A receipt judged again. `now` is None where it could not be; `unknown` says why, a sentence per answer."""

    receipt: Receipt
    outcome: Outcome
    judge: Judge | None = None
    now: Judgement | None = None
    unknown: tuple[str, ...] = ()


def make(judge: Judge, answers: Answers, today: date) -> Receipt:
    """The receipt of a situation."""
    found, rules = judge.judge(answers), judge.rules
    written_answers = {name: written(rules.fact(name), answer) for name, answer in answers.items()}
    return Receipt(
        rule_set=rules.id,
        version=rules.version,
        digest=rules.digest,
        date=today.isoformat(),
        answers=written_answers,
        verdict=found.verdict,
        possible=list(found.possible),
    )


def written(fact: Fact, answer: Answer) -> Written:
    """An answer as a file gives it; `parse_answer` reads it back as it was."""
    if isinstance(answer, Unknown):
        return "unknown"
    if isinstance(answer, Interval):
        return _interval(fact, answer)
    values = [value for value in fact.value_ids if value in answer]
    return values[0] if fact.kind is Kind.CHOICE and len(values) == 1 else values


def _interval(fact: Fact, answer: Interval) -> str | int | float:
    low, high = _number(answer.low), _number(answer.high)
    if answer.low == answer.high:
        return int(answer.low) if answer.low.is_integer() else answer.low
    if answer.low_closed and answer.high_closed:
        return f"{low}..{high}"
    if not answer.low_closed and (answer.high, answer.high_closed) == (fact.high, True):
        return f">{low}"
    if not answer.high_closed and (answer.low, answer.low_closed) == (fact.low, True):
        return f"<{high}"
    raise ValueError(f"no way to write {fact.id} {answer}")


def _number(number: float) -> str:
    """All of its digits and no exponent."""
    return f"{int(number)}" if number.is_integer() else f"{Decimal(repr(number)):f}"


def read(document: Document) -> Receipt:
    """The receipt in a document. Raises ContentError with everything that is wrong in it."""
    receipt = validate(document, Receipt)
    faults = Faults(document)
    try:
        date.fromisoformat(receipt.date)
    except ValueError:
        faults.add(("date",), "no-such-date", f"'{receipt.date}' is geen bestaande datum.")
    decided = receipt.possible[0] if len(receipt.possible) == 1 else None
    if receipt.verdict != decided:
        faults.add(("verdict",), "receipt-verdict", "'verdict' en 'possible' spreken elkaar tegen.")
    faults.check()
    return receipt


def replay(document: Document, facts: Mapping[str, Fact], judges: Mapping[str, Judge]) -> Replay:
    """Judge a receipt again. Raises ContentError for what is no receipt."""
    receipt = read(document)
    judge = judges.get(receipt.rule_set)
    if judge is None:
        return Replay(receipt, Outcome.GONE)
    moved = judge.rules.digest != receipt.digest
    answers, unknown = _answers(receipt, facts)
    if unknown and not moved:
        faults = Faults(document)
        for name, said in unknown.items():
            faults.add(("answers", name), "answer", said)
        faults.check()
    if unknown:
        return Replay(receipt, Outcome.MOVED_UNREADABLE, judge, unknown=tuple(unknown.values()))
    now = judge.judge(answers)
    same = now.possible == tuple(receipt.possible)
    if moved:
        return Replay(receipt, Outcome.MOVED_SAME if same else Outcome.MOVED_OTHER, judge, now)
    return Replay(receipt, Outcome.SAME if same else Outcome.ALTERED, judge, now)


def _answers(receipt: Receipt, facts: Mapping[str, Fact]) -> tuple[dict[str, Answer], dict[str, str]]:
    """The answers that the facts of now can have, and a sentence about each of the others."""
    answers: dict[str, Answer] = {}
    unknown: dict[str, str] = {}
    for name, raw in receipt.answers.items():
        try:
            if name not in facts:
                raise AnswerError(f"{name}: dit feit bestaat niet.{suggest(name, facts)}")
            answers[name] = parse_answer(facts[name], raw)
        except AnswerError as error:
            unknown[name] = str(error)
    return answers, unknown


def title_of(judge: Judge, possible: Iterable[str], language: str) -> str:
    """A result in the words of the rule set; an id that it does not know stays as it is."""
    known = set(judge.rules.verdicts)
    names = (judge.rules.line(one).texts["short"][language] if one in known else one for one in possible)
    return " / ".join(names)
