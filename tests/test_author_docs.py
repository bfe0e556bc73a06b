"""The pages for authors, carried out to the letter on a copy: every fragment is written, every command run.

What a fence means: ```yaml title="FILE" nieuw | zoek | wordt | onderaan``` makes the file, is text that it holds
once, what that text becomes, or is added at its end. In ```console a line with `$` is run, and the other lines are in
its output, in that order; `…` alone stands for anything.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from mantelzorg.cases import load_cases, replay
from mantelzorg.content import ROOT, Content, load
from mantelzorg.facts import parse_answers
from mantelzorg.problems import ContentError
from mantelzorg.training.cases import read_training
from mantelzorg.training.cases import replay as replay_training
from mantelzorg.web.screening import make_screen
from mantelzorg.web.trial import load_tried
from mantelzorg.web.view import Chrome, Screen
from mantelzorg.yaml_reader import read

PAGES = ROOT / "docs" / "authors"
COPIED = ("mantelzorg", "rules", "questionnaires", "cases", "reports")
FENCE = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\" (\w+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHORTEST_PAGE, LONGEST_PAGE = 30, 110


@dataclass(frozen=True)
class Step:
    """One fence of a page."""

    language: str
    file: str
    what: str
    text: str


def steps(page: str) -> list[Step]:
    text = (PAGES / f"{page}.md").read_text("utf-8")
    found = [Step(*(part or "" for part in match.groups())) for match in FENCE.finditer(text)]
    assert len(found) * 2 == len(re.findall(r"^```", text, re.MULTILINE)), f"{page}: a fence that is not understood"
    return found


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    root = tmp_path / "copy"
    for folder in COPIED:
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def carry_out(page: str, root: Path) -> Content:
    """Do everything that the page says, and give the content that comes of it."""
    sought: Step | None = None
    for step in steps(page):
        if step.language == "console":
            for command, expected in commands(step.text):
                run(command, expected, root)
        elif step.what == "zoek":
            sought = step
            assert (root / step.file).read_text("utf-8").count(step.text) == 1, f"{page}: {step.text}"
        else:
            write(step, sought, root / step.file)
    return load(root)


def write(step: Step, sought: Step | None, path: Path) -> None:
    match step.what:
        case "nieuw":
            path.write_text(step.text, "utf-8")
        case "onderaan":
            path.write_text(path.read_text("utf-8") + step.text, "utf-8")
        case "wordt":
            assert sought is not None
            assert sought.file == step.file
            path.write_text(path.read_text("utf-8").replace(sought.text, step.text), "utf-8")
        case _:
            raise AssertionError(f"no such fence: {step.what!r}")


def commands(text: str) -> Iterator[tuple[str, list[str]]]:
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, *expected = part.splitlines()
        yield command, expected


def run(command: str, expected: list[str], root: Path) -> None:
    program, *arguments = shlex.split(command)
    program = {".venv/bin/python": sys.executable}.get(program, program)
    assert program in (sys.executable, "cp"), command
    done = subprocess.run([program, *arguments], cwd=root, capture_output=True, text=True, encoding="utf-8")
    left = " ".join((done.stdout + " " + done.stderr).split())
    assert "Traceback" not in left, left
    free = False
    for line in expected:
        if line == "…":
            free = True
            continue
        wanted = " ".join(line.split())
        found = left.find(wanted)
        assert found == 0 or (found > 0 and free), f"{command}\nexpected: {wanted}\nin: {left[:1500]}"
        left, free = left[found + len(wanted) :].lstrip(), False
    assert free or not left, f"{command}\nalso said: {left[:1500]}"


def screen(content: Content, **chosen: str) -> Screen:
    picked = {fact: (option,) for fact, option in chosen.items()}
    return make_screen(content, picked, Chrome(), date(2026, 3, 31))


def verdict(content: Content, rules: str, **raw: object) -> str | None:
    return content.judges[rules].judge(parse_answers(content.facts, raw)).verdict


ALMERE = {
    "recipient_in_almere": "yes",
    "relationship": "parent",
    "care_reason": "dementia",
    "hours_per_week": 10,
    "on_behalf_of": "nobody",
    "helper_age": 45,
    "shares_home": "no",
    "beyond_usual": "mostly",
    "payment": "none",
}


def test_a_threshold(copy: Path) -> None:
    before = load(copy)
    after = carry_out("een-grens-veranderen", copy)
    rules = "almere-waardering-2021"
    assert verdict(before, rules, **ALMERE, months_caring=5) == "meets"
    assert verdict(after, rules, **ALMERE, months_caring=5) == "does_not_meet"
    assert verdict(after, rules, **ALMERE, months_caring=7) == "meets"
    assert after.judges[rules].rules.version == "2021.2"


def test_a_municipality(copy: Path) -> None:
    after = carry_out("een-gemeente-toevoegen", copy)
    titles = [line.label for line in screen(after, relationship="parent").lines]
    assert "Waardering Voorbeeldstad (2026)" in titles
    changed = {path.name for path in (copy / "rules").iterdir()} - {path.name for path in (ROOT / "rules").iterdir()}
    assert changed == {"voorbeeldstad-2026.yaml"}


def test_a_case(copy: Path) -> None:
    after = carry_out("een-geval-toevoegen", copy)
    data = (copy / "cases" / "eigen.yaml").read_bytes()
    results = replay(load_cases(read(data, "eigen.yaml"), after.facts, after.judges), after.judges)
    assert [(one.rule_set, one.accepted) for one in results] == [
        ("mantelzorg", True),
        ("almere-waardering-2021", True),
    ]


def test_a_question(copy: Path) -> None:
    after = carry_out("een-vraag-toevoegen", copy)
    rows = {row.fact: row for section in screen(after).sections for row in (*section.rows, *section.more)}
    assert rows["night_help"].ask == "Helpt de helper ook ’s nachts?"
    assert [option.id for option in rows["night_help"].options] == ["yes", "no"]
    for answer, heard in (("yes", True), ("no", False)):
        said = [line.strong for line in screen(after, relationship="parent", night_help=answer).lines]
        assert any("Helpt ook in de nacht" in line for line in said) is heard


def test_a_language(copy: Path) -> None:
    after = carry_out("een-taal-toevoegen", copy)
    assert after.catalogues["tr"].texts["Dit klopt zo"] == "Bu doğru"
    assert "Dit klopt zo" not in after.catalogues["pl"].texts


def test_a_new_language_needs_a_file_and_nothing_else(copy: Path) -> None:
    folder = copy / "questionnaires" / "translations"
    text = (folder / "uk.yaml").read_text("utf-8")
    (folder / "ro.yaml").write_text(text.replace("language: uk", "language: ro"), "utf-8")
    content = load_tried(copy)
    assert content.catalogues["ro"].texts == content.catalogues["uk"].texts
    (folder / "ro.yaml").write_text(text.replace("language: uk", "language: fa"), "utf-8")
    with pytest.raises(ContentError, match="wrong-direction"):
        load_tried(copy)


def test_a_training_case(copy: Path) -> None:
    after = carry_out("een-trainingscasus-toevoegen", copy)
    case = next(case for case in read_training(after, copy) if case.id == "tom")
    assert replay_training(case, after).broken == ()
    assert (copy / "casussen.pdf").read_bytes().startswith(b"%PDF")


def test_every_page_is_tried_here_and_fits_on_a_page() -> None:
    source = Path(__file__).read_text("utf-8")
    recipes = {path.stem for path in PAGES.glob("*.md")} - {"README"}
    assert recipes == set(re.findall(r'carry_out\("([a-z-]+)"', source))
    for name in recipes:
        lines = (PAGES / f"{name}.md").read_text("utf-8").splitlines()
        assert SHORTEST_PAGE < len(lines) < LONGEST_PAGE, name


@pytest.mark.parametrize(
    "page", sorted([*PAGES.glob("*.md"), ROOT / "docs" / "content-files.md"]), ids=lambda p: p.name
)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
