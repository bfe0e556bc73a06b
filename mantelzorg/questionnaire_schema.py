"""The shape of a questionnaire file, as models that check what is read."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from mantelzorg.schema import Filled, Flag, Id, Words
from mantelzorg.validation import Strict


class CalledModel(Strict):
    """What the person helped is called: to the helper ("uw moeder") and by the helper ("mijn moeder")."""

    who: Words
    mine: Words


class OptionModel(Strict):
    """A choice on the page: some values of the fact, or an interval of a number. `called` is for who is helped."""

    id: Id
    label: Words
    values: list[Id] = Field(default_factory=list)
    range: Filled | int | float | None = None
    icon: Id | None = None
    called: CalledModel | None = None


class VariantModel(Strict):
    """Other words for a question while a condition certainly holds; `labels` are those of options, by id."""

    condition: Filled = Field(alias="if")
    ask: Words | None = None
    help: Words | None = None
    labels: dict[Id, Words] = Field(default_factory=dict)


class QuestionModel(Strict):
    """How a fact is asked. Without `options` every value of the fact is one. `after`: shown once that is answered
    and while it can still matter. `back` repeats the answer to who gave it, `unknown` is the option of who cannot say.
    """

    fact: Id
    ask: Words
    help: Words | None = None
    say: Words | None = None
    short: Words
    after: Id | None = None
    options: list[OptionModel] = Field(default_factory=list)
    back: Words | None = None
    unknown: Words | None = None
    variants: list[VariantModel] = Field(default_factory=list)


class SectionModel(Strict):
    """A group of questions on one topic; those of `more` stay behind a fold."""

    id: Id
    title: Words
    questions: list[QuestionModel]
    more_title: Words | None = None
    more: list[QuestionModel] = Field(default_factory=list)


class ExtraModel(Strict):
    """A question that no rule may use; a document needs it."""

    id: Id
    ask: Words
    multiple: Flag = "false"
    options: list[OptionModel]


class LineModel(Strict):
    """A line of a document: the answers to some facts, by their label or as a sentence says them."""

    facts: Annotated[list[Id], Field(min_length=1)]
    use: Literal["label", "say"] = "label"
    label: Words | None = None


class DocumentsModel(Strict):
    """Which answers go into the documents. `who` is the fact that names the person helped, `told` are the facts
    that a sheet for the helper may repeat."""

    who: Id
    told: list[Id]
    situation: list[LineModel] = Field(default_factory=list)
    note: list[LineModel] = Field(default_factory=list)


class DoorModel(Strict):
    """An answer that is given before the first question, by where one begins."""

    fact: Id
    option: Id


class AlsoModel(Strict):
    """What is asked beyond the definition, in this order and while it can matter: for the schemes, and for support."""

    schemes: list[Id] = Field(default_factory=list)
    support: list[Id] = Field(default_factory=list)


class QuestionnaireFile(Strict):
    """A questionnaire for one audience."""

    id: Id
    rules: Id
    schemes: list[Id]
    sections: list[SectionModel]
    extra: list[ExtraModel] = Field(default_factory=list)
    documents: DocumentsModel
    young: Filled | None = None
    door: DoorModel | None = None
    also: AlsoModel = Field(default_factory=AlsoModel)
    somebody: CalledModel | None = None
    texts: dict[Id, Words]
