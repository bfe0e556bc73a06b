"""Reads JSON as strictly as YAML is read: no key twice, no NaN, no number too large, nothing deeply nested."""

from __future__ import annotations

import json
import re
from typing import NoReturn

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
        found = json.loads(
            text, object_pairs_hook=_unique, parse_int=_number, parse_float=_number, parse_constant=_constant
        )
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


def _number(written: str) -> int | float:
    mantissa, _, exponent = written.lower().partition("e")
    if len(re.sub(r"\D", "", mantissa)) > MAX_DIGITS or len(exponent.lstrip("+-0")) > 2:
        raise _RefusedError("number", f"{written[:30]} is een te groot of te lang getal.")
    return float(written) if "." in written or exponent else int(written)


def _constant(written: str) -> NoReturn:
    raise _RefusedError("number", f"{written} is geen getal.")


def _check_depth(value: object, left: int) -> None:
    if left == 0:
        raise _RefusedError(*_TOO_DEEP)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _check_depth(inner, left - 1)
