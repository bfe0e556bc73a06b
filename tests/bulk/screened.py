"""Files to screen, and what comes of them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from mantelzorg.bulk.screening import Summary, Wish, screen
from mantelzorg.content import Content
from mantelzorg.problems import ContentError

HEAD = ["nummer", "hours_per_week", "months_caring", "helper_age", "recipient_home"]
ROWS = [
    ["0012", "12,5", "6", "40", "thuis"],
    ["0013", "", ">3", "onbekend", "own_home"],
    ["0014", "200", "6", "40", "thuis"],
    ["-", "2", "12", "40", ""],
]
CODES = ["meets", "open", "", "does_not_meet"]


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


def workbook(path: Path, rows: list[list[Any]], **sheets: list[list[Any]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for title, lines in {"Intakes": rows, **sheets}.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path
