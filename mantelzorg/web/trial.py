"""Content is tried before it goes live: what loads well can still be something that the page cannot show."""

from __future__ import annotations

import string
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from mantelzorg import live_content
from mantelzorg.content import ROOT, Content, load
from mantelzorg.live_content import Live
from mantelzorg.problems import ContentError, Mark, Problem
from mantelzorg.questionnaire import Questionnaire
from mantelzorg.web.screening import QUESTIONNAIRE, make_screen
from mantelzorg.web.self_check_trial import try_self_check
from mantelzorg.web.view import Answers, Chrome
from mantelzorg.yaml_reader import read

FILE = f"questionnaires/{QUESTIONNAIRE}.yaml"
ONE = frozenset({""})
FILLED_IN = {
    **dict.fromkeys(("and_more", "ask_also", "consent_given", "decides", "may_decide", "note_again", "note_ask"), ONE),
    **dict.fromkeys(("note_verdict", "number_missing", "question", "still_possible"), ONE),
    "note_signals": ONE,
    "offer_check": ONE,
    "would_change_line": ONE,
    "footer": frozenset({"version", "date"}),
    "version": frozenset({"rules", "date"}),
}
"""The texts in which something is filled in, and the names of the places for it."""

_WALKS, _STRIDE = 4, 7
_DAY = date(2026, 1, 31)


def load_tried(root: Path = ROOT) -> Content:
    """Content that the page can show. Raises ContentError."""
    content = load(root)
    form = content.questionnaires.get(QUESTIONNAIRE)
    if form is None:
        what = f"De pagina heeft een vragenlijst met id '{QUESTIONNAIRE}' nodig, en die is er niet."
        raise ContentError([Problem(FILE, Mark(), "no-questionnaire", what)])
    misfilled = dict(_misfilled(form))
    if misfilled:
        document = read((root / FILE).read_bytes(), FILE)
        raise ContentError(
            Problem(FILE, document.marks.get(("texts", name), Mark()), "placeholder", what)
            for name, what in misfilled.items()
        )
    for chosen, chrome in _situations(form):
        try:
            make_screen(content, chosen, chrome, _DAY)
        except Exception as error:
            what = f"Met deze inhoud kan de pagina niet worden getoond ({type(error).__name__}: {error})."
            raise ContentError([Problem(FILE, Mark(), "page", what)]) from None
    try_self_check(content)
    return content


def _misfilled(form: Questionnaire) -> Iterator[tuple[str, str]]:
    for name, places in FILLED_IN.items():
        for written in form.texts.get(name, {}).values():
            try:
                parsed = [(place, spec, kind) for _, place, spec, kind in string.Formatter().parse(written)]
            except ValueError:
                yield name, "Een accolade staat hier alleen. Schrijf {{ of }} als u een accolade bedoelt."
                continue
            wrong = [
                place for place, spec, kind in parsed if place is not None and (place not in places or spec or kind)
            ]
            if wrong:
                possible = " en ".join(f"{{{place}}}" for place in sorted(places))
                yield name, f"'{{{wrong[0]}}}' kan hier niet worden ingevuld, wel {possible}."


def _situations(form: Questionnaire) -> Iterator[tuple[Answers, Chrome]]:
    """A few visits, from the empty form to the full one, with every control of the page used in some."""
    extra = {one.id: tuple(option for option, _ in one.options[:1]) for one in form.extra}
    chromes = (
        Chrome(),
        Chrome("en", with_whom="helper", consent=True, own_words="x", neutral=True, extra=extra),
        Chrome(with_whom="other"),
    )
    questions = form.questions()
    for walk in range(_WALKS):
        for end in range(0, len(questions) + _STRIDE, _STRIDE):
            asked = [question for question in questions[:end] if question.options]
            chosen = {one.fact: (one.options[walk % len(one.options)].id,) for one in asked}
            yield chosen, chromes[walk % len(chromes)]


def live() -> Live:
    """What is live for the pages. Raises ContentError when no content was ever good."""
    return live_content.live(load_tried)
