"""The cases of `cases/` judged by both versions. Cells are not people; a case comes close."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mantelzorg.assessment import Judge
from mantelzorg.cases import result_of
from mantelzorg.facts import Answer, AnswerError, Fact, parse_answer
from mantelzorg.loading import Faults
from mantelzorg.rules import RuleSet
from mantelzorg.schema import CaseModel, CasesFile
from mantelzorg.validation import validate
from mantelzorg.yaml_reader import Document


@dataclass(frozen=True)
class ChangedCase:
    """A case that gets another result. `expected` and `rejected` are what it says of the new one, None if nothing."""

    id: str
    story: str
    old: str
    new: str
    expected: bool | None = None
    rejected: bool | None = None


def read_cases(document: Document) -> tuple[CaseModel, ...]:
    """The cases of a file, whatever rule sets they name. Raises ContentError."""
    models = validate(document, CasesFile).root
    faults = Faults(document)
    ids = [model.id for model in models]
    for place, name in enumerate(ids):
        if name in ids[:place]:
            faults.add((place, "id"), "case-twice", f"'{name}' komt al eerder voor.")
    faults.check()
    return tuple(models)


def changed_cases(cases: Iterable[CaseModel], old: RuleSet, new: RuleSet) -> tuple[ChangedCase, ...]:
    """The cases with another result, in the order of the files. Raises TableTooLargeError, ReaderTooLargeError."""
    judges = Judge(old), Judge(new)
    found = []
    for case in cases:
        before, after = (result_of(judge, answers(case, judge.rules)) for judge in judges)
        if before != after:
            expect = case.expect.get(new.id)
            accepted = after in expect.accept if expect else None
            rejected = after in expect.reject if expect else None
            found.append(ChangedCase(case.id, case.story, before, after, accepted, rejected))
    return tuple(found)


def answers(case: CaseModel, rules: RuleSet) -> dict[str, Answer]:
    """What a case tells, as far as a version knows the facts and values: it may be of another time."""
    facts: Mapping[str, Fact] = {fact.id: fact for fact in rules.facts}
    found: dict[str, Answer] = {}
    for name, raw in case.facts.items():
        if name in facts:
            try:
                found[name] = parse_answer(facts[name], raw)
            except AnswerError:
                continue
    return found
