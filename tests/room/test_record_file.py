"""The file of a training: what was shown is in it and comes back, what was not shown is nowhere."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from trained import played, records, training, votes

from mantelzorg.problems import ContentError
from mantelzorg.reports import clean
from mantelzorg.reports.context import LONGEST_TEXT
from mantelzorg.room.after.csv_table import FORMULA, defused, restored
from mantelzorg.room.after.file import COLUMNS, ROUND_NAMES, VOTES, shown, write_record
from mantelzorg.room.after.lines import MOST_BYTES, MOST_FAULTS
from mantelzorg.room.after.reading import read_record
from mantelzorg.room.record import PlayedCase, Record
from mantelzorg.room.steps import Rhythm, Round
from mantelzorg.room.tally import Tally

ATTACKS = Path(__file__).resolve().parents[3] / "shared" / "attacks"
FEW = "te weinig stemmen om te tonen"
OWN = [
    "=1+1",
    "'=1+1",
    "''",
    "@SUM(A1)",
    "-2+3",
    "+31612345678",
    "\t=1",
    "＝1",
    'a";"b',
    "a;b",
    "a\r\n=b",
    "😀",
    "{{ 7*7 }}",
]


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def faults(data: bytes) -> list[tuple[int, str]]:
    with pytest.raises(ContentError) as caught:
        read_record(data, "x.csv")
    assert all(problem.file == "x.csv" for problem in caught.value.problems)
    return [(problem.mark.line, problem.code) for problem in caught.value.problems]


@given(records())
@settings(max_examples=150, deadline=None)
def test_what_is_read_back_is_what_was_shown_and_writing_it_again_changes_nothing(record: Record):
    data = write_record(record)
    back = read_record(data, "x.csv")
    assert back == shown(record)
    assert write_record(back) == data


@given(records())
@settings(max_examples=150, deadline=None)
def test_no_division_of_too_few_votes_is_in_the_file(record: Record):
    counted: dict[tuple[str, str], int] = {}
    for _, number, round_, what, name, value, _ in rows(write_record(record))[1:]:
        if what == VOTES and name:
            counted[number, round_] = counted.get((number, round_), 0) + int(value)
        elif what == VOTES:
            assert value.startswith(("te weinig", "too few"))
            counted.setdefault((number, round_), 5)
    played = [(str(n), ROUND_NAMES[r]) for n, case in enumerate(record.cases, 1) for r in case.tallies]
    assert sorted(counted) == sorted(played)
    assert all(total >= 5 for total in counted.values())


@given(records())
@settings(max_examples=100, deadline=None)
def test_no_cell_is_a_formula(record: Record):
    assert not [cell for row in rows(write_record(record)) for cell in row if cell.startswith(FORMULA)]


def test_three_votes_and_none_leave_the_same_file():
    few, none = (training(played(first=first, second=None)) for first in ((2, 1, 0, 0), (0, 0, 0, 0)))
    assert write_record(few) == write_record(none)
    assert FEW in write_record(few).decode()


@pytest.mark.parametrize(("voters", "said"), [(4, "minder dan 5"), (0, "minder dan 5"), (5, "5")])
def test_fewer_than_five_voters_are_not_counted(voters: int, said: str):
    assert ["training-1", "", "", "deelnemers", "", said, ""] in rows(write_record(training(voters=voters)))


def test_it_opens_in_dutch_excel():
    data = write_record(training(played(remark="één; twee")))
    assert data.startswith(b"\xef\xbb\xbf")
    assert rows(data)[0] == list(COLUMNS)
    assert b'"\xc3\xa9\xc3\xa9n; twee"' in data
    assert {len(row) for row in rows(data)} == {len(COLUMNS)}


def test_an_own_case_leaves_no_facts():
    own = PlayedCase(
        "", "Eigen casus", "mantelzorg", "open", "", "depends", (), {Round.FIRST: votes(Round.FIRST, 5, 0, 0, 0)}
    )
    assert read_record(write_record(training(own)), "x.csv").cases == (own,)


def attacks() -> list[str]:
    files = [ATTACKS / "text" / "free_text.json", ATTACKS / "public" / "blns.json"]
    listed = [one for file in files if file.exists() for one in json.loads(file.read_text("utf-8"))]
    texts = [one["text"] * one.get("repeat", 1) if isinstance(one, dict) else one for one in listed]
    lines = [line for file in (ATTACKS / "csv").glob("c27*") for line in file.read_text("utf-8").splitlines()]
    return [*OWN, *texts, *lines, *(cell for line in lines for cell in line.split(","))]


def test_every_hostile_remark_comes_back_as_it_was_typed():
    cases = [played(remark=text[:500]) for text in attacks()]
    for start in range(0, len(cases), 40):
        part = cases[start : start + 40]
        back = read_record(write_record(training(*part)), "x.csv")
        assert [case.remark for case in back.cases] == [clean(case.remark)[:LONGEST_TEXT].strip() for case in part]


@pytest.mark.parametrize("text", ["", "a", "'a", "''a", "=a", "'=a", "''=a", "-", "'"])
def test_defusing_can_be_undone(text: str):
    assert restored(defused(text)) == text
    assert not defused(text).startswith(FORMULA)


WHOLE = write_record(training(played(), played("henk", remark="wij niet")))
EDITS = {
    "another separator": (";", ",", [(1, "no-record")]),
    "not a report": ("formaat", "naam", [(1, "no-record")]),
    "another version": ("training-1;;;dag", "training-2;;;dag", [(2, "format")]),
    "a day as Excel writes it": ("2026-11-22", "22-11-2026", [(2, "day")]),
    "no such day": ("2026-11-22", "2026-02-30", [(2, "day")]),
    "no such language": (";taal;;nl", ";taal;;de", [(3, "value")]),
    "a hidden number": (";deelnemers;;18", ";deelnemers;;3", [(5, "too-few")]),
    "a number in words": (";yes;9;", ";yes;negen;", [(20, "number"), (43, "number")]),
    "a negative number": (";yes;9;", ";yes;'-9;", [(20, "number"), (43, "number")]),
    "an endless number": (";yes;9;", f";yes;{'9' * 5000};", [(20, "cell"), (43, "cell")]),
    "a choice that is none": (";unsure;1;", ";maybe;1;", [(23, "choice"), (46, "choice")]),
}


@pytest.mark.parametrize("name", EDITS)
def test_what_is_no_report_is_told_with_its_line(name: str):
    old, new, expected = EDITS[name]
    text = WHOLE.decode("utf-8-sig")
    assert old in text
    assert faults(text.replace(old, new).encode("utf-8-sig")) == expected


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("wij niet", "=wij", "cell"),
        ("wij niet", "'wij", "cell"),
        ("wij niet", "\u200bwij", "cell"),
        (";wij niet;", ';"wij" niet;', "csv"),
        (";wij niet;", ';"wij niet;', "csv"),
        (";wij niet;", ";wij;niet;", "cells"),
        (";opmerking;", ";opmerkinkje;", "unknown"),
        ("training-1;2;;titel", "training-1;3;;titel", "number"),
        ("training-1;2;;titel", "training-1;1;;titel", "number"),
        ("training-1;2;;titel", "training-1;2;;casus", "twice"),
        ("wil weten;stemmen;tasks;5", "wil weten;stemmen;payment;5", "twice"),
        ("eerste stem;stemmen;yes;9;Ja", "eerste stem;stemmen;;9;Ja", "choice"),
        (";kantelde;;ja", ";kantelde;;misschien", "value"),
        (";zelfde stem;;yes", ";zelfde stem;;tips", "value"),
        (";soort;;quiz", ";soort;;recognise", "round"),
    ],
)
def test_a_row_that_cannot_be_is_refused(old: str, new: str, code: str):
    text = WHOLE.decode("utf-8-sig")
    assert old in text
    assert code in {found for _, found in faults(text.replace(old, new).encode("utf-8-sig"))}


@pytest.mark.parametrize("line", range(2, len(WHOLE.splitlines()) + 1))
def test_a_row_less_is_refused_unless_it_is_one_of_many(line: int):
    lines = WHOLE.decode("utf-8-sig").splitlines(keepends=True)
    taken = lines.pop(line - 1)
    data = "".join(lines).encode("utf-8-sig")
    if any(f";{what};" in taken for what in ("versie", "feit", "gaat over", "wil weten")):
        assert read_record(data, "x.csv") != read_record(WHOLE, "x.csv")
    else:
        assert {code for _, code in faults(data)} & {"missing", "number", "choices"}


@pytest.mark.parametrize(
    "data",
    [b"", b"\n\n", b"\x00" * 10, b"PK\x03\x04\xff\xfe", b"\xff\xfea\x00;\x00", b"<html>", b";" * 2000, b'"' * 999],
)
def test_other_files_are_refused_with_one_line(data: bytes):
    assert len(faults(data)) == 1


def test_a_division_that_should_have_been_hidden_is_refused():
    text = WHOLE.decode("utf-8-sig")
    for old, new in ((";tips;10;", ";tips;3;"), (";stays;5;", ";stays;1;"), (";unsure;2;", ";unsure;0;")):
        text = text.replace(old, new)
    assert faults(text.encode()) == [(28, "too-few"), (51, "too-few")]


def test_a_file_that_is_too_large_is_refused_unread():
    assert faults(WHOLE + b"x" * MOST_BYTES) == [(1, "too-large")]


def test_of_very_many_faults_the_first_are_told():
    data = WHOLE + b"training-1;x;;;;;\r\n" * 500
    found = faults(data)
    assert len(found) == MOST_FAULTS + 1
    assert "more-faults" in {code for _, code in found}


@pytest.mark.parametrize("ends", ["\n", "\r", "\r\n"])
def test_line_ends_and_a_missing_mark_do_not_matter(ends: str):
    text = WHOLE.decode("utf-8-sig").replace("\r\n", ends)
    assert read_record(text.encode(), "x.csv") == read_record(WHOLE, "x.csv")


def test_a_meeting_without_rules_is_kept_as_well():
    first = {Round.FIRST: votes(Round.FIRST, 8, 2, 2, rhythm=Rhythm.RECOGNISE)}
    case = PlayedCase("esra", "Esra en Emir", "", "", "", "", (), first)
    record = replace(training(case), rhythm=Rhythm.RECOGNISE, versions={}, fact_labels={})
    assert read_record(write_record(record), "x.csv") == record


def test_a_round_of_too_few_is_empty_when_it_is_read_back():
    back = read_record(write_record(training(played(second=(2, 1, 0, 0)))), "x.csv")
    assert back.cases[0].tallies[Round.SECOND] == Tally((), {})
    assert back.cases[0].tallies[Round.FIRST].total == 18
