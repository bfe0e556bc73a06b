"""Compiled verdict lines against the same logic spelled out."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mantelzorg.assessment import Judge
from mantelzorg.conditions import ALWAYS, And, Condition, Named, Not, Or, Test
from mantelzorg.content import Content, load
from mantelzorg.lines import Known, names_in

NAMES = ("still_going", "health_reason", "unpaid", "bond")
TESTS = (Test("care_now", frozenset({"ended"})), Test("payment", frozenset({"wage", "pgb"})))
LEAVES = st.sampled_from([*(Named(name, ALWAYS) for name in NAMES), *TESTS, ALWAYS])


def _larger(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, max_size=3).map(tuple)
    return st.one_of(parts.map(Not), several.map(And), several.map(Or))


def kleene(part: Condition, known: dict[Condition, bool | None]) -> bool | None:
    match part:
        case Not(part=inner):
            value = kleene(inner, known)
            return None if value is None else not value
        case And(parts=parts):
            values = [kleene(inner, known) for inner in parts]
            return False if False in values else None if None in values else True
        case Or(parts=parts):
            values = [kleene(inner, known) for inner in parts]
            return True if True in values else None if None in values else False
        case _:
            return known[part]


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


class Compiling:
    """Numbers the leaves, as the lines of a rule set do."""

    def __init__(self, judge: Judge) -> None:
        self.lines = judge.lines
        self.leaves = {Named(name, ALWAYS): judge.lines.bits[name] for name in NAMES}
        for place, test in enumerate(TESTS):
            self.leaves[test] = judge.lines._tests.setdefault(test, 1 << (40 + place))


@pytest.fixture(scope="module")
def compiling(content: Content) -> Compiling:
    return Compiling(Judge(content.judges["mantelzorg"].rules))


@given(
    st.recursive(LEAVES, _larger, max_leaves=12),
    st.lists(st.sampled_from([True, False, None]), min_size=len(NAMES) + len(TESTS), max_size=len(NAMES) + len(TESTS)),
)
def test_a_compiled_condition_says_what_it_said(
    compiling: Compiling, condition: Condition, values: list[bool | None]
) -> None:
    known = dict(zip(compiling.leaves, values, strict=True))
    true = sum(compiling.leaves[leaf] for leaf, value in known.items() if value)
    false = sum(compiling.leaves[leaf] for leaf, value in known.items() if value is False)
    assert compiling.lines._compiled(condition).holds(true, false) == kleene(condition, {**known, ALWAYS: True})


def test_names_come_in_the_order_of_the_text() -> None:
    condition = Or((Not(Named("b", ALWAYS)), And((Named("a", ALWAYS), TESTS[0], Named("b", ALWAYS)))))
    assert names_in(condition) == ("b", "a", "b")


def test_lines_leave_possible_what_every_completion_gives(content: Content) -> None:
    """With all criteria known there is one verdict; with some open, at least those of the ways to settle them."""
    judge = content.judges["cbs"]
    names = list(judge.lines.bits)
    for values in product([True, False], repeat=len(names)):
        whole = judge.lines.verdicts(judge.lines.settled(dict(zip(names, values, strict=True))))
        assert whole.bit_count() == 1
        for gone in range(len(names)):
            part = {name: value for place, (name, value) in enumerate(zip(names, values, strict=True)) if place != gone}
            assert judge.lines.verdicts(judge.lines.settled(part)) & whole
    assert judge.lines.verdicts(Known()).bit_count() == len(judge.rules.verdicts)
