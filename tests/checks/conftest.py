"""A small whole installation to plant faults in; it has no findings of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mantelzorg.checks import Finding, Material, check_all, read_all

from .planting import Plant

CONTENT = Path(__file__).parent / "content"


@pytest.fixture(scope="session")
def installation() -> Material:
    """Our own content, read once."""
    return read_all()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.fixture
def plant(small: Path) -> Plant:
    """Change one file of the small installation and check it."""

    def planted(file: str, old: str, new: str) -> list[Finding]:
        path = small / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} must be there once"
        path.write_text(text.replace(old, new), "utf-8")
        return check_all(small)[1]

    return planted
