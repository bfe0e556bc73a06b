"""A file goes in and every row comes out, whatever the file's form; nothing is half done."""

from __future__ import annotations

import csv
import datetime as dt
import errno
import io
import json
import os
import signal
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bulk.frames import random_rows, text_frame
from mantelzorg.bulk import csv_source, screening, sheet_source
from mantelzorg.bulk.csv_source import CsvSource
from mantelzorg.bulk.judging import judge
from mantelzorg.bulk.output import CsvWriter, defused
from mantelzorg.bulk.screening import Summary, Wish, screen
from mantelzorg.cli import main
from mantelzorg.cli import screen as command
from mantelzorg.content import Content, load
from mantelzorg.problems import ContentError

HEAD = ["nummer", "hours_per_week", "months_caring", "helper_age", "recipient_home"]
ROWS = [
    ["0012", "12,5", "6", "40", "thuis"],
    ["0013", "", ">3", "onbekend", "own_home"],
    ["0014", "200", "6", "40", "thuis"],
    ["-", "2", "12", "40", ""],
]
CODES = ["meets", "open", "", "does_not_meet"]


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.fixture(autouse=True)
def _loaded_once(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "load", lambda: content)


def csv_file(path: Path, rows: list[list[str]], separator: str = ";", encoding: str = "utf-8") -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def screened(content: Content, source: Path, target: Path, rules: str = "alkmaar-2020", **wish: Any) -> Summary:
    return screen(Wish(source, target, [content.judges[rules]], **wish), content)


def rows_of(path: Path, separator: str = ";") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


def refused(content: Content, source: Path, target: Path, **wish: Any) -> str:
    before = sorted(path.name for path in target.parent.iterdir()) if target.parent.is_dir() else []
    with pytest.raises(ContentError) as told:
        screened(content, source, target, **wish)
    if target.parent.is_dir():
        assert sorted(path.name for path in target.parent.iterdir()) == before, "nothing is left behind"
    return str(told.value)


# What goes in comes out


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8 met BOM"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"), ("cp1252", "Windows-1252"),
    ],
)  # fmt: skip
def test_every_dress_of_a_text_table_is_undone_and_named(
    content: Content, tmp_path: Path, separator: str, encoding: str, name: str
) -> None:
    rows = [[*HEAD, "naam"], *([*row, "Zoë €"] for row in ROWS)]
    source = csv_file(tmp_path / "in.csv", rows, separator, encoding)
    summary = screened(content, source, tmp_path / "uit.csv")
    assert summary.about["encoding"] == name
    found = rows_of(tmp_path / "uit.csv", separator)
    assert [row["alkmaar-2020: code"] for row in found] == CODES
    assert [row["naam"] for row in found] == ["Zoë €"] * 4
    assert [row["nummer"] for row in found] == ["0012", "0013", "0014", "-"]


def test_a_row_says_its_result_what_is_possible_why_and_what_to_ask(content: Content, tmp_path: Path) -> None:
    screened(content, csv_file(tmp_path / "in.csv", [HEAD, *ROWS]), tmp_path / "uit.csv")
    met, still_open, wrong, failed = rows_of(tmp_path / "uit.csv")
    assert met["alkmaar-2020: uitkomst"] == "lijkt te passen"
    assert "Helpt 12,5 uur per week" in met["alkmaar-2020: waarom"]
    assert still_open["alkmaar-2020: kan nog"] == "lijkt te passen; past nu niet"
    assert still_open["alkmaar-2020: nog vragen"] == "leeftijd helper; hoe lang al; uren per week"
    assert wrong["leesfout"].startswith("regel 4, kolom hours_per_week: '200' valt buiten")
    assert failed["alkmaar-2020: waarom"] == "Helpt 2 uur per week. Het is minder dan 8 uur per week."


def test_english_throughout_when_asked(content: Content, tmp_path: Path) -> None:
    screened(content, csv_file(tmp_path / "in.csv", [HEAD, *ROWS]), tmp_path / "uit.csv", language="en")
    row = rows_of(tmp_path / "uit.csv")[0]
    assert row["alkmaar-2020: result"] == "seems to fit"
    assert "hours a week" in row["alkmaar-2020: why"]
    assert "is outside what can be" in rows_of(tmp_path / "uit.csv")[2]["reading error"]


