"""Reads JSON as strictly as YAML is read: no key twice, nothing deeply nested.

NaN, infinity and numbers too large become text, as in YAML, so that the fact that gets them can refuse them by name.
"""

from __future__ import annotations

import json
import math

from mantelzorg.problems import ContentError, Mark, Problem
from mantelzorg.yaml_reader import Document, read
from mantelzorg.yaml_text import decode

MAX_DIGITS = 15
MAX_DEPTH = 5


class _RefusedError(Exception):
    """Something that JSON allows and we do not: a code and a sentence."""


def read_json(data: bytes, file: str) -> Document:
    """Read one JSON document. Raises ContentError."""
    text = decode(data, file)
    places = _places(data, file)
    try:
        found = json.loads(text, object_pairs_hook=_unique, parse_int=_whole, parse_float=_decimal, parse_constant=str)
        _check_depth(found, MAX_DEPTH)
    except json.JSONDecodeError as error:
        raise _problem(file, "syntax", "Dit is geen geldige JSON.", Mark(error.lineno, error.colno)) from None
    except RecursionError:
        raise _problem(file, *_TOO_DEEP) from None
    except _RefusedError as error:
        raise _problem(file, *error.args) from None
    return Document(file, found, places.marks, places.key_marks)


_TOO_DEEP = ("too-deep", "Hier zitten te veel niveaus in elkaar.")


def _problem(file: str, code: str, what: str, mark: Mark = Mark()) -> ContentError:  # noqa: B008
    return ContentError([Problem(file, mark, code, what)])


def _places(data: bytes, file: str) -> Document:
    """Where everything is. Python's JSON reader does not tell; as YAML, which JSON mostly is, it can be told."""
    try:
        return read(data, file)
    except ContentError as error:
        twice = [problem for problem in error.problems if problem.code == "duplicate-key"]
        if twice:
            raise ContentError(twice) from None
        return Document(file, None, {}, {})


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise _RefusedError("duplicate-key", f"De sleutel {name[:60]!r} staat er meer dan één keer.")
        found[name] = value
    return found


def _whole(written: str) -> int | str:
    return int(written) if len(written) <= MAX_DIGITS else written


def _decimal(written: str) -> float | str:
    number = float(written)
    return number if math.isfinite(number) else written


def _check_depth(value: object, left: int) -> None:
    if left == 0:
        raise _RefusedError(*_TOO_DEEP)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _check_depth(inner, left - 1)
