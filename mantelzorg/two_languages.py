"""The take-home sheet in Dutch alone, or with another language beside it."""

from __future__ import annotations

from mantelzorg import sheet as sheets
from mantelzorg.reports import Bilingual, Report, beside, render
from mantelzorg.situation import Situation, voice_of
from mantelzorg.voice import DUTCH, Catalogue, Voice
from mantelzorg.wording import long_date


def sheet_of(of: Situation, catalogue: Catalogue | None, second: str = "", neutral: bool = False) -> Report | Bilingual:
    """The sheet of a judged situation. Without `second` it is in Dutch alone."""
    dutch = _report(of, voice_of(of.questionnaire, of.chosen, DUTCH), DUTCH, neutral)
    if not second:
        return dutch
    voice = voice_of(of.questionnaire, of.chosen, second, catalogue)
    own = _report(of, voice, second, neutral)
    notice = ("", "")
    if catalogue and not catalogue.reviewed:
        text = of.support.sheet["not_reviewed"]
        notice = (Voice(DUTCH)(text), voice(text))
    return beside(dutch, own, notice)


def _report(of: Situation, voice: Voice, language: str, neutral: bool) -> Report:
    footer = Voice(DUTCH)(of.questionnaire.texts["footer"], version=of.version, date=long_date(of.today, DUTCH))
    return render("take-home", {**sheets.context(of, voice, neutral), "footer": footer}, language)
