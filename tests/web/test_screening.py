"""What the referrer's page says for each kind of situation."""

from __future__ import annotations

import pytest
from situations import SITUATIONS, content, options, screen, screening

from mantelzorg.web.view import UNKNOWN, Chrome, RowMark, Screen, Tone

EXPECTED = {
    "yes": (Tone.YES, "Ja, dit is mantelzorg.", "Yes, this is informal care."),
    "young": (Tone.YES, "Ja, dit is mantelzorg.", "Yes, this is informal care."),
    "borderline": (Tone.MAYBE, "Twijfel. Dit kan mantelzorg zijn.", "In doubt. This may be informal care."),
    "former": (Tone.NO, "Dit is mantelzorg geweest.", "This has been informal care."),
    "paid": (Tone.NO, "Dit valt niet onder mantelzorg.", "This is not informal care."),
    "profession": (Tone.NO, "Dit valt niet onder mantelzorg.", "This is not informal care."),
    "volunteering": (Tone.NO, "Dit valt niet onder mantelzorg.", "This is not informal care."),
    "usual": (Tone.NO, "Dit valt niet onder mantelzorg.", "This is not informal care."),
    "incidental": (Tone.NO, "Dit valt niet onder mantelzorg.", "This is not informal care."),
    "one-open": (Tone.OPEN, "Nog niet te zeggen.", "We cannot tell yet."),
    "provisional": (Tone.YES_PROVISIONAL, "Voorlopig: ja.", "For now: yes."),
    "contradiction": (Tone.CONTRADICTION, "Deze antwoorden gaan niet samen.", "These answers do not go together."),
}
CALLED = {
    "former": "nazorg",
    "paid": "betaalde hulp",
    "profession": "werk of stage",
    "volunteering": "vrijwilligerswerk",
    "usual": "gebruikelijke hulp",
    "incidental": "gewone hulp",
}
TOLD = {
    "yes": ("Helpt een ouder.", "vergeetachtigheid of dementie", "niet samen"),
    "young": ("groeit op met iemand die veel zorg nodig heeft",),
    "borderline": ("wonen samen", "rijdt of gaat mee", "deel van de hulp"),
    "former": ("De hulp is gestopt.",),
    "paid": ("pgb",),
    "profession": ("beroep of stage",),
    "volunteering": ("Helpt als vrijwilliger.",),
    "usual": ("wonen samen", "Zou bij gezondheid vrijwel hetzelfde doen."),
    "incidental": ("Geen ziekte of beperking.",),
    "provisional": ("ouderdom", "Helpt een ouder."),
    "contradiction": ("Geen ziekte of beperking", "laatste levensfase"),
}


def marked(shown: Screen, mark: RowMark) -> list[str]:
    return [row.fact for section in shown.sections for row in (*section.rows, *section.more) if row.mark is mark]


@pytest.mark.parametrize("name", EXPECTED)
def test_each_verdict_has_its_words_in_both_languages(name: str) -> None:
    tone, dutch, english = EXPECTED[name]
    assert (screen(name).verdict.tone, screen(name).verdict.title) == (tone, dutch)
    assert (screen(name, "en").verdict.tone, screen(name, "en").verdict.title) == (tone, english)


@pytest.mark.parametrize("name", TOLD)
def test_at_most_three_reasons_each_with_what_was_told(name: str) -> None:
    reasons = screen(name).verdict.reasons
    assert 1 <= len(reasons) <= 3
    assert len(screen(name, "en").verdict.reasons) == len(reasons)
    for words in TOLD[name]:
        assert words in " ".join(reason.text for reason in reasons)
    for reason in reasons:
        assert set(reason.facts) & set(SITUATIONS[name]), reason.text


@pytest.mark.parametrize("name", CALLED)
def test_a_no_says_what_it_is_called_what_there_is_and_when_to_look_again(name: str) -> None:
    verdict = screen(name).verdict
    assert CALLED[name] in f"{verdict.lead} {verdict.short}".lower()
    assert {"Wat er wel is", "Kijk opnieuw als"} <= {heading for heading, _ in verdict.extra}
    assert verdict.contact
    assert verdict.contact.number
    referral = screen(name).documents[1]
    assert (referral.text, referral.html, referral.pdf, referral.docx) == ("", "", None, None)
    assert "past geen verwijzing" in referral.warning


def test_a_young_helper_is_addressed_as_a_young_person_addresses_others() -> None:
    sheet = screen("young").documents[2].text
    assert "Wat je doet, heet mantelzorg." in sheet
    assert "Voor jongeren" in sheet
    assert not {"u", "uw", "U", "Uw"} & set(sheet.replace(".", " ").replace("?", " ").split())


