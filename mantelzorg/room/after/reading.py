"""Reads back the file that `file` writes, and nothing else: every fault at once, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mantelzorg.room.after import file as names
from mantelzorg.room.after.lines import AGAIN, Faults, read_rows
from mantelzorg.room.after.words import after_words
from mantelzorg.room.record import PlayedCase, Record
from mantelzorg.room.steps import Rhythm, Round, rounds
from mantelzorg.room.tally import FEWEST_SHOWN, Tally, choices
from mantelzorg.room.words import LANGUAGES

_NUMBER = re.compile("0|[1-9][0-9]{0,5}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TRAINING = (names.DAY, names.LANGUAGE, names.RHYTHM, names.VOTERS)
_OF_CASE = (
    names.CASE,
    names.TITLE,
    names.RULE_SET,
    names.VERDICT,
    names.VERDICT_TITLE,
    names.EXPECTED,
    names.TIPPED,
    names.DISAGREED,
    names.REMARK,
)
_TIPPED = {"": None, **{name: value for value, name in names.YES_NO.items()}}
_ROUNDS = {name: round_ for round_, name in names.ROUND_NAMES.items()}


@dataclass(frozen=True)
class _Cell:
    """What a row says: of `name`, `value`. `line` is where."""

    line: int
    name: str
    value: str


_MISSING = _Cell(0, "", "")
"""Was told already: nothing more is said of it."""


@dataclass
class _Part:
    """The rows of one case, or of the training itself: kind (`wat`, with the round before it for votes) -> cells."""

    line: int
    cells: dict[str, list[_Cell]] = field(default_factory=dict)

    def of(self, kind: str) -> list[_Cell]:
        return self.cells.get(kind, [])


def read_record(data: bytes, file: str) -> Record:
    """The record in a file of `write_record`. Raises ContentError with every fault; `file` is what to call it."""
    faults = Faults(file)
    rows = read_rows(data, faults)
    training, cases = _parts(rows, faults)
    record = _record(training, cases, faults)
    faults.check()
    return record


def _parts(rows: Iterable[tuple[int, list[str]]], faults: Faults) -> tuple[_Part, list[_Part]]:
    """The rows of the training, and of each case."""
    training, cases = _Part(1), list[_Part]()
    for line, (number, round_, what, name, value) in rows:
        if number == str(len(cases) + 1):
            cases.append(_Part(line))
        elif number not in ("", str(len(cases))):
            faults.add(line, "number", "De nummers van de casussen lopen op vanaf 1.", str(len(cases) or 1))
            continue
        part = cases[-1] if number else training
        kind = f"{round_}|{what}" if round_ else what
        if kind not in (_kinds() if number else (*_TRAINING, names.VERSION, names.LABEL)):
            faults.add(
                line, "unknown", f"'{what[:40]}' kan hier niet staan.", ", ".join(_OF_CASE if number else _TRAINING)
            )
        elif any(cell.name == name for cell in part.of(kind)):
            faults.add(line, "twice", f"'{what}' staat er al{f' voor {name[:40]!r}' if name else ''}.")
        else:
            part.cells.setdefault(kind, []).append(_Cell(line, name, value))
    return training, cases


def _kinds() -> tuple[str, ...]:
    return (*_OF_CASE, names.FACT, *(_votes(round_) for round_ in Round))


def _votes(round_: Round) -> str:
    return f"{names.ROUND_NAMES[round_]}|{names.VOTES}"


def _one(part: _Part, what: str, faults: Faults) -> _Cell:
    """The one cell of a kind, which has no name."""
    found = [cell for cell in part.of(what) if not cell.name]
    if not found or len(part.of(what)) > 1:
        faults.add(part.line, "missing", f"'{what}' hoort hier één keer te staan.")
    return found[0] if found else _MISSING


def _among(cell: _Cell, allowed: Iterable[str], what: str, faults: Faults) -> str:
    known = list(allowed)
    if cell is not _MISSING and cell.value not in known:
        faults.add(cell.line, "value", f"'{cell.value[:40]}' kan niet bij '{what}'.", ", ".join(filter(None, known)))
    return cell.value if cell.value in known else known[0]


def _number(cell: _Cell, faults: Faults) -> int:
    if cell is _MISSING:
        return 0
    if not _NUMBER.fullmatch(cell.value):
        faults.add(cell.line, "number", f"'{cell.value[:40]}' is geen aantal.", "een heel getal")
        return 0
    return int(cell.value)


def _record(training: _Part, parts: Sequence[_Part], faults: Faults) -> Record:
    language = _among(_one(training, names.LANGUAGE, faults), LANGUAGES, names.LANGUAGE, faults)
    kinds = [rhythm.value for rhythm in Rhythm]
    rhythm = Rhythm(_among(_one(training, names.RHYTHM, faults), kinds, names.RHYTHM, faults))
    return Record(
        _day(_one(training, names.DAY, faults), faults),
        language,
        rhythm,
        _voters(_one(training, names.VOTERS, faults), language, faults),
        tuple(_case(part, rhythm, language, faults) for part in parts),
        _mapped(training.of(names.VERSION)),
        _mapped(training.of(names.LABEL)),
    )


def _mapped(cells: Iterable[_Cell]) -> Mapping[str, str]:
    return {cell.name: cell.value for cell in cells}


def _day(cell: _Cell, faults: Faults) -> str:
    try:
        if _DAY.fullmatch(cell.value):
            return date.fromisoformat(cell.value).isoformat()
    except ValueError:
        pass
    if cell is not _MISSING:
        faults.add(cell.line, "day", f"'{cell.value[:40]}' is geen dag.", "2026-11-22", AGAIN)
    return ""


def _voters(cell: _Cell, language: str, faults: Faults) -> int:
    if cell.value == after_words(language)["few_people"].format(FEWEST_SHOWN):
        return 0
    voters = _number(cell, faults)
    if 0 < voters < FEWEST_SHOWN or cell.value == "0":
        faults.add(cell.line, "too-few", f"Een aantal onder {FEWEST_SHOWN} wordt niet getoond.")
    return voters


def _case(part: _Part, rhythm: Rhythm, language: str, faults: Faults) -> PlayedCase:
    cell = {what: _one(part, what, faults) for what in _OF_CASE}
    expected = ["", *(choices(rhythm, Round.FIRST) if rhythm is Rhythm.QUIZ else ())]
    return PlayedCase(
        cell[names.CASE].value,
        cell[names.TITLE].value,
        cell[names.RULE_SET].value,
        cell[names.VERDICT].value,
        cell[names.VERDICT_TITLE].value,
        _among(cell[names.EXPECTED], expected, names.EXPECTED, faults),
        tuple(fact.name for fact in part.of(names.FACT)),
        {
            round_: _tally(part.of(_votes(round_)), round_, rhythm, language, faults)
            for round_ in Round
            if part.of(_votes(round_))
        },
        _TIPPED[_among(cell[names.TIPPED], _TIPPED, names.TIPPED, faults)],
        _among(cell[names.DISAGREED], names.YES_NO.values(), names.DISAGREED, faults) == names.YES_NO[True],
        cell[names.REMARK].value,
    )


def _tally(cells: Sequence[_Cell], round_: Round, rhythm: Rhythm, language: str, faults: Faults) -> Tally:
    first = cells[0]
    if round_ not in rounds(rhythm):
        faults.add(first.line, "round", f"'{names.ROUND_NAMES[round_]}' hoort niet bij deze bijeenkomst.")
    if len(cells) == 1 and not first.name and first.value == after_words(language)["few_votes"]:
        return Tally((), {})
    offered = choices(rhythm, round_)
    strange = [cell for cell in cells if not cell.name or (offered and cell.name not in offered)]
    for cell in strange:
        faults.add(cell.line, "choice", f"'{cell.name[:40]}' is hier geen keuze.", ", ".join(offered))
    counts = {cell.name: _number(cell, faults) for cell in cells}
    if not strange and not set(offered) <= set(counts):
        faults.add(first.line, "choices", "Hier hoort elke keuze te staan, ook die niemand koos.", ", ".join(offered))
    tally = Tally(tuple(counts), counts)
    if not tally.shown:
        few = after_words(language)["few_votes"]
        faults.add(first.line, "too-few", f"Onder {FEWEST_SHOWN} stemmen wordt geen verdeling getoond.", f"'{few}'")
    return tally
