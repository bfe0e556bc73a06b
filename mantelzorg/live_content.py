"""The content in use: the last good one, with what is wrong in newer files.

A broken file never stops the tool: what was read before goes on, and `problems` says what to mend.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from mantelzorg.content import ROOT, Content, load
from mantelzorg.problems import ContentError, Mark, Problem
from mantelzorg.yaml_text import MAX_BYTES

FOLDERS = ("rules", "questionnaires", "questionnaires/translations")
SECONDS_BETWEEN_LOOKS = 1.0
Stamp = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class Live:
    """The content to use now, and the problems of newer files that could not be used."""

    content: Content
    problems: tuple[Problem, ...] = ()


class LiveContent:
    """Reads the content again when a file has changed, and keeps the last good one. Safe between threads.

    The files are looked at no more than once per `seconds`. While one thread reads, the others go on with what
    they have. `read` and `clock` are there for tests and for who asks more of content than that it loads.
    """

    def __init__(
        self,
        root: Path = ROOT,
        read: Callable[[Path], Content] = load,
        seconds: float = SECONDS_BETWEEN_LOOKS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.root, self._read, self._seconds, self._clock = root, read, seconds, clock
        self._reading = threading.Lock()
        self._stamp: Stamp | None = None
        self._content: Content | None = None
        self._problems: tuple[Problem, ...] = ()
        self._looked = -seconds

    def now(self) -> Live:
        """What is live now. A broken file only adds problems.

        Raises ContentError as long as there never was any good content.
        """
        # Only who has nothing to go on with waits for who is reading.
        if self._reading.acquire(blocking=self._content is None):
            try:
                self._look_again()
            finally:
                self._reading.release()
        content = self._content
        if content is None:
            raise ContentError(self._problems)
        return Live(content, self._problems)

    def _look_again(self) -> None:
        if self._stamp is not None and self._clock() - self._looked < self._seconds:
            return
        stamp = self._look()
        if stamp != self._stamp:
            self._read_again(stamp)
        self._looked = self._clock()

    def _read_again(self, stamp: Stamp) -> None:
        content, problems = self._content, self._problems
        try:
            content, problems = self._read(self.root), ()
        except ContentError as error:
            problems = error.problems
        except Exception as error:
            # Content must never be able to end the tool, whatever the reader overlooked.
            what = f"De inhoud is niet te lezen; de lezer liep vast ({type(error).__name__})."
            problems = (Problem(FOLDERS[0], Mark(), "unreadable", what),)
        if self._content is not None and self._look() != stamp:
            return  # Somebody saved while we read: what was read may be of two versions. The next look reads anew.
        self._stamp, self._content, self._problems = stamp, content, problems

    def _look(self) -> Stamp:
        """A fingerprint of what every file holds: times and sizes can stay the same when the content does not."""
        paths = (path for folder in FOLDERS for path in sorted((self.root / folder).glob("*.yaml")))
        return tuple((path.relative_to(self.root).as_posix(), fingerprint(path)) for path in paths)


def fingerprint(path: Path) -> bytes:
    """What a file holds, in 32 bytes; of one that cannot be read, why."""
    try:
        with path.open("rb") as file:
            return sha256(file.read(MAX_BYTES + 1)).digest()
    except OSError as error:
        return type(error).__name__.encode()


@cache
def _shared(read: Callable[[Path], Content]) -> LiveContent:
    return LiveContent(read=read)


def live(read: Callable[[Path], Content] = load) -> Live:
    """What is live in this process, as `read` reads it. Raises ContentError when no content was ever good."""
    return _shared(read).now()
