"""Files and places that cannot be used: told with place and remedy, and nothing is left behind."""

from __future__ import annotations

import csv
import errno
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from bulk.screened import HEAD, ROWS, csv_file, refused, rows_of, screened, workbook
from mantelzorg.bulk.output import CsvWriter
from mantelzorg.content import Content


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
