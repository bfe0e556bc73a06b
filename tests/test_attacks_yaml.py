"""Every hostile YAML file of the shared corpus, and the big ones that are made here.

Run as a program, this file attacks the reader under limits of time and memory; a test starts it so.
"""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import Field, StringConstraints

from mantelzorg.problems import ContentError
from mantelzorg.validation import Strict, validate
from mantelzorg.yaml_reader import read

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "attacks" / "yaml"
SECONDS = 2
MEGABYTES = 300

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]


class Threshold(Strict):
    min: float
    max: float | None = None


class Rule(Strict):
    id: Id
    tekst: str
    operator: str | None = None


class RuleFile(Strict):
    """Has about the shape of a rule file, with the keys the corpus uses."""

    id: Id
    titel: Annotated[str, Field(min_length=1)]
    regels: Annotated[list[Rule], Field(min_length=1)]
    uren: int | None = None
    drempel: float | None = None
    drempels: dict[Id, Threshold] | None = None


def manifest() -> list[dict[str, Any]]:
    """The attacks whose file is stored."""
    if not CORPUS.is_dir():
        return []
    listed: list[dict[str, Any]] = json.loads((CORPUS / "manifest.json").read_text("utf-8"))
    return [attack for attack in listed if (CORPUS / attack["file"]).exists()]


def generated() -> Iterator[tuple[str, bytes]]:
    """Attacks on time and memory: those the corpus describes, and the costliest that fit within the limits."""
    yield "200,000 keys", b"".join(b"sleutel%06d: %d\n" % (i, i) for i in range(200_000))
    yield "10 MB scalar", b"a: " + b"x" * 10_000_000
    yield "100,000 brackets", b"[" * 100_000
    yield "100,000 braces", b"{" * 100_000
    yield "100,000 dashes", b"- " * 100_000
    yield "100,000 question marks", b"? " * 100_000
    yield "most bytes of brackets and keys", b"[a" * 249_000
    yield "most keys", b"".join(b"k%05d: 1\n" % i for i in range(45_000))
    yield "most bytes of duplicates", b"a: 1\n" * 99_000
    yield "most bytes of one scalar", b"a: " + b"x " * 249_000
    yield "most bytes of one quoted scalar", b'a: "' + b"x " * 249_000 + b'"'
    yield "most bytes of escapes", b'a: "' + b"\\0" * 249_000 + b'"'
    yield "most bytes of block", b"a: |\n" + b"  x\n" * 124_000
    yield "most bytes of comments", b"#\n" * 249_000
    yield "most bytes of tabs", b"a:\n" + b"\t- x\n" * 99_000
    yield "most bytes of zero width", "\u200b".encode() * 166_000
    yield "most bytes of accents", b"a: " + "\u0301\u0316".encode() * 124_000
    yield "scalars of accents", ("- " + "\u0301\u0316" * 4_900 + "\n").encode() * 20
    yield "broad and deep", b"[" + (b"[" * 38 + b"]" * 38 + b",") * 6_000 + b"]"


def told(data: bytes, *, fit: bool = False) -> str:
    """The problems of a file, or nothing; with `fit` also whether it fits the model."""
    try:
        document = read(data, "aanval.yaml")
        if fit:
            validate(document, RuleFile)
    except ContentError as error:
        return str(error)
    return ""


def attacks(layer: str, expect: str | None = None) -> list[Any]:
    chosen = [each for each in manifest() if each["layer"] == layer and expect in {None, each["expect"]}]
    absent = pytest.param({}, marks=pytest.mark.skip(reason="the corpus ../shared/attacks/yaml is absent"), id="absent")
    return [pytest.param(each, id=each["file"]) for each in chosen] or [absent]


def test_a_sound_file_is_accepted() -> None:
    sound = "id: a\ntitel: A\nregels: [{id: r1, tekst: T, operator: '>'}]\ndrempels: {uren: {min: 8, max: 9.5}}\n"
    assert told(sound.encode(), fit=True) == ""


