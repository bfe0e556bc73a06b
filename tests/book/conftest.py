"""The installation's own content and cases, read once."""

from __future__ import annotations

import pytest

from mantelzorg.book.example_cases import example_cases
from mantelzorg.cases import Case
from mantelzorg.content import Content, load


@pytest.fixture(scope="session")
def content() -> Content:
    return load()


@pytest.fixture(scope="session")
def cases(content: Content) -> tuple[Case, ...]:
    found, problems = example_cases(content)
    assert not problems
    return found
