"""The report of one training: what was voted before and after the talk, and what the rules say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mantelzorg import wording
from mantelzorg.reports import Report, lacking, render
from mantelzorg.reports.context import LONGEST_TEXT
from mantelzorg.room.after.file import shown
from mantelzorg.room.after.overview_table import signed
from mantelzorg.room.after.words import after_words
from mantelzorg.room.record import PlayedCase, Record
from mantelzorg.room.steps import Rhythm, Round
from mantelzorg.room.tally import FEWEST_SHOWN, Tally, added, shifts
from mantelzorg.room.words import words

MOST_ASKED = 3
MOST_SHIFTS = 2
_NOBODY = Tally((), {})


def record_report(record: Record, language: str = "") -> Report:
    """The report, for PDF. `language` is that of the training where it is left out.

    A letter that no typeface has is written as its code, `[U+1F600]`: a remark never keeps a report from being made.
    Raises `ReportError` for what is wrong in a template.
    """
    of, spoken = shown(record), language or record.language
    said = after_words(spoken)
    asked = [case.tallies.get(Round.ASK, _NOBODY).counts for case in of.cases]
    context: dict[str, object] = {
        "date": _long_date(of.day, spoken),
        "kind": said[of.rhythm.value],
        "quiz": of.rhythm is Rhythm.QUIZ,
        "rules": wording.join(of.versions.values(), spoken),
        "voters": str(of.voters) if of.voters else said["few_people"].format(FEWEST_SHOWN),
        "asked": _asked(added(*asked), of.fact_labels),
        "few": said["few_votes"],
        "cases": [_case(case, of, spoken) for case in of.cases],
    }
    return render("training-report", {name: _printable(value) for name, value in context.items()}, spoken)


def _long_date(day: str, language: str) -> str:
    try:
        return wording.long_date(date.fromisoformat(day), language)
    except ValueError:
        return day


def _printable(value: object) -> object:
    """The same with a code for every letter that cannot be printed; where that gets too long the end is cut off."""
    if isinstance(value, str):
        codes = {ord(letter): f"[U+{ord(letter):04X}]" for letter in lacking(value)}
        whole = value.translate(codes)
        return whole if len(whole) <= LONGEST_TEXT else f"{whole[: LONGEST_TEXT - 1].rstrip()}…"
    if isinstance(value, list):
        return [_printable(inner) for inner in value]
    return {name: _printable(inner) for name, inner in value.items()} if isinstance(value, dict) else value


def _case(case: PlayedCase, of: Record, language: str) -> dict[str, object]:
    first, second = (case.tallies.get(round_, _NOBODY) for round_ in (Round.FIRST, Round.SECOND))
    labels = words(language)
    return {
        "title": case.title or labels["own_case"],
        "verdict": wording.sentence(case.verdict_title),
        "about": [of.fact_labels.get(fact, fact) for fact in case.facts],
        "voted": Round.FIRST in case.tallies,
        "voted_twice": Round.SECOND in case.tallies,
        "first": _division(first, labels, case.expected),
        "second": _division(second, labels, case.expected),
        "shifts": [f"{labels[name]} {signed(points)}" for name, points in shifts(first, second)[:MOST_SHIFTS]],
        "moved": {labels[name]: signed(points) for name, points in shifts(first, second)},
        "predicted": [f"{labels[name]} {count}" for name, count, _ in _predictions(case).bars],
        "predicted_voted": Round.PREDICT in case.tallies,
        "tipped": "" if case.tipped is None else "tips" if case.tipped else "stays",
        "asked": _asked(case.tallies.get(Round.ASK, _NOBODY).counts, of.fact_labels),
        "disagreed": case.disagreed,
        "remark": case.remark,
    }


def _predictions(case: PlayedCase) -> Tally:
    return case.tallies.get(Round.PREDICT, _NOBODY)


def _division(tally: Tally, labels: Mapping[str, str], expected: str) -> dict[str, object]:
    """A round in words; without bars where there are too few votes to show."""
    bars = [
        {"label": labels[name], "count": count, "percent": percent, "same": name == expected}
        for name, count, percent in tally.bars
    ]
    return {"bars": bars}


def _asked(counts: Mapping[str, int], labels: Mapping[str, str]) -> list[str]:
    """The facts most asked for, with how often."""
    most = sorted(counts, key=lambda fact: (-counts[fact], labels.get(fact, fact)))
    return [f"{labels.get(fact, fact)} ({counts[fact]})" for fact in most if counts[fact]][:MOST_ASKED]
