"""The self-check as one clicks through it."""

from __future__ import annotations

import json

import pytest

from mantelzorg.questionnaire import NOT_KNOWN
from mantelzorg.two_languages import sheet_of
from mantelzorg.web import self_check_visit as visits
from mantelzorg.web.self_check_visit import CHECK, CLEARED, PRIVACY, RESULT, START, Visit
from tests.web.self_check_walk import (
    MOTHER,
    PAID,
    UNKNOWN,
    YOUNG,
    answer,
    answer_all,
    boxes,
    check,
    checked,
    choose,
    content,
    every_language,
    form,
    forward,
    html,
    opened,
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
