"""The three documents of the referrer's page, ready to paste, preview and download."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mantelzorg import wording
from mantelzorg.documents import Wishes, centre, context
from mantelzorg.reports import render
from mantelzorg.rules import Tone
from mantelzorg.situation import Situation
from mantelzorg.two_languages import sheet_of
from mantelzorg.voice import DUTCH, Catalogue
from mantelzorg.web.view import Document, Option, Row
from mantelzorg.web.words import LANGUAGES

SECOND = "sheet_language"


def documents(
    of: Situation, wishes: Wishes, extras: tuple[Row, ...], catalogues: Mapping[str, Catalogue]
) -> tuple[Document, ...]:
    """The note for the file, the referral and the sheet to hand over, in that order."""
    given = context(of, wishes)
    return (_note(of, given), _referral(of, given, wishes, extras), _sheet(of, given, wishes, catalogues))


def _note(of: Situation, given: Mapping[str, object]) -> Document:
    return replace(_document(of, given, "note", "file"), html="", tip=of.text("note_tip"))


def _referral(of: Situation, given: Mapping[str, object], wishes: Wishes, extras: tuple[Row, ...]) -> Document:
    """A referral is offered for every verdict but a "no", and only once the carer agreed can it be taken along."""
    tab, copy = of.text("referral_tab"), of.text("copy_referral")
    if of.line is not None and of.line.tone is Tone.NO:
        return Document("referral", tab, copy, "", warning=of.text("referral_no"))
    if wishes.with_whom == "other":
        made = Document("referral", tab, copy, "", warning=of.text("consent_not_there"))
    elif not wishes.consent:
        made = Document("referral", tab, copy, "", warning=of.text("consent_missing"))
    else:
        made = _document(of, {**given, "contact": centre(of)}, "referral", "referral")
    return replace(
        made,
        rows=extras,
        consent_label=of.text("consent"),
        own_words_label=of.text("own_words"),
        own_words_help=of.text("own_words_help"),
    )


def _sheet(of: Situation, given: Mapping[str, object], wishes: Wishes, catalogues: Mapping[str, Catalogue]) -> Document:
    """The sheet, in two languages where that is wished; staff see which of the offers still have to be checked."""
    names = {code: name for code, name in LANGUAGES.items() if code != DUTCH}
    names |= {code: catalogue.name for code, catalogue in catalogues.items()}
    rows = (Row(SECOND, of.text(SECOND), tuple(Option(code, name) for code, name in names.items())),)
    second = next((code for code in (wishes.extra or {}).get(SECOND, ()) if code in names), "")
    made = _document(of, given, "take-home", "sheet")
    if second:
        both = sheet_of(of, catalogues.get(second), second, wishes.neutral)
        made = replace(made, text=both.text(), html=both.html(), pdf=both.pdf, docx=None)
    return replace(made, rows=rows, neutral_label=of.text("neutral"), tip=_offers(of))


def _offers(of: Situation) -> str:
    offers = [offer for offer in of.support.named(of.known) if offer.status != "confirmed"]
    if not offers:
        return ""
    names = wording.join((offer.name[of.language].lower() for offer in offers), of.language)
    return of.text("offer_check").format(names, min(offer.checked for offer in offers))


def _document(of: Situation, given: Mapping[str, object], name: str, text_name: str) -> Document:
    report = render(name, given, of.language)
    return Document(
        name,
        of.text(f"{text_name}_tab"),
        of.text(f"copy_{text_name}"),
        report.text(),
        report.html(),
        file_stem=f"{name}-{of.today.isoformat()}",
        pdf=report.pdf,
        docx=report.docx,
    )
