"""Whether every outcome of a questionnaire tells what to do next, and whether somebody always has an offer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import numpy as np

from mantelzorg.assessment import Judge
from mantelzorg.checks.findings import Finding, Notes
from mantelzorg.checks.space import Space
from mantelzorg.conditions import ALWAYS, Condition, parse, tests_of
from mantelzorg.facts import Fact
from mantelzorg.schema import SupportFile
from mantelzorg.validation import validate
from mantelzorg.verdict_table import make_axis
from mantelzorg.yaml_reader import Document

WANTED = {
    "no-next-step": (("action", "exists"), "wat iemand nu kan doen", "action: {nl: …, en: …}"),
    "no-own-words": (("you_title",), "wat de helper zelf leest", "you_title: {nl: …, en: …}"),
    "no-own-text": (("you_text",), "een zin uitleg voor de helper zelf", "you_text: {nl: …, en: …}"),
}


def check(judge: Judge, document: Document) -> list[Finding]:
    """Lines of the definition that a questionnaire uses, without a next step or without words for the helper."""
    notes = Notes(document)
    for place, line in enumerate(judge.rules.lines):
        for code, (keys, missing, instead) in WANTED.items():
            if not any(key in line.texts for key in keys):
                what = f"Bij deze uitkomst '{line.id}' ontbreekt {missing}."
                notes.warn(("verdicts", place), code, what, "Een vragenlijst laat deze uitkomst zien.", instead)
    return notes.findings


def check_offers(document: Document, facts: Mapping[str, Fact]) -> list[Finding]:
    """Offers that never suit, and a situation that none of them suits."""
    notes = Notes(document)
    model = validate(document, SupportFile)
    current = [(place, offer) for place, offer in enumerate(model.offers) if offer.status != "ended"]
    suits: list[Condition] = [parse(offer.suits, facts, {}) if offer.suits else ALWAYS for _, offer in current]
    tests = [test for condition in suits for test in tests_of(condition)]
    space = Space([make_axis(facts[name], tests) for name in dict.fromkeys(test.fact for test in tests)])
    where = [space.where(condition) for condition in suits]
    for (place, offer), some in zip(current, where, strict=True):
        if not some.any():
            what = f"Het aanbod '{offer.id}' past bij geen enkele situatie."
            notes.warn(("offers", place, "suits_if"), "offer-never", what, instead="een andere voorwaarde")
    if (space.full & ~reduce(np.bitwise_or, where, space.none)).any():
        what = "Er zijn situaties waarbij geen enkel aanbod past."
        notes.warn(("offers",), "no-offer", what, instead="een aanbod zonder 'suits_if'")
    return notes.findings