def test_a_file_gets_the_results_that_its_frame_gets(content: Content, tmp_path: Path) -> None:
    for name, own in content.judges.items():
        frame = text_frame(own, random_rows(own, 300, seed=7))
        frame.to_csv(tmp_path / "in.csv", sep=";", index=False)
        screened(content, tmp_path / "in.csv", tmp_path / "uit.csv", name)
        found = [row[f"{name}: code"] or "error" for row in rows_of(tmp_path / "uit.csv")]
        silent = (frame == "").all(axis=1)
        assert found == judge(frame, own).astype(str).where(~silent, "error").tolist(), name


@pytest.mark.parametrize("name", ["mantelzorg", "alkmaar-2020"])
def test_parts_of_a_file_are_no_boundary(
    content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    own = content.judges[name]
    frame = text_frame(own, random_rows(own, 90, seed=8))
    frame.insert(0, "tekst", ["een\ntwee", "x", 'met "aanhaling"'] * 30)
    frame.to_csv(tmp_path / "in.csv", sep=";", index=False)
    screened(content, tmp_path / "in.csv", tmp_path / "een.csv", name)
    for rows, distinct in ((1, 5), (7, 1), (64, 10)):
        monkeypatch.setattr(csv_source, "STEP", rows)
        monkeypatch.setattr(csv_source, "ROWS", rows)
        monkeypatch.setattr(screening, "TOGETHER", 3 * rows)
        monkeypatch.setattr(screening, "MOST_DISTINCT", distinct)
        screened(content, tmp_path / "in.csv", tmp_path / "twee.csv", name)
        assert (tmp_path / "twee.csv").read_bytes() == (tmp_path / "een.csv").read_bytes()


def test_a_line_number_counts_the_lines_within_cells(content: Content, tmp_path: Path) -> None:
    rows = [["tekst", "hours_per_week"], ["a\nb\nc", "8"], ["d", "x"]]
    screened(content, csv_file(tmp_path / "in.csv", rows), tmp_path / "uit.csv")
    assert rows_of(tmp_path / "uit.csv")[1]["leesfout"].startswith("regel 5, kolom hours_per_week")


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t="), max_size=8)


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=5), st.sampled_from(";,\t"))
def test_rows_in_are_rows_out_and_other_columns_keep_what_they_say(
    pairs: list[tuple[str, str]], separator: str
) -> None:
    content = load_once()
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.csv"), Path(folder, "uit.csv")
        csv_file(source, [["naam", "hours_per_week", "slot"], *([one, "9", two] for one, two in pairs)], separator)
        summary = screened(content, source, target)
        found = rows_of(target, separator)
        assert summary.rows == len(found) == len(pairs)
        assert [(row["naam"], row["slot"]) for row in found] == [(defused(one), defused(two)) for one, two in pairs]
        again = Path(folder, "nog.csv")
        screened(content, target, again)
        assert again.read_bytes() == target.read_bytes(), "our own export gives itself"


@settings(max_examples=150, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=80), st.sampled_from([b"hours_per_week;x\n", b"", b"PK\x03\x04", b"PAR1", b"\xff\xfe", b'"']))
def test_any_bytes_are_screened_or_refused(data: bytes, begin: bytes) -> None:
    content = load_once()
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.csv"), Path(folder, "uit.csv")
        source.write_bytes(begin + data)
        try:
            screened(content, source, target)
        except ContentError:
            assert not target.exists()
        assert source.read_bytes() == begin + data
        assert {path.name for path in Path(folder).iterdir()} <= {"in.csv", "uit.csv"}


def load_once(kept: list[Content] = []) -> Content:  # noqa: B006
    if not kept:
        kept.append(load())
    return kept[0]


# Formulas


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1+1", "@x", "\t=1", "\r=1", "\0", " =1", "＝1", "-x", "\n=1"])
def test_a_cell_that_a_spreadsheet_would_work_out_is_defused_once(cell: str) -> None:
    assert defused(cell) == f"'{cell}"
    assert defused(defused(cell)) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "-", "-5", "-12,5", "a=b", "1-2", "'x", "Jan"])
def test_what_is_no_formula_stays_as_it_is(cell: str) -> None:
    assert defused(cell) == cell


# Excel and Parquet


