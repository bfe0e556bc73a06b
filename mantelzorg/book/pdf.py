"""Writes the rule book as PDF: tagged, PDF/UA-1, with a table of contents and the typeface inside."""

from __future__ import annotations

from dataclasses import asdict

from mantelzorg.book.book import Book, RuleSetPart
from mantelzorg.book.drawing import draw
from mantelzorg.book.words import words
from mantelzorg.reports.pdf import typeset

THICKEN = 0.45


def write_pdf(book: Book) -> bytes:
    """The PDF; the same book gives the same bytes.

    Raises `UnprintableText` for a letter that the typeface lacks, and `ReportError` for any warning of typst.
    """
    w = words(book.language)
    data = {
        "language": book.language,
        "words": {name: said for name, said in w.items() if isinstance(said, str)},
        "how": w["how"],
        "digest": w["digest_of"].format(book.digest),
        "parts": [_part(part, book.language) for part in book.parts],
        "limits": asdict(book.limits),
        "situation": asdict(book.situation) if book.situation else None,
    }
    return typeset("book.typ", data, data)


def _part(part: RuleSetPart, language: str) -> dict[str, object]:
    checked = str(words(language)["checked"])
    data = asdict(part)
    data["pictures"] = [{"svg": draw(own.tree, own.name, THICKEN), "alt": own.text} for own in part.pictures]
    for source in data["sources"]:
        source["checked"] = checked.format(source["checked"])
    return data
