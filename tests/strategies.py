"""Small rule sets and situations, drawn at random; small enough to try every situation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brute_force import Reference
from hypothesis import strategies as st

from mantelzorg.assessment import Judge
from mantelzorg.conditions import ALWAYS, And, Condition, Named, Not, Or, Test
from mantelzorg.facts import UNKNOWN, Answer, Answers, Changes, Fact, Interval, Kind, Value
from mantelzorg.rules import Criterion, RuleSet, Tone, VerdictLine

TEXT = {"nl": "x", "en": "x"}
LOW, HIGH = 0.0, 6.0
ENDS = (LOW, 2.0, 3.0, 4.0, HIGH)
"""The ends of the intervals in tests and answers."""


def value(name: str) -> Value:
    return Value(name, TEXT, TEXT)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Never empty, always within the range of the number."""
    low, high = sorted(draw(st.tuples(st.sampled_from(ENDS), st.sampled_from(ENDS))))
    if low == high:
        return Interval(low, high)
    return Interval(low, high, draw(st.booleans()), draw(st.booleans()))


@st.composite
def tests(draw: st.DrawFn, facts: tuple[Fact, ...]) -> Test:
    fact = draw(st.sampled_from(facts))
    if fact.kind is Kind.NUMBER:
        return Test(fact.id, draw(intervals()))
    most = len(fact.values) - 1 if fact.kind is Kind.CHOICE else 2
    return Test(fact.id, frozenset(draw(st.sets(st.sampled_from(fact.value_ids), min_size=1, max_size=most))))


@st.composite
def conditions(draw: st.DrawFn, facts: tuple[Fact, ...], named: tuple[Named, ...] = (), depth: int = 2) -> Condition:
    """Nested and, or and not over tests, and over criteria where there are any."""
    form = draw(st.sampled_from(["leaf", "and", "or", "not"])) if depth else "leaf"
    if form == "leaf":
        by_name = named and draw(st.integers(0, 3))
        return draw(st.sampled_from(named)) if by_name else draw(tests(facts))
    inner = conditions(facts, named, depth - 1)
    if form == "not":
        return Not(draw(inner))
    parts = (draw(inner), draw(inner))
    return And(parts) if form == "and" else Or(parts)


@st.composite
def one_fact(draw: st.DrawFn, name: str, kind: Kind, small: bool) -> Fact:
    changes = draw(st.sampled_from([*Changes, Changes.GROWS, Changes.BOTH]))
    if kind is Kind.NUMBER:
        return Fact(name, kind, TEXT, low=LOW, high=HIGH, changes=changes)
    ids = ["a", "b"] if small else draw(st.sampled_from([["a", "b"], ["a", "b", "c"]]))
    alone = "z" if kind is Kind.MULTIPLE and draw(st.booleans()) else ""
    return Fact(name, kind, TEXT, tuple(map(value, [*ids, *filter(None, [alone])])), alone=alone, changes=changes)


@st.composite
def held(draw: st.DrawFn, fact: Fact) -> str:
    """The text of a condition on one fact, for `assume` and `usual`."""
    if fact.kind is Kind.NUMBER:
        return f"{fact.id} {draw(st.sampled_from(['> 2', '<= 3', '>= 4', '< 2']))}"
    if fact.kind is Kind.MULTIPLE:
        return draw(st.sampled_from([f"a in {fact.id}", f"any_of({fact.id}, [a, b])", f"not b in {fact.id}"]))
    return draw(st.sampled_from([f"{fact.id} == a", f"{fact.id} != a", f"{fact.id} in [a, b]"]))


