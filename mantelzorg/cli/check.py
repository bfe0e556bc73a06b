"""`check`: reads content files and tells everything that is wrong in them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from mantelzorg.cases import load_cases
from mantelzorg.cli.situation import read_bytes
from mantelzorg.content import NOT_RULE_SETS, ROOT, Content, load, make_judge
from mantelzorg.facts import Fact
from mantelzorg.loading import load_facts
from mantelzorg.problems import ContentError, Mark, Problem
from mantelzorg.questionnaire import load_questionnaire
from mantelzorg.schema import SourceModel, SourcesFile
from mantelzorg.support import load_support
from mantelzorg.validation import validate
from mantelzorg.yaml_reader import Document, read

FOLDERS = {"rules": "rules", "questionnaires": "questionnaire", "cases": "cases"}
KEYS = {
    "rules": {"criteria", "verdicts", "impossible"},
    "questionnaire": {"sections", "documents"},
    "support": {"signals", "urgency", "offers", "contacts"},
    "facts": {"facts"},
    "sources": {"sources"},
}
"""The keys that tell a kind of file, the surest first: a rule file may bring sources of its own."""
FACTS = "rules/facts.yaml"


def run(files: list[str]) -> int:
    """Check these files, or all content. 0 when nothing is wrong, else 1 with every problem on stderr."""
    checked, problems = _these(files) if files else _everything()
    for problem in sorted(set(problems)):
        print(problem, file=sys.stderr)
    if problems:
        return 1
    print(f"{checked} {'bestand' if checked == 1 else 'bestanden'}, geen fouten")
    return 0


def _everything() -> tuple[int, list[Problem]]:
    problems: list[Problem] = []
    installation = _Installation()
    try:
        _ = installation.content
    except ContentError as error:
        problems += error.problems
    cases = sorted((ROOT / "cases").glob("*.yaml"))
    for path in cases:
        problems += _of(str(path), path.relative_to(ROOT).as_posix(), installation)
    content = [*(ROOT / "rules").glob("*.yaml"), *(ROOT / "questionnaires").glob("*.yaml")]
    return len(content) + len(cases), problems


def _these(files: list[str]) -> tuple[int, list[Problem]]:
    installation = _Installation()
    return len(files), [problem for file in files for problem in _of(file, file, installation)]


def _of(path: str, shown: str, installation: _Installation) -> list[Problem]:
    """What is wrong in one file, or in what it leans on."""
    try:
        data = read_bytes(path)
        document = read(data, shown)
        kind = kind_of(path, document.data)
        if kind is None:
            what = "Aan de map, de naam en de sleutels is niet te zien wat voor bestand dit is."
            instead = (
                f"een bestand in rules, questionnaires of cases, of met de sleutels van een van: {', '.join(KEYS)}"
            )
            raise ContentError([Problem(shown, Mark(), "unknown-kind", what, instead=instead)])
        installation.check(kind, document, data)
    except ContentError as error:
        return list(error.problems)
    return []


def kind_of(path: str, data: object) -> str | None:
    """What a file is: by its folder and name, else by its keys; None when neither tells."""
    place = Path(path)
    if isinstance(data, list):
        return "cases"
    if place.name in NOT_RULE_SETS:
        return place.stem
    if (folder := place.absolute().parent.name) in FOLDERS:
        return FOLDERS[folder]
    keys = set(data) if isinstance(data, dict) else set()
    return next((kind for kind, own in KEYS.items() if keys & own), None)


@dataclass
class _Installation:
    """The installation's own content, read only as far as a file needs it."""

    read: dict[str, bytes] = field(default_factory=dict)

    def document(self, name: str) -> Document:
        self.read[name] = read_bytes(str(ROOT / name))
        return read(self.read[name], name)

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        return load_facts(self.document(FACTS))

    @cached_property
    def sources(self) -> Mapping[str, SourceModel]:
        return validate(self.document("rules/sources.yaml"), SourcesFile).sources

    @cached_property
    def content(self) -> Content:
        return load(ROOT)

    def check(self, kind: str, document: Document, data: bytes) -> None:
        """Load one file as its kind. Raises ContentError."""
        checks: dict[str, Callable[[], object]] = {
            "facts": lambda: load_facts(document),
            "sources": lambda: validate(document, SourcesFile),
            "support": lambda: load_support(document, self.facts, self.sources),
            "questionnaire": lambda: load_questionnaire(document, self.facts, self.content.judges),
            "cases": lambda: load_cases(document, self.facts, self.content.judges),
            "rules": lambda: self._rules(document, data),
        }
        checks[kind]()

    def _rules(self, document: Document, data: bytes) -> None:
        facts, sources = self.facts, self.sources
        make_judge(document, facts, sources, {document.file: data, FACTS: self.read[FACTS]})
