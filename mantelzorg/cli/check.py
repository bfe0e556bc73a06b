"""`check`: reads content files, tells everything that is wrong in them and proves what can be proved of the rest."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from mantelzorg import checks
from mantelzorg.cases import load_cases
from mantelzorg.catalogues import load_catalogue
from mantelzorg.checks import Finding, Material, counterexample, outcomes, questionnaire, replayed, rule_set, training
from mantelzorg.checks.style import load_style
from mantelzorg.cli.situation import read_bytes
from mantelzorg.content import NOT_RULE_SETS, ROOT, Content, load
from mantelzorg.facts import Fact
from mantelzorg.loading import load_facts
from mantelzorg.problems import ContentError, Mark, Problem
from mantelzorg.questionnaire_loading import load_questionnaire
from mantelzorg.schema import SourceModel, SourcesFile
from mantelzorg.support import load_support
from mantelzorg.training.cases import load_training
from mantelzorg.validation import validate
from mantelzorg.yaml_reader import Document, read

FOLDERS = {
    "rules": "rules",
    "questionnaires": "questionnaire",
    "translations": "translation",
    "cases": "cases",
    "training": "training",
}
KEYS = {
    "rules": {"criteria", "verdicts", "impossible"},
    "questionnaire": {"sections", "documents"},
    "support": {"signals", "urgency", "offers", "contacts"},
    "style": {"avoid"},
    "translation": {"forms", "young_forms"},
    "facts": {"facts"},
    "sources": {"sources"},
}
"""The keys that tell a kind of file, the surest first: a rule file may bring sources of its own."""
FACTS = "rules/facts.yaml"


def run(files: list[str], as_json: bool = False, strict: bool = False, cases_to: str | None = None) -> int:
    """Check these files, or all content. 1 when there is an error, or with `strict` a warning; else 0.

    Findings go to stderr, or as JSON to stdout. `cases_to` is a folder: every situation found becomes a case there.
    """
    checked, findings = _these(files) if files else _everything()
    written = [path.as_posix() for path in counterexample.write(findings, Path(cases_to))] if cases_to else []
    errors = sum(found.is_error for found in findings)
    warnings = len(findings) - errors
    if as_json:
        told = {"files": checked, "errors": errors, "warnings": warnings, "written": written}
        print(json.dumps(told | {"findings": [found.plain() for found in findings]}, ensure_ascii=False, indent=2))
    else:
        _tell(checked, findings, errors, written)
    return int(errors > 0 or (strict and warnings > 0))


def _tell(checked: int, findings: list[Finding], errors: int, written: list[str]) -> None:
    for found in findings:
        print(found.problem, file=sys.stderr)
    for path in written:
        print(f"{path}: voorbeeld geschreven")
    if not errors:
        warnings = len(findings)
        told = f", {warnings} {'waarschuwing' if warnings == 1 else 'waarschuwingen'}" if warnings else ""
        print(f"{checked} {'bestand' if checked == 1 else 'bestanden'}, geen fouten{told}")


def _everything() -> tuple[int, list[Finding]]:
    material, findings = checks.check_all(ROOT)
    return material.files, findings


def _these(files: list[str]) -> tuple[int, list[Finding]]:
    installation = _Installation()
    return len(files), checks.in_order(found for file in files for found in _of(file, file, installation))


def _of(path: str, shown: str, installation: _Installation) -> list[Finding]:
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
        return installation.check(kind, document, data)
    except ContentError as error:
        return [Finding(problem) for problem in error.problems]


def kind_of(path: str, data: object) -> str | None:
    """What a file is: by its folder and name, else by its keys; None when neither tells."""
    place = Path(path)
    if isinstance(data, list):
        prepared = any(isinstance(item, dict) and "flip" in item for item in data)
        return "training" if prepared or place.absolute().parent.name == "training" else "cases"
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

    @cached_property
    def material(self) -> Material:
        """What the checks of one file lean on: the rule sets and support of the installation, without its cases."""
        content = self.content
        return Material(ROOT, facts=content.facts, judges=dict(content.judges), support=content.support)

    def check(self, kind: str, document: Document, data: bytes) -> list[Finding]:
        """Load one file as its kind and prove what can be proved of it alone. Raises ContentError."""
        checks_of: dict[str, Callable[[], list[Finding]]] = {
            "facts": lambda: _nothing(load_facts(document)),
            "sources": lambda: _nothing(validate(document, SourcesFile)),
            "style": lambda: _nothing(load_style(document)),
            "support": lambda: self._support(document),
            "questionnaire": lambda: self._questionnaire(document),
            "cases": lambda: self._cases(document),
            "training": lambda: training.check(load_training(document, self.content), self.content, document),
            "translation": lambda: _nothing(load_catalogue(document)),
            "rules": lambda: self._rules(document, data),
        }
        return checks_of[kind]()

    def _rules(self, document: Document, data: bytes) -> list[Finding]:
        facts, sources = self.facts, self.sources
        contents = {document.file: data, FACTS: self.read[FACTS]}
        judge, findings = rule_set.judged(document, facts, sources, contents)
        return rule_set.check(judge, document) if judge else findings

    def _support(self, document: Document) -> list[Finding]:
        load_support(document, self.facts, self.sources)
        return outcomes.check_offers(document, self.facts)

    def _cases(self, document: Document) -> list[Finding]:
        judges = self.content.judges
        return replayed.check(load_cases(document, self.facts, judges), judges, document)

    def _questionnaire(self, document: Document) -> list[Finding]:
        form = load_questionnaire(document, self.facts, self.content.judges)
        self.material.documents[document.file] = document
        return questionnaire.check(document.file, form, self.material)


def _nothing(_: object) -> list[Finding]:
    return []
