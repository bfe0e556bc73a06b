"""A comparison for a terminal, for a pull request and for a program."""

from __future__ import annotations

import re
import shutil
import textwrap

from mantelzorg.comparison.common_table import IMPOSSIBLE, Move
from mantelzorg.comparison.compare import Comparison, EditEffect
from mantelzorg.comparison.told import Block, Teller
from mantelzorg.rules import RuleSet

WIDEST, NARROWEST = 100, 40


def as_text(found: Comparison, language: str) -> str:
    """For a terminal, wrapped to its width."""
    lines: list[str] = []
    for block in Teller(found, language).blocks():
        if block.mark != "-" and lines:
            lines.append("")
        lines += _columns(block) if block.rows else _wrapped(block)
    return "\n".join(lines)


def _wrapped(block: Block) -> list[str]:
    width = min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)
    indent = "    " if block.mark == "-" else ""
    prefix = "  - " if block.mark == "-" else ""
    lines = textwrap.wrap(prefix + block.text, width, subsequent_indent=indent, break_on_hyphens=False)
    return [*lines, "=" * len(lines[-1])] if block.mark == "#" else lines


def _columns(block: Block) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*block.rows, strict=True)]
    return ["  ".join([*map(str.ljust, row[:-1], widths), row[-1].rjust(widths[-1])]) for row in block.rows]


def as_markdown(found: Comparison, language: str) -> str:
    """For a pull request."""
    lines: list[str] = []
    previous = ""
    for block in Teller(found, language).blocks():
        if lines and not (block.mark == previous == "-"):
            lines.append("")
        if block.rows:
            head, *rest = block.rows
            lines += [f"| {' | '.join(map(_harmless, row))} |" for row in (head, ("---", "---", "---:"), *rest)]
        else:
            # One deeper than the title of the page that this is pasted into.
            mark = f"#{block.mark}" if "#" in block.mark else block.mark
            lines.append(f"{mark} {_harmless(block.text)}".strip())
        previous = block.mark
    return "\n".join(lines)


def _harmless(text: str) -> str:
    """The text with what would be HTML, a link or a column as plain letters; code stays as it is."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else re.sub(r"([<>\[\]|])", r"\\\1", part) for part in parts)


def as_json(found: Comparison, language: str) -> dict[str, object]:
    """For a program: the numbers as they are, the sentences as text."""
    teller = Teller(found, language)
    return {
        "old": _about(found.old, found.places[0]),
        "new": _about(found.new, found.places[1]),
        "same": found.same,
        "cases": _cases(found),
        "edits": None if found.edits is None else [_edit(found, effect) for effect in found.edits],
        "changed_only_together": found.together,
        "situations": found.possible,
        "changed": found.changed,
        "moves": [_move(found, move) for move in found.moves],
        "sentences": [teller.sentence(pattern) for pattern in teller.patterns()],
    }


def _about(rules: RuleSet, place: str) -> dict[str, str]:
    return {"id": rules.id, "version": rules.version, "digest": rules.digest, "place": place}


def _cases(found: Comparison) -> dict[str, object] | None:
    if found.cases is None:
        return None
    total, changed = found.cases
    keys = ("id", "old", "new", "expected", "rejected")
    return {"total": total, "changed": [{key: getattr(case, key) for key in keys} for case in changed]}


def _edit(found: Comparison, effect: EditEffect) -> dict[str, object]:
    edit = effect.edit
    return {
        "part": edit.part.value,
        "name": edit.name,
        "new_name": edit.new_name or edit.name,
        "before": edit.before,
        "after": edit.after,
        "moves": [_move(found, move) for move in effect.moves],
    }


def _move(found: Comparison, move: Move) -> dict[str, object]:
    names = {IMPOSSIBLE: "impossible"} | {n + 1: verdict for n, verdict in enumerate(found.table.verdicts)}
    return {"old": names.get(move.old, "none"), "new": names.get(move.new, "none"), "count": move.count}
