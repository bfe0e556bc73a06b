"""`compare --on`: what a change does to real rows, and what it never gives away about a few of them."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mantelzorg.assessment import Judge
from mantelzorg.cli import main
from mantelzorg.comparison.on_data import SAME, OnData, on_data
from mantelzorg.comparison.on_data_told import on_data_json, on_data_markdown, on_data_text
from mantelzorg.comparison.revisions import files
from mantelzorg.comparison.small_counts import SMALL, protect
from mantelzorg.content import ROOT, load
from mantelzorg.facts import parse_answers

OLD, NEW = (str(ROOT / "rules" / f"almere-waardering-{year}.yaml") for year in (2019, 2021))
PUBLISHED = yaml.safe_load((ROOT / "cases" / "published.yaml").read_text("utf-8"))


def case_rows(times: int = 6) -> list[dict[str, object]]:
    """The published cases, each at several ages of the helper: a few hundred rows."""
    ages = [10, 16, 17, 30, 50, 80]
    return [{**case["facts"], "helper_age": ages[turn]} for turn in range(times) for case in PUBLISHED]


def written(path: Path, rows: Iterable[Mapping[str, object]], extra: Sequence[str] = ()) -> Path:
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(names)
        for row in rows:
            cells = (row.get(name, "") for name in names)
            writer.writerow(["|".join(cell) if isinstance(cell, list) else cell for cell in cells])
        file.writelines(extra)
    return path


def told(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    status = main(["compare", *argv])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return status, out, err


def test_every_row_is_judged_by_both_versions(tmp_path: Path) -> None:
    rows = case_rows()
    found = on_data(*files(OLD, NEW), written(tmp_path / "rijen.csv", rows))
    before, after = (Judge(rules) for rules in files(OLD, NEW))
    facts = load().facts
    exact: Counter[tuple[str, str]] = Counter()
    for row in rows:
        answers = parse_answers(facts, row)
        results = (judge.judge(answers) for judge in (before, after))
        old, new = (result.verdict or result.status.value for result in results)
        exact[old, new] += 1
    assert found.moves == exact
    assert (found.rows, found.unreadable) == (len(rows), 0)
    assert len([1 for old, new in exact if old != new]) > 1


def test_the_command_says_what_changes_to_what(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = written(tmp_path / "rijen.csv", case_rows())
    exact = on_data(*files(OLD, NEW), file)
    status, out, err = told(capsys, OLD, NEW, "--on", str(file))
    assert (status, err) == (0, "")
    part = out[out.index("Op de rijen van rijen.csv") :]
    changed = sum(count for (old, new), count in exact.moves.items() if old != new)
    assert f"krijgen er {changed} een andere uitkomst" in part
    status, out, _ = told(capsys, OLD, NEW, "--on", str(file), "--json")
    (data,) = json.loads(out)["on_data"]
    assert data["changed"] == changed
    for move in data["moves"]:
        assert exact.moves[move["from"], move["to"]] == move["rows"] >= SMALL
    status, out, _ = told(capsys, OLD, NEW, "--on", str(file), "--markdown", "--language", "en")
    assert "## On the rows of `rijen.csv`" in out


def test_a_row_that_cannot_be_read_is_counted_and_judged_by_neither(tmp_path: Path) -> None:
    good = case_rows()
    bad: list[dict[str, object]] = [{"helper_age": 400}, {"helper_age": 30, "relationship": "oom"}, {"care_now": "now"}]
    before, after = files(OLD, NEW)
    found = on_data(before, after, written(tmp_path / "b.csv", [*good, *bad]))
    assert (found.rows, found.unreadable, found.judged) == (len(good) + 3, 2, len(good) + 1)
    assert sum(found.moves.values()) == found.judged
    assert "Niet te lezen: 2." in on_data_text(found, "b.csv", "nl")


@pytest.mark.parametrize(
    ("content", "says"),
    [(None, "niet te lezen"), ("", "leeg"), ("a;b\n1;2\n", "feit"), ("helper_age;care_now\n", "geen rijen")],
)
def test_a_file_that_cannot_be_used_is_refused_in_words(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str | None, says: str
) -> None:
    file = tmp_path / "x.csv"
    if content is not None:
        file.write_text(content, "utf-8")
    status, out, err = told(capsys, OLD, NEW, "--on", str(file))
    assert (status, out) == (2, "")
    assert says in err
    assert "x.csv" in err


def _found(moves: Mapping[tuple[str, str], int], unreadable: int = 0) -> OnData:
    before, after = files(OLD, NEW)
    return OnData(before, after, sum(moves.values()) + unreadable, unreadable, Counter(moves))


def test_a_small_number_is_never_told_nor_what_it_could_be_worked_out_from() -> None:
    found = _found({("open", "meets"): 3, ("meets", "open"): 40, ("open", "open"): 200})
    for text in (on_data_text(found, "x", "nl"), on_data_markdown(found, "x", "en"), json.dumps(on_data_json(found))):
        assert "43" in text
        assert "40" not in text
        assert " 3" not in text


def test_when_few_rows_change_only_that_is_told() -> None:
    found = _found({("open", "meets"): 3, ("open", "open"): 200})
    text = on_data_text(found, "x", "nl")
    assert "Minder dan 10 rijen krijgen een andere uitkomst" in text
    assert "past" not in text.lower().replace("almere", "")
    assert "200" not in text
    told_json = on_data_json(found)
    assert (told_json["changed"], told_json["moves"], told_json["pooled"]) == (None, [], None)


def test_when_nearly_all_rows_change_those_that_stay_are_not_told_either() -> None:
    found = _found({("open", "meets"): 100, ("meets", "open"): 50, ("open", "open"): 4})
    text = on_data_text(found, "x", "nl")
    assert "staat hier niet" in text
    assert "150" not in text
    assert "samen 54" in text


def test_that_nothing_changes_may_be_told() -> None:
    assert "Geen enkele rij" in on_data_text(_found({("open", "open"): 12}), "x", "nl")


def test_of_a_handful_of_rows_nothing_is_told() -> None:
    text = on_data_text(_found({("open", "open"): 2, ("open", "meets"): 5}), "x", "nl")
    assert "te weinig" in text
    assert not set("257") & set(text)


@given(st.dictionaries(st.integers(0, 30), st.one_of(st.integers(0, 12), st.integers(0, 500)), max_size=8))
def test_from_all_that_may_be_told_no_small_count_follows(counts: dict[int, int]) -> None:
    safe = protect(counts)
    total = sum(counts.values())
    if safe is None:
        assert 0 < total < SMALL
        return
    assert all(counts[key] == count >= SMALL for key, count in safe.shown.items())
    assert sum(safe.shown.values()) + safe.pool == total
    assert set(safe.shown) | set(safe.pooled) == {key for key, count in counts.items() if count}
    assert len(safe.pooled) != 1
    assert not safe.pooled or safe.pool >= SMALL


def test_the_two_sides_stand_for_all_rows_that_stay_the_same() -> None:
    found = _found({("open", "open"): 60, ("meets", "meets"): 60, ("open", "meets"): 30})
    safe = found.protected()
    assert safe is not None
    assert safe.shown == {SAME: 120, ("open", "meets"): 30}
