"""One case of a programme as it can be played: a prepared one, or an own one made of facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mantelzorg import wording
from mantelzorg.assessment import Judge
from mantelzorg.cases import result_of
from mantelzorg.content import Content
from mantelzorg.facts import Answer, Answers, Unknown, parse_answers
from mantelzorg.questionnaire import Questionnaire
from mantelzorg.receipt import written
from mantelzorg.room.room import Item, Raw
from mantelzorg.room.words import words
from mantelzorg.training.cases import TrainingCase, replay
from mantelzorg.training.near_miss import NearMiss, every, said

QUESTIONNAIRE = "referrer"
MOST_ASKS = 12
MOST_TIPPING, MOST_STAYING = 12, 6


@dataclass(frozen=True)
class Scene:
    """What is played. `flip` are the answers that change, `say` tells them; empty while nothing is chosen to turn over.

    `story` are paragraphs. `broken` is a result that the rules give though the case expects another.
    """

    title: str
    story: tuple[str, ...]
    judge: Judge
    answers: Answers
    flip: Answers
    say: str
    debrief: str
    note: str = ""
    sources: tuple[str, ...] = ()
    broken: str = ""

    @property
    def flipped(self) -> Answers:
        """The whole situation after the flip."""
        return {**self.answers, **self.flip}


@dataclass(frozen=True)
class Turn:
    """One answer that can be turned over. `verdict` is what follows; `tips` whether that is another than now."""

    id: str
    answers: Answers
    raw: Raw
    label: str
    verdict: str
    tips: bool


def form_of(content: Content) -> Questionnaire:
    """The questionnaire that names the facts and makes an own case."""
    return content.questionnaires[QUESTIONNAIRE]


def scene(item: Item, cases: Mapping[str, TrainingCase], content: Content, language: str) -> Scene:
    """The case of an item. One that no longer exists, or whose facts are wiped, is a scene that says so."""
    prepared = cases.get(item.case)
    whole = _prepared(prepared, content, language) if prepared else _own(item, content, language)
    if item.flip is None:
        return whole
    flip = parse_answers(content.facts, item.flip)
    return Scene(**{**whole.__dict__, "flip": flip, "say": _turned(whole.judge, flip, language)})


def _prepared(case: TrainingCase, content: Content, language: str) -> Scene:
    judge = content.judges[case.rule_set]
    found = replay(case, content)
    broken = found.now[case.rule_set] if found.broken else ""
    return Scene(
        case.title[language],
        (case.story[language],),
        judge,
        case.answers,
        case.flip.answers,
        case.flip.say[language],
        case.debrief[language],
        case.note[language],
        tuple(content.sources[name].title for name in case.sources),
        broken,
    )


def _own(item: Item, content: Content, language: str) -> Scene:
    own = words(language)
    answers = parse_answers(content.facts, item.own or {})
    gone = "case_gone" if item.case else "own_gone"
    story = told(answers, content, language) if item.own is not None else (own[gone],)
    judge = content.judges[form_of(content).rules]
    title = item.case or own["own_case"]
    return Scene(title, story, judge, answers, {}, own["own_flip"], own["own_debrief"])


def told(answers: Answers, content: Content, language: str) -> tuple[str, ...]:
    """Facts as sentences about the helper, in the order of the facts file."""
    known = [(fact, answers[fact.id]) for fact in content.facts.values() if fact.id in answers]
    said_ = [wording.say(fact, answer, language) for fact, answer in known if not isinstance(answer, Unknown)]
    return tuple(wording.sentence(one) for one in said_ if one)


def asks(answers: Answers, content: Content) -> tuple[str, ...]:
    """The facts that somebody could still ask for: those that the case does not tell, in the order of the questions."""
    questions = form_of(content).questions()
    return tuple(question.fact for question in questions if question.fact not in answers)[:MOST_ASKS]


def turns(of: Scene, language: str) -> tuple[Turn, ...]:
    """Single facts to turn over: those that tip the verdict first, and of other facts one answer that does not."""
    now = result_of(of.judge, of.answers)
    found = every(of.judge, of.answers)
    tipping = [miss for miss in found if miss.verdict != now][:MOST_TIPPING]
    staying: dict[str, NearMiss] = {}
    for miss in found:
        if miss.verdict == now and miss.fact in of.answers:
            staying.setdefault(miss.fact, miss)
    return tuple(_turn(of.judge, miss, now, language) for miss in [*tipping, *list(staying.values())[:MOST_STAYING]])


def _turn(judge: Judge, miss: NearMiss, now: str, language: str) -> Turn:
    answer: Answer = miss.answer
    raw = written(judge.rules.fact(miss.fact), answer)
    label, tips = said(judge, miss, language), miss.verdict != now
    return Turn(f"{miss.fact}={raw}", {miss.fact: answer}, {miss.fact: raw}, label, miss.verdict, tips)


def _turned(judge: Judge, flip: Answers, language: str) -> str:
    clauses = [wording.say(judge.rules.fact(name), answer, language) for name, answer in flip.items()]
    return wording.sentence(wording.join(clauses, language))
