"""Classes, cells, gaps and limits of the verdict table, on small rule sets made by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from mantelzorg.conditions import ALWAYS, Condition, Test, parse
from mantelzorg.facts import UNKNOWN, Fact, Interval, Kind, Value, parse_answer
from mantelzorg.reader import Reader
from mantelzorg.rules import RuleSet, Tone, VerdictLine
from mantelzorg.verdict_table import (
    ConditionTable,
    TableTooLargeError,
    build,
    classes_where,
    make_axis,
    uncovered,
)

TEXT = {"nl": "x", "en": "x"}


def values(*names: str) -> tuple[Value, ...]:
    return tuple(Value(name, TEXT, TEXT) for name in names)


HOURS = Fact("hours", Kind.NUMBER, TEXT, low=0.0, high=168.0)
WHO = Fact("who", Kind.CHOICE, TEXT, values("parent", "child", "friend", "stranger"))
PAID = Fact("paid", Kind.CHOICE, TEXT, values("yes", "no"), assume="paid == no", assumed=TEXT)
TASKS = Fact("tasks", Kind.MULTIPLE, TEXT, values("household", "nursing", "company", "none"), alone="none")
FACTS = {fact.id: fact for fact in (HOURS, WHO, PAID, TASKS)}


def condition(text: str) -> Condition:
    return parse(text, FACTS, {}) if text else ALWAYS


def made_of(*texts: str) -> list[Test]:
    found = [condition(text) for text in texts]
    assert all(isinstance(each, Test) for each in found)
    return found


def rules(*lines: tuple[str, str], impossible: tuple[str, ...] = (), facts: dict[str, Fact] = FACTS) -> RuleSet:
    made = tuple(VerdictLine(name, condition(text), Tone.NO, {}) for name, text in lines)
    cannot = tuple(map(condition, impossible))
    return RuleSet("made", "1", date(2026, 1, 1), (), made, cannot, (), {}, tuple(facts.values()))


# Axes


def test_a_choice_has_a_class_per_group_of_values_that_all_tests_treat_alike():
    axis = make_axis(WHO, made_of("who in [parent, child]", "who == stranger"))
    assert axis.size == 3
    assert axis.values(axis.mask(frozenset({"parent"}))) == {"parent", "child"}
    assert axis.mask(frozenset({"parent", "child"})).bit_count() == 1
    assert axis.mask(frozenset({"parent", "friend"})).bit_count() == 2
    assert axis.mask(frozenset(WHO.value_ids)) == axis.mask(UNKNOWN) == axis.full == 0b111


def test_a_fact_without_tests_has_one_class():
    assert [make_axis(fact, ()).size for fact in FACTS.values()] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("text", "below", "at", "above"),
    [
        ("hours > 8", False, False, True),
        ("hours >= 8", False, True, True),
        ("hours < 8", True, False, False),
        ("hours <= 8", True, True, False),
        ("hours == 8", False, True, False),
    ],
)
def test_a_number_falls_on_the_right_side_of_its_threshold(text: str, below: bool, at: bool, above: bool):
    table = ConditionTable(condition(text), FACTS)
    said = {7.999: below, 8: at, 8.001: above, "<8": below, ">8": above}
    for raw, holds in said.items():
        expected = holds if text != "hours == 8" or raw == 8 else False
        assert table.status({"hours": parse_answer(HOURS, raw)}) is expected


def test_an_interval_over_a_threshold_is_open():
    table = ConditionTable(condition("hours > 8"), FACTS)
    assert table.status({"hours": parse_answer(HOURS, "4..8")}) is False
    assert table.status({"hours": parse_answer(HOURS, "4..9")}) is None
    assert table.status({"hours": parse_answer(HOURS, ">=8")}) is None
    assert table.status({"hours": UNKNOWN}) is None
    assert table.status({}) is None


def test_a_class_of_a_number_may_have_a_gap_in_it():
    axis = make_axis(HOURS, made_of("3 <= hours < 12"))
    assert axis.size == 2
    outside = axis.mask(Interval(0, 0))
    assert axis.mask(Interval(12, 12)) == axis.mask(Interval(168, 168)) == outside
    assert axis.mask(Interval(3, 3)) == axis.mask(Interval(3, 12, True, False)) == axis.full & ~outside
    assert axis.mask(Interval(2, 4)) == axis.full


@pytest.mark.parametrize("text", ["hours >= 0", "hours <= 168"])
def test_a_threshold_at_the_end_of_the_range_tells_nothing_apart(text: str):
    assert make_axis(HOURS, made_of(text)).size == 1


@pytest.mark.parametrize("text", ["hours > 0", "hours < 168"])
def test_the_end_of_the_range_can_be_a_class_of_its_own(text: str):
    assert make_axis(HOURS, made_of(text)).size == 2


def test_a_multiple_choice_has_a_class_per_set_of_tests_that_options_pass_together():
    axis = make_axis(TASKS, made_of("nursing in tasks", "any_of(tasks, [household, nursing])"))
    assert axis.size == 3
    mask = {names: axis.mask(frozenset(names)) for names in [("company",), ("none",), ("household",), ("nursing",)]}
    assert mask["company",] == mask["none",]
    assert axis.mask(frozenset({"nursing", "company"})) == mask["nursing",]
    assert axis.mask(frozenset({"nursing", "household"})) == mask["nursing",]
    assert len({mask["company",], mask["household",], mask["nursing",]}) == 3


def test_the_option_that_goes_with_no_other_joins_no_set():
    axis = make_axis(TASKS, made_of("none in tasks", "nursing in tasks"))
    assert axis.size == 3, "none, nursing, neither; never both"


def test_no_class_is_reached_by_choosing_nothing():
    fact = Fact("both", Kind.MULTIPLE, TEXT, values("a", "b"))
    axis = make_axis(fact, [Test("both", frozenset({"a", "b"}))])
    assert axis.size == 1


def test_whether_options_are_in_a_class():
    axis = make_axis(TASKS, made_of("none in tasks", "nursing in tasks"))
    alone = axis.mask(frozenset({"none"})).bit_length() - 1
    assert [axis.has_options(c) for c in range(axis.size)] == [c != alone for c in range(axis.size)]


def test_a_truth_is_only_known_for_a_test_that_the_axis_was_made_for():
    with pytest.raises(ValueError, match="not in tuple"):
        make_axis(HOURS, ()).truth(made_of("hours > 8")[0])


def test_the_classes_in_which_a_condition_holds():
    axis = make_axis(WHO, made_of("who in [parent, child]", "who == stranger"))
    assert axis.values(classes_where(condition("not who == stranger"), axis)) == {"parent", "child", "friend"}


# Tables


def test_the_first_line_that_applies_gives_the_verdict():
    table = build(rules(("yes", "hours > 8"), ("no", "hours > 3"), ("yes", "who == parent"), ("no", "")))
    assert table.verdicts == ("yes", "no")
    reader = Reader(table)

    def bits(**raw: object) -> int:
        return reader.one(table.masks({name: parse_answer(FACTS[name], value) for name, value in raw.items()}))

    assert bits(hours=9, who="parent") == bits(hours=2, who="parent") == 0b01
    assert bits(hours=5, who="parent") == bits(hours=2, who="friend") == 0b10
    assert bits(who="parent") == bits(hours=2) == bits() == 0b11


def test_facts_that_no_rule_uses_have_no_axis():
    table = build(rules(("yes", "hours > 8"), ("no", "")))
    assert [axis.fact.id for axis in table.axes] == ["hours"]
    assert table.masks({"who": frozenset({"parent"}), "paid": UNKNOWN}) == table.full


def test_rules_without_any_test_give_one_situation():
    table = build(rules(("always", "")))
    assert table.axes == ()
    assert Reader(table).one(()) == 1
    assert Reader(table).possible(np.zeros((3, 0), dtype=np.int64)).tolist() == [1, 1, 1]


def test_assumptions_and_what_mostly_holds_are_masks():
    usual = FACTS | {"who": Fact("who", Kind.CHOICE, TEXT, WHO.values, usual="who != stranger")}
    table = build(rules(("yes", "paid"), ("no", "who == stranger"), ("yes", ""), facts=usual))
    paid, who = table.axes
    assert table.assumptions == (paid.mask(frozenset({"no"})), who.full)
    assert table.usual == (paid.full, who.mask(frozenset({"parent", "child", "friend"})))


def test_an_impossible_combination_has_no_verdict_and_is_no_gap():
    own = rules(("yes", "hours > 8"), ("no", ""), impossible=("who == stranger and hours > 8",))
    table = build(own)
    assert uncovered(own, table) is None
    answers = {"who": frozenset({"stranger"}), "hours": Interval(9, 9)}
    assert Reader(table).one(table.masks(answers)) == 0


def test_a_gap_is_told_over_as_few_facts_as_show_it():
    own = rules(("yes", "hours > 8"), ("no", "who == parent or paid"), ("yes", "nursing in tasks and who == child"))
    table = build(own)
    gap = uncovered(own, table)
    assert gap is not None
    assert set(gap) == {"hours", "who", "paid", "tasks"} or set(gap) == {"hours", "who", "paid"}
    cell = tuple(gap.get(axis.fact.id, slice(None)) for axis in table.axes)
    assert (table.cells[cell] == 0).all()
    alone = rules(("yes", "paid"))
    assert uncovered(alone, build(alone)) == {"paid": build(alone).axes[0].mask(frozenset({"no"})).bit_length() - 1}


# Limits


def many(count: int, kind: Kind, **more: object) -> dict[str, Fact]:
    return {f"f{place:02}": Fact(f"f{place:02}", kind, TEXT, **more) for place in range(count)}


def test_a_table_too_large_names_the_facts_that_cost_most():
    yes_no = many(24, Kind.CHOICE, values=values("yes", "no"))
    facts = {**yes_no, "hours": HOURS}
    made = [VerdictLine("a", parse(name, facts, {}), Tone.NO, {}) for name in yes_no]
    made += [VerdictLine("a", parse(f"hours > {end}", facts, {}), Tone.NO, {}) for end in (3, 8)]
    own = RuleSet("made", "1", date(2026, 1, 1), (), tuple(made), (), (), {}, tuple(facts.values()))
    with pytest.raises(TableTooLargeError) as caught:
        build(own)
    text = "50.331.648 situaties; het meest kosten hours (3 klassen), f00 (2 klassen), f01 (2 klassen), f02 (2 klassen)"
    assert str(caught.value) == text


def test_an_axis_with_too_many_classes_is_named():
    lines = [(f"v{end % 4}", f"hours > {end}") for end in range(1, 13)]
    with pytest.raises(TableTooLargeError, match=r"^13 situaties; het meest kosten hours \(13 klassen\)$"):
        build(rules(*lines, ("v0", "")))
    assert build(rules(*lines[1:], ("v0", ""))).axes[0].size == 12


def test_sixteen_verdicts_fit_and_seventeen_do_not():
    """One line per verdict, over four yes/no facts: 16 cells."""
    facts = many(5, Kind.CHOICE, values=values("yes", "no"))
    texts = [" and ".join(f if place >> n & 1 else f"not {f}" for n, f in enumerate(facts)) for place in range(20)]

    def lines(count: int) -> RuleSet:
        made = [VerdictLine(f"v{place}", parse(texts[place], facts, {}), Tone.NO, {}) for place in range(count - 1)]
        last = VerdictLine(f"v{count - 1}", ALWAYS, Tone.NO, {})
        return RuleSet("made", "1", date(2026, 1, 1), (), (*made, last), (), (), {}, tuple(facts.values()))

    table = build(lines(16))
    assert Reader(table).one(table.full) == 2**16 - 1
    with pytest.raises(TableTooLargeError, match="meer dan 16 uitkomsten"):
        build(lines(17))
