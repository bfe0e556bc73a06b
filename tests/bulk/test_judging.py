"""Judging a frame is judging its rows: on drawn rule sets, and on all rule sets that ship."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import TEXT, rule_sets, situations, value

from bulk.frames import frames, random_rows, text_frame
from mantelzorg.assessment import Judge, Status
from mantelzorg.bulk import fused
from mantelzorg.bulk.codes import Codes, FrameError, encode
from mantelzorg.bulk.judging import NameTakenError, judge, judge_codes, possible, possible_codes
from mantelzorg.conditions import ALWAYS, parse
from mantelzorg.content import Content, load
from mantelzorg.facts import Answers, Fact, Kind
from mantelzorg.rules import RuleSet, Tone, VerdictLine

law = settings(max_examples=60, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


def one_by_one(own: Judge, rows: list[Answers]) -> list[str]:
    found = (own.judge(row) for row in rows)
    return [result.verdict or result.status.value for result in found]


@law
@given(st.data())
def test_every_row_of_a_frame_gets_the_result_it_gets_alone(data: st.DataObject) -> None:
    rules = data.draw(rule_sets())
    own = Judge(rules)
    rows = data.draw(st.lists(situations(rules.facts), max_size=8))
    frame = data.draw(frames(rules.facts, rows))
    assert judge(frame, rules).tolist() == one_by_one(own, rows)
    left = [own.named(int(bits)) for bits in possible(frame, own)]
    assert left == [own.judge(row).possible for row in rows]


@pytest.mark.parametrize("unknown", [0.1, 0.6])
def test_all_our_rule_sets_judge_a_frame_as_they_judge_one_situation(content: Content, unknown: float) -> None:
    for own in content.judges.values():
        rows = random_rows(own, 1_500, seed=1, unknown=unknown)
        found = judge(text_frame(own, rows), own)
        assert found.tolist() == one_by_one(own, rows), own.rules.id
        assert [own.named(int(bits)) for bits in possible(text_frame(own, rows), own)] == [
            own.judge(row).possible for row in rows
        ]


def test_the_random_rows_reach_every_kind_of_result(content: Content) -> None:
    own = content.judges["mantelzorg"]
    seen = {own.judge(row).status for row in random_rows(own, 1_500, seed=1, unknown=0.1)}
    assert seen == set(Status)


def test_reading_in_parts_and_joining_axes_change_nothing(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    for own in content.judges.values():
        codes = encode(text_frame(own, random_rows(own, 500, seed=2)), own)
        once = possible_codes(codes, own).tolist()
        for rows, entries in ((7, 1), (499, 1 << 10), (500, 1 << 20)):
            with monkeypatch.context() as patch:
                patch.setattr(fused, "ROWS_AT_ONCE", rows)
                patch.setattr(fused, "MOST_ENTRIES", entries)
                assert fused.BulkReader(own).possible(codes).tolist() == once, own.rules.id


def test_the_answer_is_a_category_with_the_index_of_the_frame(content: Content) -> None:
    own = content.judges["cbs"]
    frame = pd.DataFrame({"helper_age": [15, 40, None]}, index=["a", "b", "c"])
    found = judge(frame, own)
    assert found.index.tolist() == ["a", "b", "c"]
    assert found.name == "cbs"
    assert found.cat.categories.tolist() == ["carer", "not_carer", "open", "contradiction"]
    assert found.tolist() == ["not_carer", "open", "open"]


def test_no_rows_give_no_results(content: Content) -> None:
    assert judge(pd.DataFrame({"helper_age": []}), content.judges["cbs"]).tolist() == []


def test_rows_without_a_known_column_are_judged_on_no_answers(content: Content) -> None:
    own = content.judges["cbs"]
    assert judge(pd.DataFrame({"naam": ["x", "y"]}), own).tolist() == one_by_one(own, [{}, {}])


def test_an_unknown_answer_cancels_an_assumption_and_an_empty_cell_does_not(content: Content) -> None:
    own = content.judges["mantelzorg"]
    frame = pd.DataFrame({"care_now": ["", "onbekend"]})
    empty, unknown = (own.named(int(bits)) for bits in possible(frame, own))
    assert "former_care" not in empty
    assert "former_care" in unknown


@pytest.mark.parametrize(
    "column",
    [
        ["7", "12,5", None, "9"],
        np.array([7, 12.5, np.nan, 9]),
        pd.array([7, 12, None, 9], dtype="Int64"),
        pd.Categorical(["7", "12,5", None, "9"]),
        pd.Series(["7", "12.5", None, ">8"], dtype="string"),
        [7, "12.5", None, 9.0],
    ],
)
def test_columns_of_every_type_are_read(content: Content, column: object) -> None:
    known = {"helper_age": 30, "months_caring": 12, "recipient_home": "own_home"}
    frame = pd.DataFrame({"hours_per_week": column, **known})
    found = judge(frame, content.judges["alkmaar-2020"]).tolist()
    assert found == ["does_not_meet", "meets", "open", "meets"]


def test_true_is_not_read_as_one(content: Content) -> None:
    own = content.judges["alkmaar-2020"]
    with pytest.raises(FrameError, match="hours_per_week"):
        judge(pd.DataFrame({"hours_per_week": [1, True]}, dtype=object), own)


def test_booleans_are_yes_and_no(content: Content) -> None:
    own = content.judges["almere-waardering-2021"]
    said = possible(pd.DataFrame({"recipient_in_almere": [True, False]}), own).tolist()
    assert said == possible(pd.DataFrame({"recipient_in_almere": ["ja", "nee"]}), own).tolist()
    assert said[0] != said[1]


def test_a_cell_that_is_no_answer_is_named_by_column_and_row_but_not_shown(content: Content) -> None:
    frame = pd.DataFrame({"hours_per_week": ["8", "8", "Jansen"], "helper_age": [30, 300, 20]})
    with pytest.raises(FrameError) as told:
        judge(frame, content.judges["cbs"])
    assert "'hours_per_week', rij 2" in str(told.value)
    assert "'helper_age', rij 1" in str(told.value)
    assert "Jansen" not in str(told.value)
    assert "300" not in str(told.value)


def test_one_fact_in_two_columns_is_refused(content: Content) -> None:
    with pytest.raises(FrameError, match="zijn hetzelfde feit"):
        judge(pd.DataFrame({"hours_per_week": [1], "Uren per week": [2]}), content.judges["cbs"])


def test_codes_of_another_rule_set_are_refused(content: Content) -> None:
    cbs, other = content.judges["cbs"], content.judges["alkmaar-2020"]
    codes = encode(pd.DataFrame({"helper_age": [30]}), cbs)
    with pytest.raises(ValueError, match="axes"):
        judge_codes(codes, other)
    wrong = Codes((np.array([9], np.uint8), *codes.columns[1:]), 1)
    with pytest.raises(ValueError, match="a code over"):
        judge_codes(wrong, cbs)
    with pytest.raises(ValueError, match="int64"):
        judge_codes(Codes((np.array([1]), *codes.columns[1:]), 1), cbs)


def test_an_axis_of_many_classes_is_coded_in_two_bytes() -> None:
    facts = (Fact("f", Kind.CHOICE, TEXT, tuple(value(f"v{n}") for n in range(11))),)
    named = {fact.id: fact for fact in facts}
    lines = [VerdictLine(f"r{n}", parse(f"f == v{n}", named, {}), Tone.NO, {}) for n in range(10)]
    rules = RuleSet(
        "wide", "1", pd.Timestamp("2026-01-01").date(), (), (*lines, VerdictLine("r10", ALWAYS, Tone.NO, {})), (), (),
        {}, facts,
    )  # fmt: skip
    found = judge(pd.DataFrame({"f": ["v0", "v9", "v10", "v1|v2", ""]}), rules)
    assert found.tolist() == ["r0", "r9", "r10", "open", "open"]


def test_rules_that_ask_nothing_give_every_row_their_one_verdict() -> None:
    rules = RuleSet(
        "r", "1", pd.Timestamp("2026-01-01").date(), (), (VerdictLine("v", ALWAYS, Tone.NO, {}),), (), (), {}, ()
    )
    assert judge(pd.DataFrame({"x": [1, 2]}), rules).tolist() == ["v", "v"]


def test_a_verdict_may_not_be_called_open() -> None:
    rules = RuleSet(
        "r", "1", pd.Timestamp("2026-01-01").date(), (), (VerdictLine("open", ALWAYS, Tone.NO, {}),), (), (), {}, ()
    )
    with pytest.raises(NameTakenError):
        judge(pd.DataFrame({"x": [1]}), rules)
