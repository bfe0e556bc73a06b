"""A rule file as its author has it now, judged in memory beside the live one. Nothing is written anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mantelzorg.assessment import Judge
from mantelzorg.cases import Case, result_of
from mantelzorg.checks import in_order, rule_set
from mantelzorg.comparison import Comparison, compare
from mantelzorg.comparison.common_table import NotComparableError
from mantelzorg.comparison.replayed import ChangedCase
from mantelzorg.content import NOT_RULE_SETS, ROOT, Content
from mantelzorg.problems import ContentError, Mark, Problem
from mantelzorg.verdict_table import TableTooLargeError
from mantelzorg.yaml_reader import Document, read
from mantelzorg.yaml_text import MAX_BYTES

UNNAMED = "rules/nieuw.yaml"
FACTS = "rules/facts.yaml"


@dataclass(frozen=True)
class Draft:
    """What was found in the text. `judge` is there when it can be used."""

    file: str
    problems: tuple[Problem, ...]
    judge: Judge | None = None

    @property
    def download_name(self) -> str:
        return Path(self.file).name


@dataclass(frozen=True)
class CaseLine:
    """What a draft makes of a case, and what the live rules make of it; `good` is None where the case is silent."""

    case: Case
    live: str
    draft: str
    good: bool | None
    forbidden: bool

    @property
    def changed(self) -> bool:
        return bool(self.live) and self.live != self.draft


def rule_files(root: Path = ROOT) -> tuple[str, ...]:
    """The names of the rule files of the installation."""
    return tuple(path.name for path in sorted((root / "rules").glob("*.yaml")) if path.name not in NOT_RULE_SETS)


def text_of(name: str, root: Path = ROOT) -> str:
    """The text of one of `rule_files`, as far as it is allowed to be long; "" when it cannot be read."""
    try:
        with (root / "rules" / name).open("rb") as file:
            return file.read(MAX_BYTES + 1).decode(errors="replace")
    except OSError:
        return ""


def read_draft(text: str, content: Content, root: Path = ROOT) -> Draft:
    """Read and prove a rule file against the facts and sources of the installation. Raises nothing."""
    # Half a character cannot come from a keyboard; the reader refuses it with a place.
    data = text.encode("utf-8", "surrogatepass")
    try:
        document = read(data, UNNAMED)
        named = replace(document, file=_file(document))
        return _judged(named, data, content, root)
    except ContentError as error:
        return Draft(UNNAMED, error.problems)
    except Exception as error:
        # What an author pastes must never be able to end the page, whatever a check overlooked.
        what = f"Dit bestand is niet te beoordelen; de controle liep vast ({type(error).__name__})."
        return Draft(UNNAMED, (Problem(UNNAMED, Mark(), "unreadable", what),))


def _file(document: Document) -> str:
    """The file that a rule set belongs in: it is called after its id."""
    name = document.data.get("id") if isinstance(document.data, dict) else None
    good = isinstance(name, str) and re.fullmatch(r"[a-z][a-z0-9_-]{0,60}", name)
    return f"rules/{name}.yaml" if good else UNNAMED


def _judged(document: Document, data: bytes, content: Content, root: Path) -> Draft:
    facts = root / FACTS
    read_before = {document.file: data, FACTS: facts.read_bytes() if facts.exists() else b""}
    judge, findings = rule_set.judged(document, content.facts, _shared_sources(content), read_before)
    if judge:
        findings = rule_set.check(judge, document)
    return Draft(document.file, tuple(found.problem for found in in_order(findings)), judge)


def _shared_sources(content: Content) -> dict[str, object]:
    """The sources that any rule file may name: not those that another one brought for itself."""
    own = {name for judge in content.judges.values() for name in judge.rules.own_sources}
    return {name: source for name, source in content.sources.items() if name not in own}


def replayed(judge: Judge, live: Judge | None, cases: Iterable[Case]) -> tuple[CaseLine, ...]:
    """The cases that speak of these rules; of rules that no case knows, all of them."""
    listed = list(cases)
    own = [case for case in listed if judge.rules.id in case.expect] or listed
    return tuple(_line(judge, live, case) for case in own)


def _line(judge: Judge, live: Judge | None, case: Case) -> CaseLine:
    result = result_of(judge, case.answers)
    before = result_of(live, case.answers) if live else ""
    if judge.rules.id not in case.expect:
        return CaseLine(case, before, result, None, False)
    accept, reject = case.expect[judge.rules.id]
    return CaseLine(case, before, result, result in accept, result in reject)


def impact(judge: Judge, live: Judge, lines: Sequence[CaseLine]) -> Comparison | None:
    """What the draft changes against the live rules; None when the two cannot be compared."""
    changed = [
        ChangedCase(line.case.id, line.case.story, line.live, line.draft, line.good, line.forbidden)
        for line in lines
        if line.changed
    ]
    try:
        return compare(live.rules, judge.rules, (len(lines), changed))
    except (TableTooLargeError, NotComparableError):
        return None
