"""What a situation can meet or not: the criteria of a rule set, and the tests that its lines make themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mantelzorg.conditions import And, Condition, Named, Not, Or, Test
from mantelzorg.literal_conditions import literal
from mantelzorg.rules import RuleSet


@dataclass(frozen=True)
class Attribute:
    """Something that a situation meets or not: a criterion of one version, or a test that a line makes itself."""

    condition: Condition
    name: str = ""
    old: bool = False
    """The criterion as the old version has it, where the new version has another."""


def attributes(old: RuleSet, new: RuleSet) -> Iterator[Attribute]:
    """What the new version looks at, then the old versions of criteria that were changed."""
    facts = {fact.id: fact for rules in (old, new) for fact in rules.facts}
    after = {own.id: own.condition for own in new.criteria}
    used = {name for line in new.lines for name in _names(line.condition)}
    yield from (Attribute(own.condition, own.id) for own in new.criteria if own.id in used)
    yield from (Attribute(test) for test in dict.fromkeys(t for line in new.lines for t in _bare(line.condition)))
    for own in old.criteria:
        if own.id in used and literal(own.condition, facts) != literal(after[own.id], facts):
            yield Attribute(own.condition, own.id, old=True)


def _names(condition: Condition) -> Iterator[str]:
    match condition:
        case Named(name=name):
            yield name
        case Not(part=part):
            yield from _names(part)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _names(part)


def _bare(condition: Condition) -> Iterator[Test]:
    """The tests that a condition makes itself, not through a criterion."""
    match condition:
        case Test():
            yield condition
        case Not(part=part):
            yield from _bare(part)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _bare(part)
