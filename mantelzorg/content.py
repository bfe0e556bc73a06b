"""All content of one installation: facts, rule sets, sources, support and questionnaires, read and checked together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path as FilePath
from typing import TypeVar

from mantelzorg.assessment import Judge
from mantelzorg.catalogues import load_catalogue
from mantelzorg.facts import Fact
from mantelzorg.loading import digest, load_facts, load_rules
from mantelzorg.problems import ContentError, Mark, Problem
from mantelzorg.questionnaire import Questionnaire
from mantelzorg.questionnaire_loading import load_questionnaire
from mantelzorg.reader import ReaderTooLargeError
from mantelzorg.schema import SourceModel, SourcesFile
from mantelzorg.support import Support, load_support
from mantelzorg.validation import validate
from mantelzorg.verdict_table import TableTooLargeError, uncovered
from mantelzorg.voice import Catalogue
from mantelzorg.yaml_reader import Document, read

ROOT = FilePath(__file__).parent.parent
TRANSLATIONS = "questionnaires/translations"
NOT_RULE_SETS = ("facts.yaml", "sources.yaml", "support.yaml")
T = TypeVar("T")
_parsed = lru_cache(maxsize=64)(read)
"""Parsing is half of the work of `load`, and after a change all files but one are as they were."""


@dataclass(frozen=True)
class Content:
    """Everything that is read from the content folders; immutable, so a visit keeps what it began with."""

    facts: Mapping[str, Fact]
    sources: Mapping[str, SourceModel]
    judges: Mapping[str, Judge]
    support: Support
    questionnaires: Mapping[str, Questionnaire]
    catalogues: Mapping[str, Catalogue]
    """The other languages of what the helper reads, by their code."""
    digest: str

    @cached_property
    def rule_sets(self) -> tuple[str, ...]:
        return tuple(self.judges)


class _Gather:
    """Reads files one after the other and keeps the problems of all of them."""

    def __init__(self, root: FilePath) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.contents: dict[str, bytes] = {}

    def document(self, path: FilePath) -> Document | None:
        name = path.relative_to(self.root).as_posix()
        try:
            self.contents[name] = path.read_bytes()
        except OSError as error:
            what = f"Dit bestand is niet te lezen ({error.strerror})."
            self.problems.append(Problem(name, Mark(), "unreadable", what))
            return None
        return self.trying(lambda: _parsed(self.contents[name], name))

    def trying(self, make: Callable[[], T]) -> T | None:
        try:
            return make()
        except ContentError as error:
            self.problems += error.problems
            return None

    def check(self) -> None:
        if self.problems:
            raise ContentError(self.problems)


def load(root: FilePath = ROOT) -> Content:
    """Read and check all content below `root`.

    Raises ContentError with every problem of every file; a file that leans on a broken one is not judged.
    """
    gather = _Gather(root)
    rules = root / "rules"
    facts_file, sources_file, support_file = (gather.document(rules / name) for name in NOT_RULE_SETS)
    facts = gather.trying(lambda: load_facts(facts_file)) if facts_file else None
    sources = gather.trying(lambda: validate(sources_file, SourcesFile).sources) if sources_file else None
    rule_paths = [path for path in sorted(rules.glob("*.yaml")) if path.name not in NOT_RULE_SETS]
    rule_files = [gather.document(path) for path in rule_paths]
    forms = [gather.document(path) for path in sorted((root / "questionnaires").glob("*.yaml"))]
    translated = [gather.document(path) for path in sorted((root / TRANSLATIONS).glob("*.yaml"))]
    if facts is None or sources is None or support_file is None:
        gather.check()
        raise AssertionError("a file is missing without a problem")
    judges = [gather.trying(partial(_judge, file, facts, sources, gather.contents)) for file in rule_files if file]
    support = gather.trying(lambda: load_support(support_file, facts, sources))
    known = {judge.rules.id: judge for judge in judges if judge}
    # A rule set with a fault is still no fault of the questionnaire that names it.
    named = [path.stem for path in rule_paths]
    questionnaires = [gather.trying(partial(load_questionnaire, file, facts, named)) for file in forms if file]
    catalogues = [gather.trying(partial(load_catalogue, file)) for file in translated if file]
    gather.check()
    if support is None:
        raise AssertionError("support is missing without a problem")
    own = {name: source for judge in known.values() for name, source in judge.rules.own_sources.items()}
    return Content(
        facts,
        {**sources, **own},
        known,
        support,
        {form.id: form for form in questionnaires if form},
        {catalogue.language: catalogue for catalogue in catalogues if catalogue},
        digest(*(gather.contents[name] for name in sorted(gather.contents))),
    )


_MOST_JUDGES = 64
_judges: dict[str, Judge] = {}


def _judge(
    document: Document, facts: Mapping[str, Fact], sources: Mapping[str, object], contents: Mapping[str, bytes]
) -> Judge:
    """As `make_judge`; a rule set that did not change, nor what it leans on, keeps its table."""
    leans_on = (contents[name] for name in (document.file, "rules/facts.yaml", "rules/sources.yaml"))
    key = digest(document.file.encode(), *leans_on)
    judge = _judges.get(key) or make_judge(document, facts, sources, contents)
    _judges[key] = judge
    for oldest in list(_judges)[:-_MOST_JUDGES]:
        _judges.pop(oldest, None)
    return judge


def make_judge(
    document: Document, facts: Mapping[str, Fact], sources: Mapping[str, object], contents: Mapping[str, bytes]
) -> Judge:
    """A rule set ready to judge. Raises ContentError, also when its table is too large or has gaps."""
    own = digest(contents[document.file], contents["rules/facts.yaml"])
    rules = load_rules(document, facts, sources, own)
    stem = FilePath(document.file).stem
    if rules.id != stem:
        raise ContentError(
            [Problem(document.file, document.marks[("id",)], "id-file", f"Noem dit '{stem}', net als het bestand.")]
        )
    try:
        judge = Judge(rules)
    except (TableTooLargeError, ReaderTooLargeError) as error:
        what = f"Deze regels onderscheiden te veel situaties: {error}."
        raise ContentError([Problem(document.file, Mark(), "table-too-large", what)]) from None
    gap = uncovered(rules, judge.table)
    if gap is not None:
        example = ", ".join(judge.described(fact, c) for fact, c in gap.items())
        what = f"Deze situatie krijgt geen uitkomst: {example or 'elke situatie'}."
        instead = "een laatste uitkomst zonder 'if'"
        raise ContentError(
            [Problem(document.file, document.key_marks[("verdicts",)], "no-verdict", what, instead=instead)]
        )
    return judge
