"""How a text is said: formally or not, in which language, and about whom."""

from __future__ import annotations

import pytest

from mantelzorg.questionnaire import SOMEBODY
from mantelzorg.situation import voice_of
from mantelzorg.voice import Catalogue, Voice, filled
from tests.web.self_check_walk import UNKNOWN, YOUNG, content, form

TEXT = {"nl": "Helpt u {who}?", "je": "Help je {who}?", "en": "Do you help {who}?"}
PLAIN = {"nl": "Goed.", "en": "Good."}
FORMS = {"mother": {"who": "annenizi", "who_dat": "annenize"}, SOMEBODY: {"who": "birini", "who_dat": "birine"}}


def catalogue(*, young: bool = False, **texts: str) -> Catalogue:
    young_forms = {"mother": {"who": "anneni", "who_dat": "annene"}} if young else {}
    return Catalogue("tr", "Türkçe", False, False, texts, FORMS, young_forms)


def test_a_young_helper_reads_je_where_there_is_one_and_the_same_text_where_not() -> None:
    assert Voice("nl")(TEXT, who="X") == "Helpt u X?"
    assert Voice("nl", informal=True)(TEXT, who="X") == "Help je X?"
    assert Voice("nl", informal=True)(PLAIN) == "Goed."


@pytest.mark.parametrize("informal", [False, True])
def test_english_is_said_alike_to_everybody(informal: bool) -> None:
    assert Voice("en", informal)(TEXT, who="her") == "Do you help her?"


@pytest.mark.parametrize(
    ("informal", "known", "said"),
    [
        (True, ("je", "u"), "own je"),
        (True, ("u",), "own u"),
        (True, (), "Help je X?"),
        (False, ("je", "u"), "own u"),
        (False, ("je",), "Helpt u X?"),
        (False, (), "Helpt u X?"),
    ],
)
def test_another_language_falls_back_on_its_formal_text_and_then_on_dutch(
    informal: bool, known: tuple[str, ...], said: str
) -> None:
    dutch = {"je": TEXT["je"], "u": TEXT["nl"]}
    voice = Voice("tr", informal, catalogue(**{dutch[name]: f"own {name}" for name in known}))
    assert voice(TEXT, who="X") == said
    assert voice.says(TEXT) is said.startswith("own")


def test_the_content_has_every_text_of_its_own_languages() -> None:
    assert Voice("nl").says(TEXT)
    assert Voice("en").says(PLAIN)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{who} woont hier.", "Uw moeder woont hier."),
        ("Hier woont {who}.", "Hier woont uw moeder."),
        ("{who} en {who}", "Uw moeder en uw moeder"),
        ("kleine letter", "kleine letter"),
        ("{unheard_of} blijft staan", "{unheard_of} blijft staan"),
        ("een {unheard_of} ook", "een {unheard_of} ook"),
        ("", ""),
    ],
)
def test_what_is_filled_in_gets_a_capital_at_the_start_and_an_unknown_name_stays_to_be_seen(
    text: str, said: str
) -> None:
    assert filled(text, {"who": "uw moeder"}) == said


def test_what_is_filled_in_is_not_filled_in_again() -> None:
    assert filled("{who}", {"who": "{mine}", "mine": "mijn moeder"}) == "{mine}"


def test_what_the_caller_fills_in_goes_before_the_words_for_the_person() -> None:
    assert Voice("nl", forms={"who": "uw moeder"})(TEXT, who="uw vader") == "Helpt u uw vader?"


def test_a_language_fills_in_its_own_form_of_the_person() -> None:
    own = {"Helpt u {who}?": "{who_dat} yardım ediyor musunuz?"}
    mother = voice_of(form(), {"relationship": ("mother",)}, "tr", catalogue(**own))
    assert mother(TEXT) == "Annenize yardım ediyor musunuz?"
    nobody_yet = voice_of(form(), {}, "tr", catalogue(**own))
    assert nobody_yet(TEXT) == "Birine yardım ediyor musunuz?"


def test_an_option_without_forms_of_its_own_is_somebody() -> None:
    own = {"Helpt u {who}?": "{who_dat} yardım ediyor musunuz?"}
    father = voice_of(form(), {"relationship": ("father",)}, "tr", catalogue(**own))
    assert father(TEXT) == "Birine yardım ediyor musunuz?"


def test_a_young_helper_hears_the_young_forms_and_the_others_where_there_are_none() -> None:
    own = catalogue(young=True, **{"Helpt u {who}?": "{who_dat} mi?"})
    assert voice_of(form(), {**YOUNG, "relationship": ("mother",)}, "tr", own)(TEXT) == "Annene mi?"
    assert voice_of(form(), {"relationship": ("mother",)}, "tr", own)(TEXT) == "Annenize mi?"
    assert voice_of(form(), {**YOUNG, "relationship": ("sister",)}, "tr", own)(TEXT) == "Birine mi?"


@pytest.mark.parametrize(
    ("relationship", "formal", "familiar", "english"),
    [
        ("mother", "uw moeder", "je moeder", "your mother"),
        ("child", "uw kind", "je kind", "your child"),
        ("friend", "uw vriend of vriendin", "je vriend of vriendin", "your friend"),
        ("stranger", "de persoon die u helpt", "de persoon die je helpt", "the person you help"),
        ("", "de persoon die u helpt", "de persoon die je helpt", "the person you help"),
    ],
)
def test_the_person_helped_is_called_as_the_helper_would(
    relationship: str, formal: str, familiar: str, english: str
) -> None:
    chosen = {"relationship": (relationship,)} if relationship else {}
    assert voice_of(form(), chosen, "nl")(TEXT) == f"Helpt u {formal}?"
    assert voice_of(form(), {**chosen, **YOUNG}, "nl")(TEXT) == f"Help je {familiar}?"
    assert voice_of(form(), chosen, "en")(TEXT) == f"Do you help {english}?"


@pytest.mark.parametrize("age", [("under_26",), ("from_26",), UNKNOWN, ()])
def test_only_who_is_certainly_under_eighteen_is_spoken_to_familiarly(age: tuple[str, ...]) -> None:
    assert not voice_of(form(), {"helper_age": age}, "nl").informal
    assert voice_of(form(), YOUNG, "nl").informal


def test_two_people_at_once_are_somebody() -> None:
    assert form().called({"relationship": ("mother", "father")})[0] == SOMEBODY


@pytest.mark.parametrize("option", [one.id for one in form().question("relationship").options])
def test_every_language_has_words_for_each_person(option: str) -> None:
    for catalogue in content().catalogues.values():
        name, called = form().called({"relationship": (option,)})
        assert called
        assert name == SOMEBODY or name in catalogue.forms, (catalogue.language, name)


def test_arabic_runs_from_right_to_left() -> None:
    sides = {code: Voice(code, catalogue=own).right_to_left for code, own in content().catalogues.items()}
    assert {code for code, right in sides.items() if right} == {"ar"}
