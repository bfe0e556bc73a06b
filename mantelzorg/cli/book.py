"""`book`: the rule book as one HTML file to print and one PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from mantelzorg.book import make_book, write_html, write_pdf
from mantelzorg.book.example_cases import example_cases
from mantelzorg.content import load
from mantelzorg.facts import suggest
from mantelzorg.problems import ContentError, Mark, Problem

HTML, PDF = "regelboek.html", "regelboek.pdf"


def run(html: str | None, pdf: str | None, rules: Sequence[str], language: str) -> int:
    """Write the book of these rule sets, or of all. Without a file name: both files, here. Raises ContentError."""
    content = load()
    for name in rules:
        if name not in content.judges:
            what = f"{name[:60]!r}: deze regels bestaan niet.{suggest(name, content.judges)}"
            known = ", ".join(content.judges)
            raise ContentError([Problem("--rules", Mark(), "unknown-rule-set", what, instead=known)])
    if not html and not pdf:
        html, pdf = HTML, PDF
    cases, problems = example_cases(content)
    if problems:
        raise ContentError(problems)
    book = make_book(content, cases, language, rules)
    if html:
        write(html, lambda: write_html(book).encode())
    if pdf:
        write(pdf, lambda: write_pdf(book))
    return 0


def write(name: str, make: Callable[[], bytes]) -> None:
    """Write a file and say so. Raises ContentError when that cannot be done."""
    data = make()
    try:
        Path(name).write_bytes(data)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "geen bestandsnaam"
        what = f"Dit bestand is niet te schrijven ({reason})."
        raise ContentError([Problem(name, Mark(), "unwritable", what)]) from None
    print(f"{name}: {len(data) // 1000} kB")
