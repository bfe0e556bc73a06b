"""Excel workbooks and Parquet files: cells keep their type, and nothing is cut or dropped."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from bulk.screened import CODES, HEAD, ROWS, csv_file, refused, rows_of, screened, workbook
from mantelzorg.bulk import sheet_source
from mantelzorg.content import Content


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
