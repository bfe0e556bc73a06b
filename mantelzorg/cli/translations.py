"""`translations`: what each language of the self-check lacks; with --write the file is made ready for a translator."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from mantelzorg.catalogues import TranslationFile
from mantelzorg.content import ROOT, TRANSLATIONS, load
from mantelzorg.self_check import QUESTIONNAIRE
from mantelzorg.translations import Report, report, used_texts
from mantelzorg.validation import validate
from mantelzorg.yaml_reader import read

HEAD = """\
# yaml-language-server: $schema=../../docs/schema/translation.schema.json
# nl = de Nederlandse tekst: laat die staan. own = dezelfde tekst in de eigen taal; leeg = nog te doen.
# Wat tussen accolades staat, wordt ingevuld: {who} is "uw moeder". Bij 'forms' staan die woorden, in elke vorm
# (naamval) die een zin nodig heeft; u mag er vormen bij maken. Zie docs/authors/een-taal-toevoegen.md.
# Zet 'reviewed' pas op true als een spreker van de taal alles heeft gelezen.
"""


def run(languages: list[str], write: bool) -> int:
    """Print what is missing or outdated, for some languages or for all. 1 when something is. Raises ContentError."""
    content = load()
    used = used_texts(content, content.questionnaires[QUESTIONNAIRE])
    unknown = [name for name in languages if name not in content.catalogues]
    for name in unknown:
        print(f"'{name}' is er niet. Er is: {', '.join(content.catalogues)}.")
    lacking = 0
    for name, catalogue in content.catalogues.items():
        if languages and name not in languages:
            continue
        found = report(catalogue, used)
        lacking += bool(found.missing or found.outdated)
        if write:
            path = ROOT / TRANSLATIONS / f"{name}.yaml"
            path.write_text(_written(path, used), encoding="utf-8")
        reviewed = "nagekeken" if catalogue.reviewed else "nog niet nagekeken door een spreker"
        done = found.total - len(found.missing)
        print(f"{catalogue.name} ({name}): {done} van {found.total} teksten, {reviewed}.")
        if name in languages:
            _list(found)
    return 2 if unknown else int(lacking > 0)


def _list(found: Report) -> None:
    for old in found.outdated:
        print(f"  verouderd: {old.was!r}" + (f", nu: {old.now!r}" if old.now else ", niet meer in gebruik"))
    for text in found.missing:
        print(f"  ontbreekt: {text!r}")


def _written(path: Path, used: tuple[str, ...]) -> str:
    """The file with every text in use, in the order of use; what is no longer used comes last, to copy from."""
    model = validate(read(path.read_bytes(), path.name), TranslationFile)
    own = {pair.nl: pair.own for pair in model.texts}
    gone = [text for text in own if text not in used and own[text]]
    lines = [HEAD.rstrip()]
    lines += [f"language: {model.language}", f"name: {_quoted(model.name)}", f"direction: {model.direction}"]
    lines.append(f"reviewed: {model.reviewed}")
    for key, group in (("forms", model.forms), ("young_forms", model.young_forms)):
        if group:
            lines.append(f"\n{key}:")
            lines += [f"  {who}: {{{_listed(forms)}}}" for who, forms in group.items()]
    lines.append("\ntexts:")
    for text in (*used, *gone):
        lines += [f"  - nl: {_quoted(text)}", f"    own: {_quoted(own.get(text, ''))}"]
    return "\n".join(lines) + "\n"


def _listed(forms: Mapping[str, str]) -> str:
    return ", ".join(f"{name}: {_quoted(text)}" for name, text in forms.items())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