def test_an_open_verdict_names_the_one_answer_that_decides() -> None:
    shown = screen("one-open")
    assert shown.verdict.lead == "Eén antwoord geeft de doorslag: wat de helper doet."
    assert marked(shown, RowMark.FIRST) == ["tasks"]
    assert shown.verdict.extra == (("", "Nog mogelijk: een grensgeval of gebruikelijke hulp."),)
    assert shown.verdict.settled == ""
    assert "tasks" in [row.fact for section in shown.sections for row in section.rows]


def test_a_contradiction_gives_no_verdict_and_no_documents() -> None:
    shown = screen("contradiction")
    assert shown.documents == ()
    assert set(marked(shown, RowMark.CONFLICT)) == {"care_reason", "outlook"}
    assert shown.verdict.action == shown.verdict.settled == ""


@pytest.mark.parametrize(
    ("fact", "ids"), [("tasks", "none transport"), ("care_reason", "none dementia"), ("other_help", "nobody day_care")]
)
def test_options_that_clash_within_a_question_are_named(fact: str, ids: str) -> None:
    shown = screen("yes", **{fact: ids})
    assert shown.verdict.tone is Tone.CONTRADICTION
    assert [reason.facts for reason in shown.verdict.reasons] == [(fact,)]
    assert marked(shown, RowMark.CONFLICT) == [fact]
    assert shown.documents == ()


@pytest.mark.parametrize("name", EXPECTED)
def test_support_comes_first_at_high_strain_whatever_the_verdict(name: str) -> None:
    shown = screen(name, strain="too_much")
    assert shown.verdict.tone is EXPECTED[name][0]
    assert shown.support
    assert shown.support.contact.number
    assert "Bel vandaag" in shown.support.text
    assert shown.support.danger == "Direct gevaar? Bel 112."


def test_an_option_that_does_not_exist_is_not_known() -> None:
    forged = {**options(SITUATIONS["provisional"]), "payment": ("gratis",), "no_such_fact": ("yes",)}
    assert screening(forged).screen().verdict == screen("provisional").verdict


def test_not_known_is_no_answer() -> None:
    assert screen("provisional", payment=UNKNOWN).verdict.tone is Tone.OPEN
    assert screening({"relationship": (UNKNOWN,)}).screen().guide is not None


def test_saying_that_something_is_not_known_takes_the_assumption_away() -> None:
    assert "De hulp wordt nu gegeven." in [one.text for one in screen("yes").verdict.assumptions]
    assert "care_now" in [fact for one in screen("yes").verdict.assumptions for fact in one.facts]
    unsure = screen("yes", care_now=UNKNOWN).verdict
    assert unsure.assumptions == () or "care_now" not in [fact for one in unsure.assumptions for fact in one.facts]
    assert unsure.tone is not Tone.YES


def test_the_same_answers_come_to_the_same_verdict_in_another_language() -> None:
    for name in EXPECTED:
        dutch, english = (screening(options(SITUATIONS[name]), Chrome(language=one)) for one in ("nl", "en"))
        assert dutch.assessment == english.assessment
        assert [row.fact for part in dutch.screen().sections for row in part.rows] == [
            row.fact for part in english.screen().sections for row in part.rows
        ]


def test_an_empty_form_shows_the_three_questions_and_nothing_decided() -> None:
    shown = screening({}).screen()
    assert shown.guide
    assert len(shown.guide.items) == 3
    assert shown.verdict.tone is Tone.OPEN
    assert (shown.documents, shown.lines, shown.support, shown.announcement) == ((), (), None, "")
    assert marked(shown, RowMark.FIRST) == []


def test_the_scheme_stands_apart_and_never_says_that_it_is_no_care() -> None:
    line = screen("yes", recipient_in_almere="no").lines[-1]
    assert (line.label, line.strong) == ("Waardering Almere (2021)", "Past nu niet.")
    assert line.text == "De naaste woont niet in Almere. Dat zegt niets over mantelzorg. De gemeente beslist."


def test_what_decides_the_scheme_is_what_it_names() -> None:
    known = {
        "recipient_in_almere": "yes",
        "helper_age": "from_26",
        "grows_up_with_care": "no",
        "months_caring": "longer",
    }
    line = screen("yes", hours_per_week="exactly_8", **known).lines[-1]
    assert line.strong == "Past nu niet."
    assert "Het is niet meer dan 8 uur per week." in line.text


def test_the_version_and_the_safety_numbers_are_on_the_page() -> None:
    shown = screen("yes")
    assert content().judges["mantelzorg"].rules.version in shown.version
    assert "22 september 2026" in shown.version
    for number in ("0800 2000", "113", "0800 0113", "112"):
        assert number in shown.safety
