"""`python -m mantelzorg compare`, as an author and a pull request use it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from mantelzorg import verdict_table
from mantelzorg.cli import compare, main
from mantelzorg.cli.compare import Wish, run
from mantelzorg.comparison import common_table
from mantelzorg.content import ROOT

ALMERE = Path(__file__).parent / "almere"
OLD, NEW = (str(ALMERE / f"almere-waardering-{year}.yaml") for year in (2019, 2021))
FACTS, SCHEME = "rules/facts.yaml", "rules/almere-waardering-2021.yaml"


def told(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    status = main(["compare", *argv])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return status, out, err


def asked(capsys: pytest.CaptureFixture[str], wish: Wish, root: Path) -> tuple[int, str, str]:
    status = run(wish, root)
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An installation of its own: small enough to be quick, with one case."""
    (tmp_path / "cases").mkdir()
    shutil.copytree(ALMERE, tmp_path / "rules")
    case = (
        "- {id: c1, story: Een kind helpt., source: verzonnen, verdict_by: reasoning, weight: strong,\n"
        "   facts: {helper_age: 10, grows_up_with_care: yes, care_reason: [dementia], care_now: now,\n"
        "   recipient_in_almere: yes}, expect: {almere-waardering-2021: {accept: [meets]}}}\n"
    )
    (tmp_path / "cases" / "own.yaml").write_text(case, "utf-8")
    return tmp_path


