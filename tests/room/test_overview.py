"""Several trainings together: which criterion rooms understand least, and nothing about a room that is too small."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trained import played, records, training, votes

from mantelzorg.cli import main
from mantelzorg.room.after.csv_table import FORMULA
from mantelzorg.room.after.file import shown, write_record
from mantelzorg.room.after.overview import Line, Share, overview
from mantelzorg.room.after.overview_table import table_rows, write_overview
from mantelzorg.room.after.reading import read_record
from mantelzorg.room.record import PlayedCase
from mantelzorg.room.steps import Rhythm, Round


def only(*cases: PlayedCase) -> Line:
    (line,) = overview([training(*cases)]).criteria
    return line


def test_the_last_round_counts_and_the_first_is_kept_beside_it():
    line = only(played(first=(9, 5, 3, 1), second=(15, 1, 2, 0)))
    assert (line.final, line.before, line.shift) == (Share(15, 18), Share(9, 18), 33)


@pytest.mark.parametrize("second", [None, (2, 1, 1, 0)])
def test_without_a_second_round_to_show_the_first_counts(second: tuple[int, ...] | None):
    line = only(played(first=(9, 5, 3, 1), second=second))
    assert (line.final, line.before, line.shift) == (Share(9, 18), Share(9, 18), None)


def test_a_shift_is_that_of_the_cases_voted_on_twice():
    once = played("a", first=(0, 10, 0, 0), second=None)
    twice = played("b", first=(5, 5, 0, 0), second=(10, 0, 0, 0))
    line = only(once, twice)
    assert (line.final, line.before, line.shift) == (Share(10, 20), Share(5, 20), 50)


def test_what_is_least_like_the_rules_comes_first():
    cases = [
        played("a", first=(5, 5, 0, 0), second=None, facts=("care_reason",)),
        played("b", first=(1, 9, 0, 0), second=None, facts=("tasks",)),
        played("c", first=(10, 10, 0, 0), second=None, facts=("payment",)),
    ]
    for order in permutations(cases):
        found = overview([training(*order)])
        assert [line.id for line in found.criteria] == ["tasks", "payment", "care_reason"]
        assert [line.id for line in found.cases] == ["b", "c", "a"]


def test_a_case_counts_for_every_fact_that_decided_it():
    found = overview([training(played(facts=("care_reason", "tasks")))])
    assert {line.id: line.final for line in found.criteria} == {"care_reason": Share(15, 18), "tasks": Share(15, 18)}


def test_what_the_same_vote_is_depends_on_the_case():
    line = only(played("a", (9, 1, 0, 0), None), played("b", (9, 1, 0, 0), None, expected="no"))
    assert line.final == Share(10, 20)


@pytest.mark.parametrize(("tipped", "came"), [(True, Share(10, 17)), (False, Share(5, 17)), (None, Share())])
def test_a_prediction_came_true_when_the_flip_did_that(tipped: bool | None, came: Share):
    assert overview([training(played(tipped=tipped))]).predicted == came


def test_a_criterion_with_too_few_votes_is_named_and_not_counted():
    small = played("klein", (2, 1, 1, 0), (1, 1, 1, 1), facts=("tasks",), predicted=(4, 0, 0))
    found = overview([training(small), training(small, day="2026-11-23"), training(played())])
    assert [line.id for line in found.criteria] == ["care_reason"]
    assert found.hidden == ("wat de helper doet", "Verhaal van klein")
    assert found.predicted == Share(10, 17)


def test_the_same_training_twice_counts_once():
    one, other = training(played()), training(played(), day="2026-12-01")
    found = overview([one, other, replace(one)])
    assert (found.trainings, found.double) == (2, 1)
    assert found.criteria[0].trainings == 2
    assert found.criteria[0].final == Share(30, 36)


def test_disagreement_comes_with_its_remark():
    found = overview([training(played(remark="Een buur telt ook."), played("henk"))])
    assert found.disagreed == 1
    assert [(remark.day, remark.title, remark.text) for remark in found.remarks] == [
        ("2026-11-22", "Verhaal van fatma", "Een buur telt ook.")
    ]


def test_own_cases_count_for_their_criterion_and_are_no_line():
    found = overview([training(played(""))])
    assert [line.final for line in found.criteria] == [Share(15, 18)]
    assert found.cases == ()


def test_meetings_without_rules_have_no_lines():
    case = PlayedCase(
        "esra", "Esra", "", "", "", "", (), {Round.FIRST: votes(Round.FIRST, 8, 2, 2, rhythm=Rhythm.RECOGNISE)}
    )
    found = overview([replace(training(case), rhythm=Rhythm.RECOGNISE)])
    assert (found.trainings, found.played, found.criteria, found.cases) == (1, 0, (), ())


@given(st.lists(records(), max_size=4))
@settings(max_examples=60, deadline=None)
def test_an_overview_of_files_is_that_of_the_trainings_and_shows_no_small_share(given_records):
    found = overview(given_records)
    assert overview([read_record(write_record(one), "x.csv") for one in given_records]) == found
    assert overview(map(shown, given_records)) == found
    for share in [
        share for line in (*found.criteria, *found.cases) for share in (line.final, line.before, line.predicted)
    ]:
        assert share.votes == 0 or share.votes >= 5
        assert 0 <= share.same <= share.votes


@given(st.lists(records(), max_size=3), st.sampled_from(["nl", "en"]))
@settings(max_examples=40, deadline=None)
def test_the_table_is_even_and_its_file_has_no_formula(given_records, language):
    found = overview(given_records)
    for table in table_rows(found, language):
        assert {len(row) for row in table} == {8}
    data = write_overview(found, language).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(data, newline=""), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.startswith(FORMULA)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_words_never_say_right_or_wrong(language: str):
    found = overview([training(played(remark="wij niet"), played("henk", (1, 1, 0, 0)))])
    said = write_overview(found, language).decode()
    assert not re.search(r"\b(goed|fout|juist|correct|right|wrong|score)\b", said, re.IGNORECASE)


def test_a_shift_is_told_in_words():
    found = overview([training(played("a"), played("b", (9, 1, 0, 0), (5, 5, 0, 0), facts=("tasks",)))])
    told = {row[0]: row[5] for row in table_rows(found, "nl")[0][1:]}
    assert told == {"waardoor hulp nodig is": "33 procentpunt erbij", "wat de helper doet": "40 procentpunt eraf"}


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    contents = {
        "a.csv": write_record(training(played(), played("henk", (2, 10, 4, 2), None, facts=("tasks",), remark="=1+1"))),
        "same.csv": write_record(
            training(played(), played("henk", (2, 10, 4, 2), None, facts=("tasks",), remark="=1+1"))
        ),
        "bad.csv": write_record(training(played())).replace(b"2026-11-22", b"22-11-2026"),
        "other.csv": b"naam;uren\r\nx;1\r\n",
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    return {name: str(tmp_path / name) for name in [*contents, "out.csv", "weg.csv"]}


def test_the_command_tells_the_least_understood_first(files: dict[str, str], capsys: pytest.CaptureFixture[str]):
    assert main(["trainings", files["a.csv"], files["same.csv"]]) == 0
    out, err = capsys.readouterr()
    assert out.index("wat de helper doet") < out.index("waardoor hulp nodig is")
    assert "1 keer.\n  2026-11-22 Verhaal van henk: =1+1" in out
    assert f"{files['same.csv']} is hetzelfde verslag als {files['a.csv']}" in err


def test_the_command_tells_every_fault_of_every_file(files: dict[str, str], capsys: pytest.CaptureFixture[str]):
    assert main(["trainings", *(files[name] for name in ("bad.csv", "a.csv", "weg.csv", "other.csv"))]) == 2
    out, err = capsys.readouterr()
    assert not out
    for name, line in (("bad.csv", 2), ("weg.csv", 1), ("other.csv", 1)):
        assert f"{files[name]}:{line}:1: [" in err
    assert files["a.csv"] not in err


def test_the_command_writes_what_a_spreadsheet_and_a_program_read(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
):
    assert main(["trainings", files["a.csv"], "--csv", files["out.csv"]]) == 0
    assert "'=1+1" in Path(files["out.csv"]).read_text("utf-8-sig")
    capsys.readouterr()
    assert main(["trainings", files["a.csv"], "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [line["id"] for line in found["criteria"]] == ["tasks", "care_reason"]
    assert found["criteria"][0]["same_percent"] == 11
    assert found["remarks"] == [{"day": "2026-11-22", "title": "Verhaal van henk", "text": "=1+1"}]
