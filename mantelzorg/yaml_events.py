"""Turns the events of PyYAML's parser into plain data, their places and their problems."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

import yaml

from mantelzorg import yaml_text
from mantelzorg.characters import forbidden_in, has_stacked_marks
from mantelzorg.problems import Mark, Problem

Path = tuple[str | int, ...]

MAX_NODES = 20_000
MAX_DEPTH = 40
MAX_SCALAR = 20_000
MAX_PROBLEMS = 200

_NULLS = {"", "~", "null", "Null", "NULL"}
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_CUT_BY_COMMENT = re.compile(r"[ \t]+#[^\s#!]")
_ODD_SEPARATOR = re.compile(rf"(?:-|[\w-]+:)([{yaml_text.SPACES}])")


class LimitPassedError(Exception):
    """A limit is passed: reading on would cost too much."""


@dataclass
class _Frame:
    """A mapping or sequence that is being filled."""

    path: Path
    items: dict[str, object] | list[object]
    is_key: bool = False
    key: str | None = None

    def next_path(self) -> Path:
        return (*self.path, len(self.items) if isinstance(self.items, list) else self.key or "")

    def wants_key(self) -> bool:
        return isinstance(self.items, dict) and self.key is None

    def add(self, value: object) -> None:
        if isinstance(self.items, list):
            self.items.append(value)
        else:
            self.items[self.key or ""] = value
            self.key = None


@dataclass
class Builder:
    """Turns events into data; notes problems and goes on, so that all are found at once."""

    file: str
    text: str
    problems: list[Problem]
    root: object = None
    marks: dict[Path, Mark] = field(default_factory=lambda: {(): Mark()})
    key_marks: dict[Path, Mark] = field(default_factory=dict)
    frames: list[_Frame] = field(default_factory=list)
    nodes: int = 0
    documents: int = 0

    def feed(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.NodeEvent):
            self._node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close()
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                what = "Hier begint een tweede document (---) in hetzelfde bestand."
                self._stop(event, "second-document", what, "één document per bestand")

    def _node(self, event: yaml.NodeEvent) -> None:
        self._check_limits(event)
        self._check_extras(event)
        if self.frames and self.frames[-1].wants_key():
            self._key(event)
            return
        path = self.frames[-1].next_path() if self.frames else ()
        self.marks[path] = _mark(event)
        if isinstance(event, yaml.CollectionStartEvent):
            self._open(event, path)
        else:
            self._put(self._value(event) if isinstance(event, yaml.ScalarEvent) else None)

    def _open(self, event: yaml.CollectionStartEvent, path: Path, *, is_key: bool = False) -> None:
        items: dict[str, object] | list[object] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self.frames.append(_Frame(path, items, is_key))

    def _close(self) -> None:
        frame = self.frames.pop()
        if frame.is_key:
            self.frames[-1].key = ""
        else:
            self._put(frame.items)

    def _put(self, value: object) -> None:
        if self.frames:
            self.frames[-1].add(value)
        else:
            self.root = value

    def _key(self, event: yaml.NodeEvent) -> None:
        frame = self.frames[-1]
        if isinstance(event, yaml.CollectionStartEvent):
            self._report(event, "complex-key", "Een lijst of groep kan geen sleutel zijn.", instead="sleutel: waarde")
            self._open(event, (*frame.path, "?", self.nodes), is_key=True)
            return
        frame.key = ""
        if not isinstance(event, yaml.ScalarEvent):
            return
        key = self._text(event)
        plain = event.style is None
        if not key.strip() or (plain and key in _NULLS):
            what = "Hier ontbreekt de sleutel voor de dubbele punt."
            self._report(event, "empty-key", what, instead="sleutel: waarde")
        elif plain and key == "<<":
            self._report(event, "merge-key", "De sleutel << voegt in YAML groepen samen; dat mag hier niet.",
                         instead="de sleutels voluit")  # fmt: skip
        else:
            self._named_key(event, frame, key)

    def _named_key(self, event: yaml.ScalarEvent, frame: _Frame, key: str) -> None:
        frame.key = key
        path = (*frame.path, key)
        if path in self.key_marks:
            what = f"De sleutel '{_short(key)}' staat er twee keer, eerder op regel {self.key_marks[path].line}."
            why = "Het is dan niet duidelijk welke van de twee geldt."
            self._report(event, "duplicate-key", what, why, "de sleutel één keer")
        else:
            self.key_marks[path] = _mark(event)

    def _value(self, event: yaml.ScalarEvent) -> object:
        text = self._text(event)
        if event.style in {">", "|"} and not text.strip():
            what = f"Na {event.style} hoort een ingesprongen tekstblok, maar dat is leeg."
            why = "Is dit een operator, zet hem dan tussen aanhalingstekens."
            self._report(event, "empty-block", what, why, f"'{event.style}'")
        if event.style is not None:
            return text
        self._check_plain(event)
        return _resolve(text)

    def _text(self, event: yaml.ScalarEvent) -> str:
        if len(event.value) > MAX_SCALAR:
            what = f"Deze tekst is te lang: {len(event.value)} tekens, en {MAX_SCALAR} is het meeste dat mag."
            self._report(event, "too-long", what)
            return ""
        if event.style is None and (odd := _ODD_SEPARATOR.match(event.value)):
            self._note(yaml_text.odd_space(self.file, _mark(event), odd.group(1)))
        for character in sorted({character for _, character in forbidden_in(event.value)}):
            self._note(yaml_text.bad_character(self.file, _mark(event), character))
        if has_stacked_marks(event.value):
            # Normalising a long run of marks takes quadratic time: 190 s for half a million.
            what = "Hier staan te veel accenten op één letter."
            self._report(event, "stacked-marks", what, instead="de tekst opnieuw, zonder deze tekens")
            return event.value
        return unicodedata.normalize("NFC", event.value)

    def _check_plain(self, event: yaml.ScalarEvent) -> None:
        if event.value and event.end_mark and _CUT_BY_COMMENT.match(self.text, event.end_mark.index):
            what = "Deze tekst wordt afgebroken bij #, want daar begint in YAML een opmerking."
            instead = "de tekst tussen aanhalingstekens, of een spatie na # als het een opmerking is"
            self._report(event, "cut-by-comment", what, instead=instead)

    def _check_limits(self, event: yaml.NodeEvent) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            what = f"Het bestand heeft te veel onderdelen: meer dan {MAX_NODES}."
            self._stop(event, "too-many-nodes", what, "meer, kleinere bestanden")
        if len(self.frames) >= MAX_DEPTH and isinstance(event, yaml.CollectionStartEvent):
            what = f"Hier zitten te veel niveaus in elkaar: meer dan {MAX_DEPTH}."
            self._stop(event, "too-deep", what, "minder niveaus")

    def _check_extras(self, event: yaml.NodeEvent) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._report(event, "alias", "Een * verwijst in YAML naar een andere plek; dat mag hier niet.",
                         instead="de waarde voluit, of de tekst tussen aanhalingstekens")  # fmt: skip
            return
        if event.anchor is not None:
            self._report(event, "anchor", "Een & geeft in YAML een naam aan een plek; dat mag hier niet.",
                         instead="alleen de waarde, of de tekst tussen aanhalingstekens")  # fmt: skip
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
            self._report(event, "tag", "Een ! aan het begin kiest in YAML een soort waarde; dat mag hier niet.",
                         instead="alleen de waarde, of een operator als '!=' tussen aanhalingstekens")  # fmt: skip

    def _report(self, event: yaml.Event, code: str, what: str, why: str = "", instead: str = "") -> None:
        self._note(Problem(self.file, _mark(event), code, what, why, instead))

    def _note(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) >= MAX_PROBLEMS:
            raise LimitPassedError

    def _stop(self, event: yaml.Event, code: str, what: str, instead: str) -> None:
        self._report(event, code, what, instead=instead)
        raise LimitPassedError


def _mark(event: yaml.Event) -> Mark:
    mark = event.start_mark
    return Mark(mark.line + 1, mark.column + 1) if mark else Mark()


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _resolve(text: str) -> object:
    """The value of a plain scalar. Only what can mean nothing else is not text."""
    if text in _NULLS:
        return None
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text
