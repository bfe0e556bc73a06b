"""A file goes in and every row comes out, whatever the file's form; nothing is half done."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulk.frames import random_rows, text_frame
from bulk.screened import CODES, HEAD, ROWS, csv_file, rows_of, screened
from mantelzorg.bulk import csv_source, screening
from mantelzorg.bulk.judging import judge
from mantelzorg.bulk.output import defused
from mantelzorg.content import Content, load
from mantelzorg.problems import ContentError


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


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1+1", "@x", "\t=1", "\r=1", "\0", " =1", "＝1", "-x", "\n=1"])
def test_a_cell_that_a_spreadsheet_would_work_out_is_defused_once(cell: str) -> None:
    assert defused(cell) == f"'{cell}"
    assert defused(defused(cell)) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "-", "-5", "-12,5", "a=b", "1-2", "'x", "Jan"])
def test_what_is_no_formula_stays_as_it_is(cell: str) -> None:
    assert defused(cell) == cell
