"""The handout of a training: the cases with empty boxes in front, on the back what the rules say of them today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from mantelzorg import wording
from mantelzorg.content import Content
from mantelzorg.facts import Answers
from mantelzorg.reports import Report, render
from mantelzorg.reports.cards import cards
from mantelzorg.reports.qr import checked
from mantelzorg.room.steps import RHYTHMS, Rhythm, Round
from mantelzorg.room.tally import choices
from mantelzorg.room.words import words
from mantelzorg.training.cases import TrainingCase
from mantelzorg.voice import Voice

LETTERS = "ABCD"


def handout(cases: Sequence[TrainingCase], content: Content, language: str, day: date, address: str = "") -> Report:
    """The handout, for PDF and Word. The answers come from the rules in `content`, not from what a case expects.

    `address` opens the tool for referrers, or the self-check where all cases are for caregivers; it may be empty.
    Raises `ReportError` for an address that cannot be one.
    """
    quizzes = [case for case in cases if RHYTHMS[case.audience] is Rhythm.QUIZ]
    context = {
        "date": wording.long_date(day, language),
        "rules": _versions(quizzes, content, language),
        "quiz": bool(quizzes),
        "cases": [_case(case, content, language) for case in cases],
        "contact": _contact(content, language),
        "address": checked(address) if address else "",
    }
    return render("training-handout", context, language)


def voting_cards(rhythm: Rhythm, language: str) -> bytes:
    """One A4 of cards to cut and hold up, for a room without telephones, as PDF."""
    labels = _choices(rhythm, language)
    return cards(list(zip(LETTERS, labels, strict=False)), language)


def _choices(rhythm: Rhythm, language: str) -> list[str]:
    return [words(language)[choice] for choice in choices(rhythm, Round.FIRST)]


def _case(case: TrainingCase, content: Content, language: str) -> dict[str, object]:
    rhythm = RHYTHMS[case.audience]
    quiz = rhythm is Rhythm.QUIZ
    return {
        "title": case.title[language],
        "story": case.story[language],
        "debrief": case.debrief[language],
        "choices": _choices(rhythm, language),
        "quiz": quiz,
        **(_answer(case, content, language) if quiz else {}),
    }


def _answer(case: TrainingCase, content: Content, language: str) -> dict[str, object]:
    judge = content.judges[case.rule_set]
    assessment = judge.assess(case.answers)
    now, then = (_verdict(case, answers, content, language) for answers in (case.answers, case.flipped))
    term, later = (content.support.urgency(answers) for answers in (case.answers, case.flipped))
    same = judge.assess(case.flipped).verdict == assessment.verdict
    return {
        "verdict": now,
        "reasons": [one.text for one in wording.reasons(judge, assessment, case.answers, language)],
        "term": "" if term is content.support.urgencies[-1] else term.term[language],
        "flip": {
            "say": case.flip.say[language],
            "verdict": then,
            "same": same,
            "term": "" if later.id == term.id else later.term[language],
        },
    }


def _verdict(case: TrainingCase, answers: Answers, content: Content, language: str) -> str:
    """What the rules say of a situation, in a sentence."""
    judge = content.judges[case.rule_set]
    verdict = judge.judge(answers).verdict
    line = judge.line(answers, verdict) if verdict else None
    title = line.texts["title"] if line else judge.rules.texts.get("open_title")
    return wording.sentence(title[language] if title else words(language)["open"])


def _versions(cases: Iterable[TrainingCase], content: Content, language: str) -> str:
    rules = [content.judges[name].rules for name in dict.fromkeys(case.rule_set for case in cases)]
    return wording.join((f"{one.version} ({one.digest[:7]})" for one in rules), language)


def _contact(content: Content, language: str) -> dict[str, str]:
    found = content.support.to_call()
    hours = Voice(language)(found.hours.model_dump(exclude_none=True)) if found.hours else ""
    return {"name": found.name, "number": found.number, "hours": hours}
