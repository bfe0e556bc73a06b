"""Translations of the self-check: what is wrong in a file, what a language lacks, and what then is said."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mantelzorg.catalogues import load_catalogue
from mantelzorg.cli import main
from mantelzorg.cli import translations as command
from mantelzorg.content import ROOT, TRANSLATIONS, Content
from mantelzorg.problems import ContentError
from mantelzorg.questionnaire import SOMEBODY
from mantelzorg.translations import report, used_texts
from mantelzorg.voice import PLACEHOLDER, Catalogue
from mantelzorg.yaml_reader import read
from tests.web.self_check_walk import MOTHER, check, content, form

FILE = "questionnaires/translations/xx.yaml"
SMALL = """\
language: xx
name: Xish
direction: ltr
reviewed: false
forms:
  somebody: {who: xsomebody, who_dat: xsomebodydat}
  mother: {who: xmother, who_dat: xmotherdat}
texts:
  - nl: "Helpt u {who}?"
    own: "Xhelp {who_dat}?"
  - nl: "Goed."
    own: "Xgood."
"""
LANGUAGES = sorted(content().catalogues)


def catalogue(text: str = SMALL) -> Catalogue:
    return load_catalogue(read(text.encode(), FILE))


def faults(old: str, new: str) -> list[tuple[int, str, str]]:
    assert SMALL.count(old) == 1
    with pytest.raises(ContentError) as caught:
        catalogue(SMALL.replace(old, new))
    problems = caught.value.problems
    assert {problem.file for problem in problems} == {FILE}
    assert str(caught.value).startswith(f"{FILE}:{problems[0].mark.line}:")
    return [(problem.mark.line, problem.code, str(problem)) for problem in problems]


def test_a_good_file_is_read() -> None:
    found = catalogue()
    assert (found.language, found.name, found.right_to_left, found.reviewed) == ("xx", "Xish", False, False)
    assert found.texts == {"Helpt u {who}?": "Xhelp {who_dat}?", "Goed.": "Xgood."}


def test_a_text_that_is_not_translated_yet_is_no_fault_and_no_text() -> None:
    assert catalogue(SMALL.replace('"Xgood."', '""')).texts == {"Helpt u {who}?": "Xhelp {who_dat}?"}


@pytest.mark.parametrize(
    ("old", "new", "line", "code", "named"),
    [
        ("{who_dat}?", "{whom}?", 10, "unknown-placeholder", "{whom}"),
        ("Xgood.", "Xgood {who} {contact}.", 12, "unknown-placeholder", "{contact}"),
        (", who_dat: xmotherdat", "", 7, "form-missing", "who_dat"),
        ('"Goed."', '"Helpt u {who}?"', 11, "translated-twice", "al"),
        ("  somebody:", "  anybody:", 6, "no-somebody", SOMEBODY),
        ("direction: ltr", "direction: up", 3, "not-a-choice", "ltr"),
        ("reviewed: false", "reviewed: misschien", 4, "not-a-choice", "true"),
        ("name: Xish", "naam: Xish", 2, "unknown-key", "naam"),
    ],
)
def test_a_fault_is_told_with_its_line(old: str, new: str, line: int, code: str, named: str) -> None:
    found = faults(old, new)
    told = [what for at, own, what in found if (at, own) == (line, code)]
    assert told, found
    assert any(named in what for what in told), told


def test_all_faults_are_told_at_once() -> None:
    found = faults("  mother: {who: xmother, who_dat: xmotherdat}", "  mother: {who: x, who_acc: y}")
    assert {code for _, code, _ in found} == {"form-missing"}
    assert len(found) == 2


# What a language lacks


def test_a_report_tells_missing_and_outdated_with_what_it_has_become() -> None:
    found = report(catalogue(), ["Helpt u {who} vaak?", "Goed.", "Iets heel anders dan dat.", "Goed."])
    assert found.total == 3
    assert found.missing == ("Helpt u {who} vaak?", "Iets heel anders dan dat.")
    (old,) = found.outdated
    assert (old.was, old.own, old.now) == ("Helpt u {who}?", "Xhelp {who_dat}?", "Helpt u {who} vaak?")


def test_what_became_nothing_in_particular_is_outdated_without_a_match() -> None:
    (old,) = report(catalogue(), ["Goed.", "Zzz."]).outdated
    assert (old.was, old.now) == ("Helpt u {who}?", "")


def test_a_language_that_has_all_lacks_nothing() -> None:
    found = report(catalogue(), ["Goed.", "Helpt u {who}?"])
    assert (found.missing, found.outdated, found.total) == ((), (), 2)


def test_a_dutch_text_that_changed_is_said_in_dutch_and_the_page_tells_so() -> None:
    language = LANGUAGES[0]
    whole = check(MOTHER, language, patched({}))
    new = {**form().texts["next"], "nl": "Verder dan maar"}
    changed = patched({"next": new})
    made = check(MOTHER, language, changed)
    assert made.say("next") == "Verder dan maar"
    assert made.say("back") == whole.say("back")
    assert not made.complete_translation()
    assert "Verder dan maar" in report(changed.catalogues[language], used_texts(changed, made.form)).missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_translation_does_not_say_that_a_part_is_in_dutch(language: str) -> None:
    assert check(MOTHER, language, patched({})).complete_translation()


def patched(texts: dict[str, dict[str, str]]) -> Content:
    """Our own content, complete in each language, with some texts of the questionnaire changed."""
    whole = {name: replace(own, texts={**every(), **own.texts}) for name, own in content().catalogues.items()}
    own_form = replace(form(), texts={**form().texts, **texts})
    return replace(content(), catalogues=whole, questionnaires={**content().questionnaires, form().id: own_form})


def every() -> dict[str, str]:
    return {text: f"({text})" for text in used_texts(content(), form())}


# The languages that we ship


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_all_texts_and_none_that_are_gone(language: str) -> None:
    found = report(content().catalogues[language], used_texts(content(), form()))
    assert found.missing == ()
    assert [old.was for old in found.outdated] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_in_dutch_is_filled_in_in_every_language_in_some_form(language: str) -> None:
    own = content().catalogues[language]
    used = set(used_texts(content(), form()))
    person = set(own.forms[SOMEBODY])
    for dutch, text in own.texts.items():
        before, after = set(PLACEHOLDER.findall(dutch)), set(PLACEHOLDER.findall(text))
        if dutch in used:
            assert before - person == after - person, (dutch, text)
            assert bool(after & person) >= bool(before & person), (dutch, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_nobody_checked_says_so(language: str) -> None:
    own = content().catalogues[language]
    assert own.reviewed is False
    assert own.texts[form().texts["not_reviewed"]["nl"]]
    assert own.name != language


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_simply_the_dutch_text(language: str) -> None:
    own = content().catalogues[language]
    same = [dutch for dutch, text in own.texts.items() if dutch == text and re.search(r"\w{3}.*\s\w{3}", dutch)]
    assert same == []


# The command


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """The command over our own content, with another translation file beside or instead of ours."""

    def placed(texts: dict[str, str], complete: bool = False) -> Path:
        pairs = {**(every() if complete else {}), **texts}
        folder = tmp_path / TRANSLATIONS
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "xx.yaml"
        lines = [f"  - nl: {command._quoted(dutch)}\n    own: {command._quoted(own)}\n" for dutch, own in pairs.items()]
        file.write_text(SMALL.partition("texts:\n")[0] + "texts:\n" + "".join(lines), "utf-8")
        own = load_catalogue(read(file.read_bytes(), FILE))
        monkeypatch.setattr(command, "load", lambda: replace(content(), catalogues={"xx": own}))
        monkeypatch.setattr(command, "ROOT", tmp_path)
        return file

    return placed


def told(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, list[str]]:
    status = main(["translations", *argv])
    out, err = capsys.readouterr()
    assert err == ""
    return status, out.splitlines()


def test_the_command_counts_and_lists_on_request(at: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    at({"Goed gegaan?": "X"})
    total = len(used_texts(content(), form()))
    head = f"Xish (xx): 0 van {total} teksten, nog niet nagekeken door een spreker."
    assert told(capsys) == (1, [head])
    status, lines = told(capsys, "xx")
    assert (status, lines[0]) == (1, head)
    assert lines[1] == "  verouderd: 'Goed gegaan?', niet meer in gebruik"
    assert len([line for line in lines if line.startswith("  ontbreekt: ")]) == total
    assert f"  ontbreekt: {form().texts['next']['nl']!r}" in lines


def test_the_command_names_what_a_text_has_become(at: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    now = form().texts["done_text"]["nl"]
    at({now.replace("eigen ", ""): "X"})
    assert f"  verouderd: {now.replace('eigen ', '')!r}, nu: {now!r}" in told(capsys, "xx")[1]


def test_the_command_is_content_with_a_whole_language(
    at: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    at({}, complete=True)
    assert told(capsys, "xx")[0] == 0


def test_the_command_does_not_know_every_language(at: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    at({}, complete=True)
    assert told(capsys, "yy") == (2, ["'yy' is er niet. Er is: xx."])


def test_write_puts_all_texts_in_order_and_keeps_what_was_translated(
    at: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    kept = form().texts["next"]["nl"]
    file = at({"Niet meer in gebruik.": 'X "oud"', kept: "Xnext", "Leeg en weg.": ""})
    told(capsys, "xx", "--write")
    written = load_catalogue(read(file.read_bytes(), FILE))
    assert written.texts == {kept: "Xnext", "Niet meer in gebruik.": 'X "oud"'}
    assert written.forms == catalogue().forms
    used = used_texts(content(), form())
    texts = re.findall(r"^  - nl: (.*)$", file.read_text("utf-8"), re.MULTILINE)
    assert texts == [command._quoted(text) for text in (*used, "Niet meer in gebruik.")]
    before = file.read_bytes()
    told(capsys, "xx", "--write")
    assert file.read_bytes() == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_files_are_as_write_would_leave_them(language: str) -> None:
    path = ROOT / TRANSLATIONS / f"{language}.yaml"
    written = load_catalogue(read(command._written(path, used_texts(content(), form())).encode(), FILE))
    own = content().catalogues[language]
    assert (written.texts, written.forms, written.young_forms) == (own.texts, own.forms, own.young_forms)
