"""Reads a questionnaire file and ties it to the facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mantelzorg.facts import AnswerError, Fact, Kind, Value, parse_answer
from mantelzorg.loading import Faults, optional, text
from mantelzorg.questionnaire import (
    Called,
    Documents,
    Extra,
    Line,
    Option,
    Question,
    Questionnaire,
    Section,
    Variant,
)
from mantelzorg.questionnaire_schema import (
    CalledModel,
    DocumentsModel,
    ExtraModel,
    LineModel,
    OptionModel,
    QuestionModel,
    QuestionnaireFile,
    VariantModel,
)
from mantelzorg.validation import validate
from mantelzorg.verdict_table import ConditionTable
from mantelzorg.yaml_reader import Document, Path


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
        _table(model.young, facts, ("young",), faults),
        (model.door.fact, model.door.option) if model.door else None,
        tuple(model.also.schemes),
        tuple(model.also.support),
        _called(model.somebody),
    )
    _check_asked(form, faults)
    faults.check()
    return form


def _check_asked(form: Questionnaire, faults: Faults) -> None:
    names = [question.fact for question in form.questions()]
    for name in {name for name in names if names.count(name) > 1}:
        faults.add(("sections",), "asked-twice", f"'{name}' wordt twee keer gevraagd.")
    faults.known(form.for_schemes, names, ("also", "schemes"), "question")
    faults.known(form.for_support, names, ("also", "support"), "question")
    if form.door:
        fact, option = form.door
        faults.known([fact], names, ("door", "fact"), "question")
        options = [one.id for question in form.questions() if question.fact == fact for one in question.options]
        faults.known([option], options, ("door", "option"), "option")


def _table(condition: str | None, facts: Mapping[str, Fact], path: Path, faults: Faults) -> ConditionTable | None:
    return ConditionTable(faults.condition(condition, path, facts), facts) if condition else None


def _called(model: CalledModel | None) -> Called | None:
    return Called(text(model.who), text(model.mine)) if model else None


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
            found.append(_question(model, facts, own, faults))
    return tuple(found)


def _question(model: QuestionModel, facts: Mapping[str, Fact], path: Path, faults: Faults) -> Question:
    fact = facts[model.fact]
    if fact.kind is Kind.NUMBER and not model.options:
        faults.add(path, "no-options", f"'{fact.id}' is een getal: schrijf 'options' met 'range'.")
    options = [_option(option, fact, (*path, "options", place), faults) for place, option in enumerate(model.options)]
    plain = [Option(value.id, value.label, frozenset({value.id}), called=_own(value)) for value in fact.values]
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
        optional(model.back),
        optional(model.unknown),
        tuple(_variant(one, model, facts, (*path, "variants", n), faults) for n, one in enumerate(model.variants)),
    )


def _variant(
    model: VariantModel, question: QuestionModel, facts: Mapping[str, Fact], path: Path, faults: Faults
) -> Variant:
    condition = faults.condition(model.condition, (*path, "if"), facts)
    faults.known(model.labels, [option.id for option in question.options], (*path, "labels"), "option")
    labels = {name: text(words) for name, words in model.labels.items()}
    return Variant(ConditionTable(condition, facts), optional(model.ask), optional(model.help), labels)


def _option(model: OptionModel, fact: Fact, path: Path, faults: Faults) -> Option | None:
    raw: object = model.range if fact.kind is Kind.NUMBER else (model.values or [model.id])
    if fact.kind is Kind.NUMBER and model.values:
        faults.add(path, "option-values", "Een getal heeft 'range', geen 'values'.")
    try:
        answer = parse_answer(fact, raw)
        own = [value for value in fact.values if answer == frozenset({value.id})]
        called = _called(model.called) or (_own(own[0]) if own else None)
        return Option(model.id, text(model.label), answer, model.icon or "", called)
    except AnswerError as error:
        faults.add(path, "option-answer", str(error))
        return None


def _own(value: Value) -> Called | None:
    return Called(value.who, value.mine) if value.who and value.mine else None
