"""Fits a document into a pydantic model and tells an author, in the file's own places, what does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, to_json

from mantelzorg import validation_words as words
from mantelzorg.problems import ContentError, Mark, Problem
from mantelzorg.yaml_reader import Document, Path

T = TypeVar("T", bound=BaseModel)

_KIND_ERRORS = frozenset(words.KINDS)


class Strict(BaseModel):
    """The base of every model of a content file: unknown keys are refused, values are not converted.

    A YAML list does fit a tuple or set, and text an enum or date: YAML has no other way to write those.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def validate(document: Document, model: type[T]) -> T:
    """The document as an instance of `model`.

    Raises:
        ContentError: with everything that does not fit, each at its line and column.
    """
    try:
        # JSON mode is as strict about kinds of values, but takes a list for a tuple and text for an enum.
        return model.model_validate_json(to_json(document.data))
    except ValidationError as error:
        failures = [_Failure.of(details, document) for details in error.errors(include_url=False)]
    raise ContentError(_problem(failure, document, model) for failure in _most_useful(failures))


@dataclass(frozen=True)
class _Failure:
    """One error of pydantic, its location translated to a path in the document.

    `branches` are the parts of the location that are not in the document: which member of a union was tried,
    as (path of the union, name of the member).
    """

    path: Path
    branches: tuple[tuple[Path, str], ...]
    details: ErrorDetails
    others: tuple[str, ...] = ()

    @classmethod
    def of(cls, details: ErrorDetails, document: Document) -> _Failure:
        path: Path = ()
        branches = []
        loc = details["loc"][:-1] if details["type"] == "missing" else details["loc"]
        for part in loc:
            if (*path, part) in document.marks:
                path = (*path, part)
            elif part != "[key]":
                branches.append((path, str(part)))
        return cls(path, tuple(branches), details)

    def is_of_kind(self, place: Path) -> bool:
        """Whether the value at `place` is of another kind altogether, as a list where text is wanted."""
        return self.path == place and self.details["type"] in _KIND_ERRORS


def _most_useful(failures: Iterable[_Failure], depth: int = 0) -> Iterator[_Failure]:
    """Of each union only the member that the author most likely meant."""
    unions: dict[Path, dict[str, list[_Failure]]] = {}
    for failure in failures:
        if len(failure.branches) <= depth:
            yield failure
        else:
            place, member = failure.branches[depth]
            unions.setdefault(place, {}).setdefault(member, []).append(failure)
    for place, members in unions.items():
        yield from _most_useful(_likely_member(place, list(members.values())), depth + 1)


def _likely_member(place: Path, members: list[list[_Failure]]) -> list[_Failure]:
    """The failures of the member of the right kind with the fewest of them; if none is, one for all kinds."""
    of_kind = [member for member in members if not all(failure.is_of_kind(place) for failure in member)]
    if of_kind:
        return min(of_kind, key=len)
    first, *others = [failure for member in members for failure in member]
    return [_Failure(first.path, (), first.details, tuple(other.details["type"] for other in others))]


def _problem(failure: _Failure, document: Document, model: type[BaseModel]) -> Problem:
    details, path = failure.details, failure.path
    kind = details["type"]
    if kind == "extra_forbidden" and path:
        told = words.unknown_key(str(path[-1]), sorted(_known_keys(model, path[:-1])))
        return _at(document, document.key_marks.get(path), told)
    if kind == "missing":
        where = document.key_marks.get(path) or document.marks.get(path)
        return _at(document, where, words.missing_key(str(details["loc"][-1]), path))
    if details["loc"][-1:] == ("[key]",):
        return _at(document, document.key_marks.get(path), words.bad_key(details))
    if details["input"] is None and kind in _KIND_ERRORS:
        return _at(document, document.marks.get(path), words.no_value(path))
    return _at(document, document.marks.get(path), words.bad_value(details, failure.others))


def _at(document: Document, mark: Mark | None, told: words.Told) -> Problem:
    return Problem(document.file, mark or Mark(), told.code, told.what, told.why, told.instead)


def _known_keys(model: type[BaseModel], path: Path) -> set[str]:
    """The keys that may occur at `path`, in any member of the unions on the way."""
    candidates: list[Any] = [model]
    for part in path:
        candidates = [inner for outer in candidates for kind in _members(outer) for inner in _inside(kind, part)]
    return {
        field.alias or name
        for outer in candidates
        for kind in _members(outer)
        if _is_model(kind)
        for name, field in kind.model_fields.items()
    }


def _members(annotation: Any) -> Iterator[Any]:
    """The annotation without `Annotated`, and each member if it is a union."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _members(get_args(annotation)[0])
    elif origin in {Union, UnionType}:
        for member in get_args(annotation):
            yield from _members(member)
    elif annotation is not NoneType:
        yield annotation


def _inside(kind: Any, part: str | int) -> Iterator[Any]:
    """What `kind` says about the value under `part`."""
    arguments = get_args(kind)
    if _is_model(kind):
        for name, field in kind.model_fields.items():
            if part in {name, field.alias}:
                yield field.annotation
    elif get_origin(kind) is dict and len(arguments) == 2:
        yield arguments[1]
    elif isinstance(part, int) and arguments:
        yield arguments[0]


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
