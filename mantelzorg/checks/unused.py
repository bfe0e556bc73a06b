"""Facts that nothing uses: no rule set, no support, no document."""

from __future__ import annotations

from mantelzorg.checks.findings import Finding, Notes
from mantelzorg.checks.material import FACTS, Material
from mantelzorg.checks.usage import Uses, told


def check(material: Material) -> list[Finding]:
    """The findings on the facts file. Only of content that loaded whole: a broken file may be what uses a fact."""
    if material.findings or FACTS not in material.documents:
        return []
    notes = Notes(material.documents[FACTS])
    uses = Uses(material.judges.values(), material.support)
    shown = {fact for form in material.forms.values() for fact in told(form)}
    for fact in material.facts:
        if fact not in uses and fact not in shown:
            what = f"Het feit '{fact}' wordt nergens gebruikt."
            notes.warn(("facts", fact), "fact-unused", what, "Geen regel, steun of document vraagt ernaar.", "haal weg")
    return notes.findings
