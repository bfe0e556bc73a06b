"""`compare`: what a change of rules does, for an author and for a pull request."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mantelzorg import wording
from mantelzorg.cli.situation import read_bytes
from mantelzorg.comparison import Comparison, as_json, as_markdown, as_text, compare
from mantelzorg.comparison.common_table import NotComparableError
from mantelzorg.comparison.on_data import OnData, on_data
from mantelzorg.comparison.on_data_told import on_data_json, on_data_markdown, on_data_text
from mantelzorg.comparison.replayed import changed_cases, read_cases
from mantelzorg.comparison.revisions import Between, between, files
from mantelzorg.comparison.sentences import words
from mantelzorg.comparison.trees import Folder, Revision, RevisionError, base, revision
from mantelzorg.content import NOT_RULE_SETS, ROOT
from mantelzorg.problems import ContentError, Problem
from mantelzorg.reader import ReaderTooLargeError
from mantelzorg.rules import RuleSet
from mantelzorg.schema import CaseModel
from mantelzorg.verdict_table import TableTooLargeError
from mantelzorg.yaml_reader import read

REFUSED = 2


@dataclass(frozen=True)
class Wish:
    """What was asked: two names, or (`changed` is not None) the working folder against a base; "" is the default."""

    old: str | None
    new: str | None
    changed: str | None = None
    cases: Sequence[str] | None = None
    form: str = "text"
    language: str = "nl"
    on: str | None = None
    """A file of real situations to judge by both versions."""


def run(wish: Wish, root: Path = ROOT) -> int:
    """Compare and print. 2 when what was named cannot be compared. Raises ContentError."""
    try:
        names, found = _found(wish, root)
        cases = _cases(wish.cases, root)
        compared = [_compared(old, new, cases, names) for old, new in found.pairs]
        rows = [on_data(old, new, Path(wish.on)) for old, new in found.pairs] if wish.on else []
    except (RevisionError, NotComparableError) as error:
        print(error, file=sys.stderr)
        return REFUSED
    except (TableTooLargeError, ReaderTooLargeError) as error:
        print(f"Deze regels onderscheiden samen te veel situaties: {error}.", file=sys.stderr)
        return REFUSED
    print(_printed(wish, names, found, compared, rows))
    return 0


def _found(wish: Wish, root: Path) -> tuple[tuple[str, str], Between]:
    """What the two sides are called, and the rule sets on both."""
    if wish.changed is not None:
        if wish.old:
            raise RevisionError("--changed vergelijkt de werkmap met één versie; geef daarnaast geen bestanden.")
        before = revision(root, wish.changed) if wish.changed else base(root)
        return (before.name, words(wish.language)["working_tree"]), between(before, Folder(root / "rules"))
    if not wish.old or not wish.new:
        raise RevisionError("Geef twee regelbestanden of twee versies uit git, of --changed. Zie compare --help.")
    old, new = (_side(name, root) for name in (wish.old, wish.new))
    if isinstance(old, Revision) and isinstance(new, Revision):
        return (wish.old, wish.new), between(old, new)
    if isinstance(old, Revision) or isinstance(new, Revision):
        kinds = [
            f"'{name}' is een {'versie uit git' if isinstance(side, Revision) else 'bestand'}"
            for name, side in ((wish.old, old), (wish.new, new))
        ]
        raise RevisionError(f"{' en '.join(kinds)}. Geef twee bestanden of twee versies.")
    return (wish.old, wish.new), Between((files(old, new),))


def _side(name: str, root: Path) -> str | Revision:
    """A file, the file of a rule set of the installation, or a revision."""
    own = root / "rules" / f"{name}.yaml"
    if _is_file(Path(name)):
        return name
    if "/" not in name and own.name not in NOT_RULE_SETS and _is_file(own):
        return str(own)
    if name.endswith((".yaml", ".yml")):
        # Nobody calls a branch so: reading it says best what is wrong.
        return name
    return revision(root, name)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _cases(names: Sequence[str] | None, root: Path) -> tuple[CaseModel, ...]:
    """The cases of these files, or of all in `cases/`. Raises ContentError with every problem."""
    chosen = names if names is not None else [str(path) for path in sorted((root / "cases").glob("*.yaml"))]
    found: list[CaseModel] = []
    problems: list[Problem] = []
    for name in chosen:
        shown = name if names is not None else f"cases/{Path(name).name}"
        try:
            found += read_cases(read(read_bytes(name), shown))
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    return tuple(found)


def _compared(old: RuleSet, new: RuleSet, cases: tuple[CaseModel, ...], names: tuple[str, str]) -> Comparison:
    # A name that is the id adds nothing to the heading.
    places = tuple("" if name == rules.id else name for name, rules in zip(names, (old, new), strict=True))
    return compare(old, new, (len(cases), changed_cases(cases, old, new)), (places[0], places[1]))


def _printed(
    wish: Wish, names: tuple[str, str], found: Between, compared: Sequence[Comparison], rows: Sequence[OnData]
) -> str:
    if wish.form == "json":
        listed = [as_json(one, wish.language) for one in compared]
        whole: dict[str, object] = {"comparisons": listed, "added": found.added, "removed": found.removed}
        if wish.on:
            whole["on_data"] = [on_data_json(one) for one in rows]
        return json.dumps(whole, ensure_ascii=False, indent=2)
    form = as_markdown if wish.form == "markdown" else as_text
    said = words(wish.language)
    parts = [
        said[key].format(wording.join(ids, wish.language))
        for key, ids in (("new_rule_sets", found.added), ("gone_rule_sets", found.removed))
        if ids
    ]
    parts += [form(one, wish.language) for one in compared]
    data_form = on_data_markdown if wish.form == "markdown" else on_data_text
    parts += [data_form(one, Path(wish.on or "").name, wish.language) for one in rows]
    return "\n\n".join(parts) or said["nothing_touched"].format(*names)
