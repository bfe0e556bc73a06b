"""Web addresses on paper: a QR code that a telephone opens, and the address as somebody types it."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urlsplit

import segno

from mantelzorg.reports.errors import ReportError

LONGEST_ADDRESS = 200
_INK = "#1B2B30"


def checked(address: str) -> str:
    """The address itself. Raises `ReportError` when it is no web address, too long, or has a space or unseen letter."""
    whole = address.isprintable() and not any(letter.isspace() for letter in address)
    if len(address) > LONGEST_ADDRESS or not whole or not is_web(address):
        what = f"Dit is geen webadres van hooguit {LONGEST_ADDRESS} tekens, zonder spaties."
        raise ReportError("address", "address", what, instead="https://voorbeeld.nl/mantelzorg")
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


def qr_picture(address: str) -> bytes:
    """The same as PNG."""
    picture = BytesIO()
    segno.make_qr(address, error="m").save(picture, kind="png", border=4, dark=_INK, scale=8)
    return picture.getvalue()


def is_web(address: str) -> bool:
    """Whether this is the address of a page."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
