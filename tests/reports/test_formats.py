"""Every report in every format: all words there, nothing else, and made with care."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest

from mantelzorg.reports import NAMES, Report, UnprintableText, render
from mantelzorg.reports.blocks import (
    Bullets,
    Footer,
    Heading,
    Lead,
    Notice,
    Paragraph,
    Pictograms,
    Quote,
    Run,
    Table,
    Tip,
    Title,
    as_data,
)
from mantelzorg.reports.pdf import write_pdf
from mantelzorg.reports.plain import write_text
from mantelzorg.reports.screen import write_html
from mantelzorg.reports.word import write_docx

from . import sheets
from .readers import OUR_TYPEFACES, Page, docx_text, folded, pdf_fonts, pdf_reader, pdf_text, says, squeezed
from .samples import CONTEXTS, dutch, longest

EVERY = [(name, language) for name in NAMES for language in CONTEXTS]
WORD_LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
BOX = re.compile("[☐☑]")


def words_of(report: Report, *, tips: bool = False) -> list[str]:
    """Every text in the blocks, as a reader must find it."""
    found: list[str] = []

    def collect(value: object, key: str = "") -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                collect(inner, name)
        elif isinstance(value, list):
            for inner in value:
                collect(inner, key)
        elif isinstance(value, str) and key not in ("kind", "emphasis", "icon", "missing") and value.strip():
            found.append(value)

    for block in report.blocks:
        if tips or not isinstance(block, Tip):
            collect(as_data(block))
    return found


def check(report: Report, text: str, words: list[str]) -> None:
    there = squeezed(text)
    missing = [word for word in words if squeezed(word) not in there]
    assert words
    assert not missing, f"{report.name} {report.language}"


@pytest.fixture(params=EVERY, ids=lambda pair: "-".join(pair))
def report(request: pytest.FixtureRequest) -> Report:
    name, language = request.param
    return render(name, CONTEXTS[language](), language)


def test_screen_has_every_word_and_the_language(report: Report):
    page = Page(report.html())
    check(report, page.words, words_of(report, tips=True))
    assert ("article", (("class", "report"), ("lang", report.language), ("dir", "ltr"))) in page.tags
    assert not {tag for tag, _ in page.tags} & {"script", "a", "form", "input", "h1", "link"}


def test_pdf_has_every_word_on_one_page(report: Report):
    data = report.pdf()
    check(report, pdf_text(data), words_of(report))
    assert len(pdf_reader(data).pages) == 1


def test_pdf_is_tagged_and_says_its_language_and_title(report: Report):
    reader = pdf_reader(report.pdf())
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == report.language
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert reader.metadata.title == report.title
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_pdf_says_nothing_about_who_or_when(report: Report):
    data = report.pdf()
    reader = pdf_reader(data)
    assert set(reader.metadata or {}) <= {"/Title", "/Creator"}
    metadata = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert not re.search(r"\d\d:\d\d|CreateDate|ModifyDate", metadata)


def test_pdf_holds_its_own_typeface_and_no_other(report: Report):
    fonts = pdf_fonts(report.pdf())
    assert fonts
    assert all(name.startswith("SourceSans3") for name in fonts), fonts
    assert all(fonts.values()), fonts


@pytest.mark.parametrize("language", ["nl", "en", "tr", "ar", "pl", "uk"])
def test_the_sheet_is_made_in_every_language_with_our_typefaces_alone(language: str):
    report = render("take-home", sheets.yes(language), language)
    data = report.pdf()
    assert [word for word in words_of(report) if not says(data, word)] == []
    fonts = pdf_fonts(data)
    assert all(name.startswith(OUR_TYPEFACES) for name in fonts), fonts
    assert any(name.startswith("IBMPlexSansArabic") for name in fonts) is (language == "ar")
    assert all(fonts.values()), fonts
    assert pdf_reader(data).trailer["/Root"]["/Lang"] == language
    assert len(pdf_reader(data).pages) == 1


def test_arabic_on_screen_is_read_from_right_to_left():
    html = render("take-home", sheets.yes("ar"), "ar").html()
    assert '<article class="report" lang="ar" dir="rtl">' in html
    assert '<p class="number"><bdi dir="ltr">' in html


def test_a_number_in_arabic_text_keeps_its_order():
    context = sheets.yes("ar")
    context["words"]["bring"] = "اتصل بالرقم 0800 5088"
    report = render("take-home", context, "ar")
    assert "0800\u00a05088" in report.text()
    positions: dict[str, float] = {}

    def place(text: str, _cm: object, matrix: list[float], *_: object) -> None:
        positions.update({digits: matrix[4] for digits in ("0800", "5088") if digits in text})

    pdf_reader(report.pdf()).pages[0].extract_text(visitor_text=place)
    assert len(positions) == 2
    assert positions["0800"] <= positions["5088"]


def test_pdf_and_word_are_the_same_twice(report: Report):
    again = render(report.name, CONTEXTS[report.language](), report.language)
    assert report == again
    assert report.pdf() == again.pdf()
    assert report.docx() == again.docx()


def test_word_has_every_word(report: Report):
    check(report, BOX.sub("", docx_text(report.docx())), words_of(report))


def test_word_has_real_headings_and_its_language(report: Report):
    data = report.docx()
    document = docx.Document(BytesIO(data))
    paragraphs = [*document.paragraphs, *(p for t in document.tables for c in t._cells for p in c.paragraphs)]
    first = [paragraph.text for paragraph in paragraphs if paragraph.style.name == "Heading 1"]
    assert first == [report.title]
    if report.name != "note":
        assert any(paragraph.style.name == "Heading 2" for paragraph in paragraphs)
    styles = ZipFile(BytesIO(data)).read("word/styles.xml").decode()
    assert f'w:lang w:val="{WORD_LANGUAGES[report.language]}"' in styles
    assert 'w:asciiTheme="minorHAnsi"' not in re.search(r'w:styleId="Normal".*?</w:style>', styles, re.S)[0]


def test_word_says_nothing_about_who_or_when(report: Report):
    with ZipFile(BytesIO(report.docx())) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert report.title in core
        assert not re.search(r"creator|python|created|modified|20\d\d-|description", core)
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if re.search("thumbnail|app.xml|customXml", name)]


def test_text_has_every_word(report: Report):
    if report.name == "note":
        pytest.skip("the note has limits of its own: test_note.py")
    check(report, report.text(), words_of(report))


@pytest.mark.parametrize("name", NAMES)
def test_long_values_still_fit_one_page(name: str):
    report = render(name, longest())
    data = report.pdf()
    assert len(pdf_reader(data).pages) == 1
    check(report, pdf_text(data), words_of(report))


def test_nothing_is_lost_when_one_page_is_too_little():
    blocks = (Title("T"), *(Paragraph((Run(f"alinea {number} " * 12),)) for number in range(90)))
    data = write_pdf(blocks, "T", "nl", "letter")
    assert len(pdf_reader(data).pages) > 1
    assert "alinea 89" in pdf_text(data)


def test_a_very_long_word_stays_on_the_page():
    context = dutch() | {"own_words": "m" * 200}
    sizes = []
    page = pdf_reader(render("referral", context).pdf()).pages[0]
    page.extract_text(visitor_text=lambda text, cm, tm, font, size: sizes.append((text.count("m"), tm[4])))
    assert max(count for count, _ in sizes) < 60


def test_letters_the_typeface_lacks_are_named_and_only_the_pdf_refuses():
    report = render("referral", dutch() | {"own_words": "graag 😀"})
    with pytest.raises(UnprintableText) as caught:
        report.pdf()
    assert "😀" in caught.value.text
    assert "😀" in report.text()
    assert "😀" in docx_text(report.docx())


def test_blocks_that_no_report_uses_yet_have_every_format():
    blocks = (
        Title("Titel"),
        Lead("Kop", "Vraag", "vandaag"),
        Heading("Lijst", 2),
        Bullets(((Run("een"),), (Run("twee"),))),
        Quote("gezegd"),
        Table(("jaar", "uren"), (("2021", "acht"), ("2022", "negen"))),
        Notice("Let op", (Paragraph((Run("iets"),)),)),
        Pictograms(()),
        Footer("einde"),
    )
    texts = (
        write_text(blocks),
        Page(write_html(blocks, "nl")).words,
        pdf_text(write_pdf(blocks[:-2] + blocks[-1:], "Titel", "nl", "letter")),
        docx_text(write_docx(blocks, "Titel", "nl")),
    )
    for text in texts:
        for word in ("Titel", "Vraag", "vandaag", "twee", "gezegd", "negen", "Let op", "iets", "einde"):
            assert word in folded(text)
