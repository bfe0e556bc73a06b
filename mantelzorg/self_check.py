"""What a self-check says: one question, the read-back and the result, in the voice of this helper. No pages here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from mantelzorg import sheet, wording
from mantelzorg.assessment import Assessment, Status
from mantelzorg.content import Content
from mantelzorg.facts import Answers, Unknown
from mantelzorg.flow import Flow, flow_of, relevant
from mantelzorg.questionnaire import NOT_KNOWN, Chosen, Question
from mantelzorg.rules import Tone
from mantelzorg.situation import Situation, voice_of
from mantelzorg.support import Urgency
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


@dataclass(frozen=True)
class Result:
    """The result, in the order of the page. An empty text or tuple is not shown. `tone` is None while it is open."""

    tone: Tone | None
    title: str
    call: str
    number: str
    who: str
    hours: str
    say: str
    version: str
    first: str = ""
    subtitle: str = ""
    text: str = ""
    reasons: tuple[str, ...] = ()
    not_known: tuple[str, ...] = ()
    assumed: tuple[Repeated, ...] = ()
    signals: tuple[str, ...] = ()
    advice: str = ""
    scheme: str = ""
    again: str = ""


class SelfCheck:
    """A self-check with these options chosen, in this language. `today` stands in the texts."""

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
        asked = {question.fact for question in self.form.questions()}
        usual = {name: self.judge.usual_values(name) for name in self.assessment.assumptions if name in asked}
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

    def result(self) -> Result:
        """The result as it stands."""
        if self.assessment.judgement.status is Status.CONTRADICTION:
            return self._contradiction()
        line = self.situation.line
        first, _, rest = self.situation.said(self.voice, "you_title").partition(". ")
        urgency = self.urgency
        return Result(
            tone=line.tone if line else None,
            title=wording.sentence(first),
            subtitle=rest,
            text=self.situation.said(self.voice, "you_text"),
            first=self._urgent() if urgency.first else "",
            reasons=self._reasons(),
            not_known=self._not_known(),
            assumed=tuple(Repeated(fact, text) for fact, text in self._assumed().items()),
            signals=self._signals(),
            advice="" if urgency.first or not self._discussed else self._urgent(),
            scheme=self._scheme(),
            again=self.situation.said(self.voice, "again"),
            **self._call(),
        )

    def _contradiction(self) -> Result:
        first = self._urgent() if self.urgency.first else ""
        return Result(tone=None, title=self.say("conflict"), **{"first": first, **self._call()})

    def _call(self) -> dict[str, Any]:
        contact = sheet.contact(self.situation, self.voice)
        centre = self.content.support.contacts[self.content.support.centre]
        no = self.situation.line is not None and self.situation.line.tone is Tone.NO
        return {
            "call": self.say("call_doubt" if no else "call"),
            "number": contact["number"],
            "who": contact["name"] if centre.number else f"{contact['name']}. {self.say('number_missing')}",
            "hours": contact["hours"],
            "say": self.say("say_no") if no else sheet.own_sentence(self.situation, self.voice),
            "version": self.say("tool", version=self._apart(self.version), date=self._apart(self._date())),
        }

    def _date(self) -> str:
        """In words where the program has them, else in digits that every reader knows."""
        if self.voice.catalogue is None:
            return wording.long_date(self.today, self.voice.language)
        return f"{self.today:%d.%m.%Y}"

    def _apart(self, text: str) -> str:
        """Digits that keep their order in a line from right to left."""
        return f"\u2066{text}\u2069" if self.voice.right_to_left else text

    @property
    def urgency(self) -> Urgency:
        """How soon support is needed."""
        return self.content.support.urgency(self.situation.known)

    @property
    def _discussed(self) -> bool:
        return any(fact in self.situation.known for fact in self.form.for_support)

    def _urgent(self) -> str:
        name = self.content.support.to_call().name
        return self.voice(self.urgency.you, contact=name) if self.urgency.you else ""

    def _signals(self) -> tuple[str, ...]:
        heard = self.content.support.heard(self.situation.known)
        return tuple(self.voice(signal.you) for signal in heard if signal.you)

    def _reasons(self) -> tuple[str, ...]:
        """At most three: what was answered, and what it means."""
        found = []
        for criterion, met, facts in wording.chosen_reasons(self.judge, self.assessment, self.situation.known):
            told = [self.repeated(q) for q in self.form.questions() if q.fact in facts and q.fact in self.path.given]
            meaning = criterion.you_met if met else criterion.you_not_met
            if told:
                found.append(" ".join([*told, *([self.voice(meaning)] if meaning else [])]))
        return tuple(found)

    def _not_known(self) -> tuple[str, ...]:
        """What was answered with "I do not know", and whether that can change the result."""
        shorts = {
            question.fact: self.voice(question.short)
            for question in self.form.questions()
            if isinstance(self.answers.get(question.fact), Unknown) and question.fact in self.judge.table.places
        }
        matter = relevant(self.judge, self.answers)
        groups = (
            ("can_change", [short for fact, short in shorts.items() if fact in matter]),
            ("changes_nothing", [short for fact, short in shorts.items() if fact not in matter]),
        )
        return tuple(self.say(name, what=self.say("between_parts").join(listed)) for name, listed in groups if listed)

    def _scheme(self) -> str:
        """What the local scheme comes to, for who may be a carer and is grown up."""
        line = self.situation.line
        if self.voice.informal or (line is not None and line.tone is Tone.NO):
            return ""
        said = [self._of_scheme(name) for name in self.form.schemes]
        return " ".join(text for text in said if text)

    def _of_scheme(self, name: str) -> str:
        judge = self.content.judges[name]
        found = judge.assess(self.answers)
        line = judge.line(self.answers, found.verdict) if found.verdict else None
        if line is None:
            text = judge.rules.texts.get("open_you_text")
            matter = relevant(judge, self.answers)
            asked = (q for q in self.form.questions() if q.fact in matter and (not q.after or q.after in self.answers))
            shorts = [self.voice(question.short) for question in asked]
            return self.voice(text, open=self.say("between_parts").join(shorts)) if text and shorts else ""
        if "you_text" not in line.texts:
            return ""
        why = [c.you_not_met for c in judge.rules.criteria if found.criteria[c.id] is False and c.you_not_met]
        return " ".join(self.voice(text) for text in (*why[:1], line.texts["you_text"]))

    def complete_translation(self) -> bool:
        """Whether this language has every text of the questionnaire's pages."""
        return self.voice.catalogue is None or all(self.voice.says(text) for text in self.form.texts.values())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
