"""From checked documents to facts and rule sets; every fault becomes a problem at its own place."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256

from mantelzorg.conditions import ALWAYS, Condition, ConditionError, facts_of, parse
from mantelzorg.facts import Changes, Fact, Kind, Text, Value, suggest
from mantelzorg.problems import ContentError, Mark, Problem
from mantelzorg.rules import Criterion, RuleSet, Tone, VerdictLine
from mantelzorg.schema import CriterionModel, FactModel, FactsFile, RulesFile, VerdictModel, Words
from mantelzorg.validation import validate
from mantelzorg.yaml_reader import Document, Path


class Faults:
    """Gathers the problems of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []

    def add(self, path: Path, code: str, what: str, instead: str = "", offset: int = 0, why: str = "") -> None:
        mark = self.document.marks.get(path) or self.document.key_marks.get(path) or Mark()
        place = Mark(mark.line, mark.column + offset)
        self.problems.append(Problem(self.document.file, place, code, what, why, instead))

    def condition(
        self, text: str, path: Path, facts: Mapping[str, Fact], names: Mapping[str, Condition] | None = None
    ) -> Condition:
        """The condition that a text stands for; a faulty one is noted and holds always."""
        try:
            return parse(text, facts, names or {})
        except ConditionError as error:
            for fault in error.faults:
                self.add(path, fault.code, fault.what, fault.instead, fault.offset)
            return ALWAYS

    def known(self, ids: Iterable[str], known: Iterable[str], path: Path, what: str) -> None:
        """Note every id that is not known."""
        names = list(known)
        for name in ids:
            if name not in names:
                self.add(path, f"unknown-{what}", f"'{name}' is onbekend.{suggest(name, names)}")

    def check(self) -> None:
        """Raise ContentError when anything was noted."""
        if self.problems:
            raise ContentError(self.problems)


def text(words: Words) -> Text:
    """A text in every language, as a plain mapping."""
    return words.model_dump(exclude_none=True)


def optional(words: Words | None) -> Text | None:
    """The same for a text that may be left out."""
    return text(words) if words else None


def listed(source: str | list[str]) -> tuple[str, ...]:
    """One id or several, as a tuple."""
    return (source,) if isinstance(source, str) else tuple(source)


def digest(*contents: bytes) -> str:
    """Twelve hexadecimal digits that stand for exactly this content."""
    whole = sha256()
    for content in contents:
        whole.update(sha256(content).digest())
    return whole.hexdigest()[:12]


def load_facts(document: Document) -> dict[str, Fact]:
    """The facts of `rules/facts.yaml`. Raises ContentError."""
    model = validate(document, FactsFile)
    faults = Faults(document)
    facts = {name: _fact(name, fact, faults) for name, fact in model.facts.items()}
    for name, fact in facts.items():
        for key, written in (("assume", fact.assume), ("usual", fact.usual)):
            path: Path = ("facts", name, key)
            condition = faults.condition(written, path, facts) if written else ALWAYS
            if set(facts_of(condition)) - {name}:
                faults.add(path, "assume-other-fact", f"Alleen '{name}' mag hier getoetst worden.")
    faults.check()
    return facts


def _fact(name: str, model: FactModel, faults: Faults) -> Fact:
    path: Path = ("facts", name)
    kind = Kind(model.kind)
    if (kind is Kind.NUMBER) == bool(model.values):
        faults.add(path, "fact-values", "Een keuze heeft 'values', een getal heeft 'low' en 'high'.")
    if kind is Kind.NUMBER and (model.low is None or model.high is None or not model.low < model.high):
        faults.add(path, "fact-range", "Een getal heeft 'low' en 'high' nodig, en 'low' is kleiner.")
    if model.alone and model.alone not in model.values:
        faults.add(
            (*path, "alone"), "unknown-value", f"'{model.alone}' is geen waarde.{suggest(model.alone, model.values)}"
        )
    if bool(model.assume) != bool(model.assumed):
        faults.add(path, "assume-sentence", "'assume' en 'assumed' horen bij elkaar.")
    values = tuple(
        Value(value_id, text(own.label), text(own.say or own.label), *map(optional, (own.you, own.who, own.mine)))
        for value_id, own in model.values.items()
    )
    return Fact(
        name,
        kind,
        text(model.label),
        values,
        low=-math.inf if model.low is None else float(model.low),
        high=math.inf if model.high is None else float(model.high),
        alone=model.alone or "",
        changes=Changes(model.changes),
        say=optional(model.say),
        assume=model.assume or "",
        assumed=optional(model.assumed),
        usual=model.usual or "",
    )


