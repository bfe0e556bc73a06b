"""The handout: the cases in front, on the back what the rules say today, and no verdict for who helps somebody."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pypdf
import pytest

from mantelzorg import wording
from mantelzorg.cases import OPEN
from mantelzorg.cli import handout as command
from mantelzorg.cli import main
from mantelzorg.content import Content
from mantelzorg.reports import Report, ReportError
from mantelzorg.reports.blocks import Address, Kept, PageBreak, Rows, Ticks, flat
from mantelzorg.room.steps import Rhythm
from mantelzorg.training.cases import TrainingCase, replay
from mantelzorg.training.handout import handout, voting_cards

DAY = date(2026, 11, 22)
ADDRESS = "https://voorbeeld.nl/verwijzer"
STARTERS = ("fatma", "henk", "joke", "daan")


@pytest.fixture(scope="module")
def by_id(cases: tuple[TrainingCase, ...]) -> dict[str, TrainingCase]:
    return {case.id: case for case in cases}


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u200b", ""))


def pages(report: Report) -> list[str]:
    return [folded(page.extract_text()) for page in pypdf.PdfReader(BytesIO(report.pdf())).pages]


def back(report: Report) -> str:
    return folded(report.text().split("[ ]")[-1])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_starters_fit_on_one_sheet_of_paper(content: Content, by_id: dict[str, TrainingCase], language: str):
    found = pages(handout([by_id[name] for name in STARTERS], content, language, DAY, ADDRESS))
    assert len(found) == 2
    for name in STARTERS:
        case = by_id[name]
        assert folded(case.story[language]) in found[0]
        assert folded(case.debrief[language]) in found[1]
        assert folded(case.flip.say[language]) in found[1]
        assert folded(case.debrief[language]) not in found[0]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_case_is_whole_on_its_page_and_answered_by_the_rules(
    content: Content, cases: tuple[TrainingCase, ...], language: str
):
    found = pages(handout(cases, content, language, DAY, ADDRESS))
    for number, case in enumerate(cases, 1):
        headed = [page for page in found if f"{number}. {case.title[language]} " in page]
        assert len(headed) == 2
        assert folded(case.story[language]) in headed[0]
        assert folded(case.debrief[language]) in headed[1]


def test_the_answers_are_those_of_the_rules_and_their_reasons(content: Content, cases: tuple[TrainingCase, ...]):
    for case in (case for case in cases if case.audience == "referrer"):
        judge, said = content.judges[case.rule_set], back(handout([case], content, "nl", DAY))
        results = replay(case, content)
        for answers, result in ((case.answers, results.now), (case.flipped, results.flipped)):
            verdict = result[case.rule_set]
            line = None if verdict == OPEN else judge.line(answers, verdict)
            title = line.texts["title"] if line else judge.rules.texts["open_title"]
            assert folded(title["nl"]) in said
        for reason in wording.reasons(judge, judge.assess(case.answers), case.answers, "nl"):
            assert folded(reason.text) in said


def test_a_case_that_expects_something_else_is_answered_by_the_rules_all_the_same(
    content: Content, by_id: dict[str, TrainingCase]
):
    case = by_id["fatma"]
    other = replace(case, expect={**case.expect, case.rule_set: "volunteering"}, flip=replace(case.flip, expect={}))
    assert handout([other], content, "nl", DAY) == handout([case], content, "nl", DAY)
    flipped = replace(case, answers=case.flipped)
    assert "De regels zeggen: Ja, dit is mantelzorg." not in back(handout([flipped], content, "nl", DAY))


def test_a_flip_that_changes_nothing_or_only_the_hurry_says_so(content: Content, by_id: dict[str, TrainingCase]):
    daan = back(handout([by_id["daan"]], content, "nl", DAY))
    assert "Ja, dit is mantelzorg. Steun: deze week." in daan
    assert "De regels zeggen nog steeds: Ja, dit is mantelzorg." in daan
    calm = replace(by_id["jamila"], audience="referrer")
    assert "Steun: geen haast." in back(handout([calm], content, "nl", DAY))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_who_helps_somebody_gets_no_verdict(content: Content, cases: tuple[TrainingCase, ...], language: str):
    chosen = [case for case in cases if case.audience == "caregiver"]
    report = handout(chosen, content, language, DAY, ADDRESS)
    assert not [block for block in flat(report.blocks) if isinstance(block, Rows)]
    assert all(len(block.choices) == 3 for block in flat(report.blocks) if isinstance(block, Ticks))
    text = report.text()
    for line in (line for judge in content.judges.values() for line in judge.rules.lines):
        assert line.texts["title"][language] not in text
    assert not re.search(r"\b(regels|rules)\b", text, re.IGNORECASE)
    assert all(case.debrief[language] in text for case in chosen)


def test_in_a_mixed_handout_only_referrers_get_a_verdict(content: Content, by_id: dict[str, TrainingCase]):
    report = handout([by_id["esra"], by_id["fatma"]], content, "nl", DAY)
    ticks = [len(block.choices) for block in flat(report.blocks) if isinstance(block, Ticks)]
    rows = [block for block in flat(report.blocks) if isinstance(block, Rows)]
    assert (ticks, len(rows)) == ([3, 4], 1)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_is_called_right_or_wrong(content: Content, cases: tuple[TrainingCase, ...], language: str):
    text = handout(cases, content, language, DAY, ADDRESS).text()
    own = " ".join(
        text_ for case in cases for text_ in (case.story[language], case.debrief[language], case.flip.say[language])
    )
    words = re.findall(r"\b(goed|fout|juist|correct|right|wrong)\b", text, re.IGNORECASE)
    assert len(words) <= len(re.findall(r"\b(goed|fout|juist|correct|right|wrong)\b", own, re.IGNORECASE))


def test_the_foot_of_every_page_names_the_rules_and_the_day(content: Content, by_id: dict[str, TrainingCase]):
    rules = content.judges[by_id["fatma"].rule_set].rules
    for page in pages(handout([by_id[name] for name in STARTERS], content, "nl", DAY)):
        assert f"Regels {rules.version} ({rules.digest[:7]}), 22 november 2026" in page


def test_it_says_whom_to_call_and_leads_to_the_address(content: Content, by_id: dict[str, TrainingCase]):
    contact = content.support.to_call()
    report = handout([by_id["fatma"]], content, "nl", DAY, ADDRESS)
    assert contact.number in back(report)
    assert [block.url for block in flat(report.blocks) if isinstance(block, Address)] == [ADDRESS]
    bare = handout([by_id["fatma"]], content, "nl", DAY)
    assert not [block for block in flat(bare.blocks) if isinstance(block, Address)]
    with pytest.raises(ReportError, match="geen webadres"):
        handout([by_id["fatma"]], content, "nl", DAY, "javascript:alert(1)")


def test_without_a_number_there_is_room_to_write_it(content: Content, by_id: dict[str, TrainingCase]):
    bare = {name: one.model_copy(update={"number": ""}) for name, one in content.support.contacts.items()}
    unfilled = replace(content, support=replace(content.support, contacts=bare))
    assert "Vul hier het nummer in" in pages(handout([by_id["fatma"]], unfilled, "nl", DAY))[1]


def test_word_has_the_same_words_and_the_answers_on_a_page_of_their_own(
    content: Content, by_id: dict[str, TrainingCase]
):
    report = handout([by_id[name] for name in STARTERS], content, "nl", DAY, ADDRESS)
    document = docx.Document(BytesIO(report.docx()))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for cell in table._cells]
    for name in STARTERS:
        assert by_id[name].story["nl"] in texts
        assert by_id[name].debrief["nl"] in texts
    assert sum(isinstance(block, PageBreak) for block in report.blocks) == 1
    assert len(document.inline_shapes) == 1
    assert any(isinstance(block, Kept) for block in report.blocks)


@pytest.mark.parametrize(("rhythm", "count"), [(Rhythm.QUIZ, 4), (Rhythm.RECOGNISE, 3)])
def test_there_is_a_card_for_every_vote(rhythm: Rhythm, count: int):
    (page,) = pypdf.PdfReader(BytesIO(voting_cards(rhythm, "nl"))).pages
    assert re.findall(r"\b[A-D]\b", page.extract_text()) == list("ABCD")[:count]


@pytest.fixture
def here(content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(command, "load", lambda: content)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


@pytest.mark.parametrize(
    ("argv", "files"),
    [
        (["fatma", "henk"], {"uitdeelblad.pdf"}),
        (["fatma", "--docx", "a.docx"], {"a.docx"}),
        (["fatma", "--docx", "a.docx", "--pdf", "a.pdf", "--language", "en"], {"a.docx", "a.pdf"}),
        (["esra", "--cards"], {"stemkaarten.pdf"}),
        (["fatma", "--cards", "k.pdf", "--pdf", "a.pdf"], {"k.pdf", "a.pdf"}),
    ],
)
def test_the_command_writes_what_was_asked(here: Path, argv: list[str], files: set[str]):
    assert main(["handout", *argv]) == 0
    assert written(here) == files


def test_the_command_makes_the_cards_of_the_meeting(here: Path):
    for name, said in (("esra", "Herken ik"), ("fatma", "Hangt ervan af")):
        assert main(["handout", name, "--cards", f"{name}.pdf"]) == 0
        assert said in pypdf.PdfReader(here / f"{name}.pdf").pages[0].extract_text()


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["fatme", "hank"], ["'fatme'", "Bedoelde u 'fatma'?", "'hank'", "Mogelijk: "]),
        (["fatma", "--address", "geen adres"], ["--address", "geen webadres"]),
    ],
)
def test_the_command_refuses_and_writes_nothing(
    here: Path, argv: list[str], told: list[str], capsys: pytest.CaptureFixture[str]
):
    assert main(["handout", *argv]) == 2
    err = capsys.readouterr().err
    assert not [word for word in told if word not in err]
    assert not written(here)
