"""The command `screen` as somebody uses it."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bulk.screened import HEAD, ROWS, csv_file
from mantelzorg.bulk.csv_source import CsvSource
from mantelzorg.cli import main
from mantelzorg.cli import screen as command
from mantelzorg.content import Content

pytestmark = pytest.mark.usefixtures("loaded_once")


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
