"""A condition as an author writes it: `parse(literal(condition))` gives the same condition back."""

from __future__ import annotations

from collections.abc import Mapping

from mantelzorg.conditions import And, Condition, Named, Not, Or, Test
from mantelzorg.facts import Fact, Interval, Kind


def literal(condition: Condition, facts: Mapping[str, Fact]) -> str:
    """The text of a condition; "" for one that always holds."""
    match condition:
        case Named(name=name):
            return name
        case Test():
            return _test(condition, facts[condition.fact])
        case Not(part=Test(fact=name, accepted=frozenset() as accepted)) if _is_one(facts[name], accepted):
            return f"{name} != {next(iter(accepted))}"
        case Not(part=part):
            return f"not {_bracketed(part, facts, And, Or)}"
        case And(parts=parts):
            return " and ".join(_bracketed(part, facts, And, Or) for part in parts)
        case Or(parts=parts):
            return " or ".join(_bracketed(part, facts, Or) for part in parts)


def _is_one(fact: Fact, accepted: frozenset[str]) -> bool:
    return fact.kind is Kind.CHOICE and len(accepted) == 1 and not _is_yes(fact, accepted)


def _is_yes(fact: Fact, accepted: frozenset[str]) -> bool:
    return set(fact.value_ids) == {"yes", "no"} and accepted == {"yes"}


def _bracketed(part: Condition, facts: Mapping[str, Fact], *kinds: type) -> str:
    inner = literal(part, facts)
    return f"({inner})" if isinstance(part, kinds) else inner


def _test(test: Test, fact: Fact) -> str:
    if isinstance(test.accepted, Interval):
        return _bounds(fact.id, test.accepted)
    values = [value for value in fact.value_ids if value in test.accepted]
    values += sorted(test.accepted - set(values))  # of an older version of the facts
    if _is_yes(fact, test.accepted):
        return fact.id
    if fact.kind is Kind.MULTIPLE:
        return f"{values[0]} in {fact.id}" if len(values) == 1 else f"any_of({fact.id}, [{', '.join(values)}])"
    return f"{fact.id} == {values[0]}" if len(values) == 1 else f"{fact.id} in [{', '.join(values)}]"


def _bounds(name: str, interval: Interval) -> str:
    low, high = (_written(end) for end in (interval.low, interval.high))
    if low and low == high:
        return f"{name} == {low}"
    under, over = "<=" if interval.low_closed else "<", "<=" if interval.high_closed else "<"
    if low and high:
        return f"{low} {under} {name} {over} {high}"
    return f"{name} {over} {high}" if high else f"{name} {under.replace('<', '>')} {low}"


def _written(end: float) -> str:
    """A bound in full; "" for one that is not given."""
    if end in (float("inf"), float("-inf")):
        return ""
    return str(int(end)) if end == int(end) else repr(end)
