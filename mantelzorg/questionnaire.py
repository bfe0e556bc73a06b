"""How facts are asked: questions in topic groups, with options that stand for values or intervals.

Which questions still matter is never written here; the verdict table knows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from mantelzorg.facts import UNKNOWN, Answer, Answers, Text
from mantelzorg.verdict_table import ConditionTable

NOT_KNOWN = "unknown"
"""The option that every single choice has: asked, and not known."""
SOMEBODY = "somebody"
Chosen = Mapping[str, Collection[str]]
"""The ids of the options chosen, by fact."""


@dataclass(frozen=True)
class Called:
    """What the person helped is called: to the helper, and by the helper."""

    who: Text
    mine: Text


@dataclass(frozen=True)
class Option:
    """A choice on the page and the answer that it stands for. `called` where it says who is helped."""

    id: str
    label: Text
    answer: Answer
    icon: str = ""
    called: Called | None = None


@dataclass(frozen=True)
class Variant:
    """Other words for a question while a condition certainly holds; `labels` by the id of an option."""

    when: ConditionTable
    ask: Text | None
    help: Text | None
    labels: Mapping[str, Text]


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
    back: Text | None = None
    unknown: Text | None = None
    variants: tuple[Variant, ...] = ()

    def said_for(self, answers: Answers) -> Question:
        """The question in the words that suit these answers."""
        for variant in self.variants:
            if variant.when.status(answers):
                options = tuple(replace(one, label=variant.labels.get(one.id, one.label)) for one in self.options)
                return replace(self, ask=variant.ask or self.ask, help=variant.help or self.help, options=options)
        return self

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
    """A questionnaire for one audience, over one definition and the local schemes beside it.

    `young` holds for a helper who is spoken to familiarly; `door` is an answer that is given before the first
    question, as (fact, option). `for_schemes` and `for_support` are the facts that are asked for those alone.
    """

    id: str
    rules: str
    schemes: tuple[str, ...]
    sections: tuple[Section, ...]
    extra: tuple[Extra, ...]
    documents: Documents
    texts: Mapping[str, Text]
    young: ConditionTable | None = None
    door: tuple[str, str] | None = None
    for_schemes: tuple[str, ...] = ()
    for_support: tuple[str, ...] = ()
    somebody: Called | None = None

    def informal(self, answers: Answers) -> bool:
        """Whether the helper is certainly so young that one says "je"."""
        return self.young is not None and self.young.status(answers) is True

    def called(self, chosen: Chosen) -> tuple[str, Called | None]:
        """Who is helped: the id of the option chosen and what they are called; "somebody" while that is not known."""
        picked = chosen.get(self.documents.who, ())
        found = [one for q in self.questions() if q.fact == self.documents.who for one in q.options if one.id in picked]
        if len(found) == 1 and found[0].called:
            return found[0].id, found[0].called
        return SOMEBODY, self.somebody

    def question(self, fact: str) -> Question:
        """The question about a fact; KeyError when there is none."""
        return {question.fact: question for question in self.questions()}[fact]

    def questions(self) -> tuple[Question, ...]:
        """Every question, in the order of the page."""
        return tuple(q for section in self.sections for q in (*section.questions, *section.more))

    def offered(self, chosen: Chosen) -> dict[str, tuple[str, ...]]:
        """The options that exist, by question; anything else counts as not chosen."""
        known = {q.fact: {NOT_KNOWN, *(option.id for option in q.options)} for q in self.questions()}
        left = {fact: tuple(one for one in chosen[fact] if one in ids) for fact, ids in known.items() if fact in chosen}
        return {fact: ids for fact, ids in left.items() if ids}

    def answers(self, chosen: Chosen) -> dict[str, Answer]:
        """The answers that chosen options stand for; facts that are not asked are left out."""
        found = {q.fact: q.answer(chosen[q.fact]) for q in self.questions() if q.fact in chosen}
        return {fact: answer for fact, answer in found.items() if answer is not None}
