"""A record of a training as CSV: one long table, a row for each thing that is known. `reading` reads it back.

What nobody may see is not in the file: of a round with fewer than FEWEST_SHOWN votes it says only that there were too
few, and not how many.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from mantelzorg.reports.context import LONGEST_TEXT, clean
from mantelzorg.room.after.csv_table import write_table
from mantelzorg.room.after.words import after_words
from mantelzorg.room.record import PlayedCase, Record
from mantelzorg.room.steps import Round
from mantelzorg.room.tally import FEWEST_SHOWN, Tally
from mantelzorg.room.words import words

FORMAT = "training-1"
"""Stands in every row. A file that says more or other things gets another number."""
COLUMNS = ("formaat", "nr", "ronde", "wat", "naam", "waarde", "uitleg")
"""`nr` counts the cases from 1 and is empty for the training; `uitleg` is for the reader and is not read back."""
ROUND_NAMES = {
    Round.FIRST: "eerste stem",
    Round.ASK: "wil weten",
    Round.SECOND: "tweede stem",
    Round.PREDICT: "voorspelling",
}
DAY, LANGUAGE, RHYTHM, VOTERS, VERSION, LABEL = "dag", "taal", "soort", "deelnemers", "versie", "feit"
CASE, TITLE, RULE_SET, VERDICT, VERDICT_TITLE = "casus", "titel", "regels", "uitkomst", "uitkomst in woorden"
EXPECTED, FACT, TIPPED, DISAGREED, REMARK = "zelfde stem", "gaat over", "kantelde", "niet eens", "opmerking"
VOTES = "stemmen"
YES_NO = {True: "ja", False: "nee"}
Row = tuple[str, ...]
_TEXTS = ("case", "title", "rule_set", "verdict", "verdict_title", "expected", "remark")


def shown(record: Record) -> Record:
    """The record as everybody may see it: what has too few votes is empty, and texts are on one line.

    Fewer than FEWEST_SHOWN voters become 0. Nothing that is shown later is worked out from more than this.
    """
    return replace(
        record,
        voters=record.voters if record.voters >= FEWEST_SHOWN else 0,
        cases=tuple(map(_shown_case, record.cases)),
        versions={_line(name): _line(version) for name, version in record.versions.items()},
        fact_labels={_line(fact): _line(label) for fact, label in record.fact_labels.items()},
    )


def write_record(record: Record) -> bytes:
    """The file: UTF-8 with a byte order mark, `;` between cells, no cell a formula. Equal records give equal bytes."""
    of = shown(record)
    return write_table([COLUMNS, *((FORMAT, *row) for row in _rows(of))])


def _shown_case(case: PlayedCase) -> PlayedCase:
    texts: dict[str, Any] = {name: _line(getattr(case, name)) for name in _TEXTS}
    tallies = {round_: _shown_tally(case.tallies[round_]) for round_ in Round if round_ in case.tallies}
    return replace(case, **texts, facts=tuple(dict.fromkeys(map(_line, case.facts))), tallies=tallies)


def _shown_tally(tally: Tally) -> Tally:
    if not tally.shown:
        return Tally((), {})
    names = tuple(dict.fromkeys((*tally.order, *tally.counts)))
    return Tally(names, {name: tally.counts.get(name, 0) for name in names})


def _line(text: str) -> str:
    return clean(clean(text)[:LONGEST_TEXT])


def _rows(of: Record) -> Iterator[Row]:
    said = after_words(of.language)
    yield _fact(DAY, of.day)
    yield _fact(LANGUAGE, of.language)
    yield _fact(RHYTHM, of.rhythm.value, said[of.rhythm.value])
    yield _fact(VOTERS, str(of.voters) if of.voters else said["few_people"].format(FEWEST_SHOWN))
    for name, version in of.versions.items():
        yield ("", "", VERSION, name, version, "")
    for fact, label in of.fact_labels.items():
        yield ("", "", LABEL, fact, label, "")
    for number, case in enumerate(of.cases, 1):
        yield from ((str(number), *row) for row in _case(case, of))


def _fact(what: str, value: str, explained: str = "") -> Row:
    return ("", "", what, "", value, explained)


def _case(case: PlayedCase, of: Record) -> Iterator[Row]:
    for what, value, explained in (
        (CASE, case.case, "" if case.case else words(of.language)["own_case"]),
        (TITLE, case.title, ""),
        (RULE_SET, case.rule_set, ""),
        (VERDICT, case.verdict, ""),
        (VERDICT_TITLE, case.verdict_title, ""),
        (EXPECTED, case.expected, words(of.language).get(case.expected, "")),
        (TIPPED, "" if case.tipped is None else YES_NO[case.tipped], ""),
        (DISAGREED, YES_NO[case.disagreed], ""),
        (REMARK, case.remark, ""),
    ):
        yield ("", what, "", value, explained)
    for fact in case.facts:
        yield ("", FACT, fact, "", of.fact_labels.get(fact, ""))
    for round_, tally in case.tallies.items():
        yield from ((ROUND_NAMES[round_], VOTES, *row) for row in _votes(round_, tally, of))


def _votes(round_: Round, tally: Tally, of: Record) -> Iterator[Row]:
    if not tally.shown:
        yield ("", after_words(of.language)["few_votes"], "")
    labels = of.fact_labels if round_ is Round.ASK else words(of.language)
    for name, count, _ in tally.bars:
        yield (name, str(count), labels.get(name, ""))
