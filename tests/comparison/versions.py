"""Two versions of a small rule set, and what they do told by trying every situation."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from brute_force import Situation, every_value, passes, true
from hypothesis import strategies as st
from strategies import TEXT, conditions, rule_sets, tests

from mantelzorg.conditions import And, Interval, Named
from mantelzorg.rules import Criterion, RuleSet, Tone, VerdictLine

Versions = tuple[RuleSet, RuleSet]


@st.composite
def versions(draw: st.DrawFn, most: int = 4) -> Versions:
    """A rule set, and the same after some edits: of criteria, lines and impossible combinations."""
    old = draw(rule_sets())
    new = old
    for _ in range(draw(st.integers(0, most))):
        kind = draw(st.sampled_from(["criterion", "line", "insert", "delete", "move", "verdict", "impossible"]))
        new = draw(edited(new, kind))
    return old, new


@st.composite
def edited(draw: st.DrawFn, rules: RuleSet, kind: str) -> RuleSet:
    facts = rules.facts
    named = tuple(Named(own.id, own.condition) for own in rules.criteria)
    lines = list(rules.lines)
    place = draw(st.integers(0, len(lines) - 1))
    if kind == "criterion":
        place = draw(st.integers(0, len(named) - 1))
        return with_criterion(rules, named[place].name, draw(conditions(facts, named[:place])))
    if kind == "impossible":
        return replace(rules, impossible=draw(st.sampled_from([(), (And((draw(tests(facts)), draw(tests(facts)))),)])))
    if kind == "insert":
        name = draw(st.sampled_from(["v0", "v1", "v9"]))
        lines.insert(place, VerdictLine(name, draw(conditions(facts, named)), Tone.MAYBE, {}))
    elif kind == "verdict":
        lines[place] = replace(lines[place], id=draw(st.sampled_from(["v0", "v1", "v9"])))
    elif place == len(lines) - 1:
        # The last line has no condition: it must stay the last.
        return rules
    elif kind == "line":
        lines[place] = replace(lines[place], condition=draw(conditions(facts, named)))
    elif kind == "delete":
        del lines[place]
    else:
        lines.insert(draw(st.integers(0, len(lines) - 2)), lines.pop(place))
    return replace(rules, lines=tuple(lines))


def with_criterion(rules: RuleSet, name: str, condition: object) -> RuleSet:
    """The rule set with another condition for one criterion, wherever it is named."""
    from mantelzorg.comparison.edits import resolved

    known = {own.id: own.condition for own in rules.criteria} | {name: condition}
    criteria = tuple(
        replace(own, condition=condition if own.id == name else resolved(own.condition, known))
        for own in rules.criteria
    )
    lines = tuple(replace(line, condition=resolved(line.condition, known)) for line in rules.lines)
    return replace(rules, criteria=criteria, lines=lines)


def criterion(name: str, condition: object) -> Criterion:
    return Criterion(name, condition, TEXT, TEXT, TEXT, ())


class EverySituation:
    """Every distinguishable situation of two versions: those that no test of either tells apart count once."""

    def __init__(self, old: RuleSet, new: RuleSet) -> None:
        self.tests = tuple(dict.fromkeys([*new.tests(), *old.tests()]))
        ends = {e for t in self.tests if isinstance(t.accepted, Interval) for e in (t.accepted.low, t.accepted.high)}
        used = list(dict.fromkeys(test.fact for test in self.tests))
        found: list[dict] = [{}]
        for name in used:
            own = [test for test in self.tests if test.fact == name]
            kinds = {tuple(passes(test, v) for test in own): v for v in every_value(old.fact(name), ends)}
            found = [{**situation, name: value} for situation in found for value in kinds.values()]
        self.all: list[Situation] = found

    def moves(self, old: RuleSet, new: RuleSet) -> Counter[tuple[str, str]]:
        pairs = ((verdict(old, situation), verdict(new, situation)) for situation in self.all)
        return Counter(pair for pair in pairs if pair[0] != pair[1])


def verdict(rules: RuleSet, situation: Situation) -> str:
    if any(true(condition, situation) for condition in rules.impossible):
        return "impossible"
    return next((line.id for line in rules.lines if true(line.condition, situation)), "none")
