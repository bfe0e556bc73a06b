"""A poster for the waiting room: one question, a QR code that opens the self-check, and a number to call."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from urllib.parse import urlsplit

import segno

from mantelzorg.reports.context import plain_context
from mantelzorg.reports.errors import ReportError
from mantelzorg.reports.languages import direction
from mantelzorg.reports.pdf import typeset
from mantelzorg.reports.pictograms import drawing

WORDS = ("title", "text", "scan", "or_call", "no_names", "footer")
LONGEST_ADDRESS = 200
_CONTACT = ("number", "hours", "missing")
_INK = "#1B2B30"


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


def checked(address: str) -> str:
    """The address itself. Raises `ReportError` when it is no web address, too long, or has a space or unseen letter."""
    whole = address.isprintable() and not any(letter.isspace() for letter in address)
    if len(address) > LONGEST_ADDRESS or not whole or not _is_web(address):
        what = f"Dit is geen webadres van hooguit {LONGEST_ADDRESS} tekens, zonder spaties."
        raise ReportError("address", "poster.address", what, instead="https://voorbeeld.nl/mantelzorg")
    return address


def readable(address: str) -> str:
    """The address as somebody types it: every browser puts https:// before it."""
    return address.removeprefix("https://").removesuffix("/")


def qr_code(address: str) -> str:
    """The QR code as SVG, with the white border of four modules that a telephone needs to find it."""
    picture = BytesIO()
    code = segno.make_qr(address, error="m")
    code.save(picture, kind="svg", border=4, dark=_INK, xmldecl=False, omitsize=True)
    return picture.getvalue().decode()


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _word(words: Mapping[str, str], name: str) -> str:
    if name not in words:
        raise ReportError("type", f"poster.words.{name}", "Deze tekst ontbreekt.")
    return words[name]
