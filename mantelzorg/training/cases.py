"""Prepared cases for a training: read, checked against the content, and judged again by the rules of today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath

from mantelzorg.cases import OPEN, result_of
from mantelzorg.content import ROOT, Content
from mantelzorg.facts import Answer, AnswerError, Answers, Text, parse_answer
from mantelzorg.loading import Faults, listed, text
from mantelzorg.problems import ContentError, Problem
from mantelzorg.schema import Words
from mantelzorg.training.schema import FlipModel, TrainingCaseModel, TrainingFile
from mantelzorg.validation import validate
from mantelzorg.yaml_reader import Document, Path, read

FOLDER = "cases/training"
URGENCY = "urgency"
"""The name among the results of a case that is no rule set: how soon support is needed."""
MOST_WORDS = 70
MOST_FLIPPED = 2


@dataclass(frozen=True)
class Flip:
    """What is otherwise after the flip: `answers` are only those that change, `say` tells them."""

    say: Text
    answers: Answers
    expect: Mapping[str, str]


@dataclass(frozen=True)
class TrainingCase:
    """A prepared case. `expect` maps each rule set to its verdict or `open`, and `urgency` to how soon.

    `rule_set` is the definition that the case is about: the first in `expect` that is not a scheme. A `starter` is
    one of the few for a session of an hour.
    """

    id: str
    title: Text
    audience: str
    difficulty: int
    story: Text
    answers: Answers
    expect: Mapping[str, str]
    flip: Flip
    debrief: Text
    note: Text
    sources: tuple[str, ...]
    rule_set: str
    starter: bool = False

    @property
    def flipped(self) -> Answers:
        """The whole situation after the flip."""
        return {**self.answers, **self.flip.answers}


@dataclass(frozen=True)
class Replayed:
    """What the rules say now, of a case and of its flip; each under the same names as what the case expects."""

    case: TrainingCase
    now: Mapping[str, str]
    flipped: Mapping[str, str]

    @property
    def broken(self) -> tuple[tuple[Path, str], ...]:
        """Every expectation that the rules do not meet, as (its path within the case, what they say instead)."""
        parts: tuple[tuple[Path, Mapping[str, str], Mapping[str, str]], ...] = (
            (("expect",), self.case.expect, self.now),
            (("flip", "expect"), self.case.flip.expect, self.flipped),
        )
        return tuple(
            ((*path, name), found[name])
            for path, expected, found in parts
            for name, result in expected.items()
            if found[name] != result
        )


def replay(case: TrainingCase, content: Content) -> Replayed:
    """Judge a case and its flip by the rules as they are, for all that the case or its flip expects something of."""
    names = [name for name in {**case.expect, **case.flip.expect} if name != URGENCY]
    return Replayed(case, _results(case.answers, names, content), _results(case.flipped, names, content))


def _results(answers: Answers, names: Iterable[str], content: Content) -> dict[str, str]:
    found = {name: result_of(content.judges[name], answers) for name in names}
    return {**found, URGENCY: content.support.urgency(answers).id}


def read_training(content: Content, root: FilePath = ROOT) -> tuple[TrainingCase, ...]:
    """All prepared cases below `root`, in the order of the files. Raises ContentError with every fault of every file.

    A case that the rules no longer follow is no fault here: see `replay`.
    """
    problems: list[Problem] = []
    loaded: list[tuple[Document, tuple[TrainingCase, ...]]] = []
    for path in sorted((root / FOLDER).glob("*.yaml")):
        try:
            document = read(path.read_bytes(), path.relative_to(root).as_posix())
            loaded.append((document, load_training(document, content)))
        except ContentError as error:
            problems += error.problems
    problems += twice(loaded)
    if problems:
        raise ContentError(problems)
    return tuple(case for _, cases in loaded for case in cases)


def twice(files: Iterable[tuple[Document, Iterable[TrainingCase]]]) -> list[Problem]:
    """Every id that an earlier case has already, also in another file."""
    seen: dict[str, str] = {}
    found = []
    for document, cases in files:
        faults = Faults(document)
        for place, case in enumerate(cases):
            if case.id in seen:
                where = "" if seen[case.id] == document.file else f" in {seen[case.id]}"
                faults.add((place, "id"), "training-twice", f"'{case.id}' komt al eerder voor{where}.")
            seen.setdefault(case.id, document.file)
        found += faults.problems
    return found


def load_training(document: Document, content: Content) -> tuple[TrainingCase, ...]:
    """Read one file of prepared cases. Raises ContentError with every fault; for ids across files see `twice`."""
    models = validate(document, TrainingFile).root
    faults = Faults(document)
    found = tuple(_case(model, (place,), content, faults) for place, model in enumerate(models))
    faults.problems += twice([(document, found)])
    faults.check()
    return found


def _case(model: TrainingCaseModel, path: Path, content: Content, faults: Faults) -> TrainingCase:
    _check_story(model.story, path, faults)
    faults.known(listed(model.source), content.sources, (*path, "source"), "source")
    answers = _answers(model.facts, (*path, "facts"), content, faults)
    rule_set = _expected(model.expect, (*path, "expect"), content, faults)
    return TrainingCase(
        model.id,
        text(model.title),
        model.audience,
        model.difficulty,
        text(model.story),
        answers,
        dict(model.expect),
        _flip(model.flip, answers, rule_set, (*path, "flip"), content, faults),
        text(model.debrief),
        text(model.note),
        listed(model.source),
        rule_set,
        model.starter == "true",
    )


def _check_story(story: Words, path: Path, faults: Faults) -> None:
    for language, said in text(story).items():
        if (words := len(said.split())) > MOST_WORDS:
            what = f"Dit verhaal heeft {words} woorden; het meeste is {MOST_WORDS}."
            faults.add((*path, "story", language), "story-long", what)


def _expected(expect: Mapping[str, str], path: Path, content: Content, faults: Faults) -> str:
    """Note what is wrong with the results that a case expects; the definition among them, or nothing."""
    _known_results(expect, path, content, faults)
    if URGENCY not in expect:
        faults.add(path, "no-urgency", "Hier ontbreekt hoe snel steun nodig is.", f"{URGENCY}: …")
    definitions = [name for name, judge in content.judges.items() if not judge.rules.scheme]
    about = [name for name in expect if name in definitions]
    if not about:
        what = "Hier ontbreekt de uitkomst van een omschrijving."
        faults.add(path, "no-definition", what, f"een van: {', '.join(definitions)}")
    return about[0] if about else ""


def _flip(model: FlipModel, before: Answers, rule_set: str, path: Path, content: Content, faults: Faults) -> Flip:
    answers = _answers(model.facts, (*path, "facts"), content, faults)
    if len(model.facts) > MOST_FLIPPED:
        what = f"Dit verandert {len(model.facts)} feiten; het meeste is {MOST_FLIPPED}."
        faults.add((*path, "facts"), "flip-much", what, why="Anders is niet te zien welk feit de doorslag geeft.")
    if not model.facts:
        faults.add((*path, "facts"), "flip-nothing", "Hier verandert niets.", "één feit met een ander antwoord")
    for name, answer in answers.items():
        if before.get(name) == answer:
            faults.add((*path, "facts", name), "flip-nothing", f"'{name}' heeft dit antwoord al.", "een ander antwoord")
    _known_results(model.expect, (*path, "expect"), content, faults)
    if rule_set and rule_set not in model.expect:
        faults.add((*path, "expect"), "no-definition", f"Hier ontbreekt de uitkomst van '{rule_set}'.")
    return Flip(text(model.say), answers, dict(model.expect))


def _answers(given: Mapping[str, object], path: Path, content: Content, faults: Faults) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for name, raw in given.items():
        if name not in content.facts:
            faults.known([name], content.facts, (*path, name), "fact")
            continue
        try:
            answers[name] = parse_answer(content.facts[name], raw)
        except AnswerError as error:
            faults.add((*path, name), "case-fact", str(error))
    return answers


def _known_results(expect: Mapping[str, str], path: Path, content: Content, faults: Faults) -> None:
    for name, result in expect.items():
        place = (*path, name)
        if name == URGENCY:
            faults.known([result], [line.id for line in content.support.urgencies], place, "urgency")
        elif name not in content.judges:
            faults.known([name], [*content.judges, URGENCY], place, "rule-set")
        else:
            faults.known([result], [*content.judges[name].rules.verdicts, OPEN], place, "verdict")
