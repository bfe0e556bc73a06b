"""Receipts: written, read back, judged again under the same, other and no rules; and the version on every output."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports.readers import docx_text, pdf_text, squeezed

from mantelzorg import receipt
from mantelzorg.assessment import Judge
from mantelzorg.cli import REFUSED, main
from mantelzorg.cli.json_file import read_json
from mantelzorg.content import ROOT, Content, load, make_judge
from mantelzorg.facts import UNKNOWN, Answer, Fact, Interval, Kind, parse_answer, parse_answers
from mantelzorg.problems import ContentError
from mantelzorg.receipt import Outcome, Receipt, Replay
from mantelzorg.web.screening import make_screen
from mantelzorg.web.view import Chrome
from mantelzorg.yaml_reader import read

NAME = "alkmaar-2020"
DAY = date(2026, 3, 31)
MEETS = {"helper_age": 40, "months_caring": 7, "hours_per_week": ">8", "recipient_home": "own_home"}


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


def moved(content: Content, old: str, new: str) -> Judge:
    """The rule set after an author changed it."""
    file = f"rules/{NAME}.yaml"
    data = (ROOT / file).read_bytes().replace(old.encode(), new.encode())
    facts = (ROOT / "rules" / "facts.yaml").read_bytes()
    return make_judge(read(data, file), content.facts, content.sources, {file: data, "rules/facts.yaml": facts})


def made(content: Content, **more: object) -> Receipt:
    return receipt.make(content.judges[NAME], parse_answers(content.facts, {**MEETS, **more}), DAY)


def replayed(content: Content, given: Receipt, judge: Judge | None = None) -> Replay:
    judges = {**content.judges, NAME: judge} if judge else content.judges
    return receipt.replay(read_json(given.model_dump_json().encode(), "r.json"), content.facts, judges)


def test_a_receipt_says_what_was_judged_by_what(content: Content) -> None:
    found, rules = made(content), content.judges[NAME].rules
    assert found.model_dump() == {
        "rule_set": NAME,
        "version": rules.version,
        "digest": rules.digest,
        "date": "2026-03-31",
        "answers": MEETS,
        "verdict": "meets",
        "possible": ["meets"],
    }


@pytest.mark.parametrize(
    ("more", "possible"),
    [
        ({}, ["meets"]),
        ({"hours_per_week": 2}, ["does_not_meet"]),
        ({"months_caring": "unknown"}, ["meets", "does_not_meet"]),
    ],
)
def test_the_same_rules_give_the_same_result(content: Content, more: dict[str, object], possible: list[str]) -> None:
    found = replayed(content, made(content, **more))
    assert (found.outcome, list(found.now.possible if found.now else ())) == (Outcome.SAME, possible)


def test_rules_that_moved_on_are_told_apart_by_result(content: Content) -> None:
    stricter = moved(content, "months_caring >= 6", "months_caring >= 9")
    assert stricter.rules.digest != content.judges[NAME].rules.digest
    assert replayed(content, made(content), stricter).outcome is Outcome.MOVED_OTHER
    assert replayed(content, made(content, months_caring=12), stricter).outcome is Outcome.MOVED_SAME


def test_what_is_no_longer_there_is_told(content: Content) -> None:
    given = made(content)
    gone = Receipt(**{**given.model_dump(), "rule_set": "utrecht-2019"})
    assert replayed(content, gone).outcome is Outcome.GONE
    older = {**given.model_dump(), "digest": "0" * 12, "answers": {**MEETS, "shoe_size": 43}}
    found = replayed(content, Receipt(**older))
    assert found.outcome is Outcome.MOVED_UNREADABLE
    assert "shoe_size" in found.unknown[0]


def test_a_receipt_that_was_altered_is_told(content: Content) -> None:
    other = {**made(content).model_dump(), "verdict": "does_not_meet", "possible": ["does_not_meet"]}
    assert replayed(content, Receipt(**other)).outcome is Outcome.ALTERED


NUMBER = Fact("n", Kind.NUMBER, {"nl": "x"}, low=0.0, high=120.0)


@st.composite
def answers(draw: st.DrawFn, facts: list[Fact]) -> tuple[Fact, Answer]:
    """Every kind of answer that a file or a form can give."""
    fact = draw(st.sampled_from([NUMBER, *facts]))
    if draw(st.integers(0, 5)) == 0:
        return fact, UNKNOWN
    if fact.kind is not Kind.NUMBER:
        ids = [one for one in fact.value_ids if one != fact.alone]
        return fact, frozenset(draw(st.lists(st.sampled_from(ids), min_size=1, unique=True)))
    number = st.one_of(st.integers(0, int(fact.high)), st.floats(0.001, fact.high - 0.001))
    low, high = sorted((draw(number), draw(number)))
    written = draw(st.sampled_from(["{low}..{high}", ">{low}", ">={low}", "<{high}", "<={high}", "{low}"]))
    text = written.format(low=f"{low:.20f}".rstrip("0").rstrip("."), high=f"{high:.20f}".rstrip("0").rstrip("."))
    cut = Interval(fact.low, fact.high)
    try:
        return fact, parse_answer(fact, text)
    except ValueError:
        return fact, cut


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.data())
def test_every_answer_is_read_back_as_it_was(content: Content, data: st.DataObject) -> None:
    fact, answer = data.draw(answers(list(content.facts.values())))
    written = receipt.written(fact, answer)
    assert parse_answer(fact, json.loads(json.dumps(written))) == answer


def test_every_option_of_the_questionnaire_can_be_written(content: Content) -> None:
    for question in content.questionnaires["referrer"].questions():
        for option in question.options:
            answer = question.answer([option.id])
            fact = content.facts[question.fact]
            if answer is not None:
                assert parse_answer(fact, receipt.written(fact, answer)) == answer


SOUND = {
    "rule_set": NAME,
    "version": "1",
    "digest": "0" * 12,
    "date": "2026-01-31",
    "answers": {},
    "verdict": None,
    "possible": ["meets", "does_not_meet"],
}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b'"' + b"x" * 600_000 + b'"',
        b"[" * 100_000,
        b'{"rule_set": "a", "rule_set": "b"}',
        b"\xff\xfe{}",
        json.dumps({}).encode(),
        *(json.dumps({name: value for name, value in SOUND.items() if name != gone}).encode() for gone in SOUND),
        *(
            json.dumps({**SOUND, **wrong}).encode()
            for wrong in (
                {"rule_set": "../../etc/passwd"},
                {"rule_set": 5},
                {"digest": "xyz"},
                {"digest": None},
                {"date": "2026-02-30"},
                {"date": "gisteren"},
                {"answers": []},
                {"answers": {"helper_age": {"$gt": 0}}},
                {"answers": {"helper_age": True}},
                {"answers": {"helper_age": float("nan")}},
                {"answers": {"helper_age": [[1]]}},
                {"verdict": "meets"},
                {"possible": "meets"},
                {"possible": ["meets"]},
                {"extra": 1},
            )
        ),
    ],
)
def test_what_is_no_receipt_is_refused_kindly(
    data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, content: Content
) -> None:
    monkeypatch.setattr("mantelzorg.cli.receipts.load", lambda: content)
    file = tmp_path / "r.json"
    file.write_bytes(data)
    if b"NaN" not in data:
        assert main(["replay", str(file)]) == REFUSED
        out, err = capsys.readouterr()
        assert out == ""
        assert re.match(rf"{re.escape(str(file))}:\d+:\d+: \[[a-z0-9-]+\] ", err)
        assert "Traceback" not in err
    else:  # other rules by then: an answer that cannot be is told, not judged
        assert main(["replay", str(file)]) == 1


def test_answers_that_cannot_be_are_refused_at_their_place(content: Content) -> None:
    lines = json.dumps({**made(content).model_dump(), "answers": {"helper_age": "old"}}, indent=1)
    with pytest.raises(ContentError) as error:
        receipt.replay(read_json(lines.encode(), "r.json"), content.facts, content.judges)
    (problem,) = error.value.problems
    assert (problem.code, problem.mark.line) == ("answer", 7)


def test_the_command_line_writes_a_receipt_and_judges_it_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, content: Content
) -> None:
    monkeypatch.setattr("mantelzorg.cli.receipts.load", lambda: content)
    monkeypatch.setattr("mantelzorg.cli.assess.load", lambda: content)
    situation, file = tmp_path / "s.json", tmp_path / "r.json"
    situation.write_text(json.dumps(MEETS))
    assert main(["assess", str(situation), "--rules", NAME, "--receipt", str(file)]) == 0
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0
    capsys.readouterr()
    assert main(["replay", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["outcome"], told["holds"], told["now"]["verdict"]) == ("same", True, "meets")
    stricter = moved(content, "months_caring >= 6", "months_caring >= 9")
    later = replace(content, judges={**content.judges, NAME: stricter})
    monkeypatch.setattr("mantelzorg.cli.receipts.load", lambda: later)
    assert main(["replay", str(file)]) == 1
    out = capsys.readouterr().out
    for part in (NAME, stricter.rules.digest, content.judges[NAME].rules.digest, "lijkt te passen", "past nu niet"):
        assert part in out


@pytest.mark.parametrize("name", [".", "no/such/folder/r.json", "a\0b"])
def test_a_receipt_that_cannot_be_written_is_told(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, content: Content
) -> None:
    monkeypatch.setattr("mantelzorg.cli.assess.load", lambda: content)
    monkeypatch.chdir(tmp_path)
    situation = tmp_path / "s.json"
    situation.write_text(json.dumps(MEETS))
    assert main(["assess", str(situation), "--rules", NAME, "--receipt", name]) == REFUSED
    assert "niet te schrijven" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["s.json"]


def test_a_receipt_is_about_one_rule_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", "s.json", "--rules", "all", "--receipt", str(tmp_path / "r.json")]) == REFUSED
    assert "--rules" in capsys.readouterr().err


def test_the_page_writes_no_receipt() -> None:
    """A receipt holds answers, and the page promises that nothing is kept."""
    code = "import mantelzorg.web.main, sys; print([name for name in sys.modules if 'receipt' in name])"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_page_and_documents_carry_version_digest_and_date(content: Content, language: str) -> None:
    judge = content.judges[content.questionnaires["referrer"].rules]
    wanted = (judge.rules.version, judge.rules.digest[:7], {"nl": "31 maart 2026", "en": "31 March 2026"}[language])
    chosen = {"relationship": ("parent",), "care_reason": ("dementia",), "payment": ("none",)}
    chrome = Chrome(language=language, with_whom="helper", consent=True)
    screen = make_screen(content, chosen, chrome, DAY)
    assert len(screen.documents) == 3
    texts = [screen.version]
    for document in screen.documents:
        assert document.pdf is not None
        assert document.docx is not None
        texts += [document.text, pdf_text(document.pdf()), docx_text(document.docx())]
        texts += [document.html] if document.html else []
    assert len(texts) == 1 + 3 * 3 + 2
    for text in texts:
        for part in wanted:
            assert squeezed(part) in squeezed(text), text[-200:]


def test_every_scheme_on_the_page_carries_version_and_digest(content: Content) -> None:
    form = content.questionnaires["referrer"]
    screen = make_screen(content, {"relationship": ("parent",)}, Chrome(), DAY)
    assert form.schemes
    for name in form.schemes:
        rules = content.judges[name].rules
        assert rules.version in screen.version
        assert rules.digest[:7] in screen.version