@pytest.fixture
def repository(folder: Path) -> Path:
    """The same with a history: main, then a branch with one commit."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "first")
    git(folder, "checkout", "--quiet", "-b", "branch")
    return folder


def git(folder: Path, *command: str) -> None:
    who = ("-c", "user.name=Author", "-c", "user.email=author@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *who, *command], check=True, capture_output=True)


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "--quiet", "--no-verify", "-m", message)


def replaced(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), "utf-8")


def test_almere_reads_like_what_the_municipality_changed(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = told(capsys, OLD, NEW, "--cases", str(ROOT / "cases" / "published.yaml"), "--markdown")
    assert (status, err) == (0, "")
    golden = (Path(__file__).parent / "almere.md").read_text("utf-8")
    assert out.split("### Wijziging voor wijziging")[1] == golden.split("### Wijziging voor wijziging")[1]
    assert out.count("Voor wie geldt") == 2
    assert out.index("### Voorbeelden die veranderen") < out.index("### Wijziging voor wijziging")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_files_of_the_installation_go_by_their_id(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    names = ("almere-waardering-2019", "almere-waardering-2021")
    status, out, _ = told(capsys, *names, "--json", "--language", language)
    (found,) = json.loads(out)["comparisons"]
    assert status == 0
    assert [found[side]["id"] for side in ("old", "new")] == list(names)
    assert len(found["sentences"]) == 2
    assert {(move["old"], move["new"]) for move in found["moves"]} >= {
        ("does_not_meet", "meets"),
        ("meets", "does_not_meet"),
    }


def test_other_verdict_ids_are_said_and_compared_by_id(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = told(capsys, "almere-waardering-2021", "cbs", "--markdown")
    assert status == 0
    for words in ("`carer` en `not_carer`", "`does_not_meet` en `meets`", "te weinig criteria gemeen", "En nog "):
        assert words in out


def test_an_edit_of_the_broad_rules_is_told_by_criteria(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "rules" / "mantelzorg.yaml").read_text("utf-8")
    (tmp_path / "mantelzorg.yaml").write_text(text.replace("helper_age <= 25", "helper_age < 27"), "utf-8")
    status, out, _ = told(capsys, "mantelzorg", str(tmp_path / "mantelzorg.yaml"), "--json")
    (found,) = json.loads(out)["comparisons"]
    assert status == 0
    assert found["changed"] > 1000
    (edit,) = found["edits"]
    assert edit["name"] == "young_carer"
    assert sum(move["count"] for move in edit["moves"]) == found["changed"]
    assert len(found["sentences"]) <= len(found["moves"])
    assert any("(eerst niet)" in sentence for sentence in found["sentences"])


def test_equal_files_have_no_difference(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = told(capsys, "cbs", "cbs")
    assert status == 0
    assert "Geen verschil" in out


def test_every_problem_of_both_files_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = Path(NEW).read_text("utf-8").replace("helper_age < 18", "helper_aeg < 18")
    (tmp_path / "wrong.yaml").write_text(text.replace("months_caring > 3", "months_caring >> 3"), "utf-8")
    status, out, err = told(capsys, str(tmp_path / "wrong.yaml"), str(tmp_path / "absent.yaml"))
    assert (status, out) == (2, "")
    for words in ("wrong.yaml:93:9: [unknown-fact]", "[condition-", "absent.yaml:1:1: [unreadable]"):
        assert words in err


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ((), "Geef twee regelbestanden"),
        (("cbs",), "Geef twee regelbestanden"),
        (("no-such-thing", "cbs"), "'no-such-thing' is geen bestand"),
        (("cbs", "cbs", "--changed"), "werkmap met één versie"),
        (("cbs", "cbs", "--json", "--markdown"), "gaan niet samen"),
        (("cbs", "cbs", "--cases", "absent.yaml"), "absent.yaml:1:1: [unreadable]"),
        (("x\0y", "cbs"), "is geen bestand"),
    ],
)
def test_what_cannot_be_compared_is_said_kindly(
    argv: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = told(capsys, *argv)
    assert (status, out) == (2, "")
    assert words in err


def test_too_many_situations_are_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(common_table, "MOST_CELLS", 1000)
    status, _, err = told(capsys, OLD, NEW)
    assert status == 2
    assert "te veel situaties: 73.728 situaties; het meest kosten relationship (4 klassen)" in err
    assert verdict_table.MOST_CELLS == 20_000_000


def test_without_git_files_can_still_be_compared(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, Wish("almere-waardering-2019", "almere-waardering-2021"), folder)[0] == 0
    status, _, err = asked(capsys, Wish("HEAD~1", "HEAD"), folder)
    assert status == 2
    assert "geen git-map" in err


def test_two_revisions_each_with_its_own_facts(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replaced(repository, FACTS, "assume: care_now == now", "assume: care_now == ended")
    replaced(repository, SCHEME, "helper_age < 18", "helper_age < 16")
    (repository / "rules" / "almere-waardering-2019.yaml").unlink()
    shutil.copy(ROOT / "rules" / "alkmaar-2020.yaml", repository / "rules")
    commit(repository, "second")
    status, out, _ = asked(capsys, Wish("main", "branch", form="markdown"), repository)
    assert status == 0
    for words in ("Nieuw: alkmaar-2020.", "Weg: almere-waardering-2019.", "(main)", "(branch)"):
        assert words in out
    for words in ("`care_now` is gewijzigd in facts.yaml: de aanname", "16 tot 18 jaar", "`helper_age < 16`"):
        assert words in out


def test_only_an_assumption_changes_a_case_but_no_situation(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = repository / "cases" / "own.yaml"
    case.write_text(case.read_text("utf-8").replace(" care_now: now,", ""), "utf-8")
    replaced(repository, FACTS, "assume: care_now == now", "assume: care_now == ended")
    status, out, _ = asked(capsys, Wish(None, None, changed=""), repository)
    out = " ".join(out.split())
    assert status == 0
    assert "c1: van *lijkt te passen* naar *past nu niet*, wat het voorbeeld niet verwacht. Een kind helpt." in out
    assert "0 van de " in out


def test_what_a_branch_touches_is_compared_with_where_it_began(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replaced(repository, SCHEME, "helper_age < 18", "helper_age < 16")
    commit(repository, "second")
    replaced(repository, SCHEME, "helper_age < 16", "helper_age < 15")
    status, out, _ = asked(capsys, Wish(None, None, changed="", form="json"), repository)
    (found,) = json.loads(out)["comparisons"]
    assert status == 0
    assert [(edit["before"], edit["after"]) for edit in found["edits"]] == [("helper_age < 18", "helper_age < 15")]
    _, out, _ = asked(capsys, Wish(None, None, changed="HEAD", form="json"), repository)
    (found,) = json.loads(out)["comparisons"]
    assert [(edit["before"], edit["after"]) for edit in found["edits"]] == [("helper_age < 16", "helper_age < 15")]


def test_on_main_the_base_is_the_commit_before(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "checkout", "--quiet", "main")
    assert "Geen regels gewijzigd" in asked(capsys, Wish(None, None, changed=""), repository)[1]
    replaced(repository, SCHEME, "hours_per_week > 8", "hours_per_week > 10")
    commit(repository, "second")
    _, out, _ = asked(capsys, Wish(None, None, changed=""), repository)
    assert "(HEAD~1) → " in out
    assert "hours_per_week > 10" in out


def test_a_revision_that_is_wrong_is_told_with_its_place(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replaced(repository, SCHEME, "helper_age < 18", "helper_aeg < 18")
    commit(repository, "second")
    with pytest.raises(compare.ContentError, match=r"branch:rules/almere-waardering-2021\.yaml:93:9"):
        run(Wish("main", "branch"), repository)
    status, _, err = asked(capsys, Wish("main", "no-such-branch"), repository)
    assert status == 2
    assert "'no-such-branch' is geen bestand" in err
    status, _, err = asked(capsys, Wish("--all", "-x"), repository)
    assert status == 2
    assert "almere-waardering-2021" not in err
    status, _, err = asked(capsys, Wish("main", "almere-waardering-2021"), repository)
    assert "'main' is een versie uit git" in err
