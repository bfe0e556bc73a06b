"""What a training leaves on paper: as many pages as it takes, a case never split, and nothing that nobody may see."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from trained import played, training, votes

from mantelzorg.reports import ReportError, lacking, render
from mantelzorg.reports.blocks import Address, Blanks, Choice, Heading, Kept, PageBreak, Paragraph, Run, Ticks, Title
from mantelzorg.reports.build import build
from mantelzorg.reports.cards import cards
from mantelzorg.reports.pdf import write_pdf
from mantelzorg.reports.plain import write_text
from mantelzorg.reports.screen import write_html
from mantelzorg.reports.word import write_docx
from mantelzorg.room.after.report import record_report
from mantelzorg.room.record import PlayedCase, Record
from mantelzorg.room.steps import Rhythm, Round

from .readers import OUR_TYPEFACES, Page, docx_text, folded, pdf_fonts, pdf_reader, pdf_text, says, tagged

ATTACKS = Path(__file__).resolve().parents[3] / "shared" / "attacks"
FEW = "te weinig stemmen om te tonen"


def text_of(record: Record, language: str = "") -> str:
    return folded(record_report(record, language).text())


def test_the_report_says_what_was_voted_and_what_the_rules_say():
    data = record_report(training(played(remark="Een buur telt ook."))).pdf()
    for said in (
        "22 november 2026",
        "Verhaal van fatma",
        "Ja, dit is mantelzorg.",
        "9 (50%)",
        "15 (83%)",
        "+33",
        "−22",
        "Ja +33, Nee −22 procentpunten.",
        "De uitkomst kantelde. Voorspeld: Kantelt 10, Blijft 5, Weet ik niet 2.",
        "Geld voor de hulp (6), wat de helper doet (5).",
        "De zaal was het niet eens met de regels. “Een buur telt ook.”",
        "2026.1-abc1234",
    ):
        assert says(data, said), said


def test_the_three_facts_most_asked_for_are_those_of_the_whole_training():
    record = training(played("a"), played("b"))
    assert "Meest gevraagd: Geld voor de hulp (12), wat de helper doet (10)." in text_of(record)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_division_of_too_few_is_nowhere_in_the_report(language: str):
    case = played(first=(3, 1, 0, 0), second=(2, 2, 0, 0), predicted=(3, 1, 0))
    case = replace(case, tallies={**case.tallies, Round.ASK: votes(Round.PREDICT, 2, 2, 0)})
    text = text_of(training(case, voters=4), language)
    few = FEW if language == "nl" else "too few votes to show"
    assert text.lower().count(few) == 3
    assert "100%" not in text
    assert not re.search(r"[1-4] \(|\([1-4]\)|: [1-4]\b", text.replace("Casussen: 1", "").replace("Cases: 1", ""))


def test_a_second_round_stands_alone_when_the_first_had_too_few_votes():
    text = text_of(training(played(first=(1, 0, 0, 0), second=(5, 1, 0, 0))))
    assert "Te weinig stemmen om te tonen." in text
    assert "Tweede stem: Ja 5, Nee 1, Hangt ervan af 0, Weet ik niet 0." in text


def test_a_meeting_without_rules_says_nothing_of_rules():
    first = {Round.FIRST: votes(Round.FIRST, 8, 2, 2, rhythm=Rhythm.RECOGNISE)}
    case = PlayedCase("esra", "Esra en Emir", "", "", "", "", (), first)
    text = text_of(replace(training(case), rhythm=Rhythm.RECOGNISE, versions={}, fact_labels={}))
    assert "Herken ik | 8 (67%)" in text
    assert "regels" not in text.lower()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_is_called_right_or_wrong(language: str):
    text = text_of(training(played(), played("henk", (1, 0, 0, 0))), language)
    assert not re.search(r"\b(goed|fout|juist|correct|right|wrong|score)\b", text, re.IGNORECASE)


def hostile() -> list[str]:
    files = [ATTACKS / "text" / "free_text.json", ATTACKS / "public" / "blns.json"]
    listed = [one for file in files if file.exists() for one in json.loads(file.read_text("utf-8"))]
    texts = [one["text"] * one.get("repeat", 1) if isinstance(one, dict) else one for one in listed]
    return ["=1+1", '#read("/etc/passwd") $x$', "{{ 7*7 }}", "😀" * 500, *texts[:60], *texts[60::4]]


def test_a_hostile_remark_never_keeps_a_report_from_being_made():
    remarks = [text[:500] for text in hostile()]
    for start in range(0, len(remarks), 60):
        cases = [played(remark=text) for text in remarks[start : start + 60]]
        report = record_report(training(*cases))
        data = report.pdf()
        assert data.startswith(b"%PDF")
        assert not lacking(report.text().replace("\n", ""))
    assert "graag [U+1F600]" in text_of(training(played(remark="graag 😀")))
    assert "“{{ 7*7 }}”" in text_of(training(played(remark="{{ 7*7 }}")))
    assert not Path("/tmp/pwned").exists()


def pages(data: bytes) -> list[str]:
    return [folded(page.extract_text()) for page in pdf_reader(data).pages]


def test_a_case_is_never_split_over_pages():
    found = pages(record_report(training(*(played(f"nr{number}x") for number in range(12)))).pdf())
    assert len(found) > 2
    for number in range(12):
        (page,) = [page for page in found if f"Verhaal van nr{number}x" in page]
        case = page.split(f"Verhaal van nr{number}x")[1].split("Verhaal van nr")[0]
        assert "Wilde men weten" in case
    assert all(f"{number} / {len(found)}" in page for number, page in enumerate(found, 1))
    assert all("2026.1-abc1234" in page for page in found)


def test_what_is_kept_together_but_higher_than_a_page_goes_on_over_more():
    lines = tuple(Paragraph((Run(f"regel {number} " * 9),)) for number in range(150))
    found = pages(write_pdf((Title("T"), Kept(lines)), "T", "nl", "training"))
    assert "regel 149" in found[-1]
    assert max(len(set(re.findall(r"regel \d+", page))) for page in found) < 60


BLOCKS = (
    Title("Titel"),
    Kept((Heading("Casus"), Ticks((Choice("Ja"), Choice("Nee"))), Blanks("", ("Waarom?",)))),
    PageBreak(),
    Heading("Achterop"),
    Kept((Address("Het hulpmiddel", "https://voorbeeld.nl/verwijzer"),)),
)


def test_the_new_blocks_have_every_format():
    word = write_docx(BLOCKS, "Titel", "nl")
    pdf = write_pdf(BLOCKS, "Titel", "nl", "training")
    for text in (write_text(BLOCKS), Page(write_html(BLOCKS, "nl")).words, pdf_text(pdf), docx_text(word)):
        for said in ("Titel", "Casus", "Ja", "Nee", "Waarom?", "Achterop", "Het hulpmiddel", "voorbeeld.nl/verwijzer"):
            assert said in folded(text)
    assert [("Waarom?" in page, "Achterop" in page) for page in pages(pdf)] == [(True, False), (False, True)]


def test_word_keeps_a_case_together_and_begins_a_new_page():
    document = docx.Document(BytesIO(write_docx(BLOCKS, "Titel", "nl")))
    kept = {paragraph.text.strip(): paragraph.paragraph_format.keep_with_next for paragraph in document.paragraphs}
    assert kept["Casus"] is True
    assert kept["Waarom?"] is None
    assert [one.paragraph_format.page_break_before for one in document.paragraphs].count(True) == 1
    (picture,) = document.inline_shapes
    assert picture._inline.docPr.get("descr") == "Het hulpmiddel https://voorbeeld.nl/verwijzer"


def test_the_code_on_paper_has_words_for_who_cannot_see_it():
    root = pdf_reader(write_pdf(BLOCKS, "Titel", "nl", "training")).trailer["/Root"]
    figures = [node for node in tagged(root["/StructTreeRoot"]) if node["/S"] == "/Figure"]
    assert [figure["/Alt"] for figure in figures] == ["Het hulpmiddel https://voorbeeld.nl/verwijzer"]


def test_the_tags_for_them_are_read():
    html = (
        '<h1>T</h1><section class="kept"><h2>C</h2><ul class="ticks"><li>Ja</li></ul><ul class="blanks"><li>W</li></ul>'
        '</section><section class="page"></section><section class="address"><p>L</p><p class="url">https://a.nl</p></section>'
    )
    assert build(html, "t") == (
        Title("T"),
        Kept((Heading("C"), Ticks((Choice("Ja"),)), Blanks("", ("W",)))),
        PageBreak(),
        Address("L", "https://a.nl"),
    )
    with pytest.raises(ReportError, match="geen webadres"):
        build('<h1>T</h1><section class="address"><p class="url">javascript:alert(1)</p></section>', "t")
    with pytest.raises(ReportError, match="footer"):
        build('<h1>T</h1><section class="kept"><footer>x</footer></section>', "t")


@pytest.mark.parametrize(
    "labels", [["Ja", "Nee", "Hangt ervan af", "Weet ik niet"], ["Herken ik", "Herken ik niet", "Weet niet"]]
)
def test_cards_are_one_page_with_a_letter_and_words_each(labels: list[str]):
    data = cards(list(zip("ABCD", labels, strict=False)), "nl")
    (page,) = pages(data)
    assert all(letter in page and label in page for letter, label in zip("ABCD", labels, strict=False))
    assert all(name.startswith(OUR_TYPEFACES) for name in pdf_fonts(data))


def test_a_training_may_say_more_than_a_letter_but_not_without_end():
    with pytest.raises(ReportError, match="samen zijn te lang"):
        render("training-report", {"cases": [{"remark": "x" * 499}] * 400})
    with pytest.raises(ReportError, match="samen zijn te lang"):
        render("referral", {"cases": [{"remark": "x" * 499}] * 50})
