"""Proofs over content: what an author should know before a rule set or questionnaire is used."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mantelzorg.checks import outcomes, questionnaire, replayed, rule_set, style, training, translated, unused
from mantelzorg.checks.findings import Finding
from mantelzorg.checks.material import SUPPORT, Material, read_all
from mantelzorg.content import ROOT

__all__ = ["Finding", "Material", "check", "check_all", "read_all"]


def check_all(root: Path = ROOT) -> tuple[Material, list[Finding]]:
    """Read all content below `root` and prove what can be proved; the findings in the order of the files."""
    material = read_all(root)
    return material, check(material)


def check(material: Material) -> list[Finding]:
    """Every finding on content that was read, errors of reading included."""
    return in_order(
        [
            *material.findings,
            *_rules(material),
            *_forms(material),
            *_cases(material),
            *training.check_all(material),
            *_texts(material),
            *translated.check(material),
        ]
    )


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """By file and place, each problem once."""
    return [found for _, found in sorted({found.problem: found for found in findings}.items())]


def _rules(material: Material) -> list[Finding]:
    used = {form.rules for form in material.forms.values()}
    found: list[Finding] = []
    for name, judge in material.judges.items():
        document = material.rules_document(judge)
        found += rule_set.check(judge, document)
        found += outcomes.check(judge, document) if name in used else []
    if material.support:
        found += outcomes.check_offers(material.documents[SUPPORT], material.facts)
    return found


def _forms(material: Material) -> list[Finding]:
    forms = [found for file, form in material.forms.items() for found in questionnaire.check(file, form, material)]
    return [*forms, *unused.check(material)]


def _cases(material: Material) -> list[Finding]:
    return [
        found
        for file, cases in material.cases.items()
        for found in replayed.check(cases, material.judges, material.documents[file])
    ]


def _texts(material: Material) -> list[Finding]:
    if material.style is None:
        return []
    return [found for document in material.documents.values() for found in style.check(material.style, document)]
