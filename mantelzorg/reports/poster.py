"""A poster for the waiting room: one question, a QR code that opens the self-check, and a number to call."""

from __future__ import annotations

from collections.abc import Mapping

from mantelzorg.reports.context import plain_context
from mantelzorg.reports.errors import ReportError
from mantelzorg.reports.languages import direction
from mantelzorg.reports.pdf import typeset
from mantelzorg.reports.pictograms import drawing
from mantelzorg.reports.qr import checked, qr_code, readable

WORDS = ("title", "text", "scan", "or_call", "no_names", "footer")
_CONTACT = ("number", "hours", "missing")


def poster(words: Mapping[str, str], address: str, contact: Mapping[str, str], language: str = "nl") -> bytes:
    """A PDF/UA-1 on A4. `words` has every key of `WORDS`; `contact` a number (or "" with `missing`) and its hours.

    Raises `ReportError` for an address that is not a web address, for a word that is not there or too long, and
    `UnprintableText` for letters that no typeface has.
    """
    place = checked(address)
    said = {
        "words": plain_context({name: _word(words, name) for name in WORDS}),
        "contact": plain_context({name: contact.get(name, "") for name in _CONTACT}),
        "address": readable(place),
    }
    form = {
        "language": language,
        "direction": direction(language),
        "code": qr_code(place),
        "drawings": {name: drawing(name) for name in ("start", "phone")},
    }
    return typeset("poster.typ", said | form, said)


def _word(words: Mapping[str, str], name: str) -> str:
    if name not in words:
        raise ReportError("type", f"poster.words.{name}", "Deze tekst ontbreekt.")
    return words[name]
