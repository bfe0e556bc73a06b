"""What a check finds: a problem with its place, and where there is one a situation that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partialmethod
from typing import Literal

from mantelzorg.problems import Mark, Problem
from mantelzorg.yaml_reader import Document, Path

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """A problem. `example` is a situation that shows it, as a case file writes it, judged by `rule_set`."""

    problem: Problem
    rule_set: str = ""
    example: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        return self.problem.severity == "error"

    def plain(self) -> dict[str, object]:
        """For another program."""
        own = self.problem
        found: dict[str, object] = {
            "file": own.file,
            "line": own.mark.line,
            "column": own.mark.column,
            "code": own.code,
            "severity": own.severity,
            "what": own.what,
            "why": own.why,
            "instead": own.instead,
        }
        return found | ({"rule_set": self.rule_set, "example": dict(self.example)} if self.example else {})


@dataclass
class Notes:
    """Gathers the findings of one document."""

    document: Document
    findings: list[Finding] = field(default_factory=list)

    def error(
        self,
        path: Path,
        code: str,
        what: str,
        why: str = "",
        instead: str = "",
        *,
        offset: int = 0,
        rule_set: str = "",
        example: Mapping[str, object] | None = None,
        severity: Severity = "error",
    ) -> None:
        """Note something that must be mended; `offset` counts characters from the start of the value."""
        mark = self._mark(path)
        place = Mark(mark.line, mark.column + offset)
        problem = Problem(self.document.file, place, code, what, why, instead, severity)
        self.findings.append(Finding(problem, rule_set, example or {}))

    warn = partialmethod(error, severity="warning")
    """Note something to weigh."""

    def _mark(self, path: Path) -> Mark:
        """Where a value is, or the key of a whole group; for one that is not there, what it would belong to."""
        while path and path not in self.document.marks:
            path = path[:-1]
        if path in self.document.key_marks and isinstance(self.written(path), dict | list):
            return self.document.key_marks[path]
        return self.document.marks.get(path) or Mark()

    def written(self, path: Path) -> object:
        """The value at a path as the file has it; an empty text where there is none."""
        value: object = self.document.data
        for part in path:
            if isinstance(value, dict):
                value = value.get(str(part), "")
            elif isinstance(value, list) and isinstance(part, int) and part < len(value):
                value = value[part]
            else:
                return ""
        return value
