"""The poster for a waiting room: it opens the self-check on somebody's own telephone."""

from __future__ import annotations

from mantelzorg.content import Content
from mantelzorg.reports.poster import poster
from mantelzorg.self_check import QUESTIONNAIRE
from mantelzorg.voice import DUTCH, Voice

WORDS = {"title": "title", "text": "text", "scan": "scan", "or_call": "call", "no_names": "no_names"}
"""The words of the poster, and what they are called in the questionnaire after "poster_"."""


def write_poster(content: Content, address: str, language: str = DUTCH) -> bytes:
    """The poster as PDF. Raises ReportError for an address that cannot be one."""
    voice = Voice(language)
    texts = content.questionnaires[QUESTIONNAIRE].texts
    contact = content.support.to_call()
    hours = voice(contact.hours.model_dump(exclude_none=True)) if contact.hours else ""
    said = {name: voice(texts[f"poster_{own}"]) for name, own in WORDS.items()}
    number = {"number": contact.number, "hours": hours or contact.name, "missing": contact.name}
    return poster({**said, "footer": voice(texts["name"])}, address, number, language)
