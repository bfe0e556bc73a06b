"""Situations with the results that they must get: regression test and training material in one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mantelzorg.assessment import Judge, Status
from mantelzorg.facts import Answers, Fact, parse_answers
from mantelzorg.loading import Faults
from mantelzorg.schema import CasesFile
from mantelzorg.validation import validate
from mantelzorg.yaml_reader import Document

OPEN = "open"
CONTRADICTION = "contradiction"


@dataclass(frozen=True)
class Case:
    """A situation. `expect` maps a rule set to the results that it accepts and those that it may never get."""

    id: str
    story: str
    weight: str
    answers: Answers
    expect: Mapping[str, tuple[frozenset[str], frozenset[str]]]


@dataclass(frozen=True)
class Result:
    """What a rule set made of a case."""

    case: Case
    rule_set: str
    result: str
    accepted: bool
    rejected: bool


def load_cases(document: Document, facts: Mapping[str, Fact], judges: Mapping[str, Judge]) -> tuple[Case, ...]:
    """Read a file of cases. Raises ContentError with every fault."""
    models = validate(document, CasesFile).root
    faults = Faults(document)
    found = []
    for place, model in enumerate(models):
        answers: Answers = {}
        try:
            answers = parse_answers(facts, model.facts)
        except ValueError as error:
            for line in str(error).splitlines():
                name = line.partition(":")[0]
                faults.add((place, "facts", name), "case-fact", line)
        faults.known(model.expect, judges, (place, "expect"), "rule-set")
        expect = {}
        for rule_set, own in model.expect.items():
            possible = [*judges[rule_set].rules.verdicts, OPEN, CONTRADICTION] if rule_set in judges else []
            if possible:
                faults.known([*own.accept, *own.reject], possible, (place, "expect", rule_set), "verdict")
            expect[rule_set] = (frozenset(own.accept), frozenset(own.reject))
        found.append(Case(model.id, model.story, model.weight, answers, expect))
    ids = [case.id for case in found]
    for place, name in enumerate(ids):
        if name in ids[:place]:
            faults.add((place, "id"), "case-twice", f"'{name}' komt al eerder voor.")
    faults.check()
    return tuple(found)


def result_of(judge: Judge, answers: Answers) -> str:
    """The verdict, or `open`, or `contradiction`."""
    judgement = judge.judge(answers)
    if judgement.status is Status.CONTRADICTION:
        return CONTRADICTION
    return judgement.verdict or OPEN


def replay(cases: Iterable[Case], judges: Mapping[str, Judge]) -> tuple[Result, ...]:
    """Judge every case by every rule set that it names."""
    results = []
    for case in cases:
        for rule_set, (accept, reject) in case.expect.items():
            result = result_of(judges[rule_set], case.answers)
            results.append(Result(case, rule_set, result, result in accept, result in reject))
    return tuple(results)


def totals(results: Iterable[Result]) -> dict[str, int]:
    """How many results there are, are accepted, are rejected; and of the strong cases."""
    listed = list(results)
    strong = [result for result in listed if result.case.weight == "strong"]
    return {
        "results": len(listed),
        "accepted": sum(result.accepted for result in listed),
        "rejected": sum(result.rejected for result in listed),
        "strong": len(strong),
        "strong_accepted": sum(result.accepted for result in strong),
    }
