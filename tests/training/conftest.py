"""Our own content with its prepared cases, read once."""

from __future__ import annotations

import pytest

from mantelzorg.checks import Material, read_all
from mantelzorg.content import Content
from mantelzorg.training.cases import TrainingCase


@pytest.fixture(scope="session")
def installation() -> Material:
    return read_all()


@pytest.fixture(scope="session")
def content(installation: Material) -> Content:
    found = installation.content
    assert found is not None
    return found


@pytest.fixture(scope="session")
def cases(installation: Material) -> tuple[TrainingCase, ...]:
    return tuple(case for own in installation.training.values() for case in own)
