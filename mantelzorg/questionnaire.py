"""How facts are asked: questions in topic groups, with options that stand for values or intervals.

Which questions still matter is never written here; the verdict table knows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from mantelzorg.facts import UNKNOWN, Answer, AnswerError, Fact, Kind, Text, parse_answer
from mantelzorg.loading import Faults, optional, text
from mantelzorg.schema import DocumentsModel, ExtraModel, LineModel, OptionModel, QuestionModel, QuestionnaireFile
from mantelzorg.validation import validate
from mantelzorg.yaml_reader import Document, Path

NOT_KNOWN = "unknown"
"""The option that every single choice has: asked, and not known."""


@dataclass(frozen=True)
class Option:
    """A choice on the page and the answer that it stands for."""

    id: str
    label: Text
    answer: Answer


@dataclass(frozen=True)
class Question:
    """A fact and its wording. `short` names it in a sentence; `after` is the fact that must be answered first."""

    fact: str
    multiple: bool
    ask: Text
    short: Text
    options: tuple[Option, ...]
    help: Text | None = None
    say: Text | None = None
    after: str | None = None
    alone: str = ""

    def answer(self, chosen: Collection[str]) -> Answer | None:
        """The answer of the options chosen; None when nothing was. An option that does not exist counts as nothing,
        and options that clash say nothing either.
        """
        known = {option.id: option.answer for option in self.options}
        picked = [known[option] for option in chosen if option in known]
        if not picked:
            return UNKNOWN if NOT_KNOWN in chosen else None
        if not self.multiple:
            return picked[0]
        return UNKNOWN if self.clashing(chosen) else self._values(chosen)

    def clashing(self, chosen: Collection[str]) -> frozenset[str]:
        """The values chosen where one of them goes with no other ("none" and a task); otherwise nothing."""
        values = self._values(chosen)
        return values if self.multiple and self.alone in values and len(values) > 1 else frozenset()

    def _values(self, chosen: Collection[str]) -> frozenset[str]:
        picked = [option.answer for option in self.options if option.id in chosen]
        return frozenset(value for answer in picked if isinstance(answer, frozenset) for value in answer)


@dataclass(frozen=True)
class Section:
    """Questions on one topic; `more` are asked less often."""

    id: str
    title: Text
    questions: tuple[Question, ...]
    more_title: Text | None = None
    more: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Extra:
    """A question that no rule uses; a document needs its answer."""

    id: str
    ask: Text
    multiple: bool
    options: tuple[tuple[str, Text], ...]


@dataclass(frozen=True)
class Line:
    """A line of a document: the answers to `facts`, by their label or as a sentence says them."""

    facts: tuple[str, ...]
    by_label: bool
    label: Text | None


@dataclass(frozen=True)
class Documents:
    """Which answers go into the documents."""

    who: str
    told: tuple[str, ...]
    situation: tuple[Line, ...]
    note: tuple[Line, ...]


@dataclass(frozen=True)
class Questionnaire:
    """A questionnaire for one audience, over one definition and the local schemes beside it."""

    id: str
    rules: str
    schemes: tuple[str, ...]
    sections: tuple[Section, ...]
    extra: tuple[Extra, ...]
    documents: Documents
    texts: Mapping[str, Text]

    def questions(self) -> tuple[Question, ...]:
        """Every question, in the order of the page."""
        return tuple(q for section in self.sections for q in (*section.questions, *section.more))

    def offered(self, chosen: Mapping[str, Collection[str]]) -> dict[str, tuple[str, ...]]:
        """The options that exist, by question; anything else counts as not chosen."""
        known = {q.fact: {NOT_KNOWN, *(option.id for option in q.options)} for q in self.questions()}
        left = {fact: tuple(one for one in chosen[fact] if one in ids) for fact, ids in known.items() if fact in chosen}
        return {fact: ids for fact, ids in left.items() if ids}

    def answers(self, chosen: Mapping[str, Collection[str]]) -> dict[str, Answer]:
        """The answers that chosen options stand for; facts that are not asked are left out."""
        found = {q.fact: q.answer(chosen[q.fact]) for q in self.questions() if q.fact in chosen}
        return {fact: answer for fact, answer in found.items() if answer is not None}


def load_questionnaire(document: Document, facts: Mapping[str, Fact], rule_sets: Iterable[str]) -> Questionnaire:
    """Read a questionnaire. Raises ContentError with every fault."""
    model = validate(document, QuestionnaireFile)
    faults = Faults(document)
    known = list(rule_sets)
    faults.known([model.rules], known, ("rules",), "rule-set")
    faults.known(model.schemes, known, ("schemes",), "rule-set")
    sections = []
    for place, own in enumerate(model.sections):
        path: Path = ("sections", place)
        asked = _questions(own.questions, facts, (*path, "questions"), faults)
        more = _questions(own.more, facts, (*path, "more"), faults)
        title = optional(own.more_title)
        sections.append(Section(own.id, text(own.title), asked, title, more))
    extra = tuple(_extra(own) for own in model.extra)
    form = Questionnaire(
        model.id,
        model.rules,
        tuple(model.schemes),
        tuple(sections),
        extra,
        _documents(model.documents, facts, faults),
        {name: text(words) for name, words in model.texts.items()},
    )
    names = [question.fact for question in form.questions()]
    for name in {name for name in names if names.count(name) > 1}:
        faults.add(("sections",), "asked-twice", f"'{name}' wordt twee keer gevraagd.")
    faults.check()
    return form


def _documents(model: DocumentsModel, facts: Mapping[str, Fact], faults: Faults) -> Documents:
    def lines(models: list[LineModel], key: str) -> tuple[Line, ...]:
        for place, own in enumerate(models):
            faults.known(own.facts, facts, ("documents", key, place, "facts"), "fact")
        return tuple(Line(tuple(own.facts), own.use == "label", optional(own.label)) for own in models)

    faults.known([model.who, *model.told], facts, ("documents",), "fact")
    return Documents(model.who, tuple(model.told), lines(model.situation, "situation"), lines(model.note, "note"))


def _extra(model: ExtraModel) -> Extra:
    options = tuple((option.id, text(option.label)) for option in model.options)
    return Extra(model.id, text(model.ask), model.multiple == "true", options)


def _questions(
    models: list[QuestionModel], facts: Mapping[str, Fact], path: Path, faults: Faults
) -> tuple[Question, ...]:
    found = []
    for place, model in enumerate(models):
        own: Path = (*path, place)
        faults.known([model.fact], facts, (*own, "fact"), "fact")
        faults.known([model.after] if model.after else [], facts, (*own, "after"), "fact")
        if model.fact in facts:
            found.append(_question(model, facts[model.fact], own, faults))
    return tuple(found)


def _question(model: QuestionModel, fact: Fact, path: Path, faults: Faults) -> Question:
    if fact.kind is Kind.NUMBER and not model.options:
        faults.add(path, "no-options", f"'{fact.id}' is een getal: schrijf 'options' met 'range'.")
    options = [_option(option, fact, (*path, "options", place), faults) for place, option in enumerate(model.options)]
    plain = [Option(value.id, value.label, frozenset({value.id})) for value in fact.values]
    return Question(
        fact.id,
        fact.kind is Kind.MULTIPLE,
        text(model.ask),
        text(model.short),
        tuple(option for option in options if option) or tuple(plain),
        optional(model.help),
        optional(model.say),
        model.after,
        fact.alone,
    )


def _option(model: OptionModel, fact: Fact, path: Path, faults: Faults) -> Option | None:
    raw: object = model.range if fact.kind is Kind.NUMBER else (model.values or [model.id])
    if fact.kind is Kind.NUMBER and model.values:
        faults.add(path, "option-values", "Een getal heeft 'range', geen 'values'.")
    try:
        return Option(model.id, text(model.label), parse_answer(fact, raw))
    except AnswerError as error:
        faults.add(path, "option-answer", str(error))
        return None
