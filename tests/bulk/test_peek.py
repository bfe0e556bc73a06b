"""A first look at a file, and columns that somebody names."""

from __future__ import annotations

import csv
from pathlib import Path

from mantelzorg.bulk.columns import recognise
from mantelzorg.bulk.peek import MOST_ROWS, peek
from mantelzorg.bulk.screening import Wish, screen
from mantelzorg.content import load

CONTENT = load()
JUDGE = CONTENT.judges["mantelzorg"]


def written(folder: Path, text: str) -> Wish:
    source = folder / "in.csv"
    source.write_text(text, "utf-8")
    return Wish(source, folder / "out.csv", (JUDGE,))


def test_a_look_shows_the_first_rows_and_judges_nothing(tmp_path: Path) -> None:
    rows = "".join(f"{number};parent\n" for number in range(20))
    wish = written(tmp_path, f"nr;relationship\n{rows}")
    found = peek(wish, CONTENT)
    assert [heading.fact.id if heading.fact else "" for heading in found.headings] == ["", "relationship"]
    assert found.rows == tuple((str(number), "parent") for number in range(MOST_ROWS))
    assert not wish.target.exists()


def test_what_somebody_says_of_a_column_goes_before_its_name(tmp_path: Path) -> None:
    names = ("wie", "relationship", "care_reason")
    told = recognise(names, CONTENT.facts.values(), {0: "relationship", 1: ""})
    assert [heading.fact.id if heading.fact else "" for heading in told] == ["relationship", "", "care_reason"]
    wish = written(tmp_path, "wie;relationship;care_reason\nouder;onzin;dementia\n")
    wish = Wish(wish.source, wish.target, wish.judges, told={0: "relationship", 1: ""})
    summary = screen(wish, CONTENT)
    assert summary.errors == 0
    assert summary.facts == ["relationship", "care_reason"]
    with wish.target.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file, delimiter=";")
    assert row["relationship"] == "onzin"
    assert row["wie"] == "ouder"
