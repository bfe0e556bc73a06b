"""What can be proved of one rule set: lines, verdicts, criteria and tests that do nothing, and impossible lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

import numpy as np

from mantelzorg.assessment import Judge
from mantelzorg.checks import words
from mantelzorg.checks.findings import Finding, Notes
from mantelzorg.checks.proof import Proof, changes_nothing, tests_in
from mantelzorg.checks.space import Set
from mantelzorg.conditions import Condition
from mantelzorg.content import make_judge
from mantelzorg.facts import Fact
from mantelzorg.loading import load_rules
from mantelzorg.problems import ContentError
from mantelzorg.verdict_table import uncovered
from mantelzorg.yaml_reader import Document, Path


def judged(
    document: Document, facts: Mapping[str, Fact], sources: Mapping[str, object], contents: Mapping[str, bytes]
) -> tuple[Judge | None, list[Finding]]:
    """A rule set ready to judge, or what keeps it from that; a situation without a verdict comes as an example."""
    try:
        return make_judge(document, facts, sources, contents), []
    except ContentError as error:
        gaps = [problem for problem in error.problems if problem.code == "no-verdict"]
        if not gaps:
            return None, [Finding(problem) for problem in error.problems]
    judge = Judge(load_rules(document, facts, sources))
    gap = uncovered(judge.rules, judge.table) or {}
    return None, [Finding(problem, judge.rules.id, words.as_answers(judge, gap)) for problem in gaps]


def check(judge: Judge, document: Document) -> list[Finding]:
    """Every finding on a rule set that loads."""
    return _Check(judge, document).findings()


class _Check:
    def __init__(self, judge: Judge, document: Document) -> None:
        self.judge, self.rules = judge, judge.rules
        self.proof = Proof(judge.rules, judge.table)
        self.notes = Notes(document)
        self.facts = {fact.id: fact for fact in judge.rules.facts}

    def findings(self) -> list[Finding]:
        self._impossible()
        if self.proof.possible.any():
            self._verdicts()
            self._lines()
            self._criteria()
        return self.notes.findings

    def _line_number(self, place: int) -> int:
        return self.notes.document.marks[("verdicts", place)].line

    def _verdicts(self) -> None:
        ids = [line.id for line in self.rules.lines]
        given = {line.id for line, some in zip(self.rules.lines, self.proof.decides, strict=True) if some.any()}
        for verdict in self.rules.verdicts:
            if verdict not in given:
                what = f"De uitkomst '{verdict}' komt nooit voor."
                instead = "een voorwaarde die in een mogelijke situatie geldt, of haal de uitkomst weg"
                self.notes.error(("verdicts", ids.index(verdict), "id"), "verdict-never", what, instead=instead)

    def _lines(self) -> None:
        for place, (line, some) in enumerate(zip(self.rules.lines, self.proof.decides, strict=True)):
            if not some.any():
                self._hidden(place)
            else:
                self._tests(line.condition, ("verdicts", place, "if"), self.proof.line_matters[place])

    def _hidden(self, place: int) -> None:
        path: Path = ("verdicts", place, "if")
        path = path if path in self.notes.document.marks else ("verdicts", place, "id")
        line, holds = self.rules.lines[place], self.proof.holds[place] & self.proof.possible
        if not holds.any():
            what = f"Deze regel voor '{line.id}' geldt in geen enkele mogelijke situatie."
            self.notes.error(path, "line-never", what, instead="een andere voorwaarde, of haal de regel weg")
            return
        before = [earlier for earlier in range(place) if (self.proof.decides[earlier] & holds).any()]
        named = ", ".join(f"'{self.rules.lines[n].id}' (regel {self._line_number(n)})" for n in before)
        what = f"Deze regel voor '{line.id}' komt nooit aan de beurt."
        why = f"Waar hij geldt, beslist altijd al een eerdere regel: {named}."
        example = self.proof.space.example(holds) or {}
        self.notes.error(
            path, "line-hidden", what, f"{why} Voorbeeld: {words.situation(self.judge, example)}.",
            "de regel hoger in de lijst, of haal hem weg",
            rule_set=self.rules.id, example=words.as_answers(self.judge, example),
        )  # fmt: skip

    def _criteria(self) -> None:
        for criterion in self.rules.criteria:
            path: Path = ("criteria", criterion.id, "if")
            met, possible = self.proof.met[criterion.id] & self.proof.possible, self.proof.possible
            matters = self.proof.criterion_matters(criterion.id)
            if not met.any():
                self._constant(path, "criterion-never-met", f"Aan het criterium '{criterion.id}' is nooit voldaan.")
            elif np.array_equal(met, possible):
                self._constant(path, "criterion-always-met", f"Aan het criterium '{criterion.id}' is altijd voldaan.")
            elif not matters.any():
                what = f"Het criterium '{criterion.id}' maakt nooit verschil."
                why = "Geen enkele uitkomst verandert, of er nu aan is voldaan of niet."
                self.notes.warn(path, "criterion-never-matters", what, why, "een uitkomst die het gebruikt")
            else:
                self._tests(criterion.condition, path, matters)

    def _constant(self, path: Path, code: str, what: str) -> None:
        self.notes.warn(path, code, what, "Dat geldt in elke mogelijke situatie.", "een voorwaarde die kan wisselen")

    def _tests(self, condition: Condition, path: Path, matters: Set) -> None:
        """Warn of every test that the condition can do without, in the situations where the condition matters."""
        holds = self.proof.space.where(condition, self.proof.met) & matters
        seen: Counter[str] = Counter()
        text = self.notes.written(path)
        for test, rebuild in tests_in(condition):
            nth = seen[test.fact]
            seen[test.fact] += 1
            if changes_nothing(rebuild, self._same(holds, matters)):
                written = words.test_text(test, self.facts[test.fact])
                what = f"De toets '{written}' maakt hier nooit verschil."
                why = "Zonder die toets krijgt elke situatie dezelfde uitkomst."
                offset = words.offset_of(text, test.fact, nth)
                self.notes.warn(path, "test-never-matters", what, why, "de voorwaarde zonder die toets", offset=offset)

    def _same(self, holds: Set, matters: Set) -> Callable[[Condition], bool]:
        met, where = self.proof.met, self.proof.space.where
        return lambda other: np.array_equal(where(other, met) & matters, holds)

    def _impossible(self) -> None:
        left = self.proof.space.full
        for place, some in enumerate(self.proof.removed):
            path: Path = ("impossible", place)
            written = self.notes.written(path)
            if not (some & left).any():
                why = "Die combinatie bestaat niet, of een eerdere regel haalt haar al weg."
                what = f"'{written}' sluit geen enkele situatie uit."
                self.notes.error(path, "impossible-nothing", what, why, "haal deze regel weg")
            elif not (left & ~some).any():
                what = f"Met '{written}' blijft er geen enkele situatie over."
                self.notes.error(path, "impossible-everything", what, instead="een voorwaarde die minder uitsluit")
            else:
                self._lost_classes(path, left, left & ~some)
            left = left & ~some

    def _lost_classes(self, path: Path, before: Set, after: Set) -> None:
        for place, axis in enumerate(self.proof.space.axes):
            for c in range(axis.size):
                own = self.proof.space.within(place, 1 << c)
                if (before & own).any() and not (after & own).any():
                    what = f"Door deze regel kan '{self.judge.described(axis.fact.id, c)}' nooit meer voorkomen."
                    instead = "een combinatie van twee antwoorden die niet samen kunnen"
                    self.notes.error(path, "impossible-class", what, instead=instead)
