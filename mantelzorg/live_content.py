"""The content in use: the last good one, with what is wrong in newer files.

A broken file never stops the tool: what was read before goes on, and `problems` says what to mend.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mantelzorg.content import ROOT, Content, load
from mantelzorg.problems import ContentError, Problem

FOLDERS = ("rules", "questionnaires")
Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Live:
    """The content to use now, and the problems of newer files that could not be used."""

    content: Content
    problems: tuple[Problem, ...] = ()


class LiveContent:
    """Reads the content again when a file has changed, and keeps the last good one. Safe between threads."""

    def __init__(self, root: Path = ROOT, read: Callable[[Path], Content] = load) -> None:
        self.root, self._read = root, read
        self._lock = threading.Lock()
        self._stamp = self._look()
        self._live = Live(read(root))

    def now(self) -> Live:
        """What is live now. Raises nothing: a broken file only adds problems."""
        with self._lock:
            stamp = self._look()
            if stamp != self._stamp:
                self._stamp = stamp
                self._live = self._again()
            return self._live

    def _again(self) -> Live:
        try:
            return Live(self._read(self.root))
        except ContentError as error:
            return Live(self._live.content, error.problems)

    def _look(self) -> Stamp:
        seen = []
        for path in sorted(path for folder in FOLDERS for path in (self.root / folder).glob("*.yaml")):
            try:
                status = path.stat()
            except OSError:
                continue
            seen.append((path.name, status.st_mtime_ns, status.st_size))
        return tuple(seen)


@cache
def _shared() -> LiveContent:
    return LiveContent()


def live() -> Live:
    """What is live in this process."""
    return _shared().now()
