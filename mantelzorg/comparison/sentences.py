"""Boxes and patterns in plain words. Every word about care is the author's: labels, sentences, titles, verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import permutations
from pathlib import Path

import yaml

from mantelzorg import wording
from mantelzorg.comparison.attributes import Attribute
from mantelzorg.comparison.boxes import Box, classes
from mantelzorg.comparison.common_table import IMPOSSIBLE, NONE, CommonTable
from mantelzorg.comparison.cubes import Cube
from mantelzorg.conditions import Test, tests_of
from mantelzorg.facts import Fact, Interval, Kind
from mantelzorg.literal_conditions import literal
from mantelzorg.rules import RuleSet
from mantelzorg.verdict_table import Axis

MOST_LISTED = 3
"""More values than this are told by those left out, if these are fewer."""


@cache
def words(language: str) -> dict[str, str]:
    catalogue = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    found: dict[str, str] = catalogue[language]
    return found


def count(number: int, language: str) -> str:
    """`2.937`."""
    return f"{number:,}".replace(",", "." if language == "nl" else ",")


def verdict_name(rules: RuleSet, verdict: str, language: str) -> str:
    """What an author calls a verdict in a few words; its id where nothing is written."""
    texts = rules.line(verdict).texts
    written_name = texts.get("name") or texts.get("short") or texts.get("title")
    return written_name[language].rstrip(".") if written_name else verdict


class Speaker:
    """Says codes, boxes and patterns of one common table."""

    def __init__(self, table: CommonTable, old: RuleSet, new: RuleSet, language: str) -> None:
        self.table, self.old, self.new, self.language = table, old, new, language
        self.words = words(language)

    def before(self, code: int) -> str:
        """A code of the old version."""
        return self._code(code, self.old, self.new)

    def after(self, code: int) -> str:
        """A code of the new version."""
        return self._code(code, self.new, self.old)

    def _code(self, code: int, rules: RuleSet, other: RuleSet) -> str:
        if code in (IMPOSSIBLE, NONE):
            return self.words["none" if code else "impossible"]
        verdict = self.table.verdicts[code - 1]
        return verdict_name(rules if verdict in rules.verdicts else other, verdict, self.language)

    def box(self, box: Box, within: Box | None = None) -> str:
        """What a box limits, or limits more than `within` does.

        First the facts that only one version tests so; bare labels go between brackets.
        """
        before, after = (set(_judging_tests(rules)) for rules in (self.old, self.new))
        outer = within or tuple(axis.full for axis in self.table.axes)
        both = zip(self.table.axes, box, outer, strict=True)
        limited = [(axis, mask) for axis, mask, known in both if mask != known]
        limited.sort(key=lambda pair: not any((test in before) != (test in after) for test in pair[0].tests))
        clauses = [clause(axis, mask, self.language) for axis, mask in limited]
        said = wording.join((text for text, labelled in clauses if not labelled), self.language)
        labels = "; ".join(text for text, labelled in clauses if labelled)
        return f"{said} ({labels})" if said and labels else said or labels

    def cube(self, cube: Cube) -> str:
        """What must be met, what not, and all exclusions in one clause, as in a reason."""
        became = {own.name: wanted for own, wanted in cube.literals if own.old}
        plain = [(own, wanted) for own, wanted in cube.literals if not own.old and not self._exclusion(own, wanted)]
        plain.sort(key=lambda pair: pair[0].name not in became)
        parts = []
        for key, wished in (("met", True), ("not_met", False)):
            named = [self._named(own, became) for own, wanted in plain if wanted is wished]
            if named:
                # "wel A en B", "niet A of B"
                joined = wording.join(named, self.language, "and" if wished else "or")
                parts.append(self.words[key].format(joined))
        shorts = [short for own, wanted in cube.literals if not own.old and (short := self._exclusion(own, wanted))]
        if shorts:
            parts.append(self.words["further"].format(wording.join(shorts, self.language)))
        return wording.join(parts, self.language)

    def _exclusion(self, own: Attribute, wanted: bool) -> str:
        criterion = self.new.criterion(own.name) if own.name else None
        short = criterion.short if criterion and criterion.exclusion and wanted else None
        return short[self.language] if short else ""

    def _named(self, own: Attribute, became: dict[str, bool]) -> str:
        if not own.name:
            return f"`{literal(own.condition, {fact.id: fact for fact in self.new.facts})}`"
        title = f"‘{self.new.criterion(own.name).title[self.language]}’"
        if own.name not in became:
            return title
        return self.words["not_met_now" if became[own.name] else "met_now"].format(title)


def _judging_tests(rules: RuleSet) -> Iterator[Test]:
    for condition in (*(own.condition for own in rules.criteria), *(line.condition for line in rules.lines)):
        yield from tests_of(condition)


def clause(axis: Axis, mask: int, language: str) -> tuple[str, bool]:
    """Some classes of a fact as a clause about the helper, or (then True) after the label of the fact."""
    fact = axis.fact
    if fact.kind is Kind.NUMBER:
        intervals = joined(part for c in classes(mask) for part in axis.regions[c])
        text = wording.join((number(part, fact, language) for part in intervals), language, "or")
        return (fact.say[language].format(text), False) if fact.say else (_these(fact, text, language), True)
    values = axis.values(mask) if fact.kind is Kind.CHOICE else _one_option(axis, mask)
    if len(values) == 1:
        return wording.say(fact, values, language), False
    if fact.kind is Kind.MULTIPLE:
        return _these(fact, _options(axis, mask, language), language), True
    others = frozenset(fact.value_ids) - values
    key, listed = ("not_these", others) if len(values) > max(MOST_LISTED, len(others)) else ("these", values)
    told = words(language)[key].format(label=fact.label[language], values=_labels(fact, listed, language))
    return told, True


def _one_option(axis: Axis, mask: int) -> frozenset[str]:
    """For a multiple choice: the option that every set in these classes has and no other, if there is one."""
    for test in axis.tests:
        if len(_accepted(test)) == 1 and _passing(axis, test) == mask:
            return _accepted(test)
    return frozenset()


def _these(fact: Fact, values: str, language: str) -> str:
    return words(language)["these"].format(label=fact.label[language], values=values)


def _labels(fact: Fact, values: Iterable[str], language: str) -> str:
    chosen = set(values)
    return wording.join((value.label[language] for value in fact.values if value.id in chosen), language, "or")


def _options(axis: Axis, mask: int, language: str) -> str:
    """Classes of a multiple choice: by one test, else by two, else each class by the tests that it passes."""
    passed = {test: _passing(axis, test) for test in axis.tests}
    for test, holds in passed.items():
        if mask in (holds, axis.full & ~holds):
            return _literal(axis.fact, test, mask == holds, language)
    for one, other in permutations(passed, 2):
        if mask == passed[one] & ~passed[other]:
            yes, no = (_labels(axis.fact, _accepted(test), language) for test in (one, other))
            return words(language)["and_not"].format(yes, no)
    each = (_by_tests(axis, c, language) for c in classes(mask))
    return f" {words(language)['or']} ".join(each)


def _passing(axis: Axis, test: Test) -> int:
    return sum(1 << c for c, holds in enumerate(axis.truth(test)) if holds)


def _accepted(test: Test) -> frozenset[str]:
    return test.accepted if isinstance(test.accepted, frozenset) else frozenset()


def _literal(fact: Fact, test: Test, holds: bool, language: str) -> str:
    labels = _labels(fact, _accepted(test), language)
    return labels if holds else words(language)["not_met"].format(labels)


def _by_tests(axis: Axis, c: int, language: str) -> str:
    literals = [
        _literal(axis.fact, test, holds, language) for test, holds in zip(axis.tests, axis.signatures[c], strict=True)
    ]
    return f"({wording.join(literals, language)})"


def joined(parts: Iterable[Interval]) -> Iterator[Interval]:
    """Intervals in order, those that touch made one."""
    last: Interval | None = None
    for part in sorted(parts, key=lambda part: (part.low, not part.low_closed)):
        if last and last.high == part.low and (last.high_closed or part.low_closed):
            last = Interval(last.low, part.high, last.low_closed, part.high_closed)
        else:
            if last:
                yield last
            last = part
    if last:
        yield last


def number(interval: Interval, fact: Fact, language: str) -> str:
    """An interval with its ends told exactly: `4 tot 18`, `meer dan 3 tot en met 8`."""
    to_the_end = interval.high >= fact.high and interval.high_closed
    from_the_start = interval.low <= fact.low and interval.low_closed
    if interval.low == interval.high or to_the_end or from_the_start:
        return wording.number(interval, fact, language)
    key = f"{'from' if interval.low_closed else 'over'}_{'upto' if interval.high_closed else 'to'}"
    ends = (wording.number(Interval(end, end), fact, language) for end in (interval.low, interval.high))
    return words(language)[key].format(*ends)
