"""One state of the referrer's page: what was chosen, how it is judged, and which question is worth asking."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from mantelzorg.assessment import Status
from mantelzorg.content import Content
from mantelzorg.facts import Answers as FactAnswers
from mantelzorg.questionnaire import Question
from mantelzorg.questions import Question as Relevance
from mantelzorg.questions import Settles
from mantelzorg.situation import Situation
from mantelzorg.web.view import Answers, Chrome

QUESTIONNAIRE = "referrer"


class Asking:
    """The state that the rows and the results of a page share."""

    def __init__(self, content: Content, chosen: Answers, chrome: Chrome, today: date) -> None:
        self.content, self.chrome, self.today = content, chrome, today
        self.form = content.questionnaires[QUESTIONNAIRE]
        self.chosen = self.form.offered(chosen)
        self.language = chrome.language
        self.judge = content.judges[self.form.rules]
        self.answers: FactAnswers = self.form.answers(self.chosen)
        asked = {
            question.fact: question.clashing(self.chosen.get(question.fact, ())) for question in self.form.questions()
        }
        self.clashes = {fact: values for fact, values in asked.items() if values}
        self.assessment = self.judge.assess(self.answers)
        self.schemes = {name: content.judges[name].assess(self.answers) for name in self.form.schemes}
        self.line = self.judge.line(self.answers, self.assessment.verdict) if self.assessment.verdict else None
        version = f"{self.judge.rules.version}-{self.judge.rules.digest[:7]}"
        self.situation = Situation(
            self.judge,
            self.assessment,
            self.chosen,
            self.answers,
            self.form,
            content.support,
            self.line,
            self.language,
            today,
            version,
        )

    def words(self, name: str) -> str:
        """A text of the questionnaire in the language of the page."""
        return self.form.texts[name][self.language]

    def _contradicts(self) -> bool:
        return bool(self.clashes) or self.assessment.judgement.status is Status.CONTRADICTION

    def _shown(self, question: Question) -> bool:
        """A question that waits for another is shown once that is answered and while it can change something."""
        if question.after is None or question.fact in self.chosen:
            return True
        return question.after in self.situation.known and question.fact in self._relevant

    @cached_property
    def _promoted(self) -> tuple[Question, ...]:
        """Questions from behind the fold that are the one to ask, or were so: no other one could change the result.

        The own answer is left aside, so that a question stays where it is while it is being answered.
        """
        promoted = []
        for section in self.form.sections:
            for question in section.more:
                others = {fact: answer for fact, answer in self.answers.items() if fact != question.fact}
                found = self.judge.assess(others)
                if found.judgement.status is not Status.OPEN:
                    continue
                open_facts = [one.fact for one in found.questions if one.relevant and not one.assumed]
                front = {one.fact for part in self.form.sections for one in part.questions}
                behind = [one.fact for part in self.form.sections for one in part.more if one.fact in open_facts]
                if not front & set(open_facts) and behind[:1] == [question.fact]:
                    promoted.append(question)
        return tuple(promoted)

    @cached_property
    def _relevant(self) -> frozenset[str]:
        """The open facts that can change the verdict; for a form row, what is merely assumed does not count."""
        return frozenset(one.fact for one in self.assessment.questions if one.relevant and not one.assumed)

    def _leaning(self) -> set[str]:
        return {one.fact for one in self.assessment.questions if one.assumed}

    @cached_property
    def _first(self) -> Question | None:
        """The question to ask next: one that settles it, else the first that matters; the usual exceptions last.

        What is behind a fold comes after all that is in sight.
        """
        if self.assessment.judgement.status is not Status.OPEN:
            return None
        asked = {question.fact: question for question in self._askable()}
        order = list(asked)
        open_ones = [one for one in self.assessment.questions if one.relevant and not one.assumed and one.fact in asked]
        more = [question for part in self.form.sections for question in part.more]
        folded = {question.fact for question in more if question not in self._promoted}
        open_ones.sort(key=lambda one: (one.fact in folded, self._rank(one), order.index(one.fact)))
        return asked[open_ones[0].fact] if open_ones else None

    def _askable(self) -> tuple[Question, ...]:
        """The questions on the page, the fold included, that have no answer yet."""
        more = {question.fact for section in self.form.sections for question in section.more}
        questions = [question for question in self.form.questions() if question.fact not in self.chosen]
        return tuple(question for question in questions if question.fact in more or self._shown(question))

    def _rank(self, question: Relevance) -> int:
        if question.settles is Settles.ALWAYS:
            return 0
        return 2 if self.judge.rules.fact(question.fact).usual else 1
