"""Cases against the rules: what a case forbids or does not accept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mantelzorg.assessment import Judge
from mantelzorg.cases import Case, Result, replay
from mantelzorg.checks.findings import Finding, Notes
from mantelzorg.yaml_reader import Document


def check(cases: Sequence[Case], judges: Mapping[str, Judge], document: Document) -> list[Finding]:
    """The findings on one file of cases."""
    notes = Notes(document)
    places = {case.id: place for place, case in enumerate(cases)}
    for result in replay(cases, judges):
        if result.rejected or not result.accepted:
            _contradiction(result, places[result.case.id], notes)
    return notes.findings


def _contradiction(result: Result, place: int, notes: Notes) -> None:
    accept = sorted(result.case.expect[result.rule_set][0])
    what = f"'{result.case.id}' krijgt van '{result.rule_set}' de uitkomst '{result.result}'."
    why = f"Het voorbeeld keurt goed: {', '.join(accept) or 'nog niets'}."
    instead = "de uitkomst bij 'accept' als die klopt, of een regel die het voorbeeld volgt"
    key = "reject" if result.rejected else "accept"
    path = (place, "expect", result.rule_set, key)
    if result.rejected:
        notes.error(path, "case-rejected", what, f"Het voorbeeld zegt dat dat nooit mag. {why}", instead)
    elif result.case.weight == "strong":
        notes.error(path, "case-strong", what, f"{why} Dit is een sterk voorbeeld.", instead)
    else:
        notes.warn(path, "case-not-accepted", what, why, instead)
