"""Reads a translation file: one language of what the helper reads, hung on the Dutch texts themselves."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from mantelzorg.loading import Faults
from mantelzorg.questionnaire import SOMEBODY
from mantelzorg.reports.languages import direction
from mantelzorg.schema import Filled, Flag, Id
from mantelzorg.validation import Strict, validate
from mantelzorg.voice import PLACEHOLDER, Catalogue
from mantelzorg.yaml_reader import Document


class PairModel(Strict):
    """A Dutch text and the same in the own language; empty while it has not been translated."""

    nl: Filled
    own: str


class TranslationFile(Strict):
    """`questionnaires/translations/*.yaml`. `forms` are the words for the person helped, per option, in the forms
    that sentences need."""

    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
    name: Filled
    direction: Literal["ltr", "rtl"]
    reviewed: Flag
    forms: dict[Id, dict[Id, Filled]]
    young_forms: dict[Id, dict[Id, Filled]] = Field(default_factory=dict)
    texts: list[PairModel]


def load_catalogue(document: Document) -> Catalogue:
    """Read a translation file. Raises ContentError with every fault."""
    model = validate(document, TranslationFile)
    faults = Faults(document)
    seen: set[str] = set()
    known = {name for forms in (*model.forms.values(), *model.young_forms.values()) for name in forms}
    for place, pair in enumerate(model.texts):
        if pair.nl in seen:
            faults.add(("texts", place, "nl"), "translated-twice", "Deze Nederlandse tekst staat er al.")
        seen.add(pair.nl)
        strange = _names(pair.own) - _names(pair.nl) - known
        for name in sorted(strange):
            what = f"'{{{name}}}' staat niet in de Nederlandse tekst en niet bij 'forms'."
            faults.add(("texts", place, "own"), "unknown-placeholder", what)
    if model.direction != direction(model.language):
        what = f"'{model.language}' loopt de andere kant op."
        faults.add(("direction",), "wrong-direction", what, direction(model.language))
    _complete(model, faults)
    faults.check()
    texts = {pair.nl: pair.own for pair in model.texts if pair.own}
    young = {name: {**model.forms.get(name, {}), **forms} for name, forms in model.young_forms.items()}
    return Catalogue(
        model.language, model.name, model.direction == "rtl", model.reviewed == "true", texts, model.forms, young
    )


def _names(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def _complete(model: TranslationFile, faults: Faults) -> None:
    """Every word for a person has every form that the others have."""
    wanted = {name for forms in model.forms.values() for name in forms}
    if SOMEBODY not in model.forms:
        faults.add(("forms",), "no-somebody", f"'{SOMEBODY}' ontbreekt: de woorden voor wie nog niet gekozen is.")
    for who, forms in model.forms.items():
        for name in sorted(wanted - set(forms)):
            faults.add(("forms", who), "form-missing", f"De vorm '{name}' ontbreekt; andere woorden hebben die wel.")
