"""The content in use while its files change: the last good one stays, and what is wrong is told."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mantelzorg.content import ROOT
from mantelzorg.live_content import LiveContent
from mantelzorg.problems import ContentError

RULES = "almere-waardering-2021"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small installation with one rule set."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "questionnaires").mkdir()
    for name in ("facts", "sources", "support", RULES):
        shutil.copy(ROOT / "rules" / f"{name}.yaml", tmp_path / "rules")
    return tmp_path


def rules(root: Path) -> Path:
    return root / "rules" / f"{RULES}.yaml"


def version(live: LiveContent) -> str:
    return live.now().content.judges[RULES].rules.version


def newer(root: Path, text: str) -> str:
    return rules(root).read_text("utf-8").replace('version: "2021.1"', f'version: "{text}"')


def test_a_broken_file_keeps_the_last_good_content_and_tells(root: Path) -> None:
    live = LiveContent(root, seconds=0)
    good = live.now()
    rules(root).write_text(newer(root, "2022.1").replace("hours_per_week > 8", "hours_per_wek > 8"), "utf-8")
    broken = live.now()
    assert broken.content is good.content
    assert [problem.file for problem in broken.problems] == [f"rules/{RULES}.yaml"]
    assert "hours_per_week" in str(broken.problems[0])


def test_a_mended_file_goes_live(root: Path) -> None:
    live = LiveContent(root, seconds=0)
    mended = newer(root, "2022.1")
    for text, expected in (("id: [", "2021.1"), (mended, "2022.1")):
        live.now()
        rules(root).write_text(text, "utf-8")
        assert version(live) == expected
    assert live.now().problems == ()


@pytest.mark.parametrize("name", ["facts", "sources", "support"])
def test_a_deleted_file_is_missed_by_name(root: Path, name: str) -> None:
    live = LiveContent(root, seconds=0)
    good = live.now().content
    (root / "rules" / f"{name}.yaml").unlink()
    assert live.now().content is good
    assert f"rules/{name}.yaml" in [problem.file for problem in live.now().problems]


@pytest.mark.parametrize("part", [0, 1, 700, 3000])
def test_a_file_cut_off_while_it_is_saved_changes_nothing(root: Path, part: int) -> None:
    live = LiveContent(root, seconds=0)
    good = live.now().content
    whole = rules(root).read_bytes()
    rules(root).write_bytes(whole[:part])
    assert live.now().content is good
    assert live.now().problems
    rules(root).write_bytes(whole)
    assert live.now().problems == ()


def test_a_file_renamed_over_the_old_one_goes_live_even_with_its_size_and_time(root: Path) -> None:
    live = LiveContent(root, seconds=0)
    live.now()
    before = rules(root).stat()
    other = root / "rules" / "new.tmp"
    other.write_text(newer(root, "2021.2"), "utf-8")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(rules(root))
    assert rules(root).stat().st_size == before.st_size
    assert version(live) == "2021.2"


def test_without_any_good_content_the_problems_are_raised(root: Path) -> None:
    rules(root).write_text("id: [", "utf-8")
    live = LiveContent(root, seconds=0)
    with pytest.raises(ContentError):
        live.now()


def test_who_asks_while_files_change_always_gets_whole_content(root: Path) -> None:
    live = LiveContent(root, seconds=0)
    live.now()
    whole = rules(root).read_bytes()

    def visit(_: int) -> bool:
        return live.now().content.judges[RULES].rules.id == RULES

    with ThreadPoolExecutor(6) as visitors:
        asked = [visitors.submit(visit, turn) for turn in range(60)]
        for turn in range(12):
            rules(root).write_bytes(whole[: 400 * turn] if turn % 2 else whole)
        assert all(one.result() for one in asked)
    rules(root).write_bytes(whole)
    assert live.now().problems == ()