@pytest.mark.parametrize("attack", attacks("loader", "reject"))
def test_the_reader_refuses(attack: dict[str, Any]) -> None:
    assert told((CORPUS / attack["file"]).read_bytes())


@pytest.mark.parametrize("attack", attacks("loader", "as_text") + attacks("loader", "accept"))
def test_the_reader_takes_literally(attack: dict[str, Any]) -> None:
    data = read((CORPUS / attack["file"]).read_bytes(), attack["file"]).data
    if isinstance(attack["value"], list):
        assert isinstance(data, dict)
        (data,) = data.values()
    assert data == attack["value"]
    assert json.dumps(data) == json.dumps(attack["value"])  # also tells 1 from 1.0


@pytest.mark.parametrize("attack", attacks("schema"))
def test_the_model_refuses_what_the_reader_lets_through(attack: dict[str, Any]) -> None:
    assert told((CORPUS / attack["file"]).read_bytes(), fit=True)


@pytest.mark.parametrize("attack", attacks("output"))
def test_code_in_text_is_only_text(attack: dict[str, Any]) -> None:
    raw = (CORPUS / attack["file"]).read_text("utf-8")
    data = read(raw.encode(), attack["file"]).data
    assert isinstance(data, dict)
    assert data
    assert [text for text in data.values() if text not in raw] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("y12_huge_float.yaml", ["1:10", "een getal", "1.0e+400"]),
        ("y26_dup_key_typed.yaml", ["3:1", "'1'", "regel 1"]),
        ("y28_homoglyph_key.yaml", ["2:1", "Bedoelde u 'uren'?", "U+0435"]),
        ("y46_nan_inf.yaml", ["1:10", "'.nan'"]),
        ("y51_operators_bare.yaml", ["1:5", "operator", "aanhalingstekens"]),
        ("y55_tab_indent.yaml", ["2:1", "Regel 2", "tab"]),
        ("y56_nbsp_indent.yaml", ["2:1", "U+00A0"]),
        ("y58_invalid_utf8.yaml", ["1:11", "Sla op als UTF-8"]),
        ("y72_empty.yaml", ["1:1", "leeg"]),
        ("y73_comments_only.yaml", ["1:1", "leeg"]),
        ("y78_truncated_valid.yaml", ["3:5", "'tekst' ontbreekt"]),
        ("y80_conflict_markers.yaml", ["2:1", "git"]),
        ("y81_bad_indent.yaml", ["inspringen"]),
        ("y82_path_id.yaml", ["1:5", "../../../../etc/passwd"]),
        ("y88_regex_dos.yaml", ["1:1", "'patroon' bestaat hier niet"]),
    ],
)
def test_the_message_helps(name: str, words: list[str]) -> None:
    if not CORPUS.is_dir():
        pytest.skip("the corpus ../shared/attacks/yaml is absent")
    message = told((CORPUS / name).read_bytes(), fit=True)
    assert [word for word in words if word not in message] == [], message


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus ../shared/attacks/yaml is absent")
def test_nothing_was_executed() -> None:
    for attack in manifest():
        told((CORPUS / attack["file"]).read_bytes(), fit=True)
    assert not Path("/tmp/pwned").exists()


def test_every_attack_stays_within_two_seconds_and_300_mb() -> None:
    run = subprocess.run(
        [sys.executable, "-X", "faulthandler", __file__],
        env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    lines = run.stdout.splitlines()
    assert run.returncode == 0, f"last attack: {lines[-1:]}\n{run.stderr}"
    assert len(lines) == len(manifest()) + len(list(generated()))


def attack_under_limits() -> None:
    """Read every attack; the kernel ends the process at the first that takes too much."""
    stored = [(each["file"], (CORPUS / each["file"]).read_bytes()) for each in manifest()]
    for name, data in [*stored, *generated()]:
        print(name, flush=True)
        # Processor time, so that a busy machine changes nothing; the limit on memory is on all of the process.
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        refused = told(data, fit=True)
        signal.setitimer(signal.ITIMER_PROF, 0)
        assert refused or name.startswith("y"), f"accepted: {name}"


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 2**20, MEGABYTES * 2**20))
    attack_under_limits()
