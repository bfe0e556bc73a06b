"""One situation, asked and judged: what every text about it starts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mantelzorg.assessment import Assessment, Judge
from mantelzorg.facts import Answers, Text, Unknown
from mantelzorg.questionnaire import Chosen, Questionnaire
from mantelzorg.rules import VerdictLine
from mantelzorg.support import Support
from mantelzorg.voice import Catalogue, Voice


@dataclass(frozen=True)
class Situation:
    """One situation, judged. `chosen` are the options behind the answers; `line` is the verdict line that applies,
    None while the verdict is open. `language` is that of texts for staff."""

    judge: Judge
    assessment: Assessment
    chosen: Chosen
    answers: Answers
    questionnaire: Questionnaire
    support: Support
    line: VerdictLine | None
    language: str
    today: date
    version: str

    def text(self, name: str) -> str:
        """A text of the questionnaire."""
        return self.questionnaire.texts[name][self.language]

    def about_verdict(self, name: str) -> Text | None:
        """A text of the verdict, or of the open state, in every language."""
        return self.line.texts.get(name) if self.line else self.judge.rules.texts.get(f"open_{name}")

    def verdict_text(self, name: str) -> str:
        """A text of the verdict, or of the open state; empty where there is none."""
        texts = self.about_verdict(name)
        return texts[self.language] if texts else ""

    def said(self, voice: Voice, name: str) -> str:
        """The same to the helper."""
        texts = self.about_verdict(name)
        return voice(texts) if texts else ""

    @property
    def known(self) -> Answers:
        """The answers that say something."""
        return {fact: answer for fact, answer in self.answers.items() if not isinstance(answer, Unknown)}

    def asked(self, facts: Sequence[str]) -> tuple[str, ...]:
        """The short names of questions, for those facts that the questionnaire asks."""
        short = {question.fact: question.short[self.language] for question in self.questionnaire.questions()}
        return tuple(short[fact] for fact in facts if fact in short)


def voice_of(form: Questionnaire, chosen: Chosen, language: str, catalogue: Catalogue | None = None) -> Voice:
    """How this helper is spoken to: in which language, formally or not, with the right words for who they help."""
    informal = form.informal(form.answers(chosen))
    name, called = form.called(chosen)
    plain = Voice(language, informal, catalogue)
    if catalogue is not None:
        young = catalogue.young_forms if informal else {}
        forms = young.get(name) or catalogue.forms.get(name) or catalogue.forms["somebody"]
        return Voice(language, informal, catalogue, forms)
    return Voice(language, informal, None, {"who": plain(called.who), "mine": plain(called.mine)} if called else {})
