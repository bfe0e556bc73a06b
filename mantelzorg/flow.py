"""Which question comes next, when one is asked at a time.

The path is replayed from the options chosen, never kept: an answer that a changed one makes pointless is passed over,
and one that fits again is used again. What can still matter is read from the tables; no skip is written by hand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from mantelzorg.assessment import Judge
from mantelzorg.facts import Answers, Unknown
from mantelzorg.questionnaire import Chosen, Question, Questionnaire
from mantelzorg.rules import Tone


@dataclass(frozen=True)
class Path:
    """The questions answered so far, in the order in which they were asked, and what follows.

    `given` are the options that count. `left` is how many questions may still follow at most, `following` included:
    a bound, since an answer can only make questions pointless.
    """

    answered: tuple[Question, ...]
    following: Question | None
    given: Chosen
    left: int

    @property
    def questions(self) -> tuple[Question, ...]:
        """Everything on the path that can be shown as a page."""
        return (*self.answered, self.following) if self.following else self.answered

    def before(self, fact: str) -> Question | None:
        """The question before this one; None before the first."""
        facts = [question.fact for question in self.questions]
        place = facts.index(fact) if fact in facts else len(facts)
        return self.questions[place - 1] if place else None

    def after(self, fact: str) -> Question | None:
        """The question behind this one; None when all are answered."""
        facts = [question.fact for question in self.questions]
        place = facts.index(fact) + 1 if fact in facts else len(self.answered)
        return self.questions[place] if place < len(self.questions) else None


@dataclass(frozen=True)
class Flow:
    """The order of one questionnaire under the definition, the schemes and the urgency beside it."""

    form: Questionnaire
    definition: Judge
    schemes: tuple[Judge, ...]
    urgency: Judge

    def path(self, chosen: Chosen) -> Path:
        """The path of these options; those that do not exist count as not chosen."""
        offered = self.form.offered(chosen)
        given = self._at_the_door(offered)
        answered: list[Question] = []
        while (following := self._next(given, offered)) and following.fact in offered:
            answered.append(following)
            given[following.fact] = offered[following.fact]
        return Path(tuple(answered), following, given, len(self._may_follow(given)))

    def _may_follow(self, given: Chosen) -> set[str]:
        """What may still be asked: all that matters now, and what an answer may call up; not what waits in vain."""
        answers, questions = self.form.answers(given), self.form.questions()
        called_up = self._assumed(answers) & {q.fact for q in questions if q.after}
        waiting = (q for q in questions if q.fact not in self.form.for_support)
        vain = {q.fact for q in waiting if isinstance(answers.get(q.after or ""), Unknown)}
        return {*self._open(given, answers), *called_up} - vain - set(given)

    def _at_the_door(self, offered: Chosen) -> dict[str, Collection[str]]:
        """The answer that who came in by the second button gave with it: it is known before all others."""
        fact, option = self.form.door or ("", "")
        return {fact: offered[fact]} if option in offered.get(fact, ()) else {}

    def _next(self, given: Chosen, offered: Chosen) -> Question | None:
        """The first question that can matter and whose time has come."""
        answers = self.form.answers(given)
        for fact in self._open(given, answers):
            question = self.form.question(fact)
            waits = question.after is not None and isinstance(answers.get(question.after, Unknown()), Unknown)
            if not waits or fact in self.form.for_support:
                return question
        late = (q for q in self.form.questions() if q.fact in offered and q.fact not in given)
        return next((q for q in late if q.fact in self._assumed(answers)), None)

    def _open(self, given: Chosen, answers: Answers) -> Iterator[str]:
        """The facts without an answer that can matter: to the rules in the order of the form, then to the urgency."""
        wanted = self._for_rules(answers)
        yield from (q.fact for q in self.form.questions() if q.fact not in given and q.fact in wanted)
        urgent = relevant(self.urgency, answers)
        yield from (fact for fact in self.form.for_support if fact not in given and fact in urgent)

    def _for_rules(self, answers: Answers) -> set[str]:
        """What can change the definition, or a scheme while the definition is no certain "no"."""
        follow_ups = {q.fact for q in self.form.questions() if q.after in answers}
        wanted = relevant(self.definition, answers) | (self._assumed(answers) & follow_ups)
        if self.form.informal(answers) or self._is_no(answers):
            return wanted
        return wanted.union(*(relevant(judge, answers) & set(self.form.for_schemes) for judge in self.schemes))

    def _assumed(self, answers: Answers) -> set[str]:
        return {one.fact for one in self.definition.questions(answers) if one.relevant and one.assumed}

    def _is_no(self, answers: Answers) -> bool:
        possible = self.definition.judge(answers).possible
        lines = (self.definition.rules.line(verdict) for verdict in possible)
        return bool(possible) and all(line.tone is Tone.NO for line in lines)


def relevant(judge: Judge, answers: Answers) -> set[str]:
    """The facts without a precise answer that can change the verdict; what is merely assumed is left out."""
    return {one.fact for one in judge.questions(answers) if one.relevant and not one.assumed}


def flow_of(form: Questionnaire, judges: Mapping[str, Judge], urgency: Judge) -> Flow:
    """The flow of a questionnaire over these rule sets."""
    return Flow(form, judges[form.rules], tuple(judges[name] for name in form.schemes), urgency)