@st.composite
def fact_lists(draw: st.DrawFn) -> tuple[Fact, ...]:
    kinds = draw(st.lists(st.sampled_from(Kind), min_size=2, max_size=5))
    large = [place for place, kind in enumerate(kinds) if kind is not Kind.CHOICE]
    kinds = [Kind.CHOICE if place in large[2:] else kind for place, kind in enumerate(kinds)]
    found = [draw(one_fact(f"f{place}", kind, len(kinds) > 3)) for place, kind in enumerate(kinds)]
    for key in ("assume", "usual"):
        count = draw(st.sampled_from([1, 0, 1, 2]))
        for place in draw(st.permutations(range(len(found))))[:count]:
            extra = {key: draw(held(found[place])), **({"assumed": TEXT} if key == "assume" else {})}
            found[place] = Fact(**{**found[place].__dict__, **extra})
    return tuple(found)


@st.composite
def rule_sets(draw: st.DrawFn) -> RuleSet:
    facts = draw(fact_lists())
    named: tuple[Named, ...] = ()
    for place in range(draw(st.integers(1, 4))):
        named += (Named(f"c{place}", draw(conditions(facts, named))),)
    criteria = tuple(
        Criterion(own.name, own.condition, TEXT, TEXT, TEXT, (), exclusion=draw(st.booleans()), short=TEXT)
        for own in named
    )
    count = draw(st.integers(1, 4))
    ids = [draw(st.sampled_from(["v0", "v1", "v2"])) for _ in range(count)]
    lines = [VerdictLine(name, draw(conditions(facts, named)), Tone.MAYBE, {}) for name in ids]
    lines.append(VerdictLine(draw(st.sampled_from(["v0", "v3"])), ALWAYS, Tone.NO, {}))
    impossible = tuple(And((draw(tests(facts)), draw(tests(facts)))) for _ in range(draw(st.integers(0, 2))))
    wanted = draw(st.lists(st.sampled_from([line.id for line in lines]), unique=True, min_size=1, max_size=2))
    return RuleSet(
        "drawn", "1", date(2026, 1, 1), criteria, tuple(lines), impossible, tuple(wanted), {"title": TEXT}, facts
    )


@st.composite
def exact(draw: st.DrawFn, fact: Fact) -> Answer:
    if fact.kind is Kind.NUMBER:
        number = draw(st.sampled_from([LOW, 1.0, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, HIGH]))
        return Interval(number, number)
    if fact.kind is Kind.CHOICE:
        return frozenset({draw(st.sampled_from(fact.value_ids))})
    if fact.alone and draw(st.integers(0, 3)) == 0:
        return frozenset({fact.alone})
    options = [name for name in fact.value_ids if name != fact.alone]
    return frozenset(draw(st.sets(st.sampled_from(options), min_size=1)))


@st.composite
def answered(draw: st.DrawFn, fact: Fact, precise_only: bool = False) -> Answer:
    """An answer: mostly precise, sometimes several values or an interval."""
    if precise_only or fact.kind is Kind.MULTIPLE or draw(st.booleans()):
        return draw(exact(fact))
    if fact.kind is Kind.NUMBER:
        return draw(intervals())
    return frozenset(draw(st.sets(st.sampled_from(fact.value_ids), min_size=1)))


@st.composite
def situations(draw: st.DrawFn, facts: tuple[Fact, ...], eager: bool = False) -> Answers:
    """Answers to some facts, "I don't know" to some, nothing about the rest. `eager`: to most of them, precisely."""
    given: dict[str, Answer] = {}
    for fact in facts:
        said = draw(st.sampled_from(["answer"] * (8 if eager else 3) + ["nothing", "nothing", "unknown"]))
        if said == "answer":
            given[fact.id] = draw(answered(fact, precise_only=eager))
        elif said == "unknown":
            given[fact.id] = UNKNOWN
    return given


@dataclass(frozen=True)
class World:
    """A rule set, made ready by the engine and by brute force, and a situation."""

    rules: RuleSet
    judge: Judge
    reference: Reference
    answers: Answers

    def __repr__(self) -> str:
        return f"World(answers={self.answers!r}, rules={self.rules!r})"


@st.composite
def worlds(draw: st.DrawFn, eager: bool = False) -> World:
    rules = draw(rule_sets())
    return World(rules, Judge(rules), Reference(rules, ENDS), draw(situations(rules.facts, eager)))
