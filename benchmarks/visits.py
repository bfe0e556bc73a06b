"""People for the self-check, made from the cases, and the pages that each of them sees.

As told: what a case is silent about is answered with "I do not know". Completed: it is drawn, the same every time,
from what all cases say, and "18 or older" is made precise in the same way; how somebody feels is hardly ever in a case
and is drawn uniformly, one option each. What the rules assume while nobody says anything stays as assumed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random

from mantelzorg.assessment import Judge, Status
from mantelzorg.cases import Case
from mantelzorg.checks import Material
from mantelzorg.facts import UNKNOWN, Answer, Interval
from mantelzorg.flow import Flow, flow_of, relevant
from mantelzorg.questionnaire import NOT_KNOWN, Chosen, Question, Questionnaire
from mantelzorg.self_check import QUESTIONNAIRE

DEFINITION, SCHEMES, SUPPORT = "definition", "schemes", "support"
DRAWS, TRIES, SEED = 3, 20, 1
Options = tuple[str, ...]
Person = Mapping[str, Options]
"""The options that somebody chooses when asked, by question."""


@dataclass(frozen=True)
class Walk:
    """One self-check from the first question to the read-back: what each page was asked for, and how many questions it
    announced as still to come, itself included."""

    pages: tuple[str, ...]
    announced: tuple[int, ...]

    @property
    def slack(self) -> tuple[int, ...]:
        """Per page, how many questions fewer came than were announced; below zero is a broken promise."""
        return tuple(said - (len(self.pages) - place) for place, said in enumerate(self.announced))


@dataclass(frozen=True)
class Setting:
    """The self-check, the cases that people are made from, and all cases to draw from what those leave open."""

    flow: Flow
    cases: tuple[Case, ...]
    all_cases: tuple[Case, ...]

    @property
    def form(self) -> Questionnaire:
        return self.flow.form

    @property
    def judge(self) -> Judge:
        """The judge of the definition."""
        return self.flow.definition

    def told(self) -> list[Person]:
        """Per case what it says. What fits no single option is not known."""
        return [{q.fact: self._told(q, case) for q in self.form.questions()} for case in self.cases]

    def _told(self, question: Question, case: Case) -> Options:
        own = case.answers.get(question.fact, UNKNOWN)
        return next((some for some in fitting(question, own) if _covers(question.answer(some), own)), (NOT_KNOWN,))

    def completed(self) -> list[Person]:
        """Complete people whose answers go together, `DRAWS` for each case where that succeeds."""
        random, found = Random(SEED), []
        for case in (case for case in self.cases for _ in range(DRAWS)):
            drawn = (self._drawn(case, random) for _ in range(TRIES))
            found += [person for person in [next(filter(self._possible, drawn), None)] if person]
        return found

    @cached_property
    def _pools(self) -> dict[str, list[list[Options]]]:
        """Per question what can be drawn: the ways in which each case answers it, or every option."""
        felt = set(self.form.for_support) - set(self.judge.table.places)
        found: dict[str, list[list[Options]]] = {}
        for question in self.form.questions():
            told = [fitting(question, case.answers.get(question.fact, UNKNOWN)) for case in self.all_cases]
            options: list[list[Options]] = [[(option.id,)] for option in question.options]
            usual = [ways for ways in told if ways and all(self._usual(question, some) for some in ways)]
            found[question.fact] = options if question.fact in felt or not usual else usual
        return found

    def _drawn(self, case: Case, random: Random) -> Person:
        found = {}
        for question in self.form.questions():
            pool = self._pools[question.fact]
            ways = fitting(question, case.answers.get(question.fact, UNKNOWN)) or random.choice(pool)
            precise = [one[0] for one in pool if len(one) == 1 and one[0] in ways]
            found[question.fact] = random.choice(precise or ways)
        return found

    def _usual(self, question: Question, some: Options) -> bool:
        """Whether an answer is within what the rules assume while nobody speaks about it."""
        table, answer = self.judge.table, question.answer(some)
        if question.fact not in table.places or answer is None:
            return True
        place = table.places[question.fact]
        return table.axes[place].mask(answer) & ~table.assumptions[place] == 0

    def _possible(self, person: Person) -> bool:
        answers = self.form.answers(person)
        decided = self.judge.judge(answers).status is Status.DECIDED
        others = (*self.flow.schemes, self.flow.urgency)
        return decided and all(judge.judge(answers).status is not Status.CONTRADICTION for judge in others)

    def at_the_door(self, person: Person) -> Person:
        """What somebody says by the button on the start page."""
        fact, option = self.form.door or ("", "")
        return {fact: (option,)} if person.get(fact) == (option,) else {}

    def walk(self, person: Person) -> Walk:
        """The pages of somebody who changes no answer."""
        chosen, pages, announced = dict(self.at_the_door(person)), [], []
        while question := (path := self.flow.path(chosen)).following:
            pages.append(self._purpose(question.fact, path.given))
            announced.append(path.left)
            chosen[question.fact] = person[question.fact]
        return Walk(tuple(pages), tuple(announced))

    def _purpose(self, fact: str, given: Chosen) -> str:
        """What a page is for. A question that serves the definition counts there, whatever else it serves."""
        form = self.form
        beside = fact in (*form.for_schemes, *form.for_support)
        if not beside or fact in relevant(self.judge, form.answers(given)):
            return DEFINITION
        return SCHEMES if fact in form.for_schemes else SUPPORT

    def in_order(self, facts: Sequence[str]) -> Setting:
        """The same with these questions first, in this order."""
        ahead = [*map(self.form.question, facts), *(q for q in self.form.questions() if q.fact not in facts)]
        sections = (replace(self.form.sections[0], questions=tuple(ahead), more=()),)
        return replace(self, flow=replace(self.flow, form=replace(self.form, sections=sections)))


def setting(material: Material, file: str = "") -> Setting:
    """The self-check with the cases of one file, or of all."""
    form = next(form for form in material.forms.values() if form.id == QUESTIONNAIRE)
    assert material.support
    every = tuple(case for case in material.all_cases if form.rules in case.expect)
    own = [case for case in every if not file or case in material.cases[f"cases/{file}.yaml"]]
    return Setting(flow_of(form, material.judges, material.support.judge), tuple(own), every)


def fitting(question: Question, own: Answer) -> list[Options]:
    """The ways to choose options that go with an answer; none for one that is not known."""
    if question.multiple and isinstance(own, frozenset):
        some = tuple(o.id for o in question.options if isinstance(o.answer, frozenset) and o.answer <= own)
        return [some] if some else []
    return [(option.id,) for option in question.options if _meets(option.answer, own)]


def _meets(option: Answer, own: Answer) -> bool:
    if isinstance(option, Interval) and isinstance(own, Interval):
        return option.meets(own)
    return isinstance(option, frozenset) and isinstance(own, frozenset) and bool(option & own)


def _covers(chosen: Answer | None, own: Answer) -> bool:
    if isinstance(chosen, Interval) and isinstance(own, Interval):
        return chosen.cut(own) == own
    return isinstance(chosen, frozenset) and isinstance(own, frozenset) and own <= chosen
