"""Notices every file that this process writes, wherever it is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


class Writes:
    """Notes every file that this process opens to write, moves or makes, while `on`."""

    on = False
    seen: list[str]

    def __call__(self, event: str, given: tuple[object, ...]) -> None:
        if not self.on:
            return
        made = event in ("os.mkdir", "os.rename", "os.remove", "os.link", "os.symlink", "os.truncate")
        opened = event == "open" and isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        # Python keeps what it has compiled of a module that is imported for the first time.
        if (made or opened) and "__pycache__" not in str(given[0]):
            self.seen.append(f"{event} {given[0]}")


_HOOK = Writes()


@contextmanager
def noticed() -> Iterator[list[str]]:
    """The files that were written since this began. An audit hook cannot be taken away, only silenced."""
    if not hasattr(_HOOK, "seen"):
        sys.addaudithook(_HOOK)
    _HOOK.seen = []
    _HOOK.on = True
    try:
        yield _HOOK.seen
    finally:
        _HOOK.on = False
