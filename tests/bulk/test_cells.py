"""One cell: what it may say, and that anything else is an error with a way out."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mantelzorg.bulk.cells import CellError, CellReader, Unreadable
from mantelzorg.bulk.columns import doubles, recognise
from mantelzorg.content import Content, load
from mantelzorg.facts import UNKNOWN, Answer, Interval


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


def read(content: Content, fact: str, cell: object, **how: object) -> Answer | None:
    return CellReader(content.facts[fact], **how).read(cell)  # type: ignore[arg-type]


def why(content: Content, fact: str, cell: object, language: str = "nl", **how: object) -> str:
    with pytest.raises(CellError) as told:
        read(content, fact, cell, **how)
    return told.value.message(language)


@pytest.mark.parametrize("cell", ["", "  ", "\u00a0", None, np.nan, float("nan")])
def test_an_empty_cell_says_nothing(content: Content, cell: object) -> None:
    assert read(content, "hours_per_week", cell) is None
    assert read(content, "relationship", cell) is None


@pytest.mark.parametrize("cell", ["unknown", "Onbekend", " weet ik niet ", "?", "don't know"])
def test_a_word_for_unknown_is_an_answer(content: Content, cell: str) -> None:
    assert read(content, "hours_per_week", cell) == UNKNOWN
    assert read(content, "tasks", cell) == UNKNOWN


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [
        ("8", 8, 8), ("12,5", 12.5, 12.5), ("12.5", 12.5, 12.5), (" 8 ", 8, 8), ("08", 8, 8), ("0,125", 0.125, 0.125),
        ("4..8", 4, 8), ("4,5 .. 8", 4.5, 8), (">=3", 3, 168), ("<= 4", 0, 4), (8, 8, 8),
        (np.float64(7.125), 7.125, 7.125),
    ],
)  # fmt: skip
def test_numbers_and_parts_of_the_range(content: Content, cell: object, low: float, high: float) -> None:
    assert read(content, "hours_per_week", cell) == Interval(low, high)


def test_more_than_leaves_out_the_bound(content: Content) -> None:
    assert read(content, "hours_per_week", ">8") == Interval(8, 168, False, True)


@pytest.mark.parametrize(
    "cell",
    ["nan", "inf", "1e3", "0x10", "1_000", "12h", "8.", ".5", "+8", "1.234,5", "١٢", "½", "True", "NA", "-", "200",
     "-1", "168.0001", "8;9", True, dt.time(8, 30), Interval, 8j, float("inf"), 10**400],
)  # fmt: skip
def test_what_is_no_number_that_can_be_is_an_error(content: Content, cell: object) -> None:
    assert why(content, "hours_per_week", cell)


def test_a_number_that_could_have_thousands_is_not_guessed(content: Content) -> None:
    assert "twee dingen" in why(content, "months_caring", "1.200")
    assert read(content, "hours_per_week", "1.200", decimal="point") == Interval(1.2, 1.2)
    assert "--decimal comma" in why(content, "hours_per_week", "1.200", decimal="comma")
    assert read(content, "hours_per_week", "1,5", decimal="comma") == Interval(1.5, 1.5)


@pytest.mark.parametrize("cell", ["8-mrt", "5/2", "2-5-2026", "2026-05-02 00:00:00", dt.date(2026, 3, 8)])
def test_a_date_made_by_excel_is_called_one(content: Content, cell: object) -> None:
    assert "datum die Excel" in why(content, "hours_per_week", cell)


@pytest.mark.parametrize("cell", ["parent", "ouder", "Ouder", "OUDER", " ouder ", "Parent"])
def test_an_option_is_its_id_or_its_label(content: Content, cell: str) -> None:
    assert read(content, "relationship", cell) == frozenset({"parent"})


@pytest.mark.parametrize(
    "cell", ["parent|child", "ouder ; kind", "kind|ouder|", ["parent", "child"], {"parent", "child"}]
)
def test_several_options_of_a_choice_are_one_of_these(content: Content, cell: object) -> None:
    assert read(content, "relationship", cell) == frozenset({"parent", "child"})


def test_a_label_with_a_comma_is_one_label(content: Content) -> None:
    assert read(content, "tasks", "wassen, aankleden, eten|medicijnen") == frozenset({"personal_care", "medication"})


def test_a_misspelt_option_is_not_guessed_but_suggested(content: Content) -> None:
    message = why(content, "relationship", "oudr")
    assert "Bedoelde u 'ouder'?" in message
    assert "'buur'" in message
    assert "Did you mean" in why(content, "relationship", "oudr", "en")
    assert "'neighbour'" in why(content, "relationship", "oudr", "en")


def test_none_of_these_goes_with_nothing_else(content: Content) -> None:
    assert "gaat niet samen" in why(content, "tasks", "none|household")


def test_a_missing_value_of_python_is_not_the_option_none(content: Content) -> None:
    """`None` often stands for nothing at all, and `none` is an answer."""
    assert read(content, "payment", "none") == frozenset({"none"})
    assert why(content, "payment", "None")


def test_no_is_not_read_as_an_id_where_it_begins_another_answer(content: Content) -> None:
    """ "Also done without illness": the id `no` is the label "yes, nearly all"."""
    assert read(content, "beyond_usual", "no", by_id=True) == frozenset({"no"})
    assert "voluit" in why(content, "beyond_usual", "no", by_id=False)
    assert read(content, "payment", "no") == frozenset({"none"})


@pytest.mark.parametrize(("cell", "value"), [(True, "yes"), (np.True_, "yes"), ("WAAR", "yes"), ("false", "no")])
def test_booleans_are_yes_and_no_where_these_are_options(content: Content, cell: object, value: str) -> None:
    assert read(content, "recipient_in_almere", cell) == frozenset({value})
    assert why(content, "payment", cell)


def test_a_giant_cell_is_an_error_that_does_not_repeat_it(content: Content) -> None:
    assert len(why(content, "relationship", "x" * 1_000_000)) < 200
    assert "1000000" in why(content, "relationship", "x" * 1_000_000)


def test_a_message_shows_no_control_characters(content: Content) -> None:
    assert "\x1b" not in why(content, "relationship", "\x1b[31mrood")


def test_a_formula_without_a_result_is_not_an_empty_cell(content: Content) -> None:
    assert "formule" in why(content, "hours_per_week", Unreadable("not_computed"))
    assert why(content, "hours_per_week", str(Unreadable("not_computed")))


@given(
    st.one_of(st.text(max_size=30), st.integers(), st.floats(), st.lists(st.text(max_size=5), max_size=3), st.dates())
)
def test_every_cell_is_an_answer_or_an_error(cell: object) -> None:
    for fact in ("hours_per_week", "relationship", "tasks"):
        try:
            read(load_once(), fact, cell)
        except CellError as error:
            messages = {error.message("nl"), error.message("en")}
            if not all(messages):
                raise AssertionError("an error without words") from error


def load_once(kept: list[Content] = []) -> Content:  # noqa: B006
    if not kept:
        kept.append(load())
    return kept[0]


@pytest.mark.parametrize(
    "name", ["hours_per_week", "Hours_per_week ", "hours per week", "UREN PER  WEEK", "Hours a week"]
)
def test_a_column_is_found_by_id_or_label_whatever_the_capitals(content: Content, name: str) -> None:
    (heading,) = recognise([name], content.facts.values())
    assert heading.fact
    assert heading.fact.id == "hours_per_week"


def test_a_column_that_only_looks_like_a_fact_is_extra_with_a_suggestion(content: Content) -> None:
    near, far = recognise(["uren per weke", "naam"], content.facts.values())
    assert (near.fact, near.close) == (None, "hours_per_week")
    assert (far.fact, far.close) == (None, "")


def test_two_names_of_one_fact_are_double_and_nameless_columns_are_not(content: Content) -> None:
    headings = recognise(["", "hours_per_week", "", "Uren per week"], content.facts.values())
    assert [(one.place, other.place) for one, other in doubles(headings)] == [(1, 3)]
