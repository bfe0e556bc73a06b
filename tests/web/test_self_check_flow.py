"""The self-check as one clicks through it, and what happens when somebody sends what no page offers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from mantelzorg.content import Content
from mantelzorg.questionnaire import NOT_KNOWN
from mantelzorg.translations import used_texts
from mantelzorg.two_languages import sheet_of
from mantelzorg.web import self_check_parts as parts
from mantelzorg.web import self_check_visit as visits
from mantelzorg.web.self_check_visit import CHECK, CLEARED, PRIVACY, RESULT, START, TAKE, Visit
from tests.web.self_check_walk import (
    MOTHER,
    PAID,
    UNKNOWN,
    YOUNG,
    Chosen,
    answer,
    answer_all,
    anything,
    boxes,
    check,
    choose,
    content,
    every_language,
    form,
    forward,
    html,
    labels,
    laws,
    opened,
    page_for,
    plain,
    press,
    remembered,
    seen,
    sound,
    to_the_questions,
    unescaped,
    visit_of,
    walked,
    window,
)

TEXTS = form().texts
FACTS = [question.fact for question in form().questions()]


def checked(answers: Chosen = MOTHER, young: bool = False) -> AppTest:
    """A visit that has come to the read-back."""
    app = to_the_questions(opened(), young)
    answer_all(app, answers)
    assert visit_of(app).step == CHECK
    return app


def test_from_the_start_to_what_one_takes_along() -> None:
    app = opened()
    assert TEXTS["start_title"]["nl"] in seen(app)
    press(app, "sc-begin")
    assert TEXTS["privacy_1"]["nl"] in seen(app)
    forward(app)
    assert visit_of(app).step == "relationship"
    assert tuple(answer_all(app, MOTHER)) == walked(MOTHER).asked
    assert TEXTS["check_title"]["nl"] in seen(app)
    assert "U helpt uw moeder." in seen(app)
    forward(app)
    assert "Wat u doet, heet mantelzorg." in seen(app)
    assert "030 760 60 55" in seen(app)
    press(app, "sc-take")
    assert TEXTS["take_text"]["nl"] in seen(app)
    assert "Bel de Mantelzorglijn." in plain(html(app))
    press(app, "sc-back")
    assert visit_of(app).step == RESULT


def test_the_door_for_the_young_asks_no_age_and_says_je() -> None:
    app = to_the_questions(opened(), young=True)
    assert "Wie help je?" in seen(app)
    assert "helper_age" not in answer_all(app, MOTHER)
    forward(app)
    assert "Wat je doet, heet mantelzorg." in seen(app)
    assert TEXTS["scheme"]["nl"] not in seen(app)


def test_who_takes_the_other_door_after_all_is_not_young() -> None:
    app = press(press(opened(), "sc-begin-young"), "sc-back")
    press(app, "sc-begin")
    assert visit_of(app).answers == {}


def test_back_goes_the_same_way_to_the_start() -> None:
    app = to_the_questions(opened())
    asked = answer_all(app, MOTHER)
    for fact in reversed(asked):
        press(app, "sc-back")
        assert visit_of(app).step == fact
    assert visit_of(press(app, "sc-back")).step == PRIVACY
    assert visit_of(press(app, "sc-back")).step == START


def test_going_back_shows_what_was_chosen_and_changes_nothing() -> None:
    app = to_the_questions(opened())
    answer(app, "mother")
    answer(app, "household", "transport")
    before = dict(visit_of(app).answers)
    press(app, "sc-back")
    assert {option for option, box in boxes(app, "tasks").items() if box.value} == {"household", "transport"}
    press(app, "sc-back")
    assert app.radio(key="sc0-relationship").value == "mother"
    forward(forward(app))
    assert visit_of(app).answers == before


def test_nothing_is_chosen_beforehand_and_not_knowing_comes_last() -> None:
    app = to_the_questions(opened())
    facts = set()
    for answers in (MOTHER, {**MOTHER, "relationship": ("neighbour",), "payment": ("pgb",), "outlook": UNKNOWN}):
        while (fact := visit_of(app).step) in FACTS:
            facts.add(fact)
            question = form().question(fact)
            unknown = question.unknown or TEXTS["unknown"]
            if question.multiple:
                found = boxes(app, fact)
                assert list(found)[-1] == NOT_KNOWN
                assert not any(box.value for box in found.values())
                assert unescaped(found[NOT_KNOWN].label).lower() == unknown["nl"]
            else:
                (radio,) = app.radio
                assert radio.value is None
                assert unescaped(radio.options[-1]).lower() == unknown["nl"]
                assert len(radio.options) == len(question.options) + 1
            answer(app, *answers.get(fact, UNKNOWN))
        app = to_the_questions(opened())
    assert len(facts) > 14


@pytest.mark.parametrize("fact", ["relationship", "tasks"])
def test_going_on_without_a_choice_is_an_error_and_keeps_everything(fact: str) -> None:
    app = to_the_questions(opened())
    answer_all(app, MOTHER, but=[fact])
    before = dict(visit_of(app).answers)
    forward(app)
    assert TEXTS["choose"]["nl"] in seen(app)
    assert 'role="alert"' in html(app)
    assert (visit_of(app).step, visit_of(app).answers) == (fact, before)
    answer(app, *MOTHER[fact])
    assert TEXTS["choose"]["nl"] not in seen(app)
    assert visit_of(app).step != fact


@pytest.mark.parametrize(
    ("options", "alone"),
    [
        (("none", "household"), "Geen taken, maar ik maak mij zorgen"),
        (("household", NOT_KNOWN), "Ik weet het niet"),
        (("none", NOT_KNOWN), "Geen taken, maar ik maak mij zorgen"),
    ],
)
def test_options_that_clash_are_an_error_that_names_what_goes_alone(options: tuple[str, ...], alone: str) -> None:
    app = to_the_questions(opened())
    answer(app, "mother")
    answer(app, *options)
    assert f"U koos ‘{alone}’ en ook iets anders." in seen(app)
    assert visit_of(app).step == "tasks"
    assert "tasks" not in visit_of(app).answers
    assert {option for option, box in boxes(app, "tasks").items() if box.value} == set(options)


# The read-back


def test_changing_an_answer_comes_back_to_the_read_back() -> None:
    app = press(checked(), "sc-row-relationship")
    assert app.radio(key="sc0-relationship").value == "mother"
    answer(app, "father")
    assert visit_of(app).step == CHECK
    assert "U helpt uw vader." in seen(app)


def test_leaving_an_answer_as_it_is_comes_back_too() -> None:
    app = press(checked(), "sc-row-payment")
    assert visit_of(press(app, "sc-back")).step == CHECK
    assert visit_of(forward(press(app, "sc-row-payment"))).step == CHECK


def test_only_what_matters_newly_is_asked_in_between_at_first() -> None:
    app = answer(press(checked(), "sc-row-payment"), "pgb")
    assert visit_of(app).step == "unpaid_extra"
    assert TEXTS["check_title"]["nl"] not in seen(app)


def test_only_what_matters_newly_is_asked_in_between() -> None:
    app = answer(press(checked(), "sc-row-payment"), "pgb")
    answer(app, "yes")
    assert visit_of(app).step == CHECK


@pytest.mark.parametrize("tasks", ["none", "company", "household"])
def test_who_turns_out_to_be_young_is_asked_nothing_twice(tasks: str) -> None:
    grown_up = walked({**MOTHER, "tasks": (tasks,)}).chosen
    visit = Visit({**grown_up, **YOUNG}, "helper_age", fresh=False, answered="helper_age", first=True)
    for _ in range(len(FACTS)):
        visits.settle(visit, check(visit.answers).path, FACTS)
        if visit.step == CHECK:
            break
        assert visit.step not in visit.answers
        visit.answers[visit.step], visit.answered, visit.first = UNKNOWN, visit.step, True
    assert visit.step == CHECK


def test_what_is_taken_for_granted_can_be_changed() -> None:
    app = checked()
    assert "care_now" not in visit_of(app).answers
    press(app, "sc-row-care_now")
    assert visit_of(app).step == "care_now"
    answer(app, "ended")
    assert "De hulp is gestopt." in seen(app)


def test_an_answer_that_makes_another_pointless_takes_it_out_of_the_read_back() -> None:
    app = checked({**MOTHER, "payment": ("pgb",)})
    assert "U geeft daarnaast ook onbetaalde hulp." in seen(app)
    answer(press(app, "sc-row-payment"), "none")
    assert visit_of(app).step == CHECK
    assert "U geeft daarnaast ook onbetaalde hulp." not in seen(app)


def test_the_read_back_shows_no_result_yet() -> None:
    app = checked(PAID)
    assert "Dit heet geen mantelzorg." not in seen(app)
    assert "Dit heet geen mantelzorg." in seen(forward(app))


# Forgetting


def test_clear_all_forgets_everything() -> None:
    app = press(forward(checked({**MOTHER, "strain": ("too_much",)})), "sc-take")
    assert "too_much" in remembered(app)
    press(app, "sc-clear")
    assert TEXTS["cleared"]["nl"] in seen(app)
    assert visit_of(app).answers == {}
    assert "sc0" not in remembered(app)
    for fact, options in MOTHER.items():
        assert f"'{fact}'" not in remembered(app)
        for option in set(options) - {"yes", "no", "none", "nobody"}:
            assert option not in remembered(app)
    assert "moeder" not in seen(app)
    told = window(app)
    assert told["clear"]
    assert json.loads(told["kept"])["answers"] == {}
    forward(press(press(app, "sc-again"), "sc-begin"))
    assert visit_of(app).step == "relationship"
    assert [radio.value for radio in app.radio] == [None]
    answer(app, "mother")
    assert not any(box.value for box in boxes(app, "tasks").values())


def test_the_page_says_everything_is_cleared_only_when_it_is() -> None:
    app = checked()
    visit_of(app).go(CLEARED)
    sound(app.run())
    assert TEXTS["cleared"]["nl"] not in seen(app) or not visit_of(app).answers


def test_the_window_keeps_answers_and_the_step_and_no_texts() -> None:
    kept = json.loads(window(checked())["kept"])
    assert kept["answers"] == {fact: list(ids) for fact, ids in walked(MOTHER).chosen.items()}
    assert (kept["step"], kept["language"]) == (CHECK, "nl")
    assert set(kept) == {"answers", "step", "language"}


# Languages


@pytest.mark.parametrize("language", [code for code in every_language() if code != "nl"])
def test_another_language_keeps_the_answers_and_the_page(language: str) -> None:
    app = to_the_questions(opened())
    answer(app, "mother")
    choose(app, "household")
    menu = next(iter(app.get("menu_button")))
    assert menu.options[0] == "Nederlands"
    visit_of(app).language = language
    sound(app.run())
    assert visit_of(app).answers == {"relationship": ("mother",)}
    assert visit_of(app).step == "tasks"
    assert check({"relationship": ("mother",)}, language).asked("tasks").title in seen(app)
    assert window(app)["language"] == language
    assert window(app)["rtl"] is (language == "ar")
    assert boxes(app, "tasks")["household"].value


def test_a_language_chosen_at_the_start_or_in_the_address_is_used() -> None:
    assert TEXTS["start_title"]["en"] in seen(press(opened(), "sc-language-en"))
    assert window(opened("tr"))["language"] == "tr"
    assert window(opened("xx"))["language"] == "nl"


@pytest.mark.parametrize("language", sorted(content().catalogues))
def test_a_translation_that_nobody_checked_says_so_on_the_page_and_on_the_sheet(language: str) -> None:
    own = content().catalogues[language].texts[TEXTS["not_reviewed"]["nl"]]
    app = opened(language)
    assert own in seen(app)
    sheet = sheet_of(check(MOTHER, language).situation, content().catalogues[language], language)
    assert own in sheet.text()
    assert TEXTS["not_reviewed"]["nl"] in sheet.text()
    assert TEXTS["not_reviewed"]["nl"] not in seen(opened())


def test_the_sheet_is_offered_with_each_language_beside_the_dutch() -> None:
    app = press(forward(checked()), "sc-take")
    assert len(app.radio(key="sc0-second").options) == len(every_language())
    for code, catalogue in content().catalogues.items():
        app.radio(key="sc0-second").set_value(code)
        sound(app.run())
        assert catalogue.texts["Waarom?"] in plain(html(app))
        assert "Waarom?" in plain(html(app))


# A language in which every text is marked shows what was never translated


@cache
def marked() -> Content:
    """Our content with one translated language, in which each text stands between « and »."""
    real = content().catalogues["tr"]
    forms = {
        who: dict.fromkeys(own, f"«{who}»") | {"who": f"«{who}»", "mine": f"«{who}»"} for who, own in real.forms.items()
    }
    texts = {dutch: f"«{dutch}»" for dutch in used_texts(content(), form())}
    return replace(content(), catalogues={"tr": replace(real, texts=texts, forms=forms, young_forms={})})


NAMES = ("Nederlands", "English", "Türkçe", "Mantelzorglijn", "VMCA")


def unmarked(text: str) -> str:
    """What is left of a text without what stands between the marks; names, numbers and dates aside."""
    before = None
    while before != text:
        before, text = text, re.sub(r"«[^«»]*»", " ", text)
    for name in NAMES:
        text = text.replace(name, " ")
    text = re.sub(r"\b\d{4}\.\d+-[0-9a-f]{7}\b", " ", text)
    return " ".join(re.findall(r"[^\W\d_]{2,}", text))


def test_the_marks_find_what_is_not_translated() -> None:
    assert unmarked("«Hallo «moeder», 3.»  030 760 60 55 «»") == ""
    assert unmarked("«Hallo» Verder «moeder»") == "Verder"
    assert unmarked("Kies «een «geneste» tekst» nu") == "Kies nu"


def moments() -> Iterator[Visit]:
    """A visit at each of its pages, for some who answer differently."""
    heavy: Chosen = {**MOTHER, "strain": ("too_much",)}
    paths = [
        (MOTHER, {}), (PAID, {}), (heavy, {}), ({}, {}), (MOTHER, YOUNG), ({**PAID, **heavy}, YOUNG),
        ({**MOTHER, "relationship": ("child",), "shares_home": ("yes",), "outlook": UNKNOWN}, {}),
        ({**MOTHER, "relationship": ("neighbour",), "bond_before_care": ("no",), "outlook": UNKNOWN}, {}),
        ({**MOTHER, "relationship": ("stranger",), "on_behalf_of": ("volunteer_organisation",)}, {}),
    ]  # fmt: skip
    for answers, start in paths:
        walk = walked(answers, start)
        for step in (START, PRIVACY, *walk.asked, CHECK, RESULT, TAKE):
            yield Visit(dict(walk.chosen), step, "tr", fresh=False, restored=step == CHECK)
    yield Visit({}, START, "tr")
    yield Visit({}, CLEARED, "tr", fresh=False)
    yield Visit({}, "relationship", "tr", fresh=False, error=check({}, "tr", marked()).say("choose"))


@dataclass(frozen=True)
class Drawn:
    """What one reads and hears of one page."""

    step: str
    read: str
    heard: str
    skip: str


def told(app: AppTest) -> str:
    """What one reads; the sheet is looked at by itself, since Dutch stands beside it."""
    bodies = [one.proto.body for one in app.get("html") if "<article" not in one.proto.body]
    spoken = re.findall(r'(?:aria-label|data-read|data-stop|alt|title)="([^"]*)"', " ".join(bodies))
    return "\n".join([plain("\n".join(bodies)), *labels(app), *map(unescape, spoken)])


@cache
def drawn() -> tuple[Drawn, ...]:
    """Every moment, in one session: drawing is then ten times as fast."""
    found, app = [], page_for(marked(), Visit(language="tr"))
    for number, visit in enumerate(moments(), start=1):
        app.session_state["self-check"] = replace(visit, number=number)
        sound(app.run())
        assert visit_of(app).step == visit.step
        data = window(app)
        heard = "\n".join([*data["spoken"], data["words"]["offline"]])
        found.append(Drawn(visit.step, told(app), heard, data["words"]["skip"]))
    return tuple(found)


def test_no_page_shows_a_text_that_cannot_be_translated() -> None:
    assert {START, PRIVACY, CHECK, RESULT, TAKE, CLEARED, "relationship", "tasks"} <= {page.step for page in drawn()}
    for page in drawn():
        assert unmarked(page.read) == "", page.step


def test_nothing_that_is_read_aloud_is_in_another_language() -> None:
    for page in drawn():
        assert unmarked(page.heard) == "", page.step


def test_the_link_to_the_content_is_translated() -> None:
    assert unmarked(drawn()[0].skip) == ""


def test_the_own_half_of_the_sheet_is_translated() -> None:
    for visit in moments():
        if visit.step == TAKE:
            made = check(visit.answers, "tr", marked())
            sheet = sheet_of(made.situation, marked().catalogues["tr"], "tr")
            dutch = set(sheet_of(made.situation, None).text().splitlines())
            own = [line for line in sheet.text().splitlines() if line not in dutch]
            assert own
            left = {unmarked(line) for line in own} - {"", unmarked(TEXTS["not_reviewed"]["nl"])}
            assert left == set()


# What no page offers


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
