"""What a test that plants a fault is given."""

from __future__ import annotations

from typing import Protocol

from mantelzorg.checks import Finding


class Plant(Protocol):
    """Changes one file of the small installation and checks all of it."""

    def __call__(self, file: str, old: str, new: str) -> list[Finding]: ...
