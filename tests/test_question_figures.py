"""How long the self-check is: a rule or an order that makes it much longer is noticed here."""

from __future__ import annotations

from pathlib import Path
from runpy import run_path
from statistics import fmean
from typing import Any

import pytest

from mantelzorg.checks import read_all

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def walks() -> list[Any]:
    """The self-check of everybody who is made from the published cases."""
    visits = run_path(str(ROOT / "benchmarks" / "visits.py"), run_name="visits")
    published = visits["setting"](read_all(), "published")
    return [published.walk(person) for person in published.completed()]


def test_the_self_check_asks_about_as_many_questions_as_the_start_page_says(walks: list[Any]):
    assert len(walks) > 150
    assert 8 <= fmean(len(walk.pages) for walk in walks) <= 13


def test_nobody_is_asked_eighteen_questions(walks: list[Any]):
    assert max(len(walk.pages) for walk in walks) < 18


def test_never_do_more_questions_come_than_a_page_announces(walks: list[Any]):
    assert min(some for walk in walks for some in walk.slack) >= 0
