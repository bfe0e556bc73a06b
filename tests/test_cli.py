"""The command line, as an author and another program use it."""

from __future__ import annotations

import io
import json
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_attacks_yaml import CORPUS, MEGABYTES, ROOT, SECONDS, generated, manifest

from mantelzorg.cli import assess, check, main, replay
from mantelzorg.content import Content, load

SITUATION = "relationship: parent\nbond_before_care: yes\nhours_per_week: 4..8\n"
absent = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus ../shared/attacks/yaml is absent")


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.fixture(autouse=True)
def _loaded_once(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading takes a second; the tests that start a process of their own do load."""
    for module in (assess, replay, check):
        monkeypatch.setattr(module, "load", lambda *_: content)


@pytest.fixture
def situation(tmp_path: Path) -> Path:
    path = tmp_path / "situatie.yaml"
    path.write_text(SITUATION, "utf-8")
    return path


def told(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    status = main(argv)
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return status, out, err


def test_without_a_command_there_is_help_in_dutch(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = told(capsys)
    assert status == 0
    for word in ("gebruik: ", "opdrachten", "assess", "cases", "check"):
        assert word in out
    assert "usage" not in out


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["assess"], "er ontbreekt: BESTAND"),
        (["assess", "a", "--language", "fr"], "'fr' bestaat niet"),
        (["assess", "a", "--rules"], "na --rules hoort een waarde"),
        (["beoordeel"], "Mogelijk: 'assess'"),
        (["cases", "a", "b"], "onbekend: b"),
    ],
)
def test_a_wrong_command_is_refused_in_dutch(capsys: pytest.CaptureFixture[str], argv: list[str], words: str) -> None:
    status, _, err = told(capsys, *argv)
    assert (status, words in err, "gebruik: " in err) == (2, True, True)


def test_assess_for_a_person(capsys: pytest.CaptureFixture[str], situation: Path) -> None:
    status, out, _ = told(capsys, "assess", str(situation))
    assert status == 0
    assert "Nog mogelijk" in out
    assert "Nog niet bekend" in out
    assert "versie" in out
    assert max(map(len, out.splitlines())) <= 100


def test_assess_speaks_english(capsys: pytest.CaptureFixture[str], situation: Path) -> None:
    assert "Still possible" in told(capsys, "assess", str(situation), "--language", "en")[1]


def test_assess_for_a_program(capsys: pytest.CaptureFixture[str], situation: Path) -> None:
    status, out, _ = told(capsys, "assess", str(situation), "--json")
    found = json.loads(out)
    assert (status, found["rule_set"], found["status"], found["verdict"]) == (0, "mantelzorg", "open", None)
    assert {"possible", "criteria", "reasons", "changes", "questions", "contradiction"} <= set(found)


def test_the_rules_can_be_chosen(capsys: pytest.CaptureFixture[str], situation: Path) -> None:
    assert json.loads(told(capsys, "assess", str(situation), "--rules", "cbs", "--json")[1])["rule_set"] == "cbs"
    every = json.loads(told(capsys, "assess", str(situation), "--rules", "all", "--json")[1])
    assert {one["rule_set"] for one in every} == {path.stem for path in (ROOT / "rules").glob("*.yaml")} - {
        "facts", "sources", "support",
    }  # fmt: skip
    status, _, err = told(capsys, "assess", str(situation), "--rules", "cbx")
    assert (status, "Bedoelde u 'cbs'?" in err) == (2, True)


def test_json_and_standard_input(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, situation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = tmp_path / "situatie.json"
    same.write_text(json.dumps(yaml.safe_load(SITUATION) | {"bond_before_care": "yes"}, indent="\t"), "utf-8")
    expected = told(capsys, "assess", str(situation), "--json")[1]
    assert told(capsys, "assess", str(same), "--json")[1] == expected
    for data in (SITUATION.encode(), same.read_bytes()):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert told(capsys, "assess", "-", "--json")[1] == expected


def test_answers_that_contradict_are_named_without_a_verdict(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("relationship: stranger\nbond_before_care: yes\n", "utf-8")
    status, out, _ = told(capsys, "assess", str(path))
    assert (status, "gaan niet samen" in out, "»" in out) == (0, True, False)
    assert "voor wie = onbekende" in out


REFUSED = {
    "a.yaml": [
        ("relation: parent", ["a.yaml:1:1", "'relation'", "Bedoelde u 'relationship'?"]),
        ("xyzzy: 1", ["a.yaml:1:1", "'xyzzy'", "hours_per_week"]),
        ("payment: none\nrelationship: mum", ["a.yaml:2:15", "relationship", "'mum'", "parent"]),
        ("hours_per_week: 169", ["a.yaml:1:17", "hours_per_week", "169", "168"]),
        ("hours_per_week: -1", ["hours_per_week", "-1"]),
        ("hours_per_week: .nan", ["hours_per_week", ".nan"]),
        ("hours_per_week: 1e400", ["hours_per_week", "1e400"]),
        ("hours_per_week: [4]", ["hours_per_week", "geen getal"]),
        ("hours_per_week:", ["hours_per_week", "geen getal"]),
        ("tasks: {household: 1}", ["tasks", "geen antwoord"]),
        ("tasks: [none, household]", ["tasks", "gaat niet samen"]),
        ("payment: none\npayment: wage", ["a.yaml:2:1", "twee keer"]),
        ("- relationship", ["a.yaml:1:1", "feit: antwoord"]),
        ("", ["a.yaml:1:1", "leeg"]),
        ("a: [", ["a.yaml:1:"]),
        ("a: \x00", ["U+0000"]),
    ],
    "a.json": [
        ('{"hours_per_week": NaN}', ["a.json:1:20", "hours_per_week", "NaN"]),
        ('{"hours_per_week": -Infinity}', ["hours_per_week", "-Infinity"]),
        ('{"hours_per_week": 1e400}', ["hours_per_week", "1e400"]),
        ('{"hours_per_week": ' + "9" * 5000 + "}", ["hours_per_week", "999"]),
        ('{"hours_per_week": 4, "hours_per_week": 5}', ["a.json:1:23", "hours_per_week"]),
        ('{"hours_per_week": 4,\t"a": "\\ud83d", "a": 5}', ["'a'", "meer dan één keer"]),
        ('{"bond_before_care": true}', ["bond_before_care", "yes"]),
        ('{"bond_before_care": null}', ["bond_before_care", "yes"]),
        ('{"relationship" "parent"}', ["a.json:1:17", "JSON"]),
        ("[" * 100_000, ["niveaus"]),
        ('{"a": [[[[[1]]]]]}', ["niveaus"]),
        ('["relationship"]', ["feit: antwoord"]),
        ("", ["JSON"]),
    ],
}


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        pytest.param(name, text, words, id=f"{name} {text[:40]!r}")
        for name, cases in REFUSED.items()
        for text, words in cases
    ],
)
def test_what_cannot_be_is_refused_by_name(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, text: str, words: list[str]
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    status, out, err = told(capsys, "assess", str(tmp_path / name))
    assert (status, out) == (2, "")
    assert [word for word in words if word not in err] == [], err


def test_every_error_is_told_at_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("payment: x\nhours_per_week: x\nx: x\n", "utf-8")
    err = told(capsys, "assess", str(tmp_path / "a.yaml"))[2]
    assert [line.split(":")[1] for line in err.splitlines()] == ["1", "2", "3"]


@pytest.mark.parametrize("name", ["nergens.yaml", "", "a\0b"])
def test_a_file_that_cannot_be_read_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str) -> None:
    for command in ("assess", "cases"):
        status, _, err = told(capsys, command, str(tmp_path / name))
        assert (status, "niet te lezen" in err) == (2, True)
    assert told(capsys, "check", str(tmp_path / name))[0] == 1


def test_cases_of_the_project_are_accepted(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = told(capsys, "cases", "--json")
    found = json.loads(out)
    totals = found["totals"]
    assert (status, totals["rejected"], totals["strong_accepted"]) == (0, 0, totals["strong"])
    assert totals["results"] == sum(len(case["results"]) for case in found["cases"])
    assert set(found["cases"][0]) == {"id", "weight", "results"}
    assert set(found["cases"][0]["results"][0]) == {"rule_set", "result", "accepted", "rejected"}


def cases(tmp_path: Path, weight: str, **expect: list[str]) -> str:
    case = {
        "id": "c1", "story": "Een verhaal.", "source": "bron", "verdict_by": "source", "weight": weight,
        "facts": {"payment": "wage"}, "expect": {"cbs": {"accept": [], "reject": [], **expect}},
    }  # fmt: skip
    (tmp_path / "voorbeelden.yaml").write_text(json.dumps([case]), "utf-8")
    return str(tmp_path / "voorbeelden.yaml")


@pytest.mark.parametrize(
    ("weight", "expect", "status", "word"),
    [
        ("strong", {"accept": ["open"]}, 0, "goedgekeurd"),
        ("normal", {"accept": ["carer"]}, 0, "niet goedgekeurd"),
        ("strong", {"accept": ["carer"]}, 1, "niet goedgekeurd"),
        ("normal", {"accept": ["carer"], "reject": ["open"]}, 1, "AFGEKEURD"),
    ],
)
def test_the_status_of_cases_tells_whether_they_hold(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    weight: str,
    expect: dict[str, list[str]],
    status: int,
    word: str,
) -> None:
    found, out, _ = told(capsys, "cases", cases(tmp_path, weight, **expect))
    assert (found, out.splitlines()[0].endswith(f"open             {word}")) == (status, True)


def test_cases_that_cannot_be_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, _, err = told(capsys, "cases", cases(tmp_path, "strong", accept=["ja"]))
    assert (status, "'ja' is onbekend" in err) == (2, True)


def test_check_without_files_reads_everything(capsys: pytest.CaptureFixture[str]) -> None:
    folders = ("rules", "questionnaires", "questionnaires/translations", "cases", "cases/training", "reports")
    count = sum(len(list((ROOT / folder).glob("*.yaml"))) for folder in folders)
    status, out, _ = told(capsys, "check")
    assert (status, out.startswith(f"{count} bestanden, geen fouten")) == (0, True)


def test_check_knows_every_kind_also_elsewhere(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folders = ("rules", "questionnaires", "questionnaires/translations", "cases", "cases/training")
    own = [path for folder in folders for path in (ROOT / folder).glob("*.yaml")]
    copies = [str(shutil.copy(path, tmp_path)) for path in own]
    status, out, _ = told(capsys, "check", *copies)
    assert (status, out.startswith(f"{len(own)} bestanden, geen fouten")) == (0, True)


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (
            "rules/cbs.yaml",
            "months_caring >= 3",
            "months_carin >= 3",
            ["'months_carin'", "Bedoelde u"],
        ),
        ("rules/cbs.yaml", "id: cbs", "id: cbz", ["'cbs'"]),
        ("rules/facts.yaml", "changes: never", "changes: nooit", ["'never'"]),
        ("rules/support.yaml", "centre: ", "centre: x", ["onbekend"]),
        ("questionnaires/referrer.yaml", "rules: mantelzorg", "rules: mantelzor", ["Bedoelde u 'mantelzorg'?"]),
        ("cases/published.yaml", "weight: strong", "weight: sterk", ["'strong'"]),
        ("cases/training/referrers.yaml", "urgency: today", "urgency: todya", ["Bedoelde u 'today'?"]),
    ],
)
def test_check_tells_the_place_and_what_to_write(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, file: str, old: str, new: str, words: list[str]
) -> None:
    text = (ROOT / file).read_text("utf-8")
    assert old in text
    path = tmp_path / Path(file).name
    path.write_text(text.replace(old, new, 1), "utf-8")
    status, out, err = told(capsys, "check", str(path))
    assert (status, out) == (1, "")
    line = text[: text.index(old)].count("\n") + 1
    assert err.startswith(f"{path}:{line}:")
    assert [word for word in words if word not in err] == [], err


@absent
@pytest.mark.parametrize("attack", manifest(), ids=lambda attack: attack["file"])
def test_check_refuses_every_attack(capsys: pytest.CaptureFixture[str], attack: dict[str, Any]) -> None:
    path = str(CORPUS / attack["file"])
    status, out, err = told(capsys, "check", path)
    assert (status, out) == (1, "")
    assert all(line.startswith(f"{path}:") for line in err.splitlines())


def test_the_command_itself_refuses_within_two_seconds_and_300_mb(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, __file__, str(tmp_path)],
        env={"PYTHONPATH": str(ROOT)}, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    lines = run.stdout.splitlines()
    assert (run.returncode, "Traceback" in run.stderr) == (0, False), f"last attack: {lines[-1:]}\n{run.stderr[-2000:]}"
    assert len(lines) == len(manifest()) + len(list(generated()))


def test_the_program_starts_as_a_module(tmp_path: Path) -> None:
    (tmp_path / "aanval.yaml").write_bytes(b"a: &a [*a]\n")
    run = subprocess.run(
        [sys.executable, "-m", "mantelzorg", "check", str(tmp_path / "aanval.yaml")],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (1, "")
    assert "aanval.yaml:1:4: [anchor]" in run.stderr


def attack_under_limits(folder: Path) -> None:
    """Give every attack to `check`; the kernel ends the process at the first that takes too much time."""
    stored = [(each["file"], (CORPUS / each["file"]).read_bytes()) for each in manifest()]
    for place, (name, data) in enumerate([*stored, *generated()]):
        print(name, flush=True)
        path = folder / f"aanval{place}.yaml"
        path.write_bytes(data)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        status = main(["check", str(path)])
        signal.setitimer(signal.ITIMER_PROF, 0)
        assert status == 1, f"accepted: {name}"
        # The most that was ever in use, so this holds for each attack. Not ru_maxrss: that begins at what the
        # process that started this one had in use.
        kilobytes = int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text("ascii"))[1])  # type: ignore[index]
        assert kilobytes < MEGABYTES * 1024, f"{name}: {kilobytes} kB"


if __name__ == "__main__":
    attack_under_limits(Path(sys.argv[1]))
