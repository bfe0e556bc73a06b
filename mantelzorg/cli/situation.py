"""Reads one situation from a file or standard input: a mapping of facts to answers, in YAML or JSON."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from mantelzorg.cli.json_file import read_json
from mantelzorg.facts import Answer, AnswerError, Fact, parse_answer, suggest
from mantelzorg.problems import ContentError, Mark, Problem
from mantelzorg.yaml_reader import Document, read
from mantelzorg.yaml_text import MAX_BYTES

STANDARD_INPUT = "-"
_LOOKS_LIKE_JSON = re.compile(rb'\s*\{\s*"')


def read_bytes(name: str) -> bytes:
    """The content of a file, never more than one byte over the limit. Raises ContentError."""
    try:
        if name == STANDARD_INPUT:
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "geen bestandsnaam"
        what = f"Dit bestand is niet te lezen ({reason})."
        raise ContentError([Problem(name, Mark(), "unreadable", what)]) from None


def read_situation(name: str, facts: Mapping[str, Fact]) -> dict[str, Answer]:
    """The answers in a file. Raises ContentError with everything that is wrong, each at its place if that is known."""
    data = read_bytes(name)
    shown = "standaardinvoer" if name == STANDARD_INPUT else name
    is_json = name.lower().endswith(".json") or (name == STANDARD_INPUT and _LOOKS_LIKE_JSON.match(data))
    document = read_json(data, shown) if is_json else read(data, shown)
    if not isinstance(document.data, dict):
        what = "Dit bestand is leeg." if document.data is None else "Hier horen feiten met hun antwoord."
        raise ContentError([Problem(shown, Mark(), "not-a-mapping", what, instead="feit: antwoord")])
    return _answers(document, document.data, facts)


def _answers(document: Document, given: Mapping[str, object], facts: Mapping[str, Fact]) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    problems = []
    for name, raw in given.items():
        if name not in facts:
            what = f"{name[:60]!r}: dit feit bestaat niet.{suggest(name[:60], facts)}"
            instead = "" if "Bedoelde" in what else ", ".join(facts)
            mark = document.key_marks.get((name,), Mark())
            problems.append(Problem(document.file, mark, "unknown-fact", what, instead=instead))
            continue
        try:
            answers[name] = parse_answer(facts[name], raw)
        except AnswerError as error:
            mark = document.marks.get((name,), Mark())
            problems.append(Problem(document.file, mark, "answer", str(error)))
    if problems:
        raise ContentError(problems)
    return answers
