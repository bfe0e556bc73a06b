"""The workbench: what an author sees of a file that is typed, pasted or hostile, and that nothing is written."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from file_writes import noticed
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea

from mantelzorg.book.example_cases import example_cases
from mantelzorg.cases import Case
from mantelzorg.content import ROOT, Content, load
from mantelzorg.problems import Mark, Problem
from mantelzorg.web import navigation
from mantelzorg.web.draft import impact, read_draft, replayed, rule_files, text_of
from mantelzorg.web.words import words
from mantelzorg.web.workbench_page import findings, note

HOSTILE = ROOT.parent / "shared" / "attacks" / "yaml"
ALKMAAR, ALMERE = "alkmaar-2020.yaml", "almere-waardering-2021.yaml"
SECONDS = 120
"""Only so that a hang ends; the machine may be busy."""


@pytest.fixture
def writes() -> Iterator[list[str]]:
    with noticed() as found:
        yield found


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.fixture(scope="module")
def cases(content: Content) -> tuple[Case, ...]:
    return example_cases(content)[0]


def bench() -> None:
    from mantelzorg.web import page, workbench_page
    from mantelzorg.web.trial import live
    from mantelzorg.web.words import words

    workbench_page.draw(live().content, words(page.language()), lambda: None)


def absent() -> None:
    from mantelzorg.web import workbench_page
    from mantelzorg.web.words import words

    workbench_page.draw_absent(words("nl"), lambda: None)


@pytest.fixture
def at() -> AppTest:
    """The page with the small rules of Alkmaar, which come first."""
    shown = AppTest.from_function(bench, default_timeout=SECONDS).run()
    assert not shown.exception
    return shown


def seen(at: AppTest) -> str:
    """What all HTML on the page says."""
    return unescape(re.sub(r"<[^>]+>", " ", " ".join(element.proto.body for element in at.get("html"))))


def field(at: AppTest) -> TextArea:
    (found,) = at.text_area
    return found


def typed(at: AppTest, text: str) -> str:
    field(at).set_value(text)
    at.button(key="bench-view").click()
    assert not at.run().exception
    return seen(at)


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


class TestTheFlow:
    def test_an_untouched_file_changes_nothing(self, at: AppTest) -> None:
        assert field(at).value == (ROOT / "rules" / ALKMAAR).read_text(encoding="utf-8")
        assert "Niets gevonden" in seen(at)
        assert "Mantelzorgcompliment Alkmaar (2020)" in seen(at)
        assert "0 anders dan met de regels die nu gelden" in seen(at)

    def test_another_threshold_is_told_and_drawn(self, at: AppTest) -> None:
        shown = typed(at, changed(field(at).value, "if: hours_per_week >= 8", "if: hours_per_week >= 20"))
        assert "hours_per_week >= 20" in shown
        assert "‘uren per week’: helpt minstens 20 uur per week" in shown
        assert "situaties die de regels uit elkaar houden" in shown
        assert "0 anders dan" not in shown

    def test_a_mistake_is_named_with_its_line(self, at: AppTest) -> None:
        before = field(at).value
        line = before[: before.index("months_caring >= 6")].count("\n") + 1
        shown = typed(at, changed(before, "months_caring >= 6", "months_carin >= 6"))
        assert f"regel {line}, kolom 9" in shown
        assert "Bedoelde u 'months_caring'?" in shown
        assert "Wat het verandert" not in shown

    def test_every_file_has_a_field_of_its_own(self, at: AppTest) -> None:
        typed(at, field(at).value + "# mijn begin\n")
        at.selectbox(key="bench-file").select(ALMERE).run()
        assert field(at).value == (ROOT / "rules" / ALMERE).read_text(encoding="utf-8")
        at.selectbox(key="bench-file").select(ALKMAAR).run()
        assert field(at).value.endswith("# mijn begin\n")

    def test_an_empty_field_waits_for_a_paste(self, at: AppTest) -> None:
        at.selectbox(key="bench-file").select("").run()
        assert field(at).value == ""
        assert "Bevindingen" not in seen(at)
        other = (ROOT / "rules" / ALKMAAR).read_text(encoding="utf-8").replace("id: alkmaar-2020", "id: dorp-2030")
        shown = typed(at, other)
        assert "nog geen regels met de naam dorp-2030" in shown
        assert at.get("download_button")[0].proto.label == "Download dorp-2030.yaml"

    def test_nothing_is_written(self, at: AppTest, writes: list[str]) -> None:
        typed(at, changed(field(at).value, "if: hours_per_week >= 8", "if: hours_per_week >= 20"))
        typed(at, "id: [")
        at.selectbox(key="bench-file").select(ALMERE).run()
        assert writes == []


def test_writing_would_be_noticed(writes: list[str], tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_text("x")
    assert f"open {file}" in writes


@pytest.mark.parametrize("file", sorted(HOSTILE.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_hostile_file_gives_findings(file: Path, content: Content) -> None:
    draft = read_draft(file.read_bytes().decode("utf-8", "surrogateescape"), content)
    assert draft.problems
    assert draft.judge is None
    assert "liep vast" not in draft.problems[0].what
    assert "bench" not in findings(draft.problems, words("nl"))


def test_a_hostile_file_can_be_pasted(at: AppTest) -> None:
    for name in ("y01_alias_bomb_9x9.yaml", "y05_deep_flow_seq_5000.yaml", "y85_jinja_in_label.yaml"):
        if (HOSTILE / name).exists():
            assert "Fout" in typed(at, (HOSTILE / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text", ["x" * 600_000, "- 1", "7", "id: mantelzorg", "id: ../../x", "\ud800", "id: ''\ncriteria: 3"]
)
def test_what_is_no_rule_file_gives_findings(text: str, content: Content) -> None:
    draft = read_draft(text, content)
    assert draft.problems
    assert draft.judge is None
    assert draft.download_name in ("nieuw.yaml", "mantelzorg.yaml")


def test_a_crash_of_a_check_becomes_a_finding(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mantelzorg.web.draft.rule_set.judged", lambda *_: 1 / 0)
    draft = read_draft(text_of(ALKMAAR), content)
    assert [problem.code for problem in draft.problems] == ["unreadable"]


def test_every_file_of_the_installation_is_good(content: Content, cases: tuple[Case, ...]) -> None:
    for name in rule_files():
        draft = read_draft(text_of(name), content)
        assert draft.judge, name
        live = content.judges[draft.judge.rules.id]
        assert draft.judge.rules.digest == live.rules.digest
        lines = replayed(draft.judge, live, cases)
        assert lines
        assert not any(line.changed for line in lines)


def test_a_source_of_another_rule_file_is_not_lent(content: Content) -> None:
    draft = read_draft(text_of("cbs.yaml").replace("source: cbs-2020", "source: alkmaar"), content)
    assert {problem.code for problem in draft.problems} == {"unknown-source"}


def test_red_and_green_cases(content: Content, cases: tuple[Case, ...]) -> None:
    text = text_of(ALMERE)
    draft = read_draft(changed(text, "if: months_caring > 3", "if: months_caring > 1000"), content)
    assert draft.judge
    live = content.judges[draft.judge.rules.id]
    lines = replayed(draft.judge, live, cases)
    assert any(line.good is False and line.changed for line in lines)
    assert any(line.good for line in lines)
    found = impact(draft.judge, live, lines)
    assert found
    assert found.changed
    told = note(found, "nl")
    assert "<code>months_caring &gt; 1000</code>" in told
    assert "*" not in re.sub(r"<[^>]+>", "", told)


def test_html_in_a_finding_is_text() -> None:
    evil = "<script>alert(1)</script>"
    shown = findings([Problem("x.yaml", Mark(), "code", evil, evil, evil)], words("nl"))
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;") == 3


def test_many_findings_are_counted() -> None:
    shown = findings([Problem("x.yaml", Mark(n), "code", "fout") for n in range(1, 90)], words("nl"))
    assert shown.count("<li>") == 50
    assert "En nog 39." in shown


def test_without_the_option_there_is_no_such_page() -> None:
    at = AppTest.from_function(absent).run()
    assert "Deze pagina bestaat niet." in seen(at)
    assert not at.text_area


def test_only_authors_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["app.py"])
    monkeypatch.delenv(navigation.AUTHOR_VARIABLE, raising=False)
    assert not navigation.for_authors()
    monkeypatch.setattr(sys, "argv", ["app.py", "--author"])
    assert navigation.for_authors()
    monkeypatch.setattr(sys, "argv", ["app.py"])
    monkeypatch.setenv(navigation.AUTHOR_VARIABLE, "1")
    assert navigation.for_authors()
