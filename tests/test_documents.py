"""What goes into the documents, and what must never be in them."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from mantelzorg.content import Content, load
from mantelzorg.web.screening import Screening
from mantelzorg.web.view import Chrome, Document

TODAY = date(2026, 9, 22)
YES = {
    "relationship": ("parent",),
    "care_reason": ("dementia",),
    "beyond_usual": ("mostly",),
    "payment": ("none",),
    "on_behalf_of": ("nobody",),
}
HEAVY = {"strain": ("too_much",), "consequences": ("sleep", "conflict"), "other_help": ("nobody",)}


@cache
def content() -> Content:
    return load()


def made(chosen: dict[str, tuple[str, ...]], **chrome: object) -> dict[str, Document]:
    own = Chrome(**chrome)  # type: ignore[arg-type]
    return {document.id: document for document in Screening(content(), chosen, own, TODAY).screen().documents}


def note(chosen: dict[str, tuple[str, ...]], **chrome: object) -> list[str]:
    return made(chosen, **chrome)["note"].text.splitlines()


@pytest.mark.parametrize("with_whom", [None, "helper", "both", "nobody"])
def test_a_referral_waits_for_consent(with_whom: str | None) -> None:
    before, after = (made(YES, with_whom=with_whom, consent=given)["referral"] for given in (False, True))
    assert (before.text, before.pdf, before.docx) == ("", None, None)
    assert before.warning == "Nog geen toestemming. Niet versturen."
    assert before.consent_label
    assert after.warning == ""
    assert "Besproken met de mantelzorger op 22 september 2026." in after.text
    assert after.pdf
    assert after.docx


def test_the_person_cared_for_cannot_consent_for_the_carer() -> None:
    referral = made(YES, with_whom="other", consent=True)["referral"]
    assert referral.text == referral.html == ""
    assert referral.warning.startswith("Toestemming van de mantelzorger zelf ontbreekt.")
    assert "Verwezen" not in "".join(note(YES, with_whom="other", consent=True))


def test_the_referral_names_the_centre_and_carries_the_wish_and_the_own_words() -> None:
    extra = {"wish": ("relief",), "language": ("interpreter",), "moment": ("morning",), "done": ("sheet",)}
    text = made(YES, consent=True, own_words="liever <b>bellen</b>", extra=extra)["referral"].text
    assert "Vraag aan de VMCA: Graag contact met deze mantelzorger over iemand die het even overneemt." in text
    assert "“liever <b>bellen</b>”" in text
    assert "Al gedaan of afgesproken: Blad meegegeven." in text
    assert "Tolk nodig. ’s ochtends." in text.replace("’S", "’s")


def test_what_was_not_discussed_is_never_said_to_be_absent() -> None:
    assert "E  Signalen (anamnestisch): niet besproken." in note(YES)
    assert "E  Signalen (anamnestisch): geen genoemd." in note({**YES, "strain": ("fine",)})
    referral = made(YES, consent=True)["referral"].text
    assert "Signalen: Niet besproken." in referral
    assert "Wat de mantelzorger wil: Niet besproken." in referral


def test_the_note_says_what_is_done_and_otherwise_what_to_do() -> None:
    assert "P  Steunpunt noemen; blad meegeven." in note(YES)
    assert "P  Telefoonnummer gegeven; blad meegegeven." in note(YES, extra={"done": ("number", "sheet")})
    assert "P  Verwezen naar steunpunt mantelzorg met toestemming." in note(YES, consent=True)


def test_the_note_has_a_letter_before_each_line_and_where_it_comes_from_at_the_end() -> None:
    lines = note({**YES, **HEAVY})
    assert [line[0] for line in lines[:-1]] == sorted((line[0] for line in lines[:-1]), key="SOEP".index)
    assert lines[-1].startswith("(Is dit mantelzorg?, regels 2026.1-")
    assert "E  Mantelzorg: ja. " in "\n".join(lines)


def test_no_signal_is_on_the_sheet_and_the_neutral_one_does_not_speak_of_strain() -> None:
    sheet = made({**YES, **HEAVY})["take-home"].text
    for word in ("slaapt", "ruzie", "Vindt het", "alleen voor"):
        assert word not in sheet
    assert "Wordt het te zwaar?" in sheet
    neutral = made({**YES, **HEAVY}, neutral=True)["take-home"].text
    assert "zwaar" not in neutral
    assert "112" in neutral


def test_the_sheet_of_a_no_gives_the_reason_of_the_no_and_nothing_to_say_as_a_carer() -> None:
    paid = made(
        {"relationship": ("child",), "care_reason": ("disability",), "payment": ("wage",), "unpaid_extra": ("no",)}
    )
    sheet = paid["take-home"].text
    assert "Dit heet geen mantelzorg. Uw hulp doet er wel toe." in sheet
    assert "Waarom?" not in sheet
    assert "Wat kunt u zeggen?" not in sheet
    assert "030 760 60 55" in sheet
    former = made({"relationship": ("partner",), "care_reason": ("dementia",), "care_now": ("ended",)})
    assert "U helpt uw partner." not in former["take-home"].text


def test_only_offers_on_the_sheet_are_to_be_checked_and_the_tip_is_for_staff_alone() -> None:
    sheet = made(YES)["take-home"]
    assert sheet.tip.startswith("Voor u: vraag na of dit er nog is: ")
    assert sheet.tip not in sheet.text
    offered = sheet.text.split("Waar kunt u naar vragen?\n")[1].split("\n\n")[0]
    for offer in content().support.offers:
        name = offer.name["nl"]
        assert (name.lower() in sheet.tip) is (f"- {name}\n" in f"{offered}\n")


def test_a_question_that_waits_for_another_is_not_asked_about_yet() -> None:
    open_note = " ".join(note({"relationship": ("parent",), "care_reason": ("frailty",)}))
    assert "of de helper er geld voor krijgt" in open_note
    assert "onbetaalde hulp" not in open_note


def test_the_sheet_stands_in_two_languages_where_that_is_wished() -> None:
    plain = made(YES)["take-home"]
    assert {option.id for option in plain.rows[0].options} == {"en", *content().catalogues}
    both = made(YES, extra={"sheet_language": ("tr",)})["take-home"]
    assert "Wat u doet, heet mantelzorg." in both.text
    assert content().catalogues["tr"].texts["Wat u doet, heet mantelzorg."] in both.text
    assert both.docx is None
    assert made(YES, extra={"sheet_language": ("xx",)})["take-home"].text == plain.text
