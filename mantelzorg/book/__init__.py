"""The rule book: every rule set in plain words, generated from the loaded content so that it cannot drift.

book = make_book(content, cases, "nl")
write_html(book), write_pdf(book)
"""

from __future__ import annotations

from mantelzorg.book.book import Book, RuleSetPart, make_book, rule_set_part
from mantelzorg.book.html import write_html
from mantelzorg.book.pdf import write_pdf

__all__ = ["Book", "RuleSetPart", "make_book", "rule_set_part", "write_html", "write_pdf"]
