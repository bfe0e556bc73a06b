"""Versions of rule sets, read from two files or from two trees; all problems of all files are told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from mantelzorg.comparison.compare import fact_changes
from mantelzorg.comparison.trees import Tree, read_bytes
from mantelzorg.content import NOT_RULE_SETS, ROOT
from mantelzorg.facts import Fact
from mantelzorg.loading import digest, load_facts, load_rules
from mantelzorg.problems import ContentError, Problem
from mantelzorg.rules import RuleSet
from mantelzorg.schema import SourceModel, SourcesFile
from mantelzorg.validation import validate
from mantelzorg.yaml_reader import Document, read

FACTS, SOURCES = "facts.yaml", "sources.yaml"
T = TypeVar("T")


@dataclass(frozen=True)
class Between:
    """What two trees have: pairs of versions that may differ, and the rule sets that only one of them has."""

    pairs: tuple[tuple[RuleSet, RuleSet], ...]
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Loaded:
    facts: Mapping[str, Fact]
    rules: Mapping[str, RuleSet]
    contents: Mapping[str, bytes]
    """By the id of the rule set."""


def files(old: str, new: str) -> tuple[RuleSet, RuleSet]:
    """Two rule files, each with the facts and sources beside it, or else those of the installation.

    Raises ContentError.
    """
    gather = _Gather()
    found = [gather.file(Path(name), name) for name in (old, new)]
    gather.check()
    before, after = found
    if before is None or after is None:
        raise AssertionError("a file without problems was not read")
    return before, after


def between(old: Tree, new: Tree) -> Between:
    """The rule sets that may judge differently in two trees, each with its own facts. Raises ContentError."""
    gather = _Gather()
    before, after = gather.tree(old), gather.tree(new)
    gather.check()
    if before is None or after is None:
        raise AssertionError("a tree without problems was not read")
    both = [name for name in after.rules if name in before.rules]
    return Between(
        tuple((before.rules[name], after.rules[name]) for name in both if _may_differ(before, after, name)),
        added=tuple(name for name in after.rules if name not in before.rules),
        removed=tuple(name for name in before.rules if name not in after.rules),
    )


def _may_differ(old: _Loaded, new: _Loaded, name: str) -> bool:
    if old.contents[name] != new.contents[name]:
        return True
    used = {test.fact for test in new.rules[name].tests()}
    return any(fact_changes(old.facts[fact], new.facts[fact]) for fact in used)


class _Gather:
    """Loads one file after the other and keeps the problems of all of them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def check(self) -> None:
        if self.problems:
            raise ContentError(self.problems)

    def trying(self, make: Callable[[], T]) -> T | None:
        try:
            return make()
        except ContentError as error:
            self.problems += error.problems
            return None

    def file(self, path: Path, shown: str) -> RuleSet | None:
        """One rule file."""
        near = {name: path.parent / name for name in (FACTS, SOURCES)}
        chosen = {name: own if own.is_file() else ROOT / "rules" / name for name, own in near.items()}
        places = {name: str(own) if own == near[name] else f"rules/{name}" for name, own in chosen.items()}
        content = self.trying(lambda: read_bytes(path, shown))
        facts = self.trying(lambda: read_bytes(chosen[FACTS], places[FACTS]))
        sources = self.trying(lambda: read_bytes(chosen[SOURCES], places[SOURCES]))
        if content is None or facts is None or sources is None:
            return None
        loaded = self.trying(lambda: load_facts(read(facts, places[FACTS])))
        listed = self.trying(lambda: _sources(read(sources, places[SOURCES])))
        return self._rules(content, shown, loaded, listed, facts)

    def tree(self, tree: Tree) -> _Loaded | None:
        """Every rule set of a tree."""
        names = [name for name in tree.files() if name not in NOT_RULE_SETS]
        contents = {name: self.trying(partial(tree.content, name)) for name in (FACTS, SOURCES, *names)}
        facts_bytes, sources_bytes = contents[FACTS], contents[SOURCES]
        if facts_bytes is None or sources_bytes is None:
            return None
        facts = self.trying(lambda: load_facts(read(facts_bytes, _shown(tree, FACTS))))
        sources = self.trying(lambda: _sources(read(sources_bytes, _shown(tree, SOURCES))))
        rules: dict[str, RuleSet] = {}
        own: dict[str, bytes] = {}
        for name in names:
            content = contents[name]
            found = self._rules(content, _shown(tree, name), facts, sources, facts_bytes) if content else None
            if found and content:
                rules[found.id], own[found.id] = found, content
        return _Loaded(facts or {}, rules, own)

    def _rules(
        self,
        content: bytes,
        shown: str,
        facts: Mapping[str, Fact] | None,
        sources: Iterable[str] | None,
        facts_bytes: bytes,
    ) -> RuleSet | None:
        """A rule set; where the facts cannot be used, only whether the file can be read."""
        document = self.trying(lambda: read(content, shown))
        if document is None or facts is None or sources is None:
            return None
        return self.trying(lambda: load_rules(document, facts, sources, digest(content, facts_bytes)))


def _sources(document: Document) -> Mapping[str, SourceModel]:
    return validate(document, SourcesFile).sources


def _shown(tree: Tree, file: str) -> str:
    return f"{tree.name}:rules/{file}" if tree.name else f"rules/{file}"
