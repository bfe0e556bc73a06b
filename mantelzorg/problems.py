"""Problems in content files, told to the author: where, what, why, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, order=True)
class Mark:
    """A place in a text file; both numbers start at 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in a content file.

    `code` is stable and short ("duplicate-key"), for tests and for looking things up in `docs/`.
    `what`, `why` and `instead` are Dutch sentences for the author; `why` and `instead` may be empty.
    An "error" keeps content from being used; a "warning" is for the author to weigh.
    """

    file: str
    mark: Mark
    code: str
    what: str
    why: str = ""
    instead: str = ""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.mark.line}:{self.mark.column}"
        advice = f"Schrijf in plaats daarvan: {self.instead}" if self.instead else ""
        kind = "waarschuwing " if self.severity == "warning" else ""
        return " ".join(part for part in (f"{place}: {kind}[{self.code}]", self.what, self.why, advice) if part)


class ContentError(Exception):
    """Content that cannot be used. Carries every problem found, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))
