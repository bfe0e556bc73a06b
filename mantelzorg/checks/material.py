"""All content as a check needs it: what loads, with the document that it came from, and what is wrong with the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from mantelzorg.assessment import Judge
from mantelzorg.cases import Case, load_cases
from mantelzorg.catalogues import load_catalogue
from mantelzorg.checks import rule_set
from mantelzorg.checks.findings import Finding
from mantelzorg.checks.style import Style, load_style
from mantelzorg.content import NOT_RULE_SETS, ROOT, TRANSLATIONS, Content
from mantelzorg.facts import Fact
from mantelzorg.loading import load_facts
from mantelzorg.problems import ContentError, Mark, Problem
from mantelzorg.questionnaire import Questionnaire
from mantelzorg.questionnaire_loading import load_questionnaire
from mantelzorg.schema import SourceModel, SourcesFile
from mantelzorg.support import Support, load_support
from mantelzorg.training import cases as training
from mantelzorg.training.cases import TrainingCase, load_training
from mantelzorg.validation import validate
from mantelzorg.voice import Catalogue
from mantelzorg.yaml_reader import Document, read

T = TypeVar("T")
FACTS, SOURCES, SUPPORT, STYLE = "rules/facts.yaml", "rules/sources.yaml", "rules/support.yaml", "reports/style.yaml"


@dataclass
class Material:
    """What was read below `root`. A file that cannot be used is left out, and `findings` says why."""

    root: Path
    files: int = 0
    contents: dict[str, bytes] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    sources: Mapping[str, SourceModel] = field(default_factory=dict)
    judges: dict[str, Judge] = field(default_factory=dict)
    support: Support | None = None
    style: Style | None = None
    forms: dict[str, Questionnaire] = field(default_factory=dict)
    cases: dict[str, tuple[Case, ...]] = field(default_factory=dict)
    training: dict[str, tuple[TrainingCase, ...]] = field(default_factory=dict)
    catalogues: dict[str, Catalogue] = field(default_factory=dict)
    """Questionnaires, cases, prepared cases and translations by file."""

    def rules_document(self, judge: Judge) -> Document:
        return self.documents[f"rules/{judge.rules.id}.yaml"]

    @property
    def content(self) -> Content | None:
        """What prepared cases are judged by; None while there is no support."""
        own = {name: source for judge in self.judges.values() for name, source in judge.rules.own_sources.items()}
        sources = {**self.sources, **own}
        return Content(self.facts, sources, self.judges, self.support, {}, {}, "") if self.support else None

    @property
    def all_cases(self) -> tuple[Case, ...]:
        return tuple(case for cases in self.cases.values() for case in cases)

    @property
    def typical_cases(self) -> tuple[Case, ...]:
        """The cases that show what happens how often."""
        wanted = self.style.typical_cases if self.style else []
        files = [name for name in self.cases if not wanted or Path(name).stem in wanted]
        return tuple(case for name in files for case in self.cases[name])

    def document(self, name: str) -> Document | None:
        """Read one file and remember it."""
        self.files += 1
        try:
            self.contents[name] = (self.root / name).read_bytes()
        except OSError as error:
            what = f"Dit bestand is niet te lezen ({error.strerror})."
            self.findings.append(Finding(Problem(name, Mark(), "unreadable", what)))
            return None
        document = self.trying(lambda: read(self.contents[name], name))
        if document:
            self.documents[name] = document
        return document

    def trying(self, make: Callable[[], T]) -> T | None:
        try:
            return make()
        except ContentError as error:
            self.findings += map(Finding, error.problems)
            return None

    def in_folder(self, folder: str) -> list[str]:
        """The files of a content folder, rule sets only for the rules."""
        found = sorted((self.root / folder).glob("*.yaml"))
        return [path.relative_to(self.root).as_posix() for path in found if path.name not in NOT_RULE_SETS]


def read_all(root: Path = ROOT) -> Material:
    """Read all content below `root`; never raises ContentError."""
    found = Material(root)
    facts, sources, support = (found.document(name) for name in (FACTS, SOURCES, SUPPORT))
    found.facts = (found.trying(lambda: load_facts(facts)) if facts else None) or {}
    known = (found.trying(lambda: validate(sources, SourcesFile).sources) if sources else None) or {}
    found.sources = known
    if (root / STYLE).exists() and (style := found.document(STYLE)):
        found.style = found.trying(lambda: load_style(style))
    if found.facts and known:
        _add_rules(found, known)
        found.support = found.trying(lambda: load_support(support, found.facts, known)) if support else None
    if found.judges:
        _add_leaning(found)
    return found


def _add_rules(found: Material, sources: Mapping[str, SourceModel]) -> None:
    for name in found.in_folder("rules"):
        if document := found.document(name):
            judge, findings = rule_set.judged(document, found.facts, sources, found.contents)
            found.findings += findings
            if judge:
                found.judges[judge.rules.id] = judge


def _add_leaning(found: Material) -> None:
    """Questionnaires and cases: what leans on rule sets."""
    for name in found.in_folder("questionnaires"):
        if (document := found.document(name)) and (form := found.trying(_form(document, found))):
            found.forms[name] = form
    for name in found.in_folder(TRANSLATIONS):
        if (document := found.document(name)) and (catalogue := found.trying(partial(load_catalogue, document))):
            found.catalogues[name] = catalogue
    for name in found.in_folder("cases"):
        if (document := found.document(name)) and (cases := found.trying(_cases(document, found))):
            found.cases[name] = cases
    if content := found.content:
        _add_training(found, content)


def _add_training(found: Material, content: Content) -> None:
    for name in found.in_folder(training.FOLDER):
        document = found.document(name)
        if document and (cases := found.trying(partial(load_training, document, content))):
            found.training[name] = cases


def _form(document: Document, found: Material) -> Callable[[], Questionnaire]:
    return lambda: load_questionnaire(document, found.facts, found.judges)


def _cases(document: Document, found: Material) -> Callable[[], tuple[Case, ...]]:
    return lambda: load_cases(document, found.facts, found.judges)
