"""What a self-check comes to, in the voice of this helper. No pages here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mantelzorg import sheet, wording
from mantelzorg.assessment import Status
from mantelzorg.conversation import QUESTIONNAIRE, Asked, Choice, Conversation, Repeated
from mantelzorg.facts import Unknown
from mantelzorg.flow import relevant
from mantelzorg.rules import Tone
from mantelzorg.support import Urgency

__all__ = ["QUESTIONNAIRE", "Asked", "Choice", "Repeated", "Result", "SelfCheck"]


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


class SelfCheck(Conversation):
    """A self-check with these options chosen, and its result as it stands."""

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
