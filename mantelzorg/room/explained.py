"""What the rules say of a situation, as a room sees it: a title, and why in at most six lines."""

from __future__ import annotations

from collections.abc import Mapping

from mantelzorg import wording
from mantelzorg.assessment import Assessment, Judge
from mantelzorg.cases import CONTRADICTION
from mantelzorg.content import Content
from mantelzorg.facts import Answers, Fact
from mantelzorg.room.scene import form_of
from mantelzorg.room.stage import Mark, Outcome, Trace
from mantelzorg.room.tally import Choice, Tally
from mantelzorg.room.words import words
from mantelzorg.rules import Tone

MOST_LINES, MOST_UNKNOWN = 6, 2
EXPECTED = {Tone.YES: Choice.YES, Tone.MAYBE: Choice.DEPENDS, Tone.NO: Choice.NO}
"""The vote that says the same as a verdict."""


def outcome(judge: Judge, answers: Answers, content: Content, language: str, voted: Tally | None = None) -> Outcome:
    """The verdict with its explanation, the local schemes, and how soon. `voted`: the last votes of the room on it."""
    verdict = judge.judge(answers).verdict
    line = judge.line(answers, verdict) if verdict else None
    title = line.texts["title"] if line else judge.rules.texts.get("open_title")
    tone = line.tone if line else None
    most = voted.most if voted else None
    differs = None if most in (None, Choice.UNSURE.value) else most != expected(tone).value
    said = title[language] if title else words(language)["open"]
    trace = _trace(judge, answers, content.facts, language)
    return Outcome(said, tone, trace, _others(answers, content, language), differs)


def expected(tone: Tone | None) -> Choice:
    """The vote that says the same; while the rules cannot tell, that it depends."""
    return EXPECTED[tone] if tone else Choice.DEPENDS


def _trace(judge: Judge, answers: Answers, facts: Mapping[str, Fact], language: str) -> tuple[Trace, ...]:
    """The reasons; then what is not known though it weighs; then what was told and makes no difference."""
    assessment = judge.assess(answers)
    decided = assessment.verdict is not None
    lines = [Trace(Mark.COUNTS, one.text, decided) for one in wording.reasons(judge, assessment, answers, language)]
    lines += [Trace(Mark.UNKNOWN, one.text) for one in wording.assumptions(judge, assessment, language)]
    open_ = {one.fact for one in assessment.questions if one.relevant and not one.assumed}
    asked = [fact for fact in judge.rules.facts if fact.id in open_][:MOST_UNKNOWN]
    lines += [Trace(Mark.UNKNOWN, wording.sentence(fact.label[language])) for fact in asked]
    return tuple([*lines, *_beside(assessment, answers, facts, language)][:MOST_LINES])


def _beside(assessment: Assessment, answers: Answers, facts: Mapping[str, Fact], language: str) -> list[Trace]:
    """What was told and is in none of the reasons: whatever it were, one of them would still give this verdict."""
    if assessment.verdict is None:
        return []
    used = {name for why in assessment.reasons for name in why.facts}
    told = [(fact, answers[fact.id]) for fact in facts.values() if fact.id in answers and fact.id not in used]
    said = [wording.say(fact, answer, language) for fact, answer in told]
    return [Trace(Mark.COUNTS_NOT, wording.sentence(one)) for one in said if one]


def _others(answers: Answers, content: Content, language: str) -> tuple[tuple[str, str], ...]:
    """What the local schemes of the questionnaire say, and how soon support is needed: answers of their own."""
    found = []
    for name in form_of(content).schemes:
        judge = content.judges[name]
        verdict = judge.judge(answers).verdict
        line = judge.line(answers, verdict) if verdict else None
        title = line.texts["title"] if line else judge.rules.texts.get("open_title")
        if title:
            found.append((judge.rules.texts["title"][language], title[language]))
    return (*found, (words(language)["urgency"], content.support.urgency(answers).term[language]))


def short(judge: Judge, answers: Answers, result: str, language: str) -> str:
    """A result in a few words, those of the line behind it."""
    line = None if result == CONTRADICTION else judge.line(answers, result)
    text = line.texts["short"] if line else judge.rules.texts.get("open_short")
    return text[language] if text else words(language)["open"]
