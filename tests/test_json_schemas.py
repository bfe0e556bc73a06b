"""The schemas for editors: current, documented to the last key, and right about every content file."""

from __future__ import annotations

import copy
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from mantelzorg.cli import REFUSED, main
from mantelzorg.content import ROOT
from mantelzorg.json_schemas import DOCUMENTATION, KINDS, Documented, files, kind_of, modeline, parts_of
from mantelzorg.problems import ContentError
from mantelzorg.validation import validate
from mantelzorg.yaml_reader import read

CONTENT = sorted(
    path
    for folder in ("rules", "questionnaires", "questionnaires/translations", "cases", "cases/training")
    for path in (ROOT / folder).glob("*.yaml")
)
NAMES = [path.relative_to(ROOT).as_posix() for path in CONTENT]


class AsAnEditorReads(yaml.SafeLoader):
    """YAML 1.2, as editors read it: only true and false are truth values, and a date is text."""


AsAnEditorReads.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    AsAnEditorReads.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"(?:{pattern})$"), list(first))


@cache
def made() -> dict[str, Any]:
    """Each schema by its kind."""
    return {kind: yaml.safe_load(files()[f"docs/schema/{kind}.schema.json"]) for kind in KINDS}


def validator(kind: str) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(made()[kind])


def test_the_committed_schemas_are_current() -> None:
    committed = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs" / "schema").iterdir()}
    assert committed == set(files())
    for name, text in files().items():
        assert (ROOT / name).read_text("utf-8") == text, "run: python -m mantelzorg schema --write"


def test_every_schema_is_a_schema() -> None:
    for schema in made().values():
        jsonschema.Draft7Validator.check_schema(schema)


@pytest.mark.parametrize("path", CONTENT, ids=NAMES)
def test_every_content_file_names_its_schema(path: Path) -> None:
    assert path.read_text("utf-8").splitlines()[0] == modeline(kind_of(path))


@pytest.mark.parametrize("path", CONTENT, ids=NAMES)
def test_every_content_file_fits_its_schema_as_read_by_an_editor(path: Path) -> None:
    data = yaml.load(path.read_text("utf-8"), AsAnEditorReads)
    assert [error.message for error in validator(kind_of(path)).iter_errors(data)] == []
    assert [error.message for error in validator(kind_of(path)).iter_errors(read(path.read_bytes(), "x").data)] == []


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every mapping in the data."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    own = [path] if isinstance(data, dict) and data else []
    return own + [place for key, value in inner for place in places(value, (*path, key))]


def at(data: Any, path: tuple[Any, ...]) -> Any:
    for part in path:
        data = data[part]
    return data


@pytest.mark.parametrize("kind", list(KINDS))
def test_what_the_program_refuses_the_schema_refuses(kind: str) -> None:
    """A key too many, a key too few, and a value of another kind, in one place of every sort."""
    path = next(path for path in reversed(CONTENT) if kind_of(path) == kind)
    document = read(path.read_bytes(), "x.yaml")
    shapes = {tuple("…" if isinstance(part, int) else part for part in place): place for place in places(document.data)}
    checks, tried = validator(kind), 0
    for place in list(shapes.values())[:60]:
        for change in ("more", "less", "other"):
            data: Any = copy.deepcopy(document.data)
            own = at(data, place)
            key = next(iter(own))
            if change == "more":
                own["Zomaar Iets"] = "x"
            elif change == "less":
                del own[key]
            else:
                own[key] = [["x"]]
            try:
                validate(type(document)("x.yaml", data, {}, {}), KINDS[kind].model)
                refused = False
            except ContentError:
                refused = True
            assert (not checks.is_valid(data)) == refused, (place, change, key)
            tried += refused
    assert tried >= 10


def test_every_key_of_every_model_is_documented_and_nothing_else_is() -> None:
    told = Documented((ROOT / DOCUMENTATION).read_text("utf-8"))
    known = {key for _, _, key in told.rows}
    fields = {
        field.alias or name
        for kind in KINDS.values()
        for model, _ in parts_of(kind.model)
        for name, field in model.model_fields.items()
    }
    assert known == fields


def test_bold_means_required() -> None:
    told = Documented((ROOT / DOCUMENTATION).read_text("utf-8"))
    parts: dict[tuple[str, str], Any] = {("Teksten", ""): KINDS["rules"].model}
    for kind in KINDS.values():
        for model, part in parts_of(kind.model):
            parts[kind.files, part] = model
    for file, part, key in told.rows:
        if file == "Teksten":
            continue
        assert (file, part) in parts, f"{DOCUMENTATION} tells about {file} {part}, which is not there"
        own = {field.alias or name: field for name, field in parts[file, part].model_fields.items()}
        assert own[key].is_required() == ((file, part, key) in told.required), (file, part, key)


def test_examples_in_the_documentation_are_yaml() -> None:
    for key, said in Documented((ROOT / DOCUMENTATION).read_text("utf-8")).rows.items():
        assert yaml.safe_load(said.rpartition("Voorbeeld: ")[2]) is not None, key


def test_a_key_that_is_not_documented_is_named(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    text = (ROOT / DOCUMENTATION).read_text("utf-8").replace("| `pitfall` |", "| `valkuil` |")
    (tmp_path / DOCUMENTATION).write_text(text, "utf-8")
    with pytest.raises(ContentError) as error:
        files(tmp_path)
    assert "'pitfall'" in str(error.value)


def test_the_command_tells_and_mends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mantelzorg.cli.schemas.ROOT", tmp_path)
    assert main(["schema"]) == 1
    assert "loopt achter" in capsys.readouterr().out
    assert main(["schema", "--write"]) == 0
    capsys.readouterr()
    assert main(["schema"]) == 0
    assert "loopt achter" not in capsys.readouterr().out
    assert main(["schema", "--wirte"]) == REFUSED
