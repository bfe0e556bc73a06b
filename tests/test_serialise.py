"""An assessment as plain data."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mantelzorg.cases import load_cases
from mantelzorg.content import ROOT, Content, load
from mantelzorg.facts import parse_answers
from mantelzorg.serialise import assessed
from mantelzorg.yaml_reader import read

HOUSEHOLD = {
    "relationship": "partner", "shares_home": "yes", "care_reason": "long_illness", "outlook": "lasting",
    "beyond_usual": "partly", "tasks": "household", "payment": "none", "on_behalf_of": "nobody",
}  # fmt: skip


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


def told(content: Content, given: dict[str, object], rules: str = "mantelzorg", language: str = "nl") -> dict[str, Any]:
    return assessed(content.judges[rules], parse_answers(content.facts, given), language)


def test_a_decided_situation(content: Content) -> None:
    found = told(content, HOUSEHOLD)
    assert (found["rule_set"], found["status"], found["verdict"]) == ("mantelzorg", "decided", "usual_care")
    assert found["possible"] == ["usual_care"]
    assert found["contradiction"] == []
    assert [one["fact"] for one in found["assumptions"]] == ["care_now"]
    assert found["digest"] == content.judges["mantelzorg"].rules.digest


def test_reasons_are_said_and_named(content: Content) -> None:
    first = told(content, HOUSEHOLD)["reasons"][0]
    assert set(first) == {"facts", "assumed", "criteria", "text"}
    assert first["assumed"] == ["care_now"]
    assert {"id": "one_household", "met": True} in first["criteria"]
    assert first["text"]
    assert all(text.endswith(".") for text in first["text"])


def test_a_change_gives_what_it_says(content: Content) -> None:
    found = told(content, HOUSEHOLD)["changes"]
    assert found
    for change in found:
        other = HOUSEHOLD | {setting["fact"]: setting["values"] for setting in change["settings"]}
        assert told(content, other)["verdict"] == change["verdict"]


def test_a_change_of_a_number_is_said_in_words(content: Content) -> None:
    almost = {
        "relationship": "parent", "bond_before_care": "yes", "care_reason": "dementia", "care_now": "now",
        "recipient_in_almere": "yes", "helper_age": 50, "months_caring": 12, "hours_per_week": 8, "payment": "none",
        "on_behalf_of": "nobody", "shares_home": "no", "outlook": "lasting", "beyond_usual": "mostly",
    }  # fmt: skip
    found = told(content, almost, "almere-waardering-2021", "en")
    assert (found["verdict"], found["changes"][0]["verdict"]) == ("does_not_meet", "meets")
    assert found["changes"][0]["settings"] == [{"fact": "hours_per_week", "text": "more than 8"}]


def test_an_open_situation_says_what_matters(content: Content) -> None:
    found = told(content, {"relationship": "parent"})
    assert (found["status"], found["verdict"]) == ("open", None)
    assert len(found["possible"]) > 1
    assert {one["settles"] for one in found["questions"]} <= {"always", "may", "no"}
    assert any(one["relevant"] for one in found["questions"])


def test_a_contradiction_has_no_verdict(content: Content) -> None:
    found = told(content, {"relationship": "stranger", "bond_before_care": "yes", "helper_age": 40})
    assert (found["status"], found["verdict"], found["possible"], found["title"]) == ("open", None, [], None)
    assert [set(conflict) for conflict in found["contradiction"]] == [{"relationship", "bond_before_care"}]


def test_not_known_is_not_an_answer(content: Content) -> None:
    assert told(content, {"relationship": "unknown"})["possible"] == told(content, {})["possible"]
    assert told(content, HOUSEHOLD | {"care_now": "unknown"})["status"] == "open"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_published_case_becomes_json(content: Content, language: str) -> None:
    path = ROOT / "cases" / "published.yaml"
    for case in load_cases(read(path.read_bytes(), path.name), content.facts, content.judges):
        for judge in content.judges.values():
            found = assessed(judge, case.answers, language)
            assert json.loads(json.dumps(found, allow_nan=False)) == found
            assert (found["verdict"] is None) == (found["status"] == "open")
            assert {one["status"] for one in found["criteria"]} <= {"met", "not_met", "open"}  # type: ignore[attr-defined]