def load_rules(document: Document, facts: Mapping[str, Fact], sources: Iterable[str], own: str = "") -> RuleSet:
    """A rule set. `own` is the digest of its content. Raises ContentError with every fault."""
    model = validate(document, RulesFile)
    faults = Faults(document)
    known_sources = [*sources, *model.sources]
    criteria = _criteria(model, facts, known_sources, faults)
    lines = _lines(model, facts, {c.id: c.condition for c in criteria}, faults)
    impossible = tuple(
        faults.condition(line, ("impossible", place), facts) for place, line in enumerate(model.impossible)
    )
    ids = [line.id for line in lines]
    faults.known(model.wanted, ids, ("wanted",), "verdict")
    faults.known(listed(model.source), known_sources, ("source",), "source")
    start = _date(model.valid.start, faults)
    faults.check()
    return RuleSet(
        model.id,
        model.version,
        start,
        criteria,
        lines,
        impossible,
        tuple(model.wanted),
        _rule_set_texts(model),
        tuple(facts.values()),
        sources=listed(model.source),
        digest=own,
        scheme=model.kind == "scheme",
        own_sources=dict(model.sources),
    )


def _rule_set_texts(model: RulesFile) -> dict[str, Text]:
    texts = {"title": text(model.title), "question": text(model.question), "note": text(model.note)}
    texts |= {f"open_{key}": text(words) for key, words in model.open.items()}
    return texts | ({"exclusions": text(model.exclusions)} if model.exclusions else {})


def _date(written: str, faults: Faults) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        faults.add(("valid", "from"), "no-such-date", f"'{written}' is geen bestaande datum.", "2026-01-31")
        return date.min


def _criteria(model: RulesFile, facts: Mapping[str, Fact], sources: list[str], faults: Faults) -> tuple[Criterion, ...]:
    found: dict[str, Criterion] = {}
    for name, own in model.criteria.items():
        path: Path = ("criteria", name)
        if name in facts:
            faults.add(path, "name-taken", f"'{name}' is al de naam van een feit.")
        names = {known.id: known.condition for known in found.values()}
        condition = faults.condition(own.condition, (*path, "if"), facts, names)
        faults.known(listed(own.source), sources, (*path, "source"), "source")
        found[name] = _criterion(name, own, condition, faults)
    return tuple(found.values())


def _criterion(name: str, model: CriterionModel, condition: Condition, faults: Faults) -> Criterion:
    exclusion = model.exclusion == "true"
    if exclusion and not model.short:
        faults.add(("criteria", name), "exclusion-short", "Een uitsluiting heeft 'short' nodig, voor de ene zin.")
    return Criterion(
        name,
        condition,
        text(model.title),
        text(model.met),
        text(model.not_met),
        listed(model.source),
        exclusion,
        optional(model.short),
        optional(model.pitfall),
        optional(model.you_met),
        optional(model.you_not_met),
    )


VERDICT_TEXTS = ("name", "title", "lead", "short", "action", "exists", "again", "you_title", "you_text")


def _lines(
    model: RulesFile, facts: Mapping[str, Fact], names: Mapping[str, Condition], faults: Faults
) -> tuple[VerdictLine, ...]:
    first: dict[str, VerdictLine] = {}
    lines = []
    for place, own in enumerate(model.verdicts):
        path: Path = ("verdicts", place)
        last = place == len(model.verdicts) - 1
        if own.condition is None and not last:
            faults.add(path, "verdict-always", "Alleen de laatste uitkomst mag zonder 'if'.")
        condition = faults.condition(own.condition, (*path, "if"), facts, names) if own.condition else ALWAYS
        line = _line(own, condition, first.get(own.id), path, faults)
        first.setdefault(own.id, line)
        lines.append(line)
    return tuple(lines)


def _line(own: VerdictModel, condition: Condition, base: VerdictLine | None, path: Path, faults: Faults) -> VerdictLine:
    """A verdict line; what a later line with the same id leaves out is taken from the first."""
    texts = dict(base.texts) if base else {}
    texts |= {key: text(words) for key in VERDICT_TEXTS if (words := getattr(own, key))}
    tone = Tone(own.tone) if own.tone else base.tone if base else None
    missing = [key for key in ("title", "lead", "short") if key not in texts] + ([] if tone else ["tone"])
    if missing:
        faults.add(path, "verdict-text", f"De eerste regel van '{own.id}' mist: {', '.join(missing)}.")
    return VerdictLine(own.id, condition, tone or Tone.MAYBE, texts)