def workbook(path: Path, rows: list[list[Any]], **sheets: list[list[Any]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for title, lines in {"Intakes": rows, **sheets}.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path


@pytest.mark.parametrize("target", ["uit.csv", "uit.xlsx", "uit.parquet"])
@pytest.mark.parametrize("source", ["in.csv", "in.xlsx", "in.parquet"])
def test_every_form_can_become_every_other(content: Content, tmp_path: Path, source: str, target: str) -> None:
    if source == "in.csv":
        csv_file(tmp_path / source, [HEAD, *ROWS])
    elif source == "in.xlsx":
        workbook(tmp_path / source, [HEAD, *ROWS])
    else:
        pd.DataFrame(ROWS, columns=HEAD).to_parquet(tmp_path / source)
    screened(content, tmp_path / source, tmp_path / target)
    if target == "uit.csv":
        found = pd.DataFrame(rows_of(tmp_path / target))
    elif target == "uit.xlsx":
        found = pd.read_excel(tmp_path / target, dtype=str, keep_default_na=False)
    else:
        found = pd.read_parquet(tmp_path / target)
    assert found["alkmaar-2020: code"].fillna("").tolist() == CODES
    assert found["nummer"].tolist() == ["0012", "0013", "0014", "-"]


def test_typed_cells_of_a_workbook_keep_their_type_and_format(content: Content, tmp_path: Path) -> None:
    source = workbook(
        tmp_path / "in.xlsx", [["nr", "dag", "tekst", "hours_per_week"], [7, dt.date(2026, 5, 2), "=1", 8.5]]
    )
    book = load_workbook(source)
    book.active["A2"].number_format = "00000"
    book.active["C2"].data_type = "s"
    book.save(source)
    screened(content, source, tmp_path / "uit.xlsx")
    sheet = load_workbook(tmp_path / "uit.xlsx").active
    assert (sheet["A2"].value, sheet["A2"].number_format) == (7, "00000")
    assert sheet["B2"].value == dt.datetime(2026, 5, 2)
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("'=1", "s")
    screened(content, source, tmp_path / "uit.csv")
    assert list(rows_of(tmp_path / "uit.csv")[0].values())[:4] == ["00007", "2026-05-02", "'=1", "8.5"]


def test_columns_of_parquet_go_through_untouched(content: Content, tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"hours_per_week": [8.5, np.nan], "n": [1, 2], "dag": pd.to_datetime(["2026-05-02", None]), "s": ["=1", None]}
    )
    frame.to_parquet(tmp_path / "in.parquet")
    screened(content, tmp_path / "in.parquet", tmp_path / "uit.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "uit.parquet")[list(frame.columns)], frame)


def test_a_formula_without_a_result_is_an_error_and_not_unknown(content: Content, tmp_path: Path) -> None:
    source = workbook(tmp_path / "in.xlsx", [["hours_per_week", "helper_age"], ["=4+4", 40], [9, 40]])
    summary = screened(content, source, tmp_path / "uit.csv")
    first, second = rows_of(tmp_path / "uit.csv")
    assert first["leesfout"].startswith("cel A2: ")
    assert second["leesfout"] == ""
    assert summary.errors == 1
    assert screened(content, tmp_path / "uit.csv", tmp_path / "nog.csv").errors == 1, "nor a second time"


def test_merged_cells_and_columns_without_a_name_are_refused(content: Content, tmp_path: Path) -> None:
    source = workbook(tmp_path / "in.xlsx", [["hours_per_week"], [8], [9]])
    book = load_workbook(source)
    book.active.merge_cells("A2:A3")
    book.save(source)
    assert "A2" in refused(content, source, tmp_path / "uit.csv")
    workbook(source, [["hours_per_week"], [8], [9, "los"]])
    assert "cel B3" in refused(content, source, tmp_path / "uit.csv")


def test_the_sheet_is_the_only_one_with_facts_or_the_one_named(content: Content, tmp_path: Path) -> None:
    source = workbook(tmp_path / "in.xlsx", [["hours_per_week"], [8]], Uitleg=[["Lees mij"]])
    assert screened(content, source, tmp_path / "uit.csv").about["sheet"] == "Intakes"
    workbook(source, [["hours_per_week"], [8]], Ook=[["hours_per_week"], [8], [9]])
    assert "'Ook'" in refused(content, source, tmp_path / "nieuw.csv")
    assert screened(content, source, tmp_path / "uit.csv", sheet="Ook").rows == 2
    assert "'Intakes'" in refused(content, source, tmp_path / "nieuw.csv", sheet="Weg")
    assert "--sheet" in refused(content, csv_file(tmp_path / "a.csv", [HEAD, *ROWS]), tmp_path / "n.csv", sheet="Ook")


def test_a_workbook_that_says_it_is_smaller_than_it_is_loses_no_rows(content: Content, tmp_path: Path) -> None:
    source = workbook(tmp_path / "in.xlsx", [["hours_per_week"], *([n] for n in range(20))])
    small = tmp_path / "klein.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(small, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b'ref="A1:A21"', b'ref="A1:A3"'))
    assert b'ref="A1:A3"' in zipfile.ZipFile(small).read("xl/worksheets/sheet1.xml")
    assert screened(content, small, tmp_path / "uit.csv").rows == 20


def test_a_workbook_made_to_fill_the_disk_is_refused(
    content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_source, "MOST_UNPACKED", 100)
    assert "te veel" in refused(content, workbook(tmp_path / "in.xlsx", [HEAD]), tmp_path / "uit.csv")


def test_what_excel_cannot_hold_is_refused_and_not_cut(content: Content, tmp_path: Path) -> None:
    source = csv_file(tmp_path / "in.csv", [["hours_per_week", "naam"], ["9", "x" * 40_000]])
    assert "32767" in refused(content, source, tmp_path / "uit.xlsx")
    assert screened(content, source, tmp_path / "uit.csv").rows == 1


# Bad input


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", ["leeg"]),
        (b"hours_per_week;x\r\n", ["geen rijen"]),
        (b"naam;x\r\n1;2\r\n", ["Geen enkele kolom", "docs/command-line.md"]),
        (b"hours_per_week;naam;Naam\r\n1;2;3\r\n", ["Kolom 2 en kolom 3"]),
        (b"hours_per_week\r\n1\r\n\x00\r\n", ["regel 3", "NUL"]),
        (b"hours_per_week;x\r\n1;\x81\r\n", ["regel 2", "tekenset"]),
        (b"\xff\xfe\x00\x00h", ["UTF-32"]),
        (b"\xd0\xcf\x11\xe0....", ["oud Excel", ".xlsx"]),
        (b"%PDF-1.7", ["PDF"]),
        (b"PAR1....", ["Parquet", "beschadigd"]),
        (b'hours_per_week;x\r\n1;"a\r\n2;b\r\n3;"c"\r\n', ["regel 2", "aanhalingsteken"]),
        (b'nr;hours_per_week;x\r\n1;8;"a\r\n2;9;b\r\n3;8;"\r\n', ["regel 2", "aanhalingsteken"]),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_place_and_remedy(
    content: Content, tmp_path: Path, data: bytes, words: list[str]
) -> None:
    (tmp_path / "in.csv").write_bytes(data)
    message = refused(content, tmp_path / "in.csv", tmp_path / "uit.csv")
    assert [word for word in words if word not in message] == [], message
    assert (tmp_path / "in.csv").read_bytes() == data


def test_a_quotation_mark_in_a_strange_place_is_an_error_of_its_row(content: Content, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(b'nr;hours_per_week;x\r\n1;8;"Jan" Jansen\r\n2;9;b\r\n')
    screened(content, tmp_path / "in.csv", tmp_path / "uit.csv")
    first, second = rows_of(tmp_path / "uit.csv")
    assert '1;8;"Jan" Jansen' in first["leesfout"]
    assert (first["nr"], first["hours_per_week"], second["leesfout"]) == ("1", "", "")


def test_a_cell_of_a_megabyte_is_kept_or_is_an_error_of_its_row(content: Content, tmp_path: Path) -> None:
    giant = "x" * 1_000_000
    rows = [["naam", "hours_per_week"], [giant, "9"], ["kort", giant]]
    summary = screened(content, csv_file(tmp_path / "in.csv", rows), tmp_path / "uit.csv")
    csv.field_size_limit(2_000_000)
    first, second = rows_of(tmp_path / "uit.csv")
    csv.field_size_limit(131_072)
    assert first["naam"] == giant
    assert len(second["leesfout"]) < 200
    assert summary.errors == 1


def test_content_decides_and_a_wrong_name_is_mentioned(content: Content, tmp_path: Path) -> None:
    source = workbook(tmp_path / "in.csv", [["hours_per_week"], [8]])
    assert screened(content, source, tmp_path / "uit.csv").about["content"] == "xlsx"
    source = csv_file(tmp_path / "in.xlsx", [["hours_per_week"], ["8"]])
    assert screened(content, source, tmp_path / "uit.csv").about["content"] == "csv"


def test_the_input_is_never_the_output(content: Content, tmp_path: Path) -> None:
    source = csv_file(tmp_path / "in.csv", [HEAD, *ROWS])
    (tmp_path / "link.csv").symlink_to(source)
    for target in (source, tmp_path / "link.csv", tmp_path / "." / "in.csv"):
        assert "hetzelfde bestand" in refused(content, source, target)


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [("weg.csv", "uit.csv", "bestaat niet"), (".", "uit.csv", "map"), ("in.csv", "uit.doc", ".parquet"),
     ("in.csv", "weg/uit.csv", "Deze map bestaat niet"), ("in.csv", "map.csv", "Dit is een map")],
)  # fmt: skip
def test_a_place_that_cannot_be_used_is_named(
    content: Content, tmp_path: Path, source: str, target: str, words: str
) -> None:
    csv_file(tmp_path / "in.csv", [HEAD, *ROWS])
    (tmp_path / "map.csv").mkdir()
    assert words in refused(content, tmp_path / source, tmp_path / target)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_a_folder_that_may_not_be_written_in_is_named(
    content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def deny(**_: object) -> None:
        raise OSError(number, "denied")

    monkeypatch.setattr(tempfile, "mkstemp", deny)
    message = refused(content, csv_file(tmp_path / "in.csv", [HEAD, *ROWS]), tmp_path / "uit.csv")
    assert "andere map" in message
    assert "invoer is niet gewijzigd" in message


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB, where the system lets us have one."""
    folder = tmp_path / "vol"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("name", ["uit.csv", "uit.xlsx", "uit.parquet"])
def test_a_full_disk_leaves_nothing_but_a_message(
    content: Content, tmp_path: Path, small_disk: Path, name: str
) -> None:
    random = np.random.default_rng(1)
    rows = [[random.bytes(300).hex(), "9", "6", "40", "thuis"] for _ in range(400)]
    source = csv_file(tmp_path / "in.csv", [HEAD, *rows])
    assert "De schijf is vol" in refused(content, source, small_disk / name)


def test_a_writer_that_fails_leaves_what_was_there(
    content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(CsvWriter, "write", fail)
    (tmp_path / "uit.csv").write_text("van gisteren")
    refused(content, csv_file(tmp_path / "in.csv", [HEAD, *ROWS]), tmp_path / "uit.csv")
    assert (tmp_path / "uit.csv").read_text() == "van gisteren"


# The command


def test_the_command_tells_what_it_did(content: Content, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = csv_file(tmp_path / "in.csv", [[*HEAD, "uren per weke"], *([*row, ""] for row in ROWS)])
    target = str(tmp_path / "uit.csv")
    assert main(["screen", str(source), target, "--rules", "alkmaar-2020", "cbs"]) == 1
    out, err = capsys.readouterr()
    for words in (
        "4 rijen",
        "tekenset UTF-8",
        "puntkomma",
        "meets",
        "33 %",
        "1 rijen konden niet",
        "regel 4",
        "nummer",
    ):
        assert words in out, words
    assert "Bedoelde u 'hours_per_week'?" in out
    assert err == "", "no progress bar where nobody looks"
    assert main(["screen", str(source), target, "--rules", "all", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["rows"] == 4
    assert set(told["results"]) == set(content.judges)
    assert told["results"]["alkmaar-2020"] == {"meets": 1, "does_not_meet": 1, "open": 1}


def test_the_command_refuses_with_status_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = str(csv_file(tmp_path / "in.csv", [HEAD, *ROWS[:2]]))
    target = str(tmp_path / "uit.csv")
    for options, words in (
        (["--rules", "alkmar-2020"], "Bedoelde u 'alkmaar-2020'?"),
        (["--require", "hours_per_wek"], "Bedoelde u 'hours_per_week'?"),
        (["--require", "tasks"], "geen kolom voor tasks"),
        (["--sheet", "x"], "geen bladen"),
    ):
        assert main(["screen", source, target, *options]) == 2
        assert words in capsys.readouterr().err
    assert not Path(target).exists()
    assert main(["screen", source, target]) == 0


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_an_interrupted_run_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int, status: int
) -> None:
    source = csv_file(tmp_path / "in.csv", [HEAD, *ROWS])
    whole, seen = CsvSource.chunks, list[list[str]]()

    def interrupted(self: CsvSource) -> Iterator[Any]:
        yield from whole(self)
        seen.append([path.name for path in tmp_path.iterdir()])
        os.kill(os.getpid(), number)
        yield from ()

    monkeypatch.setattr(CsvSource, "chunks", interrupted)
    assert main(["screen", str(source), str(tmp_path / "uit.csv")]) == status
    assert "Er is niets bewaard" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]
    assert len(seen[0]) == 2, "there was a file to leave behind"


def test_a_terminal_shows_rate_and_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr(command, "PAUSE", 0)
    times = iter([0.0, 2.0])
    monkeypatch.setattr("time.monotonic", lambda: next(times))
    bar = command._Bar("nl")
    bar.show(50_000, 0.25)
    shown = capsys.readouterr().err
    for words in ("50.000 rijen", "25.000 per seconde", "nog 6 s"):
        assert words in shown
