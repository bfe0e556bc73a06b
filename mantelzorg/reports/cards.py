"""Cards to hold up, for a room that votes without telephones: one A4 to cut."""

from __future__ import annotations

from collections.abc import Sequence

from mantelzorg.reports.context import plain_context
from mantelzorg.reports.pdf import typeset

TITLES = {"nl": "Stemkaarten", "en": "Voting cards"}


def cards(labels: Sequence[tuple[str, str]], language: str) -> bytes:
    """A PDF/UA-1 on one A4: a card for each (letter, words). Raises `UnprintableText` for letters no typeface has."""
    said = plain_context({"title": TITLES[language], "cards": [list(label) for label in labels]})
    return typeset("cards.typ", {**said, "language": language}, said)
