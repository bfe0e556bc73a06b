"""Answers as a file or a form gives them, in what JSON has, and back without a difference.

JSON has one kind of list. So what is not a list is written as its kind with what it holds; no other object occurs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

_SCALAR = (str, bool, int, float)
_TUPLE, _SET, _MAPPING = "tuple", "set", "mapping"


def to_plain(value: object) -> object:
    """The value in lists, objects, texts and numbers. Raises ValueError for what no file or form gives."""
    if value is None or isinstance(value, _SCALAR):
        return value
    if isinstance(value, list):
        return [to_plain(each) for each in value]
    if isinstance(value, tuple):
        return {_TUPLE: [to_plain(each) for each in value]}
    if isinstance(value, set | frozenset):
        return {_SET: sorted((to_plain(each) for each in value), key=json.dumps)}
    if isinstance(value, Mapping):
        return {_MAPPING: [[to_plain(name), to_plain(each)] for name, each in value.items()]}
    raise ValueError("a value that cannot be kept")


def from_plain(plain: object) -> object:
    """The value again; a set is frozen. Raises ValueError when `to_plain` did not make this."""
    if isinstance(plain, list):
        return [from_plain(each) for each in plain]
    if not isinstance(plain, dict):
        return plain
    if len(plain) == 1:
        kind, held = next(iter(plain.items()))
        if isinstance(held, list) and kind in _READ:
            return _READ[kind](held)
    raise ValueError("a value that was not kept by this program")


def _set(held: list[object]) -> object:
    try:
        return frozenset(from_plain(each) for each in held)
    except TypeError:
        raise ValueError("a set of what cannot be in one") from None


def _mapping(held: list[object]) -> object:
    pairs = [pair for pair in held if isinstance(pair, list) and len(pair) == 2]
    if len(pairs) != len(held):
        raise ValueError("a mapping that is not made of pairs")
    try:
        return {from_plain(pair[0]): from_plain(pair[1]) for pair in pairs}
    except TypeError:
        raise ValueError("a mapping of what cannot be a name") from None


_READ = {
    _TUPLE: lambda held: tuple(from_plain(each) for each in held),
    _SET: _set,
    _MAPPING: _mapping,
}
