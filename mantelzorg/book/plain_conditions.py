"""A condition in plain words: the labels of facts and values, and the titles of criteria."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from mantelzorg import wording
from mantelzorg.book.words import words
from mantelzorg.conditions import And, Condition, Named, Not, Or, Test
from mantelzorg.facts import Fact, Interval, Kind
from mantelzorg.rules import RuleSet


@dataclass(frozen=True)
class Points:
    """A condition as a list: `head` says whether all of `items` are needed or one is enough; "" for a single one."""

    head: str
    items: tuple[str, ...]


class Plain:
    """Says the conditions of one rule set in one language."""

    def __init__(self, rules: RuleSet, language: str) -> None:
        self.language, self.words = language, words(language)
        self.facts: Mapping[str, Fact] = {fact.id: fact for fact in rules.facts}
        self.titles = {criterion.id: criterion.title[language] for criterion in rules.criteria}

    def said(self, condition: Condition) -> str:
        """The whole condition in one line: "niet “Onbetaald”, en wel “Eén huishouden”"."""
        match condition:
            case Named(name=name):
                return self._w("met", self.titles[name])
            case Not(part=Named(name=name)):
                return self._w("not_met", self.titles[name])
            case Test():
                return self._test(condition, True)
            case Not(part=Test() as test):
                return self._test(test, False)
            case Not(part=part):
                return self._w("not", self.said(part))
            case And(parts=()):
                return str(self.words["always"])
            case And(parts=parts) | Or(parts=parts):
                word = self.words["and" if isinstance(condition, And) else "or"]
                return f", {word} ".join(self._inner(part) for part in parts)

    def points(self, condition: Condition) -> Points:
        """The condition as a list, for one that is read by itself."""
        match condition:
            case And(parts=(_, _, *_) as parts):
                return Points(self.words["all"], tuple(map(self._inner, parts)))
            case Or(parts=(_, _, *_) as parts):
                return Points(self.words["any"], tuple(map(self._inner, parts)))
            case _:
                return Points("", (self.said(condition),))

    def limit(self, interval: Interval, fact: Fact) -> str:
        """What a test asks of a number, without the name of the fact."""
        if -inf < interval.low < interval.high < inf:
            low = Interval(interval.low, inf, interval.low_closed)
            high = Interval(-inf, interval.high, True, interval.high_closed)
            ends = [wording.number(end, fact, self.language) for end in (low, high)]
            said = wording.join(ends, self.language)
        else:
            said = wording.number(interval, fact, self.language)
        return fact.say[self.language].format(said) if fact.say else said

    def _w(self, key: str, *given: str, **named: str) -> str:
        return str(self.words[key]).format(*given, **named)

    def _inner(self, part: Condition) -> str:
        said = self.said(part)
        return f"({said})" if isinstance(part, And | Or) else said

    def _test(self, test: Test, holds: bool) -> str:
        fact = self.facts[test.fact]
        label = fact.label[self.language]
        if isinstance(test.accepted, Interval):
            return self._numbers(test.accepted, fact, holds)
        key = ("names" if fact.kind is Kind.MULTIPLE else "is") + ("" if holds else "_not")
        labels = [_quoted(value.label[self.language]) for value in fact.values if value.id in test.accepted]
        return self._w(key, fact=label, values=wording.join(labels, self.language, "or"))

    def _numbers(self, interval: Interval, fact: Fact, holds: bool) -> str:
        if not holds:
            turned = _turned(interval)
            if turned:
                return self._numbers(turned, fact, True)
        key = "number" if holds else "number_not"
        return self._w(key, fact=fact.label[self.language], said=self.limit(interval, fact))


def _quoted(label: str) -> str:
    """A label that would run into the next one gets quotes."""
    return f"“{label}”" if set(label.split()) & {"of", "or", "en", "and"} or "," in label else label


def _turned(interval: Interval) -> Interval | None:
    """Everything outside an interval with one end; None for one with two."""
    if interval.high == inf:
        return Interval(-inf, interval.low, True, not interval.low_closed)
    if interval.low == -inf:
        return Interval(interval.high, inf, not interval.high_closed, True)
    return None
