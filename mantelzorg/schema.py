"""The shape of every kind of content file, as models that check what is read.

The models only describe; `content` turns them into facts, rule sets and questionnaires.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, RootModel, StringConstraints, WithJsonSchema

from mantelzorg.validation import Strict

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,60}$")]
Date = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
Month = Annotated[str, StringConstraints(pattern=r"^\d{4}(-(0[1-9]|1[0-2]))?(-(0[1-9]|[12]\d|3[01]))?$")]
# An editor takes a bare true for a truth value; our reader takes every word for text.
Flag = Annotated[Literal["true", "false"], WithJsonSchema({"enum": [True, False, "true", "false"]})]
Filled = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class Words(Strict):
    """One text in every language."""

    nl: Filled
    en: Filled


class ValueModel(Strict):
    """A value of a choice: `label` in a list, `say` about the helper, `you` to the helper."""

    label: Words
    say: Words | None = None
    you: Words | None = None
    mine: Words | None = None


class FactModel(Strict):
    """A fact. A number has `low` and `high`, a choice has `values`."""

    kind: Literal["choice", "multiple", "number"]
    label: Words
    values: dict[Id, ValueModel] = Field(default_factory=dict)
    low: float | int | None = None
    high: float | int | None = None
    alone: Id | None = None
    changes: Literal["grows", "both", "never"]
    say: Words | None = None
    assume: Filled | None = None
    assumed: Words | None = None
    usual: Filled | None = None


class FactsFile(Strict):
    """`rules/facts.yaml`."""

    facts: dict[Id, FactModel]


class SourceModel(Strict):
    """Where something comes from: what it says, in our words, and when that was last checked."""

    title: Filled
    url: Filled
    year: Filled
    says: Words
    checked: Month


class SourcesFile(Strict):
    """`rules/sources.yaml`."""

    sources: dict[Id, SourceModel]


class CriterionModel(Strict):
    """A criterion: its condition, what it means when met or not, and what people get wrong about it."""

    condition: Filled = Field(alias="if")
    title: Words
    met: Words
    not_met: Words
    source: Id | list[Id]
    exclusion: Flag = "false"
    short: Words | None = None
    pitfall: Words | None = None


class VerdictModel(Strict):
    """A verdict line. A second line with the same id needs only the texts that differ."""

    id: Id
    condition: Filled | None = Field(default=None, alias="if")
    tone: Literal["yes", "maybe", "no"] | None = None
    name: Words | None = None
    title: Words | None = None
    lead: Words | None = None
    short: Words | None = None
    action: Words | None = None
    exists: Words | None = None
    again: Words | None = None
    you_title: Words | None = None
    you_text: Words | None = None
    informal: Flag = "false"


class ValidModel(Strict):
    """From when a rule set holds."""

    start: Date = Field(alias="from")


class RulesFile(Strict):
    """A rule set. `sources` are its own, beside those of `rules/sources.yaml`."""

    id: Id
    kind: Literal["definition", "scheme"]
    version: Filled
    valid: ValidModel
    title: Words
    question: Words
    note: Words
    source: Id | list[Id]
    sources: dict[Id, SourceModel] = Field(default_factory=dict)
    wanted: list[Id] = Field(default_factory=list)
    exclusions: Words | None = None
    open: dict[Literal["title", "lead", "short", "provisional", "settled", "you_title", "you_text", "again"], Words] = (
        Field(default_factory=dict)
    )
    criteria: dict[Id, CriterionModel]
    verdicts: Annotated[list[VerdictModel], Field(min_length=1)]
    impossible: list[Filled] = Field(default_factory=list)


class SignalModel(Strict):
    """Something the helper says that support should know; `tag` says how soon to act on it."""

    id: Id
    condition: Filled = Field(alias="if")
    say: Words
    tag: Literal["now", "week", "watch"]
    source: Id | list[Id]


class UrgencyModel(Strict):
    """How soon. The first line whose condition certainly holds; the last has no condition."""

    id: Id
    condition: Filled | None = Field(default=None, alias="if")
    term: Words
    advice: Words
    support_first: Flag = "false"
    source: Id | list[Id]


class ContactModel(Strict):
    """Whom to call. An empty `number` is shown as still to be filled in, never invented."""

    name: Filled
    number: str = ""
    hours: Words | None = None
    status: Literal["confirmed", "to_check", "ended"]
    checked: Month
    source: Id | list[Id]


class OfferModel(Strict):
    """Something that exists for carers. What is not `confirmed` is marked for staff and never printed as certain."""

    id: Id
    name: Words
    what: Words
    suits: Filled | None = Field(default=None, alias="suits_if")
    icon: Literal["talk", "relief", "arrange", "meet", "information", "young"]
    contact: Id
    status: Literal["confirmed", "to_check", "ended"]
    checked: Month
    source: Id | list[Id]


class SupportFile(Strict):
    """`rules/support.yaml`."""

    centre: Id
    contacts: dict[Id, ContactModel]
    signals: list[SignalModel]
    tags: dict[Literal["now", "week", "watch"], Words]
    urgency: Annotated[list[UrgencyModel], Field(min_length=1)]
    offers: list[OfferModel]
    safety: Words


class OptionModel(Strict):
    """A choice on the page: some values of the fact, or an interval of a number."""

    id: Id
    label: Words
    values: list[Id] = Field(default_factory=list)
    range: Filled | int | float | None = None


class QuestionModel(Strict):
    """How a fact is asked. Without `options` every value of the fact is one. `after`: shown once that is answered
    and while it can still matter."""

    fact: Id
    ask: Words
    help: Words | None = None
    say: Words | None = None
    short: Words
    after: Id | None = None
    options: list[OptionModel] = Field(default_factory=list)


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
    situation: list[LineModel]
    note: list[LineModel]


class QuestionnaireFile(Strict):
    """A questionnaire for one audience."""

    id: Id
    rules: Id
    schemes: list[Id]
    sections: list[SectionModel]
    extra: list[ExtraModel] = Field(default_factory=list)
    documents: DocumentsModel
    texts: dict[Id, Words]


class ExpectModel(Strict):
    """Results that a case accepts and results that it may never get."""

    accept: list[Id]
    reject: list[Id] = Field(default_factory=list)


class CaseModel(Strict):
    """A situation with the results it must get."""

    id: Id
    story: Filled
    source: Filled
    verdict_by: Literal["source", "reasoning"]
    weight: Literal["strong", "normal", "weak"]
    facts: dict[Id, object]
    assumed: list[Id] = Field(default_factory=list)
    expect: dict[Id, ExpectModel]
    note: Filled | None = None


class CasesFile(RootModel[Annotated[list[CaseModel], Field(min_length=1)]]):
    """A file of cases: a list."""

    model_config = ConfigDict(frozen=True, strict=True)
