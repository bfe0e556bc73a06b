"""What the helper may read, and what a translation of it lacks.

A translation hangs on the Dutch text itself. When that text changes, its translation no longer counts: the page
shows the new Dutch text, and `report` names what it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from mantelzorg.content import Content
from mantelzorg.facts import Text
from mantelzorg.questionnaire import Questionnaire
from mantelzorg.rules import RuleSet
from mantelzorg.support import Support
from mantelzorg.voice import DUTCH, FAMILIAR, Catalogue

SAID_OF_VERDICTS = ("you_title", "you_text", "again")
NEVER_SPOKEN = ("poster_", "footer")
"""Texts of the questionnaire that are printed in Dutch alone."""
LIKE = 0.6
"""How much two Dutch texts must be alike for one to be taken for a new version of the other."""


@dataclass(frozen=True)
class Outdated:
    """A translation of a Dutch text that is no longer used; `now` is what it seems to have become, if anything."""

    was: str
    own: str
    now: str


@dataclass(frozen=True)
class Report:
    """What one language lacks: Dutch texts without a translation, and translations of texts that are gone."""

    missing: tuple[str, ...]
    outdated: tuple[Outdated, ...]
    total: int


def report(catalogue: Catalogue, used: Iterable[str]) -> Report:
    """What a language lacks of the Dutch texts in use."""
    every = tuple(dict.fromkeys(used))
    missing = tuple(text for text in every if text not in catalogue.texts)
    gone = [text for text in catalogue.texts if text not in every]
    outdated = (
        Outdated(was, catalogue.texts[was], next(iter(get_close_matches(was, missing, 1, LIKE)), "")) for was in gone
    )
    return Report(missing, tuple(outdated), len(every))


def used_texts(content: Content, form: Questionnaire) -> tuple[str, ...]:
    """The Dutch texts that a self-check and its sheet may say, in the order in which one meets them."""
    found: dict[str, None] = {}
    for text in _spoken(content, form):
        found |= dict.fromkeys(text[name] for name in (DUTCH, FAMILIAR) if name in text)
    return tuple(found)


def _spoken(content: Content, form: Questionnaire) -> Iterator[Text]:
    yield from (text for name, text in form.texts.items() if not name.startswith(NEVER_SPOKEN))
    for section in form.sections:
        yield section.title
    yield from _of_questions(form)
    asked = {question.fact for question in form.questions()}
    for fact in content.facts.values():
        yield from (value.you for value in fact.values if value.you and fact.id in asked)
    for name in (form.rules, *form.schemes):
        yield from _of_rules(content.judges[name].rules)
    yield from _of_support(content.support)


def _of_questions(form: Questionnaire) -> Iterator[Text]:
    for question in form.questions():
        yield from (text for text in (question.ask, question.help, question.short) if text)
        yield from (option.label for option in question.options)
        yield from (text for text in (question.back, question.unknown) if text)
        for variant in question.variants:
            yield from (text for text in (variant.ask, variant.help, *variant.labels.values()) if text)


def _of_rules(rules: RuleSet) -> Iterator[Text]:
    yield from (rules.texts[f"open_{name}"] for name in SAID_OF_VERDICTS if f"open_{name}" in rules.texts)
    for line in rules.lines:
        yield from (line.texts[name] for name in SAID_OF_VERDICTS if name in line.texts)
    for criterion in rules.criteria:
        yield from (text for text in (criterion.you_met, criterion.you_not_met) if text)


def _of_support(support: Support) -> Iterator[Text]:
    yield from (signal.you for signal in support.signals if signal.you)
    yield from (urgency.you for urgency in support.urgencies if urgency.you)
    yield from (offer.name for offer in support.offers)
    yield from support.sheet.values()
    for contact in support.contacts.values():
        if contact.hours:
            yield contact.hours.model_dump(exclude_none=True)
