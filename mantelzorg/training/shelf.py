"""The prepared cases in use: the last good ones, read again when their files or the rules change."""

from __future__ import annotations

import threading
from functools import cache
from pathlib import Path

from mantelzorg.content import ROOT, Content
from mantelzorg.live_content import Stamp, fingerprint
from mantelzorg.problems import ContentError, Problem
from mantelzorg.training.cases import FOLDER, TrainingCase, read_training


class Shelf:
    """The cases below `root`, by id. A broken file never takes away what was read before. Safe between threads."""

    def __init__(self, root: Path = ROOT) -> None:
        self._root = root
        self._reading = threading.Lock()
        self._seen: tuple[str, Stamp] | None = None
        self._cases: dict[str, TrainingCase] = {}
        self.problems: tuple[Problem, ...] = ()

    def cases(self, content: Content) -> dict[str, TrainingCase]:
        """The prepared cases for this content, in the order of the files. What is wrong is in `problems`."""
        with self._reading:
            seen = (content.digest, self._look())
            if seen != self._seen:
                self._seen = seen
                try:
                    self._cases = {case.id: case for case in read_training(content, self._root)}
                    self.problems = ()
                except ContentError as error:
                    self.problems = error.problems
            return self._cases

    def _look(self) -> Stamp:
        paths = sorted((self._root / FOLDER).glob("*.yaml"))
        return tuple((path.name, fingerprint(path)) for path in paths)


@cache
def shelf() -> Shelf:
    """The shelf that everything in this process shares."""
    return Shelf()
