"""JSON Schemas for the content files, for editors: their shape from the models, their words from the documentation.

`docs/content-files.md` has a table of keys per part of a file, under a heading that names the part
(`criteria.…`). Its words become the explanations that an editor shows, so a key that it lacks is an error here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from mantelzorg import catalogues, questionnaire_schema, schema
from mantelzorg.content import ROOT
from mantelzorg.problems import ContentError, Mark, Problem
from mantelzorg.training import schema as training_schema

DOCUMENTATION = "docs/content-files.md"
FOLDER = "docs/schema"
EACH = "…"
"""In the name of a part: any id, or any item of a list."""


@dataclass(frozen=True)
class FileKind:
    """A kind of content file: the model that checks it, and the files, as the documentation names them."""

    model: type[BaseModel]
    files: str


KINDS: Mapping[str, FileKind] = {
    "facts": FileKind(schema.FactsFile, "rules/facts.yaml"),
    "rules": FileKind(schema.RulesFile, "rules/*.yaml"),
    "sources": FileKind(schema.SourcesFile, "rules/sources.yaml"),
    "support": FileKind(schema.SupportFile, "rules/support.yaml"),
    "questionnaire": FileKind(questionnaire_schema.QuestionnaireFile, "questionnaires/*.yaml"),
    "translation": FileKind(catalogues.TranslationFile, "questionnaires/translations/*.yaml"),
    "cases": FileKind(schema.CasesFile, "cases/*.yaml"),
    "training": FileKind(training_schema.TrainingFile, "cases/training/*.yaml"),
}
WORDS = "Teksten"


def modeline(kind: str) -> str:
    """The first line of every content file: it tells an editor which schema to use."""
    up = "../" * KINDS[kind].files.count("/")
    return f"# yaml-language-server: $schema={up}{FOLDER}/{kind}.schema.json"


def kind_of(path: Path) -> str:
    """The kind of a content file, by its folder and name."""
    folders = {"rules": "rules", "questionnaires": "questionnaire", "translations": "translation"}
    name = path.parent.name
    return path.stem if path.stem in ("facts", "sources", "support") else folders.get(name, name)


def files(root: Path = ROOT) -> dict[str, str]:
    """Every schema file, by its path. Raises ContentError with each key that is not documented."""
    told = Documented((root / DOCUMENTATION).read_text(encoding="utf-8"))
    made = {f"{FOLDER}/{kind}.schema.json": _schema(own, told) for kind, own in KINDS.items()}
    if told.missing:
        raise ContentError(told.missing)
    return {name: json.dumps(found, ensure_ascii=False, indent=2) + "\n" for name, found in made.items()}


class Documented:
    """The tables of the documentation. `missing` gathers what was asked for and is not there."""

    def __init__(self, text: str) -> None:
        self.rows: dict[tuple[str, str, str], str] = {}
        self.required: set[tuple[str, str, str]] = set()
        self.missing: list[Problem] = []
        file = part = ""
        for line in text.splitlines():
            if heading := re.fullmatch(r"## `?(.+?)`?", line):
                file, part = heading[1], ""
            elif heading := re.fullmatch(r"### `(.+)`", line):
                part = heading[1]
            elif row := re.fullmatch(r"\| (\*\*)?`([^`]+)`(?:\*\*)? \| (.+?) \| `(.+)` \|", line):
                key = (file, part, row[2])
                self.rows[key] = f"{row[3]}\nVoorbeeld: {row[4]}"
                if row[1]:
                    self.required.add(key)

    def about(self, file: str, parts: list[str], key: str) -> str:
        """What is said of a key; a part that occurs in several places is told about in one of them."""
        for part in parts:
            if (found := self.rows.get((file, part, key))) is not None:
                return found
        elsewhere = {own for name, own, known in self.rows if known == key and own in parts}
        for (name, own, known), found in self.rows.items():
            if known == key and own in elsewhere and name != file:
                return found
        what = f"'{key}' ({file}, {' of '.join(parts) or 'bovenaan'}) staat hier niet."
        self.missing.append(Problem(DOCUMENTATION, Mark(), "undocumented", what))
        return ""


def parts_of(model: type[BaseModel], path: str = "") -> Iterator[tuple[type[BaseModel], str]]:
    """Every model inside a model, with each place where it occurs; the outermost first."""
    if "root" in model.model_fields:
        for inner, _ in _inside(model.model_fields["root"].annotation):
            yield from parts_of(inner, path)
        return
    yield model, path
    for name, field in model.model_fields.items():
        for inner, each in _inside(field.annotation):
            yield from parts_of(inner, ".".join(part for part in (path, field.alias or name, each) if part))


def _inside(annotation: Any, each: str = "") -> Iterator[tuple[type[BaseModel], str]]:
    """The models in an annotation; `each` says whether there are many of them."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation, each
        return
    origin = get_origin(annotation)
    arguments = get_args(annotation)
    if origin is Annotated:
        arguments = arguments[:1]
    for argument in arguments:
        yield from _inside(argument, EACH if origin in (dict, list) else each)


def _schema(kind: FileKind, told: Documented) -> dict[str, Any]:
    made = kind.model.model_json_schema(by_alias=True)
    places: dict[str, list[str]] = {}
    for model, path in parts_of(kind.model):
        places.setdefault(model.__name__, []).append(path)
    for name, own in {kind.model.__name__: made, **made.get("$defs", {})}.items():
        file, parts = (WORDS, [""]) if name == schema.Words.__name__ else (kind.files, places.get(name, [""]))
        _explain(own, told, file, parts)
    made["title"] = kind.files
    # Editors know this draft best; nothing newer is used.
    return {"$schema": "http://json-schema.org/draft-07/schema#", **_strict(made)}


def _explain(made: dict[str, Any], told: Documented, file: str, parts: list[str]) -> None:
    """Replace the words of the program by those of the documentation."""
    made.pop("description", None)
    made.pop("title", None)
    for key, own in made.get("properties", {}).items():
        own.pop("title", None)
        if "$ref" in own:
            # In this draft nothing beside a $ref counts.
            own["allOf"] = [{"$ref": own.pop("$ref")}]
        own["description"] = told.about(file, parts, key)


def _strict(made: Any) -> Any:
    """With every id that does not fit its pattern refused, as the program does."""
    if isinstance(made, list):
        return [_strict(part) for part in made]
    if not isinstance(made, dict):
        return made
    closed = {"additionalProperties": False} if "patternProperties" in made else {}
    return {key: _strict(part) for key, part in made.items()} | closed
