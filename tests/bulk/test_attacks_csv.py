"""Every hostile CSV file of the shared corpus ends as its manifest says, with nothing misread in between."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from mantelzorg.bulk.output import _DANGEROUS
from mantelzorg.bulk.screening import Summary, Wish, screen
from mantelzorg.content import Content, load
from mantelzorg.problems import ContentError

CORPUS = Path(__file__).parents[2].parent / "shared" / "attacks" / "csv"
OURS = {
    "uren_per_week": "hours_per_week",
    "sinds_maanden": "months_caring",
    "relatie": "relationship",
    "woont_samen": "shares_home",
    "Uren_per_week": "Hours_per_week",
    "SINDS_MAANDEN": "MONTHS_CARING",
}
absent = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus ../shared/attacks/csv is absent")
SIGNS = {"komma": ",", "puntkomma": ";", "tab": "\t"}


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


def manifest() -> list[dict[str, Any]]:
    if not CORPUS.is_dir():
        return []
    listed: list[dict[str, Any]] = json.loads((CORPUS / "manifest.json").read_text("utf-8"))
    return listed


def attacks(expect: str) -> list[Any]:
    chosen = [pytest.param(each, id=each["file"]) for each in manifest() if each["expect"] == expect]
    return chosen or [pytest.param({}, marks=absent, id="absent")]


def ours(folder: Path, name: str) -> Path:
    """The file with its columns named as our facts; nothing else changes."""
    data = (CORPUS / name).read_bytes()
    for theirs, own in OURS.items():
        data = data.replace(theirs.encode(), own.encode())
        data = data.replace(theirs.encode("utf-16-le"), own.encode("utf-16-le"))
    path = folder / name
    path.write_bytes(data)
    return path


def screened(content: Content, folder: Path, name: str, **wish: Any) -> tuple[Summary, list[dict[str, str]]]:
    source, target = ours(folder, name), folder / "uit.csv"
    before = source.read_bytes()
    try:
        summary = screen(Wish(source, target, [content.judges["mantelzorg"], content.judges["cbs"]], **wish), content)
    finally:
        assert source.read_bytes() == before, "the input is untouched"
        assert [path for path in folder.iterdir() if path.name not in {name, "uit.csv"}] == []
    with target.open(encoding="utf-8-sig", newline="") as file:
        return summary, list(csv.DictReader(file, delimiter=SIGNS[summary.about["separator"]]))


def told(content: Content, folder: Path, name: str, **wish: Any) -> str:
    with pytest.raises(ContentError) as error:
        screened(content, folder, name, **wish)
    assert not (folder / "uit.csv").exists()
    return str(error.value)


@pytest.mark.parametrize("attack", attacks("ok"))
def test_a_strange_but_sound_file_is_screened_whole(content: Content, tmp_path: Path, attack: dict[str, Any]) -> None:
    summary, rows = screened(content, tmp_path, attack["file"])
    assert summary.errors == 0
    assert all(row["mantelzorg: code"] for row in rows)
    assert len(rows) == summary.rows == (4 if attack["id"] == "c24" else 3)


@pytest.mark.parametrize("attack", attacks("row_errors"))
def test_rows_that_cannot_be_read_say_so_and_the_others_go_on(
    content: Content, tmp_path: Path, attack: dict[str, Any]
) -> None:
    summary, rows = screened(content, tmp_path, attack["file"])
    wrong = [row for row in rows if row["leesfout"]]
    assert len(wrong) == summary.errors
    assert summary.errors or attack["id"] == "c26", "or ok with a warning"
    assert all(row["leesfout"].startswith("regel ") for row in wrong)
    assert all(bool(row["mantelzorg: code"]) != bool(row["leesfout"]) for row in rows)


@pytest.mark.parametrize("attack", [each for each in attacks("refuse") if "c15" not in each.values[0].get("file", "")])
def test_what_could_be_misread_is_refused(content: Content, tmp_path: Path, attack: dict[str, Any]) -> None:
    told(content, tmp_path, attack["file"])


@absent
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("c06_pipe_wrong.csv", ["puntkomma (;)", "komma (,)", "tab", "'|'"]),
        ("c10_mixed_encoding.csv", [":3:1:", "twee tekensets", "UTF-8"]),
        ("c12_blank_lines_only.csv", ["leeg"]),
        ("c16_duplicate_column.csv", ["Kolom 2 en kolom 6", "hours_per_week"]),
        ("c29_unclosed_quote.csv", [":3:1:", "aanhalingsteken", "regel 3"]),
        ("c35_preamble.csv", ["regel 1", "regel 3"]),
        ("c37_xlsx_renamed.csv", ["Excel-werkmap", "CSV"]),
        ("c38_html_renamed.csv", ["webpagina", "CSV"]),
    ],
)
def test_the_refusal_helps(content: Content, tmp_path: Path, name: str, words: list[str]) -> None:
    message = told(content, tmp_path, name)
    assert [word for word in words if word not in message] == [], message


@absent
def test_a_required_column_that_is_missing_is_named(content: Content, tmp_path: Path) -> None:
    assert "hours_per_week" in told(content, tmp_path, "c15_missing_column.csv", required=["hours_per_week"])


@absent
def test_a_fact_without_a_column_is_unknown_and_the_summary_names_it(content: Content, tmp_path: Path) -> None:
    summary, rows = screened(content, tmp_path, "c15_missing_column.csv")
    assert "hours_per_week" in summary.missing["cbs"]
    assert {row["cbs: code"] for row in rows} == {"open"}


@absent
def test_the_same_situations_get_the_same_results_in_every_dress(content: Content, tmp_path: Path) -> None:
    same = ["c01_baseline", "c02_semicolon", "c04_tab", "c09_utf16", "c17_header_case_space", "c18_extra_columns"]
    same += ["c19_reordered", "c32_cr_only", "c33_no_final_newline"]
    found = []
    for name in same:
        folder = tmp_path / name
        folder.mkdir()
        _, rows = screened(content, folder, f"{name}.csv")
        found.append([{key: row[key] for key in row if ": " in key} for row in rows])
    assert all(each == found[0] for each in found)


@absent
def test_a_decimal_comma_in_a_comma_file_is_an_error_and_never_12_hours(content: Content, tmp_path: Path) -> None:
    _, rows = screened(content, tmp_path, "c07_comma_decimal_unquoted.csv")
    assert "6 cellen" in rows[0]["leesfout"]
    assert rows[1]["leesfout"] == ""


@absent
def test_impossible_numbers_are_named_by_line_and_column(content: Content, tmp_path: Path) -> None:
    _, rows = screened(content, tmp_path, "c22_hours_200.csv")
    wrong = {row["zaak_id"]: row["leesfout"] for row in rows if row["leesfout"]}
    assert set(wrong) == {"Z004", "Z006", "Z007"}
    assert wrong["Z004"].startswith("regel 5, kolom hours_per_week: '200'")


@absent
def test_odd_numbers_are_errors_but_for_what_is_documented(content: Content, tmp_path: Path) -> None:
    _, rows = screened(content, tmp_path, "c23_odd_numbers.csv")
    sound = [row["hours_per_week"] for row in rows if not row["leesfout"]]
    assert sound == ["12.5", "8", "40", "<8", " 8 ", "08", ""]


@absent
def test_ids_that_look_like_nothing_stay_what_they_are(content: Content, tmp_path: Path) -> None:
    _, rows = screened(content, tmp_path, "c24_enum_as_na.csv")
    assert [row["zaak_id"] for row in rows] == ["NA", "null", "None", "-"]


@absent
def test_double_ids_are_both_kept_with_a_warning(content: Content, tmp_path: Path) -> None:
    summary, rows = screened(content, tmp_path, "c26_duplicate_id.csv")
    assert [row["zaak_id"] for row in rows] == ["Z001", "Z002", "Z003", "Z001"]
    assert summary.repeated == {"zaak_id": 1}


@absent
def test_no_cell_that_comes_out_is_a_formula(content: Content, tmp_path: Path) -> None:
    _, rows = screened(content, tmp_path, "c27_formula_cells.csv")
    cells = [cell for row in rows for cell in row.values()]
    assert [cell for cell in cells if cell[:1] in set("=+-@\t\r\0＝")] == []
    assert [cell for cell in cells if _DANGEROUS.match(cell)] == []
    assert [bool(row["leesfout"]) for row in rows] == [False] * 6 + [True, False]


@absent
def test_rows_that_are_too_short_too_long_or_empty_stay_in_their_place(content: Content, tmp_path: Path) -> None:
    summary, rows = screened(content, tmp_path, "c30_ragged.csv")
    assert [bool(row["leesfout"]) for row in rows] == [True, True, True, False]
    assert "extra,extra" in rows[1]["leesfout"], "nothing is lost"
    assert summary.blank == 1


@absent
def test_total_and_source_rows_are_no_situations(content: Content, tmp_path: Path) -> None:
    _, rows = screened(content, tmp_path, "c34_total_row.csv")
    assert [bool(row["leesfout"]) for row in rows] == [False, False, False, True, True]


@absent
def test_a_date_of_excel_is_called_one(content: Content, tmp_path: Path) -> None:
    _, rows = screened(content, tmp_path, "c36_date_autoformat.csv")
    assert all("datum die Excel" in row["leesfout"] for row in rows)


@absent
def test_personal_data_in_other_columns_is_in_no_summary(content: Content, tmp_path: Path) -> None:
    summary, rows = screened(content, tmp_path, "c18_extra_columns.csv")
    assert rows[0]["bsn"] == "111222333"
    assert summary.extra == ["zaak_id", "naam", "bsn"]
    assert "Jansen" not in repr(summary)
    assert "111222333" not in repr(summary)
