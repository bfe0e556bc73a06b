"""All cases of an installation, for the book and the workbench."""

from __future__ import annotations

from pathlib import Path

from mantelzorg.cases import Case, load_cases
from mantelzorg.content import ROOT, Content
from mantelzorg.problems import ContentError, Problem
from mantelzorg.yaml_reader import read


def example_cases(content: Content, root: Path = ROOT) -> tuple[tuple[Case, ...], tuple[Problem, ...]]:
    """The cases of every file in `cases` that can be used, and what is wrong in the others."""
    cases: list[Case] = []
    problems: list[Problem] = []
    for path in sorted((root / "cases").glob("*.yaml")):
        try:
            document = read(path.read_bytes(), path.relative_to(root).as_posix())
            cases += load_cases(document, content.facts, content.judges)
        except ContentError as error:
            problems += error.problems
    return tuple(cases), tuple(problems)
