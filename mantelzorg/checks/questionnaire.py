"""What can be proved of a questionnaire: what it asks for nothing, what it forgets, options that settle nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np
import numpy.typing as npt

from mantelzorg.assessment import Judge
from mantelzorg.checks import order, words
from mantelzorg.checks.findings import Finding, Notes
from mantelzorg.checks.material import Material
from mantelzorg.checks.space import Space
from mantelzorg.checks.usage import Uses, needed, tables, told
from mantelzorg.conditions import Test
from mantelzorg.facts import Kind, Unknown
from mantelzorg.questionnaire import Option, Question, Questionnaire
from mantelzorg.verdict_table import Axis
from mantelzorg.yaml_reader import Path

CLEARLY_MORE = 0.1
"""An order is reported when it costs this part more questions than the better one."""


def check(file: str, form: Questionnaire, material: Material) -> list[Finding]:
    """Every finding on a questionnaire that loads."""
    return _Check(file, form, material).findings()


class _Check:
    def __init__(self, file: str, form: Questionnaire, material: Material) -> None:
        self.form, self.material = form, material
        self.notes = Notes(material.documents[file])
        self.own = [material.judges[name] for name in (form.rules, *form.schemes)]
        self.uses = Uses(material.judges.values(), material.support)
        self.told = told(form)
        self.at_home = bool(form.for_support)

    def findings(self) -> list[Finding]:
        for path, question in self._questions():
            if question.fact not in self.told:
                self._used(path, question)
            for place, option in enumerate(question.options):
                self._straddles((*path, "options", place), question.fact, option)
        self._forgotten()
        self._order()
        return self.notes.findings

    def _questions(self) -> Iterator[tuple[Path, Question]]:
        for n, section in enumerate(self.form.sections):
            for key, asked in (("questions", section.questions), ("more", section.more)):
                yield from ((("sections", n, key, place), question) for place, question in enumerate(asked))

    def _used(self, path: Path, question: Question) -> None:
        """Warn of a question without use, or of its options that make no difference."""
        own = Uses(self.own, self.material.support)
        if question.fact not in own:
            what = f"'{question.fact}' wordt gevraagd, maar niets gebruikt het antwoord."
            why = "Geen regel van deze vragenlijst, signaal, urgentie, aanbod of document vraagt ernaar."
            self.notes.warn((*path, "fact"), "question-unused", what, why, "een vraag die iets uitmaakt")
        elif self.at_home:
            return  # who answers at home must find their own answer, also where no rule tells it from the next
        elif question.multiple:
            self._untested(path, question)
        else:
            self._alike(path, question)

    def _untested(self, path: Path, question: Question) -> None:
        for place, option in enumerate(question.options):
            values = option.answer if isinstance(option.answer, frozenset) else frozenset()
            if question.alone not in values and not any(self.uses.tested(question.fact, value) for value in values):
                what = f"De keuze '{option.id}' bij '{question.fact}' maakt nergens verschil."
                why = "Geen regel, signaal, urgentie of aanbod toetst haar."
                self.notes.warn((*path, "options", place), "option-never-matters", what, why, "haal haar weg")

    def _alike(self, path: Path, question: Question) -> None:
        first: dict[str, Option] = {}
        for place, option in enumerate(question.options):
            twin = next(
                (one for one in first.values() if self.uses.same(question.fact, one.answer, option.answer)), None
            )
            if twin is None:
                first[option.id] = option
                continue
            what = f"Bij '{question.fact}' maakt het nergens verschil of men '{twin.id}' of '{option.id}' kiest."
            why = "Geen regel, signaal, urgentie of aanbod houdt ze uit elkaar."
            self.notes.warn((*path, "options", place), "option-alike", what, why, "één keuze, als dat ook duidelijk is")

    def _straddles(self, path: Path, fact: str, option: Option) -> None:
        """Warn of an option on both sides of a threshold: whoever chooses it may never get an answer."""
        if isinstance(option.answer, Unknown):
            return
        for judge in self.own:
            if fact not in judge.table.places:
                continue
            axis = judge.table.axes[judge.table.places[fact]]
            mask = axis.mask(option.answer)
            if axis.fact.kind is not Kind.MULTIPLE and mask & (mask - 1):
                self._straddle(path, judge, axis, mask, option)

    def _straddle(self, path: Path, judge: Judge, axis: Axis, mask: int, option: Option) -> None:
        place = judge.table.places[axis.fact.id]
        classes = [c for c in range(axis.size) if mask >> c & 1]
        slices = [judge.table.cells.take(c, axis=place) for c in classes]
        tests: dict[Test, None] = {}
        varies: npt.NDArray[np.bool_] = np.zeros(slices[0].shape, dtype=np.bool_)
        for (c, one), (d, other) in combinations(zip(classes, slices, strict=True), 2):
            differs = (one != other) & (one != 0) & (other != 0)
            if differs.any():
                varies |= differs
                pairs = zip(axis.tests, axis.signatures[c], axis.signatures[d], strict=True)
                tests |= {test: None for test, left, right in pairs if left != right}
        if tests:
            named = ", ".join(f"'{words.test_text(test, axis.fact)}'" for test in tests)
            what = f"De keuze '{option.id}' ligt aan beide kanten van {named} in '{judge.rules.id}'."
            why = "Wie haar kiest, kan geen uitkomst krijgen als het juist daarvan afhangt."
            raw = self._raw(path, option)
            example = {axis.fact.id: raw, **_elsewhere(judge, place, varies)}
            keys = [(*path, key) for key in ("range", "values", "id") if (*path, key) in self.notes.document.marks]
            self.notes.warn(
                keys[0] if keys else path, "option-straddles", what, why, "keuzes die bij die grens ophouden",
                rule_set=judge.rules.id, example=example,
            )  # fmt: skip

    def _raw(self, path: Path, option: Option) -> object:
        """The answer of an option, as a case file writes it."""
        written = self.notes.written(path)
        model: Mapping[str, object] = written if isinstance(written, dict) else {}
        return model.get("range") or model.get("values") or option.id

    def _forgotten(self) -> None:
        """Tell of facts that are needed and that no question asks."""
        asked = {question.fact for question in self.form.questions()}
        keys: list[Path] = [("rules",), *(("schemes", place) for place in range(len(self.form.schemes)))]
        for key, judge in zip(keys, self.own, strict=True):
            for fact in needed(judge):
                if fact not in asked:
                    what = f"'{judge.rules.id}' heeft '{fact}' nodig, maar deze vragenlijst vraagt er niet naar."
                    self.notes.error(key, "fact-not-asked", what, instead=f"een vraag met 'fact: {fact}'")
        for name, table in tables(self.material.support) if self.material.support else ():
            missing = [axis.fact.id for axis in table.axes if axis.fact.id not in asked]
            for fact in missing:
                what = f"Voor {name} is '{fact}' nodig, maar deze vragenlijst vraagt er niet naar."
                self.notes.warn(("sections",), "support-not-asked", what, instead=f"een vraag met 'fact: {fact}'")

    def _order(self) -> None:
        asked = [question.fact for question in self.form.questions()]
        found = order.compare(self.own[0], asked, self.material.typical_cases)
        if found and found.own > found.better * (1 + CLEARLY_MORE):
            front = ", ".join(found.order[: order.NAMED])
            numbers = f"gemiddeld {_said(found.own)} vragen tot de uitkomst, een andere {_said(found.better)}"
            what = f"Deze volgorde kost {numbers}."
            why = f"Gemeten op {found.situations} situaties, aangevuld uit de voorbeelden, met '{self.form.rules}'."
            self.notes.warn(("sections",), "order-costs", what, why, f"eerst deze feiten: {front}")


def _elsewhere(judge: Judge, place: int, varies: npt.NDArray[np.bool_]) -> dict[str, object]:
    """The other answers of the smallest example that this finds."""
    space = Space([axis for n, axis in enumerate(judge.table.axes) if n != place])
    return words.as_answers(judge, space.example(space.packed(varies)) or {})


def _said(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")
