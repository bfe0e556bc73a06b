"""What the translations of the self-check lack: texts that the page then says in Dutch."""

from __future__ import annotations

from mantelzorg.checks.findings import Finding, Notes
from mantelzorg.checks.material import Material
from mantelzorg.content import Content
from mantelzorg.self_check import QUESTIONNAIRE
from mantelzorg.translations import report, used_texts


def check(material: Material) -> list[Finding]:
    """One warning for each language that lacks something or still has what is no longer used."""
    form = next((form for form in material.forms.values() if form.id == QUESTIONNAIRE), None)
    if form is None or material.support is None or not {form.rules, *form.schemes} <= set(material.judges):
        return []
    content = Content(material.facts, {}, material.judges, material.support, {form.id: form}, {}, "")
    used = used_texts(content, form)
    findings: list[Finding] = []
    for file, catalogue in material.catalogues.items():
        found = report(catalogue, used)
        if not found.missing and not found.outdated:
            continue
        notes = Notes(material.documents[file])
        what = f"{len(found.missing)} teksten zijn niet vertaald, {len(found.outdated)} vertalingen zijn verouderd."
        why = "De pagina zegt die teksten in het Nederlands."
        notes.warn(("texts",), "translation-behind", what, why, f"kijk met: translations {catalogue.language}")
        findings += notes.findings
    return findings
