"""Each edit by itself: what is edited, how it reads, and that nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from strategies import TEXT, value

from comparison.versions import criterion
from mantelzorg.comparison.edits import Part, edits, paired, same_rule_set
from mantelzorg.conditions import ALWAYS, Condition, parse
from mantelzorg.facts import Fact, Kind
from mantelzorg.literal_conditions import literal
from mantelzorg.rules import RuleSet, Tone, VerdictLine

FACTS = (
    Fact("age", Kind.NUMBER, TEXT, low=0, high=120),
    Fact("kin", Kind.CHOICE, TEXT, tuple(map(value, ["parent", "child", "friend"]))),
    Fact("paid", Kind.CHOICE, TEXT, tuple(map(value, ["yes", "no"]))),
    Fact("tasks", Kind.MULTIPLE, TEXT, tuple(map(value, ["wash", "cook", "none"])), alone="none"),
)
BY_ID = {fact.id: fact for fact in FACTS}


def rules(criteria: dict[str, str], lines: list[tuple[str, str]], impossible: tuple[str, ...] = ()) -> RuleSet:
    names: dict[str, Condition] = {}
    for name, text in criteria.items():
        names[name] = parse(text, BY_ID, names)
    made = [VerdictLine(name, parse(text, BY_ID, names) if text else ALWAYS, Tone.MAYBE, {}) for name, text in lines]
    cannot = tuple(parse(text, BY_ID, {}) for text in impossible)
    own = tuple(criterion(name, condition) for name, condition in names.items())
    return RuleSet("drawn", "1", date(2026, 1, 1), own, tuple(made), cannot, (), {"title": TEXT}, FACTS)


def shown(own: RuleSet) -> list[tuple[str, str]]:
    return [(line.id, literal(line.condition, BY_ID)) for line in own.lines]


OLD = rules({"adult": "age >= 18", "kind": "kin != friend"}, [("a", "adult and paid"), ("b", "kind"), ("c", "")])


@pytest.mark.parametrize(
    "text",
    [
        "age >= 18",
        "age > 18",
        "age < 18",
        "age <= 18",
        "age == 18",
        "3 <= age < 12",
        "3 < age <= 12",
        "kin == child",
        "kin != child",
        "kin in [parent, friend]",
        "not kin in [parent, friend]",
        "paid",
        "not paid",
        "paid == no",
        "wash in tasks",
        "any_of(tasks, [wash, cook])",
        "(age > 3 or paid) and kin == child",
        "not (age > 3 or paid)",
        "age > 3 and paid or kin == child",
    ],
)
def test_a_condition_reads_as_it_was_written(text: str) -> None:
    assert literal(parse(text, BY_ID, {}), BY_ID) == text
    assert parse(literal(parse(text, BY_ID, {}), BY_ID), BY_ID, {}) == parse(text, BY_ID, {})


def test_a_changed_criterion_changes_wherever_it_is_named() -> None:
    new = rules({"adult": "age > 21", "kind": "kin != friend"}, shown(OLD))
    (edit,) = edits(OLD, new)
    assert (edit.part, edit.name, edit.before, edit.after) == (Part.CRITERION, "adult", "age >= 18", "age > 21")
    assert list(edit.rules.tests()) != list(OLD.tests())
    assert edit.rules.lines == new.lines


def test_lines_are_added_removed_and_changed_at_their_own_place() -> None:
    added = [("a", "adult and paid"), ("b", "wash in tasks"), ("b", "kind"), ("c", "")]
    one = rules({"adult": "age >= 18", "kind": "kin != friend"}, added)
    (edit,) = edits(OLD, one)
    assert (edit.before, edit.after, shown(edit.rules)) == (None, "wash in tasks", added)
    (edit,) = edits(one, OLD)
    assert (edit.before, edit.after, shown(edit.rules)) == ("wash in tasks", None, shown(OLD))
    changed = [("a", "adult and paid"), ("b", "kind and not paid"), ("c", "")]
    (edit,) = edits(OLD, replace(one, lines=rules({"adult": "age >= 18", "kind": "paid"}, changed).lines))
    assert (edit.name, edit.before, edit.after, shown(edit.rules)) == ("b", "kind", "kind and not paid", changed)
    renamed = [("a", "adult and paid"), ("z", "kind"), ("c", "")]
    (edit,) = edits(OLD, rules({"adult": "age >= 18", "kind": "kin != friend"}, renamed))
    assert (edit.name, edit.new_name, shown(edit.rules)) == ("b", "z", renamed)


def test_two_edits_are_each_made_alone() -> None:
    lines = [("b", "paid"), ("a", "adult and paid"), ("b", "kind"), ("b", "not adult"), ("c", "")]
    first, second = edits(OLD, rules({"adult": "age >= 18", "kind": "kin != friend"}, lines))
    assert shown(first.rules) == [("b", "paid"), *shown(OLD)]
    assert shown(second.rules) == [*shown(OLD)[:2], ("b", "not adult"), ("c", "")]


def test_a_new_criterion_comes_with_the_line_that_uses_it() -> None:
    new = rules({"adult": "age >= 18", "kind": "kin != friend", "care": "wash in tasks"}, [("a", "care"), *shown(OLD)])
    (edit,) = edits(OLD, new)
    assert (edit.part, edit.after) == (Part.LINE, "care")
    assert edit.rules.lines == new.lines


def test_what_cannot_go_together_is_compared_one_by_one() -> None:
    criteria = {"adult": "age >= 18", "kind": "kin != friend"}
    before, after = (rules(criteria, shown(OLD), own) for own in (("paid", "age < 3"), ("age < 3", "wash in tasks")))
    gone, come = edits(before, after)
    assert (gone.before, gone.after, len(gone.rules.impossible)) == ("paid", None, 1)
    assert (come.before, come.after, len(come.rules.impossible)) == (None, "wash in tasks", 3)


def test_criteria_that_name_each_other_in_a_circle_end() -> None:
    one = rules({"a1": "paid", "b1": "a1 or age > 3"}, [("a", "b1"), ("c", "")])
    other = rules({"b1": "age > 9", "a1": "b1 and paid"}, [("a", "b1"), ("c", "")])
    assert len(edits(one, other)) == 2
    assert len(edits(other, one)) == 2


def test_lines_are_paired_in_order() -> None:
    old = [("a", "p and q"), ("b", "r"), ("c", "")]
    assert paired(old, old) == [(0, 0), (1, 1), (2, 2)]
    assert paired(old, [("a", "x"), *old]) == [(None, 0), (0, 1), (1, 2), (2, 3)]
    assert paired(old, [("a", "p and z"), ("c", "")]) == [(0, 0), (1, None), (2, 1)]


def test_versions_share_more_than_half_of_their_criteria() -> None:
    other = replace(OLD, id="other")
    assert same_rule_set(OLD, other)
    assert same_rule_set(OLD, replace(OLD, criteria=()))
    assert not same_rule_set(OLD, replace(other, criteria=OLD.criteria[:1]))
