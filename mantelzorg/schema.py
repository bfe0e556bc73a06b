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
    """One text in every language; `je` where Dutch says it otherwise to a young helper."""

    nl: Filled
    en: Filled
    je: Filled | None = None


class ValueModel(Strict):
    """A value of a choice: `label` in a list, `say` about the helper, `you` to the helper. For a person helped, `who`
    and `mine` are what one calls them to the helper ("uw moeder") and what the helper does ("mijn moeder")."""

    label: Words
    say: Words | None = None
    you: Words | None = None
    who: Words | None = None
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
    you_met: Words | None = None
    you_not_met: Words | None = None
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
    you: Words | None = None
    tag: Literal["now", "week", "watch"]
    source: Id | list[Id]


class UrgencyModel(Strict):
    """How soon. The first line whose condition certainly holds; the last has no condition."""

    id: Id
    condition: Filled | None = Field(default=None, alias="if")
    term: Words
    advice: Words
    you: Words | None = None
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
    """`rules/support.yaml`. `sheet` are the words of the take-home sheet."""

    centre: Id
    contacts: dict[Id, ContactModel]
    signals: list[SignalModel]
    tags: dict[Literal["now", "week", "watch"], Words]
    urgency: Annotated[list[UrgencyModel], Field(min_length=1)]
    offers: list[OfferModel]
    safety: Words
    sheet: dict[Id, Words] = Field(default_factory=dict)


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
