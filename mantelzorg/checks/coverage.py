"""How often cases reach each criterion, verdict and option, and which they never reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mantelzorg.assessment import Judge
from mantelzorg.cases import OPEN, Case, result_of
from mantelzorg.checks.material import Material
from mantelzorg.facts import Answer, Interval, Unknown
from mantelzorg.questionnaire import Questionnaire

MET, NOT_MET = "met", "not_met"
_STATUS = {True: MET, False: NOT_MET, None: OPEN}


@dataclass(frozen=True)
class Row:
    """How many cases do something to one part of a rule set or questionnaire: `counts` by what they do."""

    of: str
    kind: str
    name: str
    counts: Mapping[str, int]

    @property
    def missing(self) -> tuple[str, ...]:
        """What no case does yet. That answers contradict each other, or leave all open, is no aim in itself."""
        return tuple(name for name, count in self.counts.items() if not count and name != OPEN)

    def plain(self) -> dict[str, object]:
        """For another program."""
        own = {"of": self.of, "kind": self.kind, "name": self.name}
        return own | {"counts": dict(self.counts), "missing": list(self.missing)}


def rows(material: Material) -> list[Row]:
    """Per rule set its criteria and verdicts, per questionnaire its options, over all cases."""
    cases = material.all_cases
    found = [row for judge in material.judges.values() for row in _of_rules(judge, cases)]
    return found + [row for form in material.forms.values() for row in _of_form(form, cases)]


def _of_rules(judge: Judge, cases: Sequence[Case]) -> Iterator[Row]:
    own = [case for case in cases if judge.rules.id in case.expect]
    masks = [judge.assumed_masks(judge.given(case.answers)) for case in own]
    for criterion in judge.criteria:
        counts = dict.fromkeys((MET, NOT_MET, OPEN), 0)
        for one in masks:
            counts[_STATUS[judge.criterion_status(criterion, one)]] += 1
        yield Row(judge.rules.id, "criterion", criterion, counts)
    results = [result_of(judge, case.answers) for case in own]
    for verdict in (*judge.rules.verdicts, OPEN):
        yield Row(judge.rules.id, "verdict", verdict, {_CASES: results.count(verdict)})


_CASES = "cases"


def _of_form(form: Questionnaire, cases: Sequence[Case]) -> Iterator[Row]:
    for question in form.questions():
        given = [case.answers[question.fact] for case in cases if question.fact in case.answers]
        counts = {option.id: sum(_fits(own, option.answer, question.multiple) for own in given)
                  for option in question.options}  # fmt: skip
        yield Row(form.id, "question", question.fact, counts)


def _fits(given: Answer, option: Answer, multiple: bool) -> bool:
    """Whether somebody with this answer would certainly choose the option."""
    if isinstance(given, Unknown) or isinstance(option, Unknown):
        return False
    if isinstance(given, Interval) and isinstance(option, Interval):
        return given.cut(option) == given
    if isinstance(given, frozenset) and isinstance(option, frozenset):
        return bool(given & option) if multiple else given <= option
    return False
