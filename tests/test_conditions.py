"""What a condition may say, and what an author is told when it says something else."""

from __future__ import annotations

import math

import pytest

from mantelzorg.conditions import (
    MOST_CHARACTERS,
    And,
    Condition,
    ConditionError,
    Fault,
    Named,
    Not,
    Or,
    Test,
    facts_of,
    parse,
)
from mantelzorg.facts import Fact, Interval, Kind, Value

TEXT = {"nl": "x", "en": "x"}


def fact(name: str, kind: Kind, *values: str, **more: object) -> Fact:
    return Fact(name, kind, TEXT, tuple(Value(each, TEXT, TEXT) for each in values), **more)


FACTS = {
    own.id: own
    for own in (
        fact("relationship", Kind.CHOICE, "parent", "child", "stranger"),
        fact("willing", Kind.CHOICE, "yes", "no"),
        fact("tasks", Kind.MULTIPLE, "household", "nursing", "none", alone="none"),
        fact("hours", Kind.NUMBER, low=0.0, high=168.0),
    )
}
FAMILY = Test("relationship", frozenset({"parent", "child"}))
NAMES: dict[str, Condition] = {"family": FAMILY}


def test_(name: str, *values: str) -> Test:
    return Test(name, frozenset(values))


test_.__test__ = False
OPEN = {"low_closed": False}


def hours(low: float = -math.inf, high: float = math.inf, **closed: bool) -> Test:
    return Test("hours", Interval(low, high, **closed))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("relationship == parent", test_("relationship", "parent")),
        ("relationship != parent", Not(test_("relationship", "parent"))),
        ("relationship in [parent, child]", FAMILY),
        ("willing", test_("willing", "yes")),
        ("not willing", Not(test_("willing", "yes"))),
        ("willing == no", test_("willing", "no")),
        ("nursing in tasks", test_("tasks", "nursing")),
        ("any_of(tasks, [household, nursing])", test_("tasks", "household", "nursing")),
        ("hours > 8", hours(8, low_closed=False)),
        ("hours >= 8", hours(8)),
        ("hours < 8.5", hours(high=8.5, high_closed=False)),
        ("hours <= 8", hours(high=8)),
        ("hours == 8", hours(8, 8)),
        ("8 < hours", hours(8, low_closed=False)),
        ("8 >= hours", hours(high=8)),
        ("3 <= hours < 12", hours(3, 12, high_closed=False)),
        ("12 > hours >= 3", hours(3, 12, high_closed=False)),
        ("family", Named("family", FAMILY)),
        ("willing and family", And((test_("willing", "yes"), Named("family", FAMILY)))),
        (
            "willing or not (family and hours > 8)",
            Or((test_("willing", "yes"), Not(And((Named("family", FAMILY), hours(8, low_closed=False)))))),
        ),
        ("willing and\n  family", And((test_("willing", "yes"), Named("family", FAMILY)))),
        ("  (willing)\n", test_("willing", "yes")),
    ],
)
def test_every_form(text: str, meaning: Condition):
    assert parse(text, FACTS, NAMES) == meaning


def test_and_binds_more_tightly_than_or():
    yes, heavy = test_("willing", "yes"), test_("tasks", "nursing")
    assert parse("willing or nursing in tasks and willing", FACTS, {}) == Or((yes, And((heavy, yes))))


def test_the_facts_of_a_condition_are_in_the_order_of_the_text():
    condition = parse("hours > 3 and (family or hours < 9) and not willing", FACTS, NAMES)
    assert facts_of(condition) == ("hours", "relationship", "willing")


def faults(text: str) -> list[Fault]:
    with pytest.raises(ConditionError) as caught:
        parse(text, FACTS, NAMES)
    assert caught.value.faults
    return caught.value.faults


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ("willing and relatonship == parent", "unknown-fact", "relatonship"),
        ("willing and relatonship", "unknown-name", "relatonship"),
        ("willing and famly", "unknown-name", "famly"),
        ("willing and relationship == parnt", "unknown-value", "parnt"),
        ("relationship in [parent, chld]", "unknown-value", "chld"),
        ("willing and nurse in tasks", "unknown-value", "nurse"),
        ("willing and any_of(tasks, [nursin])", "unknown-value", "nursin"),
        ("willing and any_of(task, [nursing])", "unknown-fact", "any_of"),
        ("willing and relationship", "not-yes-no", "relationship"),
        ("willing and tasks == nursing", "wrong-test", "tasks"),
        ("willing and nursing in willing", "wrong-test", "willing"),
        ("willing and hours in [nursing]", "wrong-test", "hours"),
        ("willing and hours > 200", "outside-range", "hours"),
        ("willing and 9 < hours < 3", "outside-range", "9"),
        ("willing and hours != 3", "condition-form", "hours"),
        ("willing and hours > 8 > 3", "condition-form", "hours"),
        ("1 < hours < 5 > 3", "condition-form", "1"),
        ("willing and 3 < 5 < hours", "condition-form", "3"),
        ("willing and hours > 1e999", "condition-form", "hours"),
        ("willing and hours > True", "condition-form", "hours"),
        ("willing and 1 < 2", "condition-form", "1"),
        ("willing and hours > hours", "condition-form", "hours"),
        ("willing and relationship == 'parent'", "wrong-test", "relationship"),
        ("willing # and family", "condition-syntax", "#"),
    ],
)
def test_a_fault_has_a_code_and_a_place(text: str, code: str, word: str):
    found = faults(text)[0]
    assert found.code == code
    place = text.index("willing", 1) if word == "willing" else text.index(word)
    assert found.offset == place


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("relatonship == parent", "relationship"),
        ("relationship == parnt", "parent"),
        ("famly", "family"),
        ("nursin in tasks", "nursing"),
    ],
)
def test_a_misspelt_word_is_recognised(text: str, meant: str):
    assert f"Bedoelde u '{meant}'?" in faults(text)[0].what


