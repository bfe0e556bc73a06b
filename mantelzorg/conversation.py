"""What a self-check asks and repeats, in the voice of this helper. No pages here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from mantelzorg import sheet
from mantelzorg.assessment import Assessment
from mantelzorg.content import Content
from mantelzorg.facts import Answers, Unknown
from mantelzorg.flow import Flow, flow_of
from mantelzorg.questionnaire import NOT_KNOWN, Chosen, Question
from mantelzorg.situation import Situation, voice_of
from mantelzorg.translations import used_texts
from mantelzorg.voice import DUTCH

QUESTIONNAIRE = "self-check"


@dataclass(frozen=True)
class Choice:
    """An option as the page shows it."""

    id: str
    label: str
    icon: str = ""


@dataclass(frozen=True)
class Asked:
    """A question as the page shows it. `left`: so many questions may still come, this one included; 0 says nothing."""

    fact: str
    title: str
    help: str
    choices: tuple[Choice, ...]
    multiple: bool
    alone: tuple[str, ...]
    left: int


@dataclass(frozen=True)
class Repeated:
    """One answer said back, and the fact that it belongs to."""

    fact: str
    text: str


class Conversation:
    """A self-check with these options chosen, in this language, up to the read-back. `today` stands in the texts."""

    def __init__(self, content: Content, chosen: Chosen, language: str, today: date) -> None:
        self.content, self.today, self.language = content, today, language
        self.form = content.questionnaires[QUESTIONNAIRE]
        self.chosen = self.form.offered(chosen)
        self.path = self._flow.path(chosen)
        self.answers: Answers = self.form.answers(self.path.given)
        catalogue = content.catalogues.get(language)
        self.voice = voice_of(self.form, self.chosen, language if catalogue or language == "en" else DUTCH, catalogue)
        self.judge = content.judges[self.form.rules]
        self.assessment: Assessment = self.judge.assess(self.answers)

    @property
    def _flow(self) -> Flow:
        return flow_of(self.form, self.content.judges, self.content.support.judge)

    def say(self, name: str, **more: str) -> str:
        """A text of the questionnaire."""
        return self.voice(self.form.texts[name], **more)

    @cached_property
    def situation(self) -> Situation:
        """The situation, for the sheet. What the sheet says to staff is Dutch or English."""
        verdict = self.assessment.verdict
        return Situation(
            self.judge,
            self.assessment,
            self.path.given,
            self.answers,
            self.form,
            self.content.support,
            self.judge.line(self.answers, verdict) if verdict else None,
            self.language if self.language == "en" else DUTCH,
            self.today,
            self.version,
        )

    @property
    def version(self) -> str:
        return f"{self.judge.rules.version}-{self.judge.rules.digest[:7]}"

    def asked(self, fact: str) -> Asked:
        """One question in the words for these answers."""
        question = self.form.question(fact).said_for(self.answers)
        choices = [Choice(option.id, _capital(self.voice(option.label)), option.icon) for option in question.options]
        unknown = question.unknown or self.form.texts["unknown"]
        alone = [o.id for o in question.options if isinstance(o.answer, frozenset) and question.alone in o.answer]
        following = self.path.following
        return Asked(
            fact,
            self.voice(question.ask),
            self.voice(question.help) if question.help else "",
            (*choices, Choice(NOT_KNOWN, _capital(self.voice(unknown)))),
            question.multiple,
            (*(alone if question.multiple else ()), NOT_KNOWN),
            self.path.left if following and following.fact == fact else 0,
        )

    def read_back(self) -> tuple[tuple[str, tuple[Repeated, ...]], ...]:
        """Every answer as a sentence, by section, and what is assumed beside them; empty sections are left out."""
        facts = set(self.path.given) | set(self._assumed())
        found = []
        for section in self.form.sections:
            rows = [self._repeated(question) for question in section.questions if question.fact in facts]
            if rows:
                found.append((self.voice(section.title), tuple(rows)))
        return tuple(found)

    def _assumed(self) -> dict[str, str]:
        """What is taken to be so, where one sentence says it: fact -> sentence."""
        asked = {question.fact for question in self.form.questions()} - set(self.path.given)
        leaning = {one.fact for one in self.judge.questions(self.answers) if one.relevant and one.assumed}
        names = [name for name in self.judge.table.places if name in asked & {*self.assessment.assumptions, *leaning}]
        usual = {name: self.judge.usual_values(name) for name in names}
        said = {name: sheet.you(self.content.facts[name], {name: answer}, self.voice) for name, answer in usual.items()}
        return {name: text for name, text in said.items() if text and len(usual[name]) == 1}

    def _repeated(self, question: Question) -> Repeated:
        fact = question.fact
        if fact not in self.path.given:
            return Repeated(fact, self._assumed()[fact])
        return Repeated(fact, self.repeated(question))

    def repeated(self, question: Question) -> str:
        """An answer said back."""
        fact, spoken = question.fact, question.said_for(self.answers)
        if isinstance(self.answers.get(fact, Unknown()), Unknown):
            return self.say("not_known_back", short=self.voice(question.short))
        one = len(self.path.given[fact]) == 1
        if one and (said := sheet.you(self.content.facts[fact], self.answers, self.voice)):
            return said
        picked = [self.voice(option.label) for option in spoken.options if option.id in self.path.given[fact]]
        listed = self.say("between_answers").join(picked)
        return self.voice(question.back, answer=listed) if question.back else listed

    def complete_translation(self) -> bool:
        """Whether this language has every text that its pages may say."""
        catalogue = self.voice.catalogue
        return catalogue is None or all(text in catalogue.texts for text in used_texts(self.content, self.form))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
