"""Prepared cases against the rules: where a case or its flip no longer gets the result that it tells."""

from __future__ import annotations

from collections.abc import Sequence

from mantelzorg.checks.findings import Finding, Notes
from mantelzorg.checks.material import Material
from mantelzorg.content import Content
from mantelzorg.training.cases import TrainingCase, replay, twice
from mantelzorg.yaml_reader import Document


def check_all(material: Material) -> list[Finding]:
    """The findings on all files of prepared cases, an id that occurs in two of them included."""
    content = material.content
    files = [(material.documents[name], cases) for name, cases in material.training.items()]
    found = [finding for document, cases in files if content for finding in check(cases, content, document)]
    return [*found, *map(Finding, twice(files))]


def check(cases: Sequence[TrainingCase], content: Content, document: Document) -> list[Finding]:
    """The findings on one file of prepared cases."""
    notes = Notes(document)
    for place, case in enumerate(cases):
        for path, result in replay(case, content).broken:
            what = f"'{case.id}' krijgt {'na de flip ' if path[0] == 'flip' else ''}de uitkomst '{result}'."
            why = f"De casus vertelt '{notes.written((place, *path))}' bij '{path[-1]}'."
            instead = f"{result}, als die uitkomst klopt; lees dan ook het verhaal, de flip en de toelichting na"
            notes.error((place, *path), "training-case", what, why, instead)
    return notes.findings
