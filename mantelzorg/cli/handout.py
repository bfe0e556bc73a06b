"""`handout`: prepared cases on paper with the answers on the back, and cards for a room without telephones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mantelzorg.cli.book import write
from mantelzorg.content import Content, load
from mantelzorg.facts import suggest
from mantelzorg.problems import ContentError, Mark, Problem
from mantelzorg.reports import ReportError
from mantelzorg.room.steps import RHYTHMS, Rhythm
from mantelzorg.training.cases import TrainingCase, read_training
from mantelzorg.training.handout import handout, voting_cards

PDF, CARDS = "uitdeelblad.pdf", "stemkaarten.pdf"


def run(
    names: Sequence[str], pdf: str | None, docx: str | None, cards: str | None, address: str, language: str, day: date
) -> int:
    """Write the handout of these cases, or of all; `cards` writes the cards instead. Raises ContentError."""
    content = load()
    chosen = _chosen(names, content)
    if cards is not None:
        only = Rhythm.RECOGNISE if {RHYTHMS[case.audience] for case in chosen} == {Rhythm.RECOGNISE} else Rhythm.QUIZ
        write(cards or CARDS, lambda: voting_cards(only, language))
        if not pdf and not docx:
            return 0
    try:
        made = handout(chosen, content, language, day, address)
    except ReportError as error:
        if error.problem.code != "address":
            raise
        raise ContentError([Problem("--address", Mark(), "address", error.problem.what)]) from None
    if pdf or not docx:
        write(pdf or PDF, made.pdf)
    if docx:
        write(docx, made.docx)
    return 0


def _chosen(names: Sequence[str], content: Content) -> list[TrainingCase]:
    """The cases in the order in which they were named. Raises ContentError with every name that is none."""
    known = {case.id: case for case in read_training(content)}
    unknown = [name[:60] for name in names if name not in known]
    if unknown:
        what = " ".join(f"{name!r}: deze casus bestaat niet.{suggest(name, known)}" for name in unknown)
        raise ContentError([Problem("CASUS", Mark(), "unknown-case", what, f"Mogelijk: {', '.join(known)}.")])
    return [known[name] for name in dict.fromkeys(names)] if names else list(known.values())
