"""Our own content, read once."""

from __future__ import annotations

import pytest

from mantelzorg.cli import screen as command
from mantelzorg.content import Content, load


@pytest.fixture(scope="session")
def content() -> Content:
    return load()


@pytest.fixture
def loaded_once(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command finds the content that was read before."""
    monkeypatch.setattr(command, "load", lambda: content)
