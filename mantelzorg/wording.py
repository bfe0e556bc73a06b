"""Says facts, reasons and changes in words. Every sentence about care comes from the content files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mantelzorg.assessment import Assessment, Judge
from mantelzorg.changes import Change
from mantelzorg.facts import Answer, Answers, Fact, Interval, Kind, Unknown
from mantelzorg.rules import Criterion, Tone
from mantelzorg.verdict_table import Axis

MOST_REASONS = 3


@cache
def _words(language: str) -> dict[str, Any]:
    catalogue = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    found: dict[str, Any] = catalogue[language]
    return found


@dataclass(frozen=True)
class Said:
    """A sentence, and the facts that it came from. `meaning` is its second half, without the facts."""

    text: str
    facts: tuple[str, ...]
    meaning: str = ""


def join(parts: Iterable[str], language: str, word: str = "and") -> str:
    """`a, b en c`; `word` is "and" or "or"."""
    listed = list(parts)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {_words(language)[word]} {listed[-1]}"


def long_date(day: date, language: str) -> str:
    """`22 november 2026`."""
    return f"{day.day} {_words(language)['months'][day.month - 1]} {day.year}"


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    whole = text[:1].upper() + text[1:]
    return whole if not whole or whole[-1] in ".!?" else f"{whole}."


def number(interval: Interval, fact: Fact, language: str) -> str:
    """An interval as people say it: `meer dan 8`, `4 tot 8`, `8`."""
    words = _words(language)
    if interval.low == interval.high:
        return _plain(interval.low, language)
    low, high = _plain(interval.low, language), _plain(interval.high, language)
    if interval.high >= fact.high:
        return str(words["at_least" if interval.low_closed else "more_than"]).format(low)
    if interval.low <= fact.low:
        return str(words["at_most" if interval.high_closed else "less_than"]).format(high)
    closed = interval.low_closed and interval.high_closed
    return str(words["between_closed" if closed else "between"]).format(low, high)


def _plain(value: float, language: str) -> str:
    written = f"{value:g}"
    return written.replace(".", ",") if language == "nl" else written


def label(fact: Fact, answer: Answer, language: str) -> str:
    """An answer in a few words, for a list."""
    if isinstance(answer, Unknown):
        return ""
    if isinstance(answer, Interval):
        return number(answer, fact, language)
    labels = [value.label[language] for value in fact.values if value.id in answer]
    return join(labels, language, "and" if fact.kind is Kind.MULTIPLE else "or")


def say(fact: Fact, answer: Answer, language: str) -> str:
    """An answer as a clause about the helper; several possible values are named after the fact."""
    if isinstance(answer, Interval):
        return fact.say[language].format(label(fact, answer, language)) if fact.say else label(fact, answer, language)
    if isinstance(answer, Unknown):
        return ""
    return join(clauses(fact, answer, language), language)


def clauses(fact: Fact, answer: Answer, language: str) -> tuple[str, ...]:
    """What `say` joins: for a multiple choice one clause for each thing chosen."""
    if not isinstance(answer, frozenset):
        return (say(fact, answer, language),)
    said = [value.say[language] for value in fact.values if value.id in answer]
    if fact.kind is Kind.MULTIPLE or len(said) == 1:
        return tuple(_shortened(said))
    return (f"{fact.label[language]}: {label(fact, answer, language)}",)


def _shortened(said: list[str]) -> list[str]:
    """Later clauses without the words that all of them begin with: "hulp nodig door a en b"."""
    if len(said) < 2:
        return said
    words = [text.split(" ") for text in said]
    shared = 0
    while all(len(own) > shared + 1 for own in words) and len({own[shared] for own in words}) == 1:
        shared += 1
    return [said[0], *(" ".join(own[shared:]) for own in words[1:])]


def chosen_reasons(
    judge: Judge, assessment: Assessment, answers: Answers
) -> list[tuple[Criterion, bool, tuple[str, ...]]]:
    """The criteria worth telling for the first sufficient reason, at most three, each with its facts: (criterion, met,
    facts). Met exclusions are left out.

    Criteria of the lines behind the verdict come first; a criterion that adds no fact is left out, and so is a fact
    that is not among `answers`.
    """
    if not assessment.reasons:
        return []
    why = assessment.reasons[0]
    lines = judge.lines_behind(answers, assessment.verdict)
    named = {name for line in lines for name in judge.names_in(line.condition)}
    pairs = [(judge.rules.criterion(name), met) for name, met in why.criteria]
    plain = [pair for pair in pairs if not (pair[0].exclusion and pair[1])]
    plain.sort(key=lambda pair: (not pair[0].exclusion, pair[0].id not in named, not pair[1]))
    used, told = set(why.facts) & set(answers), set[str]()
    found: list[tuple[Criterion, bool, tuple[str, ...]]] = []
    for criterion, met in plain:
        facts = tuple(fact for fact in judge.facts_of(criterion.id) if fact in used and fact not in told)
        if facts and len(found) < MOST_REASONS:
            told |= set(facts)
            found.append((criterion, met, facts))
    return found


def reasons(judge: Judge, assessment: Assessment, answers: Answers, language: str) -> tuple[Said, ...]:
    """At most three sentences from fact to meaning, for the first sufficient reason; exclusions share the last one."""
    if not assessment.reasons:
        return ()
    why = assessment.reasons[0]
    said = [
        _reason(judge, criterion, met, facts, answers, language)
        for criterion, met, facts in chosen_reasons(judge, assessment, answers)
    ]
    used = set(why.facts) & set(answers)
    no = any(line.tone is Tone.NO for line in judge.lines_behind(answers, assessment.verdict))
    held = [judge.rules.criterion(name) for name, met in why.criteria if met]
    excluded = [criterion for criterion in held if criterion.exclusion and not no]
    return _with_exclusions(judge, said, [c for c in excluded if used & set(judge.facts_of(c.id))], language)


def _reason(
    judge: Judge, criterion: Criterion, met: bool, facts: Sequence[str], answers: Answers, language: str
) -> Said:
    clauses = [say(judge.rules.fact(fact), answers[fact], language) for fact in _in_order(judge, facts)]
    meaning = (criterion.met if met else criterion.not_met)[language]
    told = sentence(join(clauses, language))
    return Said(told if told == meaning else f"{told} {meaning}", tuple(facts), meaning)


def _in_order(judge: Judge, facts: Sequence[str]) -> list[str]:
    """Facts as `rules/facts.yaml` orders them, in which they read best."""
    return [fact.id for fact in judge.rules.facts if fact.id in facts]


def _with_exclusions(judge: Judge, said: list[Said], excluded: list[Criterion], language: str) -> tuple[Said, ...]:
    first = {judge.facts_of(criterion.id): criterion for criterion in reversed(excluded)}
    shorts = [c.short[language] for c in excluded if c.short and first[judge.facts_of(c.id)] is c]
    template = judge.rules.texts.get("exclusions")
    if not shorts or not template:
        return tuple(said)
    listed = join(shorts, language)
    whole = sentence(template[language].format(listed) if said else listed)
    facts = tuple(fact for criterion in excluded for fact in judge.facts_of(criterion.id))
    if len(said) < MOST_REASONS:
        return (*said, Said(whole, facts))
    return (*said[:-1], replace(said[-1], text=f"{said[-1].text} {whole}"))


def assumptions(judge: Judge, assessment: Assessment, language: str) -> tuple[Said, ...]:
    """What the verdict leans on though nobody said it."""
    facts = [judge.rules.fact(name) for name in assessment.assumptions]
    return tuple(Said(fact.assumed[language], (fact.id,)) for fact in facts if fact.assumed)


def change(judge: Judge, found: Change, language: str) -> str:
    """`helpt meer dan 8 uur per week`, several joined."""
    parts = []
    for name, c in found.settings:
        parts.append(_set(judge.table.axes[judge.table.places[name]], c, language))
    return join(parts, language)


def _set(axis: Axis, c: int, language: str) -> str:
    """One answer that would change it: as a clause where it is one answer, else named after the fact."""
    fact = axis.fact
    if fact.kind is Kind.NUMBER and fact.say:
        return fact.say[language].format(class_label(axis, c, language))
    if fact.kind is Kind.CHOICE and len(axis.values(1 << c)) == 1:
        return say(fact, axis.values(1 << c), language)
    return f"{fact.label[language]}: {class_label(axis, c, language)}"


def class_label(axis: Axis, c: int, language: str) -> str:
    """The values of one class of an axis, in a few words."""
    fact = axis.fact
    if fact.kind is Kind.NUMBER:
        return join((number(part, fact, language) for part in axis.regions[c]), language, "or")
    if fact.kind is Kind.CHOICE:
        return label(fact, axis.values(1 << c), language)
    single = [value for value in fact.values if axis.mask(frozenset({value.id})) == 1 << c]
    return join((value.label[language] for value in single), language, "or")
