"""What no page of the self-check offers: hostile copies from the window, pages out of turn, forged choices."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mantelzorg.questionnaire import NOT_KNOWN
from mantelzorg.web import self_check_parts as parts
from mantelzorg.web import self_check_visit as visits
from mantelzorg.web.self_check_visit import CHECK, CLEARED, PRIVACY, RESULT, START, TAKE, Visit
from tests.web.self_check_walk import (
    anything,
    check,
    checked,
    content,
    form,
    forward,
    html,
    laws,
    page_for,
    plain,
    press,
    seen,
    sound,
    visit_of,
    window,
)

TEXTS = form().texts
FACTS = [question.fact for question in form().questions()]


def settled(visit: Visit) -> str:
    """Where a visit comes out, and that it can be drawn."""
    made = check(visit.answers, visit.language)
    visits.settle(visit, made.path, FACTS)
    if visit.step in (CHECK, RESULT, TAKE):
        assert made.path.following is None
    elif visit.step not in (START, PRIVACY, CLEARED) and not visit.changing:
        assert visit.step in {question.fact for question in made.path.questions}
    return visit.step


def restored(kept: object) -> Visit:
    visit = Visit(language="nl")
    visits.restore(visit, kept, form())
    settled(visit)
    return visit


HOSTILE = [
    None, 7, [], {}, b"{}", "", "niet json", "{", "null", "[]", "3", '"x"', "NaN", "[" * 7000, '{"answers":' * 600,
    '{"answers": ' + "[" * 3000 + "]" * 3000 + "}", " " * 1_000_000, json.dumps({"step": RESULT, "x": "y" * 1_000_000}),
    '{"answers": 3}', '{"answers": []}', '{"answers": {"relationship": "mother"}}', '{"answers": {"relationship": 3}}',
    '{"answers": {"relationship": {"mother": 1}}}', '{"answers": {"relationship": [["mother"]]}}',
    '{"answers": {"relationship": [null, 3, true, {}]}}', '{"answers": {"": [""]}, "step": ""}',
    '{"answers": {"nergens": ["mother"]}, "step": "nergens"}', '{"answers": {"relationship": ["nergens"]}}',
    '{"step": 3, "language": 3}', '{"step": null, "language": null}', '{"step": ["result"]}',
    '{"answers": {"__class__": ["x"]}, "step": "__class__"}', '{"step": "\\ud800", "language": "\\ud800"}',
    '{"answers": {"care_now": ["ended"]}, "step": "care_now"}', '{"answers": {"strain": ["too_much"]}, "step": "take"}',
]  # fmt: skip


@pytest.mark.parametrize("kept", HOSTILE, ids=range(len(HOSTILE)))
def test_what_the_window_hands_back_is_read_as_any_form(kept: object) -> None:
    visit = restored(kept)
    assert visit.step not in (CHECK, RESULT, TAKE)
    assert set(visit.answers) <= set(FACTS)


@pytest.mark.parametrize("step", [CHECK, RESULT, TAKE, "strain", "unpaid_extra", "onzin"])
@pytest.mark.parametrize("language", ["nl", "xx", "../../etc", "<b>"])
def test_a_page_that_the_answers_do_not_lead_to_is_not_shown(step: str, language: str) -> None:
    kept = json.dumps({"answers": {"relationship": ["mother"]}, "step": step, "language": language})
    visit = restored(kept)
    assert visit.step == "tasks"
    app = page_for(content(), visit)
    assert visit_of(app).language == ("nl" if language != "nl" else language)
    assert "mantelzorg." not in seen(app)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5) | st.sampled_from(FACTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FACTS) | st.text(), inner, max_size=3),
    max_leaves=8,
)
STEPS = st.sampled_from([*FACTS, START, PRIVACY, CHECK, RESULT, TAKE, CLEARED, ""])


@laws(60)
@given(json_values, json_values, STEPS)
def test_no_json_at_all_can_break_it(answers: object, language: object, step: str) -> None:
    restored(json.dumps({"answers": answers, "language": language, "step": step}))
    restored(json.dumps(answers))


@laws(40)
@given(anything(), STEPS)
def test_answers_in_any_order_lead_only_to_pages_that_exist(chosen: dict[str, tuple[str, ...]], step: str) -> None:
    restored(json.dumps({"answers": {fact: list(ids) for fact, ids in chosen.items()}, "step": step}))


def test_what_was_kept_comes_back_whole_and_only_once() -> None:
    app = checked()
    kept = window(app)["kept"]
    visit = restored(kept)
    assert (visit.answers, visit.step, visit.restored) == (visit_of(app).answers, CHECK, True)
    visits.restore(visit, json.dumps({"answers": {}, "step": START}), form())
    assert visit.step == CHECK
    page = page_for(content(), restored(kept))
    assert TEXTS["restored"]["nl"] in seen(page)
    assert "U helpt uw moeder." in seen(page)


@pytest.mark.parametrize("forged", ["nergens", "", NOT_KNOWN * 2, 3, 1.5, ["mother"], {"mother": 1}, True, None])
def test_a_forged_choice_is_no_answer(forged: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts.st, "session_state", {"sc0-relationship": forged})
    assert parts.picked(Visit(), check({}).asked("relationship")) == ()
    parts.st.session_state["sc0-relationship"] = "mother"
    assert parts.picked(Visit(), check({}).asked("relationship")) == ("mother",)


@pytest.mark.parametrize("forged", ["true", 1, "household", [True], {"a": 1}, None])
def test_a_forged_box_is_no_answer(forged: object, monkeypatch: pytest.MonkeyPatch) -> None:
    held = {"sc0-tasks-household-icon-household": forged, "sc0-tasks-none": forged, "sc0-tasks-nergens": True}
    monkeypatch.setattr(parts.st, "session_state", held)
    assert parts.picked(Visit(), check({}).asked("tasks")) == ()
    held["sc0-tasks-none"] = True
    assert parts.picked(Visit(), check({}).asked("tasks")) == ("none",)


def test_forged_answers_in_the_session_give_no_verdict() -> None:
    forged = dict.fromkeys(FACTS, ("nergens", "forged"))
    app = page_for(content(), Visit(forged, RESULT, "nl", fresh=False))
    assert visit_of(app).step == "relationship"
    assert "heet" not in seen(app)


def test_a_forged_second_language_gives_the_dutch_sheet() -> None:
    app = press(forward(checked()), "sc-take")
    visit_of(app).second = "xx"
    sound(app.run())
    assert "Waarom?" in plain(html(app))
