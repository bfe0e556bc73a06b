"""What a check finds as a case file, what the cases cover, and the command line around it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mantelzorg import checks
from mantelzorg.checks import check, counterexample
from mantelzorg.checks.coverage import rows
from mantelzorg.checks.material import Material, read_all
from mantelzorg.cli import check as check_command
from mantelzorg.cli import coverage as coverage_command
from mantelzorg.cli import main

from .conftest import CONTENT
from .planting import Plant

RULES = "rules/simple.yaml"
GAP = ("  - id: counts_not\n\n", "\n")


def test_our_own_content_has_no_errors(installation: Material) -> None:
    assert [str(found.problem) for found in check(installation) if found.is_error] == []


def test_a_situation_without_a_verdict_becomes_a_case(plant: Plant, small: Path) -> None:
    found = plant(RULES, *GAP)
    (path,) = counterexample.write(found, small / "cases")
    assert path.name.startswith("no-verdict-")
    text = path.read_text("utf-8")
    for part in ("source: te schrijven", "weight: weak", "Nog te schrijven", "accept: []", "ill: 'yes'"):
        assert part in text
    assert [file.name for file in (small / "cases").iterdir() if file.name.startswith(".")] == []


def test_the_case_is_read_once_the_rules_are_mended(plant: Plant, small: Path) -> None:
    counterexample.write(plant(RULES, *GAP), small / "cases")
    (small / RULES).write_bytes((CONTENT / RULES).read_bytes())
    found = checks.check_all(small)[1]
    assert [one.problem.code for one in found] == ["case-not-accepted"]
    assert "nog niets" in found[0].problem.why


def test_a_case_never_goes_over_another_file(plant: Plant, small: Path) -> None:
    found = plant(RULES, *GAP)
    (path,) = counterexample.write(found, small / "cases")
    path.write_text("van een ander", "utf-8")
    assert counterexample.write(found, small / "cases") == []
    assert path.read_text("utf-8") == "van een ander"


def test_coverage_counts_criteria_verdicts_and_options() -> None:
    found = {(row.kind, row.name): row for row in rows(read_all(CONTENT))}
    assert found["criterion", "bond"].counts == {"met": 1, "not_met": 0, "open": 0}
    assert found["criterion", "bond"].missing == ("not_met",)
    assert found["verdict", "counts"].counts == {"cases": 1}
    assert found["question", "hours"].counts == {"few": 0, "many": 1}
    assert found["question", "tasks"].missing == ("shop", "none")
    assert found["question", "tired"].missing == ("yes", "no")


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, small: Path) -> Path:
    """The command line over the small installation."""
    monkeypatch.setattr(check_command, "ROOT", small)
    monkeypatch.setattr(coverage_command, "read_all", lambda: read_all(small))
    return small


def test_the_status_tells_errors_from_warnings(at: Path, plant: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == main(["check", "--strict"]) == 0
    plant(RULES, "if: ill", "if: ill or ill == no and ill")
    assert (main(["check"]), main(["check", "--strict"])) == (0, 1)
    out, err = capsys.readouterr()
    assert "geen fouten, " in out
    assert "waarschuwing [test-never-matters]" in err
    plant(RULES, "who == stranger and known", "who == stranger")
    assert main(["check"]) == 1


def test_findings_as_json(at: Path, plant: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    plant(RULES, *GAP)
    assert main(["check", "--json", "--write-case", str(at / "cases")]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["errors"], len(told["written"])) == (1, 1)
    (found,) = told["findings"]
    assert found | {"what": "", "why": "", "instead": "", "example": {}} == {
        "file": RULES, "line": 31, "column": 1, "code": "no-verdict", "severity": "error", "rule_set": "simple",
        "what": "", "why": "", "instead": "", "example": {},
    }  # fmt: skip


def test_coverage_on_the_command_line(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage"]) == 0
    assert "bond: voldaan 1, !niet voldaan 0, open 0" in capsys.readouterr().out
    assert main(["coverage", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["cases"] == 1


@pytest.mark.parametrize("file", [RULES, "questionnaires/form.yaml", "rules/support.yaml", "reports/style.yaml"])
def test_one_file_is_checked_by_itself(at: Path, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(at / file)]) == 0
    assert capsys.readouterr().out == "1 bestand, geen fouten\n"


def test_one_file_is_proved_by_itself(at: Path, plant: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    plant(RULES, "if: bond or heavy", "if: bond and heavy")
    assert main(["check", str(at / RULES)]) == 1
    assert "[line-hidden]" in capsys.readouterr().err
