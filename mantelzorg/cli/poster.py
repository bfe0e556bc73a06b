"""`poster`: a PDF for the waiting room, with a QR code that opens the self-check."""

from __future__ import annotations

from pathlib import Path

from mantelzorg.cli.book import write
from mantelzorg.content import load
from mantelzorg.problems import ContentError, Mark, Problem
from mantelzorg.reports import ReportError
from mantelzorg.self_check_poster import write_poster


def run(address: str, file: str, language: str) -> int:
    """Write the poster that leads to an address. Raises ContentError."""
    content = load()
    try:
        made = write_poster(content, address, language)
    except ReportError as error:
        raise ContentError([Problem("ADRES", Mark(), "address", str(error))]) from None
    write(str(Path(file)), lambda: made)
    return 0
