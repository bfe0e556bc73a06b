"""The three documents of the referrer's page, ready to paste, preview and download."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mantelzorg import wording
from mantelzorg.documents import Wishes, centre, context
from mantelzorg.reports import render
from mantelzorg.rules import Tone
from mantelzorg.situation import Situation
from mantelzorg.web.view import Document, Row


def documents(of: Situation, wishes: Wishes, extras: tuple[Row, ...]) -> tuple[Document, ...]:
    """The note for the file, the referral and the sheet to hand over, in that order."""
    given = context(of, wishes)
    return (_note(of, given), _referral(of, given, wishes, extras), _sheet(of, given))


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


def _sheet(of: Situation, given: Mapping[str, object]) -> Document:
    """The sheet; staff see beside it which of the offers still have to be checked."""
    return replace(_document(of, given, "take-home", "sheet"), neutral_label=of.text("neutral"), tip=_offers(of))


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
