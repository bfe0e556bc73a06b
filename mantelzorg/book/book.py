"""The rule book as data: every text in one language, ready to be written in any format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mantelzorg import wording
from mantelzorg.book.graph import Node, verdict_name, verdict_tree
from mantelzorg.book.plain_conditions import Plain, Points
from mantelzorg.book.side_by_side import Limits, Situation, limits, side_by_side, telling
from mantelzorg.cases import Case
from mantelzorg.conditions import ALWAYS, Condition
from mantelzorg.content import Content
from mantelzorg.literal_conditions import literal
from mantelzorg.rules import Criterion, RuleSet, VerdictLine
from mantelzorg.schema import SourceModel


@dataclass(frozen=True)
class Source:
    """Where something comes from."""

    id: str
    title: str
    url: str
    year: str
    says: str
    checked: str


@dataclass(frozen=True)
class Said:
    """A condition in words, and as it stands in the file."""

    text: str
    literal: str


@dataclass(frozen=True)
class CriterionPart:
    """A criterion. `pitfall` is empty where people get nothing wrong."""

    id: str
    title: str
    points: Points
    literal: str
    met: str
    not_met: str
    sources: tuple[Source, ...]
    pitfall: str
    exclusion: bool


@dataclass(frozen=True)
class LinePart:
    """A verdict line: when it applies and what is then said."""

    number: int
    verdict: str
    name: str
    tone: str
    title: str
    lead: str
    when: Said


@dataclass(frozen=True)
class Picture:
    """How the criteria lead to one verdict. `text` says the same in words."""

    verdict: str
    name: str
    tree: Node
    text: str


@dataclass(frozen=True)
class RuleSetPart:
    """One rule set. `sources` are all that it names, each once."""

    id: str
    scheme: bool
    title: str
    question: str
    note: str
    version: str
    valid_from: str
    digest: str
    criteria: tuple[CriterionPart, ...]
    lines: tuple[LinePart, ...]
    pictures: tuple[Picture, ...]
    impossible: tuple[Said, ...]
    assumptions: tuple[Said, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Book:
    """The whole book. `situation` is None where there are no cases."""

    language: str
    digest: str
    parts: tuple[RuleSetPart, ...]
    limits: Limits
    situation: Situation | None


def make_book(content: Content, cases: Sequence[Case], language: str, rules: Iterable[str] = ()) -> Book:
    """The book of these rule sets, or of all of them. Raises KeyError for one that does not exist."""
    judges = [content.judges[name] for name in rules or in_order(content)]
    chosen = telling(judges, cases)
    return Book(
        language,
        content.digest,
        tuple(rule_set_part(judge.rules, content.sources, language) for judge in judges),
        limits([judge.rules for judge in judges], language),
        side_by_side(judges, chosen, language) if chosen else None,
    )


def in_order(content: Content) -> tuple[str, ...]:
    """All rule sets: those that the questionnaires use in their order, then definitions, then schemes."""
    used = [name for form in content.questionnaires.values() for name in (form.rules, *form.schemes)]
    rest = sorted(content.rule_sets, key=lambda name: content.judges[name].rules.scheme)
    return tuple(dict.fromkeys((*used, *rest)))


def rule_set_part(rules: RuleSet, sources: Mapping[str, SourceModel], language: str) -> RuleSetPart:
    """One rule set in words. `sources` are those of the installation; its own go before them."""
    writer = _Writer(rules, {**sources, **rules.own_sources}, language)
    return RuleSetPart(
        id=rules.id,
        scheme=rules.scheme,
        title=rules.texts["title"][language],
        question=rules.texts["question"][language],
        note=rules.texts["note"][language],
        version=rules.version,
        valid_from=wording.long_date(rules.valid_from, language),
        digest=rules.digest,
        criteria=tuple(map(writer.criterion, rules.criteria)),
        lines=tuple(writer.line(place + 1, line) for place, line in enumerate(rules.lines)),
        pictures=tuple(map(writer.picture, rules.verdicts)),
        impossible=tuple(map(writer.said, rules.impossible)),
        assumptions=tuple(writer.assumptions()),
        sources=writer.sources(
            name for names in (rules.sources, *(c.sources for c in rules.criteria)) for name in names
        ),
    )


class _Writer:
    """Turns the parts of one rule set into words."""

    def __init__(self, rules: RuleSet, sources: Mapping[str, SourceModel], language: str) -> None:
        self.rules, self._sources, self.language = rules, sources, language
        self.plain = Plain(rules, language)

    def said(self, condition: Condition) -> Said:
        return Said(self.plain.said(condition), literal(condition, self.plain.facts))

    def sources(self, names: Iterable[str]) -> tuple[Source, ...]:
        known = [(name, self._sources[name]) for name in dict.fromkeys(names)]
        return tuple(Source(name, s.title, s.url, s.year, self._says(s), s.checked) for name, s in known)

    def _says(self, source: SourceModel) -> str:
        return str(source.says.model_dump()[self.language])

    def criterion(self, own: Criterion) -> CriterionPart:
        texts = (own.met[self.language], own.not_met[self.language])
        return CriterionPart(
            own.id,
            own.title[self.language],
            self.plain.points(own.condition),
            literal(own.condition, self.plain.facts),
            *texts,
            self.sources(own.sources),
            own.pitfall[self.language] if own.pitfall else "",
            own.exclusion,
        )

    def line(self, number: int, line: VerdictLine) -> LinePart:
        texts = (line.texts["title"][self.language], line.texts["lead"][self.language])
        name = verdict_name(line, self.language)
        return LinePart(number, line.id, name, line.tone.value, *texts, self._when(line))

    def _when(self, line: VerdictLine) -> Said:
        if line.condition == ALWAYS:
            return Said(self.plain.words["otherwise" if len(self.rules.lines) > 1 else "always"], "")
        said = self.said(line.condition)
        return replace(said, text=str(self.plain.words["if"]).format(said.text))

    def picture(self, verdict: str) -> Picture:
        lines = [(place + 1, line) for place, line in enumerate(self.rules.lines) if line.id == verdict]
        template = str(self.plain.words["picture_line"])
        told = [template.format(number=number, condition=self._when(line).text) for number, line in lines]
        tree = verdict_tree(self.rules, verdict, self.plain)
        name = str(self.plain.words["picture_of"]).format(tree.label)
        return Picture(verdict, tree.label, tree, f"{name}. {' '.join(told)}")

    def assumptions(self) -> Iterator[Said]:
        """What is assumed about the facts that these rules ask for."""
        for name in dict.fromkeys(test.fact for test in self.rules.tests()):
            fact = self.rules.fact(name)
            if fact.assumed:
                yield Said(fact.assumed[self.language], fact.assume)
