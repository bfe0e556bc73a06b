"""A condition as the text of a rule file: to show it, and to tell whether two say the same."""

from __future__ import annotations

from collections.abc import Mapping

from mantelzorg.conditions import And, Condition, Named, Not, Or, Test
from mantelzorg.facts import Fact, Interval, Kind


def written(condition: Condition, facts: Mapping[str, Fact]) -> str:
    """The text of a condition, the criteria that it uses by name; spacing and needless brackets are gone."""
    match condition:
        case Test():
            return _test(condition, facts[condition.fact])
        case Named(name=name):
            return name
        case Not(part=Test() as test) if _single(test, facts[test.fact]):
            return f"{test.fact} != {next(iter(test.accepted))}"  # type: ignore[arg-type]
        case Not(part=part):
            return f"not {_bracketed(part, facts, And | Or)}"
        case And(parts=()):
            return ""
        case And(parts=parts):
            return " and ".join(_bracketed(part, facts, Or) for part in parts)
        case Or(parts=parts):
            return " or ".join(written(part, facts) for part in parts)


def _single(test: Test, fact: Fact) -> bool:
    yes_no = set(fact.value_ids) == {"yes", "no"}
    return fact.kind is Kind.CHOICE and not yes_no and isinstance(test.accepted, frozenset) and len(test.accepted) == 1


def _bracketed(part: Condition, facts: Mapping[str, Fact], loose: object) -> str:
    text = written(part, facts)
    return f"({text})" if isinstance(part, loose) else text  # type: ignore[arg-type]


def _test(test: Test, fact: Fact) -> str:
    if isinstance(test.accepted, Interval):
        return _interval(test.accepted, fact.id)
    values = sorted(test.accepted, key=lambda value: (value not in fact.value_ids, value))
    values.sort(key=lambda value: fact.value_ids.index(value) if value in fact.value_ids else len(fact.value_ids))
    listed = ", ".join(values)
    if fact.kind is Kind.MULTIPLE:
        return f"{listed} in {fact.id}" if len(values) == 1 else f"any_of({fact.id}, [{listed}])"
    if values == ["yes"] and set(fact.value_ids) == {"yes", "no"}:
        return fact.id
    return f"{fact.id} == {listed}" if len(values) == 1 else f"{fact.id} in [{listed}]"


def _interval(accepted: Interval, name: str) -> str:
    low, high = f"{accepted.low:g}", f"{accepted.high:g}"
    if accepted.low == accepted.high:
        return f"{name} == {low}"
    if high == "inf":
        return f"{name} {'>=' if accepted.low_closed else '>'} {low}"
    if low == "-inf":
        return f"{name} {'<=' if accepted.high_closed else '<'} {high}"
    return f"{low} {'<=' if accepted.low_closed else '<'} {name} {'<=' if accepted.high_closed else '<'} {high}"
