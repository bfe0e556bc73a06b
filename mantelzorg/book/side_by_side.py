"""The rule sets beside each other: what each asks of a number, and what each makes of one situation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mantelzorg import wording
from mantelzorg.assessment import Judge, Judgement, Status
from mantelzorg.book.graph import verdict_name
from mantelzorg.book.plain_conditions import Plain
from mantelzorg.book.words import words
from mantelzorg.cases import CONTRADICTION, OPEN, Case
from mantelzorg.facts import Answers, Interval, Unknown
from mantelzorg.rules import RuleSet


@dataclass(frozen=True)
class Limits:
    """A table: the titles of the rule sets, and per number what each asks ("" where it asks nothing)."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Row:
    """What one rule set makes of a situation. `tone` is that of the verdict, or "open" or "contradiction"."""

    rules: str
    title: str
    result: str
    tone: str
    reason: str


@dataclass(frozen=True)
class Situation:
    """A situation with what all rule sets make of it. `known` are its answers: the fact, and what was said."""

    id: str
    story: str
    known: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


def limits(rule_sets: Sequence[RuleSet], language: str) -> Limits:
    """Every number that some rule set tests."""
    found: dict[str, dict[str, list[str]]] = {}
    labels: dict[str, str] = {}
    for rules in rule_sets:
        plain = Plain(rules, language)
        for test in dict.fromkeys(rules.tests()):
            if isinstance(test.accepted, Interval):
                fact = rules.fact(test.fact)
                labels[fact.id] = fact.label[language]
                found.setdefault(fact.id, {}).setdefault(rules.id, []).append(plain.limit(test.accepted, fact))
    titles = tuple(rules.texts["title"][language] for rules in rule_sets)
    return Limits(titles, tuple((labels[fact], _cells(rule_sets, own)) for fact, own in found.items()))


def _cells(rule_sets: Sequence[RuleSet], own: dict[str, list[str]]) -> tuple[str, ...]:
    return tuple("; ".join(own.get(rules.id, ())) for rules in rule_sets)


def telling(judges: Sequence[Judge], cases: Sequence[Case]) -> Case | None:
    """The case that shows the difference best: the most decided, in the most different ways; the first of equals."""

    def worth(case: Case) -> tuple[int, int]:
        tones = [_tone(judge, judge.judge(case.answers)) for judge in judges]
        decided = [tone for tone in tones if tone not in (OPEN, CONTRADICTION)]
        return len(set(decided)), len(decided)

    return max(cases, key=worth, default=None)


def side_by_side(judges: Sequence[Judge], case: Case, language: str) -> Situation:
    """What every rule set makes of one case."""
    facts = {fact.id: fact for judge in judges for fact in judge.rules.facts}
    told = {name: answer for name, answer in case.answers.items() if not isinstance(answer, Unknown)}
    known = tuple((facts[name].label[language], wording.label(facts[name], told[name], language)) for name in told)
    return Situation(case.id, case.story, known, tuple(_row(judge, told, language) for judge in judges))


def _row(judge: Judge, answers: Answers, language: str) -> Row:
    found = judge.assess(answers)
    title, tone = judge.rules.texts["title"][language], _tone(judge, found.judgement)
    if tone == CONTRADICTION:
        return Row(judge.rules.id, title, words(language)["contradiction"], tone, "")
    if tone == OPEN:
        facts = [judge.rules.fact(one.fact).label[language] for one in found.questions if one.relevant]
        still = str(words(language)["still_open"]).format(wording.join(facts, language))
        return Row(judge.rules.id, title, words(language)["open"], tone, still if facts else "")
    line = judge.line(answers, found.verdict) or judge.rules.line(str(found.verdict))
    said = wording.reasons(judge, found, answers, language)
    reason = said[0].text if said else line.texts["lead"][language]
    return Row(judge.rules.id, title, verdict_name(line, language), tone, reason)


def _tone(judge: Judge, found: Judgement) -> str:
    if found.verdict:
        return judge.rules.line(found.verdict).tone.value
    return CONTRADICTION if found.status is Status.CONTRADICTION else OPEN
