"""A room as text, to be kept in a database, and back. What was written reads back as an equal room.

The text is JSON in plain ASCII, so that no database can stumble over a letter in it. What is in it follows from the
types of `Room`: every field and no other, and nothing of another type. A text that is damaged, or that another
program made, never becomes half a room.
"""

from __future__ import annotations

import json
import math
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from mantelzorg.room.room import Room
from mantelzorg.room.steps import Step
from mantelzorg.room.store.plain_values import from_plain, to_plain

VERSION = 1


def written(room: Room) -> str:
    """The text of a room. Raises ValueError for what no file or form can have given: infinity, an object."""
    return json.dumps({"version": VERSION, "room": _plain(room)}, allow_nan=False, separators=(",", ":"))


def read(text: str) -> Room:
    """The room of a text. Raises ValueError when the text is not one; the message names the field, never a value."""
    found = _parsed(text)
    if (
        not isinstance(found, dict)
        or set(found) != {"version", "room"}
        or _of(int, found["version"], "version") != VERSION
    ):
        raise ValueError("not a room as this version of the program writes it")
    try:
        room = _read(Room, found["room"], "room")
    except RecursionError:
        raise ValueError("nested too deeply") from None
    assert isinstance(room, Room)
    _check(room)
    return room


def _check(room: Room) -> None:
    """A room may not stand at a case that it does not have."""
    first = room.place.step in (Step.LOBBY, Step.END) and room.place.item == 0
    if not (first or 0 <= room.place.item < len(room.items)):
        raise ValueError("room.place.item: no such case")


def _parsed(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_refused)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON at character {error.pos}") from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(pairs) != len({name for name, _ in pairs}):
        raise ValueError("a name stands there twice")
    return dict(pairs)


def _refused(_: str) -> object:
    raise ValueError("a number that is not finite")


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        hints = _hints(value.__class__)
        return {name: _plain_of(hint, getattr(value, name)) for name, hint in hints.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {name.value if isinstance(name, Enum) else name: _plain(each) for name, each in value.items()}
    return value


def _plain_of(hint: object, value: object) -> object:
    """As `_plain`; answers as they were given can be more than the rest of a room."""
    if value is not None and _holds_anything(hint):
        assert isinstance(value, Mapping)
        return {name: to_plain(each) for name, each in value.items()}
    return _plain(value)


@cache
def _hints(kind: type) -> dict[str, Any]:
    """The types of the fields; looked up once, as it takes longer than all the rest."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


@cache
def _holds_anything(hint: object) -> bool:
    return object in get_args(hint) or any(_holds_anything(part) for part in get_args(hint))


def _read(hint: Any, found: object, at: str) -> object:
    """What was found, if it is of this type. `at` is the field, for the message."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return None if found is None else _read(next(part for part in parts if part is not types.NoneType), found, at)
    if hint is object:
        return from_plain(found)
    if origin is tuple:
        return tuple(_read(parts[0], each, at) for each in _of(list, found, at))
    if origin is not None and issubclass(origin, Mapping):
        return {_read(parts[0], name, at): _read(parts[1], each, at) for name, each in _of(dict, found, at).items()}
    if is_dataclass(hint):
        return _read_fields(hint, _of(dict, found, at), at)
    if issubclass(hint, Enum):
        return _member(hint, found, at)
    return _finite(found, at) if hint is float else _of(hint, found, at)


def _read_fields(kind: Any, found: dict[str, object], at: str) -> object:
    hints = _hints(kind)
    if set(found) != set(hints):
        raise ValueError(f"{at}: a field is missing, or there is one too many")
    return kind(**{name: _read(hint, found[name], f"{at}.{name}") for name, hint in hints.items()})


def _member(kind: type[Enum], found: object, at: str) -> Enum:
    try:
        return kind(found)
    except ValueError:
        raise ValueError(f"{at}: no such {kind.__name__}") from None


def _of(kind: type, found: object, at: str) -> Any:
    # Exactly this type: to Python True is a whole number as well.
    if type(found) is not kind:
        raise ValueError(f"{at}: not of type {kind.__name__}")
    return found


def _finite(found: object, at: str) -> float:
    if not isinstance(found, int | float) or isinstance(found, bool) or not -math.inf < found < math.inf:
        raise ValueError(f"{at}: not a number")
    return found