def test_a_word_like_no_other_is_not_guessed_at():
    assert "Bedoelde" not in faults("xyzzy")[0].what


def test_a_test_of_the_wrong_kind_is_told_how_it_can_be_tested():
    assert faults("tasks == nursing")[0].instead == "… in tasks of any_of(tasks, […])"
    assert faults("any_of(relationship, [parent])")[0].instead == "relationship == … of relationship in […]"
    assert faults("hours in [parent]")[0].instead == "hours > 3 of 3 <= hours < 12"


def test_all_faults_at_once():
    text = "relatonship == parent and (hours > 999 or nurse in tasks) and not famly"
    assert [(each.offset, each.code) for each in faults(text)] == [
        (text.index("relat"), "unknown-fact"),
        (text.index("hours"), "outside-range"),
        (text.index("nurse"), "unknown-value"),
        (text.index("famly"), "unknown-name"),
    ]


@pytest.mark.parametrize("text", ["  willing and famly", "willing\nand   famly", "éé and famly", "willing and\nfamly "])
def test_a_place_is_counted_in_characters_of_the_text_itself(text: str):
    assert faults(text)[-1].offset == text.index("famly")


DEEP = 20_000
HOSTILE = {
    "deep brackets": "(" * DEEP + "willing" + ")" * DEEP,
    "short deep brackets": "(" * 1900 + "willing" + ")" * 1900,
    "deep lists": "[" * 1900 + "]" * 1900,
    "many nots": "not " * 990 + "willing",
    "some nots": "not " * 500 + "willing",
    "deep and or": "(willing and (willing or " * 60 + "willing" + "))" * 60,
    "minus signs": "hours > " + "-" * 3000 + "1",
    "100,000 characters": "willing or " * 9_000 + "willing",
    "one long name": "w" * 100_000,
    "long number": "hours > " + "9" * 3_900,
    "import": "__import__('os').system('true')",
    "call": "exec(willing)",
    "any_of with a keyword": "any_of(tasks, [nursing], x=1)",
    "any_of with a star": "any_of(*tasks)",
    "any_of of a call": "any_of(tasks(), [nursing])",
    "lambda": "(lambda: willing)()",
    "f-string": "f'{willing}' == parent",
    "nested f-string": "f'{__import__(\"os\")}'",
    "walrus": "(x := willing)",
    "attribute": "relationship.__class__ == parent",
    "attribute of a value": "relationship == parent.__class__",
    "index": "tasks[0]",
    "comprehension": "[x for x in tasks]",
    "conditional": "willing if family else hours",
    "await": "await willing",
    "yield": "(yield)",
    "star": "*tasks",
    "arithmetic": "hours + 1 > 8",
    "is": "relationship is parent",
    "not in": "relationship not in [parent]",
    "tuple": "relationship in (parent, child)",
    "set": "relationship in {parent}",
    "string": "'willing'",
    "bytes": "b'willing'",
    "number": "1",
    "true": "True",
    "none": "None",
    "ellipsis": "...",
    "two conditions": "willing; willing",
    "assignment": "willing = family",
    "statement": "import os",
    "decorator": "@willing",
    "nothing": "",
    "spaces": " \n ",
    "null": "willing\0",
    "half a character": "willing == \ud800",
    "backslash": "willing \\\n and family",
    "carriage return": "willing\rand",
    "form feed": "\x0cwilling )",
    "escape in a string": "relationship == '\\d'",
    "number before a word": "hours > 1if family else hours",
    "print": "print('x')",
    "type": "type(willing)",
    "dict": "{willing: family}",
    "matrix": "willing @ family",
    "keyword as value": "relationship == class",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_refused(text: str):
    assert {fault.code for fault in faults(text)} <= {
        "condition-too-long",
        "condition-syntax",
        "condition-form",
        "unknown-name",
        "unknown-fact",
        "unknown-value",
        "wrong-test",
    }


def test_what_is_told_stays_short():
    for text in HOSTILE.values():
        assert all(len(fault.what) < 300 for fault in faults(text))


def test_the_longest_condition_is_read():
    longest = "willing or " * ((MOST_CHARACTERS - 7) // 11) + "willing"
    assert isinstance(parse(longest, FACTS, {}), Or)
    assert faults(longest + " or willing")[0].code == "condition-too-long"
