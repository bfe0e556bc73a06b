"""Facts and the answers that can be given to them."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mantelzorg.content import ROOT, load
from mantelzorg.facts import (
    UNKNOWN,
    AnswerError,
    Fact,
    Interval,
    Kind,
    Value,
    parse_answer,
    parse_answers,
    parse_interval,
    suggest,
)

TEXT = {"nl": "x", "en": "x"}
VOCABULARY = ROOT.parent / "shared" / "vocabulary.md"


def values(*names: str) -> tuple[Value, ...]:
    return tuple(Value(name, TEXT, TEXT) for name in names)


HOURS = Fact("hours", Kind.NUMBER, TEXT, low=0.0, high=168.0)
WHO = Fact("who", Kind.CHOICE, TEXT, values("parent", "child", "friend"))
TASKS = Fact("tasks", Kind.MULTIPLE, TEXT, values("household", "nursing", "none"), alone="none")
FACTS = {fact.id: fact for fact in (HOURS, WHO, TASKS)}


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        (">8", Interval(low=8, low_closed=False)),
        (">=3", Interval(low=3)),
        ("<4", Interval(high=4, high_closed=False)),
        ("<=4", Interval(high=4)),
        ("4..8", Interval(4, 8)),
        (" 4 .. 8.5 ", Interval(4, 8.5)),
        ("8", Interval(8, 8)),
        (" >= 0.5 ", Interval(low=0.5)),
        ("-2..-1", Interval(-2, -1)),
    ],
)
def test_intervals(text: str, interval: Interval):
    assert parse_interval(text) == interval


@pytest.mark.parametrize(
    "text", ["", "veel", "8 uur", "4...8", "4-8", ">", "=8", "=>8", "8,5", "1e3", "inf", "4..", "> 8 uur"]
)
def test_what_is_no_interval(text: str):
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        parse_interval(text)


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (Interval(0, 8), Interval(8, 9), True),
        (Interval(0, 8, high_closed=False), Interval(8, 9), False),
        (Interval(0, 8), Interval(8, 9, low_closed=False), False),
        (Interval(8, 8), Interval(0, 168), True),
        (Interval(8, 8), Interval(8, 9, low_closed=False), False),
        (Interval(), Interval(3, 3), True),
        (Interval(2, 3, False, False), Interval(3, 4, False, False), False),
    ],
)
def test_whether_intervals_meet(one: Interval, other: Interval, meet: bool):
    assert one.meets(other) is other.meets(one) is meet


ends = st.sampled_from([-math.inf, 0.0, 1.0, 2.0, 3.0, math.inf])
drawn = st.builds(Interval, ends, ends, st.booleans(), st.booleans())


@given(drawn, drawn, st.sampled_from([-1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0]))
def test_a_cut_holds_the_numbers_that_both_hold(one: Interval, other: Interval, number: float):
    point = Interval(number, number)
    assert one.cut(other).meets(point) == (one.meets(point) and other.meets(point))
    assert one.cut(other) == other.cut(one)
    assert not one.empty or not one.meets(point)


@pytest.mark.parametrize(
    ("interval", "text"),
    [(Interval(8, 8), "= 8"), (Interval(0, 8, True, False), "van 0 tot 8"), (Interval(8, 9, False), "boven 8 t/m 9")],
)
def test_how_an_interval_reads(interval: Interval, text: str):
    assert str(interval) == text


@pytest.mark.parametrize(
    ("fact", "raw", "answer"),
    [
        (HOURS, 8, Interval(8, 8)),
        (HOURS, 8.5, Interval(8.5, 8.5)),
        (HOURS, 0, Interval(0, 0)),
        (HOURS, 168, Interval(168, 168)),
        (HOURS, "12", Interval(12, 12)),
        (HOURS, ">8", Interval(8, 168, low_closed=False)),
        (HOURS, "<4", Interval(0, 4, high_closed=False)),
        (HOURS, "4..8", Interval(4, 8)),
        (WHO, "parent", frozenset({"parent"})),
        (WHO, ["parent", "child"], frozenset({"parent", "child"})),
        (WHO, ("parent",), frozenset({"parent"})),
        (TASKS, "nursing", frozenset({"nursing"})),
        (TASKS, ["nursing", "household"], frozenset({"nursing", "household"})),
        (TASKS, {"nursing"}, frozenset({"nursing"})),
        (TASKS, ["none"], frozenset({"none"})),
        (TASKS, ["none", "none"], frozenset({"none"})),
        *((fact, "unknown", UNKNOWN) for fact in FACTS.values()),
    ],
)
def test_answers(fact: Fact, raw: object, answer: object):
    assert parse_answer(fact, raw) == answer


NO_NUMBERS = ["veel", "", "8 uur", None, True, [8], {"low": 8}, b"8", object()]
OUTSIDE = [-1, 169, -0.001, math.inf, -math.inf, math.nan, ">168", "<0", "8..4", "160..170", ">=-3", "1" * 400]
NO_CHOICE = [None, 8, 8.0, True, [], (), set(), {}, {"parent": 1}, b"parent"]
NOT_THERE = ["parents", "Parent", "parent ", "", ["parent", "x"], [None], [["parent"]], ["parent", 3], [{}]]


@pytest.mark.parametrize(
    ("fact", "raw", "told"),
    [
        *((HOURS, raw, "is geen getal. Mogelijk: een getal van 0 tot en met 168") for raw in NO_NUMBERS),
        *((HOURS, raw, "valt buiten wat kan. Mogelijk: een getal van 0 tot en met 168") for raw in OUTSIDE),
        *((WHO, raw, "is geen antwoord. Mogelijk: parent, child, friend.") for raw in NO_CHOICE),
        *((WHO, raw, "bestaat niet. Mogelijk: parent, child, friend.") for raw in NOT_THERE),
        (TASKS, "nurse", "'nurse' bestaat niet. Mogelijk: household, nursing, none."),
        (TASKS, ["none", "nursing"], "'none' gaat niet samen met een ander antwoord."),
    ],
)
def test_an_answer_that_cannot_be_is_named(fact: Fact, raw: object, told: str):
    with pytest.raises(AnswerError, match=f"^{fact.id}: ") as caught:
        parse_answer(fact, raw)
    assert told in str(caught.value)
    assert len(str(caught.value)) < 300


def test_a_number_too_long_to_write_out_is_refused_too():
    with pytest.raises(AnswerError, match="hours: dit is geen getal"):
        parse_answer(HOURS, 10**5000)


def test_a_whole_situation_is_read():
    raw = {"hours": ">8", "who": "parent", "tasks": "unknown"}
    assert parse_answers(FACTS, raw) == {
        "hours": Interval(8, 168, low_closed=False),
        "who": frozenset({"parent"}),
        "tasks": UNKNOWN,
    }
    assert parse_answers(FACTS, {}) == {}


def test_all_that_is_wrong_is_told_at_once():
    raw = {"hours": 500, "whoo": "parent", "who": "aunt", "tasks": ["nursing"], 7: "x"}
    with pytest.raises(AnswerError) as caught:
        parse_answers(FACTS, raw)  # type: ignore[arg-type]
    lines = str(caught.value).splitlines()
    assert len(lines) == 4
    assert lines[1] == "'whoo': dit feit bestaat niet. Bedoelde u 'who'?"


def test_a_value_is_found_by_its_id():
    assert WHO.value("child").id == "child"
    with pytest.raises(KeyError, match="aunt"):
        WHO.value("aunt")


def test_suggestions():
    assert suggest("parnt", ["parent", "child"]) == " Bedoelde u 'parent'?"
    assert suggest("xyzzy", ["parent", "child"]) == ""


# The vocabulary: fixed ids.

RANGE = re.compile(r"(\d+)\.\.(\d+)")


def vocabulary(path: Path) -> dict[str, tuple[str, str]]:
    """Fact -> its kind and values as the table of the vocabulary says them."""
    rows = [line.strip("|").split("|") for line in path.read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    return {row[0].strip(): (row[1].strip(), row[2].strip()) for row in rows[2:]}


@pytest.mark.skipif(not VOCABULARY.exists(), reason="the shared vocabulary is not beside this repository")
def test_every_fact_and_value_of_the_vocabulary_has_its_fixed_id():
    facts, fixed = load().facts, vocabulary(VOCABULARY)
    kinds = {"choice": Kind.CHOICE, "yes/no": Kind.CHOICE, "multiple choice": Kind.MULTIPLE, "number": Kind.NUMBER}
    assert len(fixed) == 24
    assert set(facts) == set(fixed)
    for name, (kind, listed) in fixed.items():
        assert facts[name].kind is kinds[kind], name
        if (numbers := RANGE.match(listed)) or kind == "number":
            low, high = map(float, (numbers or RANGE.search(listed)).groups()) if RANGE.search(listed) else (0.0, 120.0)
            assert (facts[name].low, facts[name].high) == (low, high), name
        else:
            assert set(facts[name].value_ids) == {value.strip() for value in listed.split(",")}, name


@pytest.mark.skipif(not VOCABULARY.exists(), reason="the shared vocabulary is not beside this repository")
def test_every_verdict_of_the_vocabulary_has_its_fixed_id():
    told = VOCABULARY.read_text(encoding="utf-8")
    for judge in load().judges.values():
        if judge.rules.id in told:
            assert all(re.search(rf"\b{verdict}\b", told) for verdict in judge.rules.verdicts), judge.rules.id
