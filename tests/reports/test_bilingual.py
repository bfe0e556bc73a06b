"""The sheet in Dutch with another language beside it: the same parts, each in its language, on one page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from mantelzorg.reports import Bilingual, Report, ReportError, UnprintableText, beside, render
from mantelzorg.reports.blocks import Block, Footer, Heading, Paragraph

from . import sheets
from .readers import OUR_TYPEFACES, Page, pdf_fonts, pdf_reader, pdf_text, says, squeezed, tagged
from .samples import dutch
from .test_formats import words_of

SAMPLES = {"yes": sheets.yes, "no": sheets.no}
NUMBER = "030 760 60 55"


def sheet(language: str, kind: str = "yes") -> Report:
    return render("take-home", SAMPLES[kind](language), language)


def notice(language: str) -> tuple[str, str]:
    return sheets.words("nl")["not_reviewed"], sheets.words(language)["not_reviewed"]


@pytest.fixture(params=[(own, kind) for own in sheets.OWN for kind in SAMPLES], ids="-".join)
def both(request: pytest.FixtureRequest) -> Bilingual:
    own, kind = request.param
    return beside(sheet("nl", kind), sheet(own, kind), notice(own))


def all_words(both: Bilingual) -> list[str]:
    """Every text that must be there: the number and the footer of the own sheet are not."""
    number, footer = re.sub(r"\s", "", NUMBER), both.footer
    found = [*words_of(both.dutch), *words_of(both.own), *both.notice]
    return [word for word in found if squeezed(word) not in (number, squeezed(footer))] + [NUMBER, footer]


def small_letters(data: bytes, under: float) -> str:
    found: list[str] = []
    page = pdf_reader(data).pages[0]
    page.extract_text(visitor_text=lambda text, cm, tm, font, size: found.append(text) if size < under - 0.01 else None)
    return "".join(found)


def languages_of(data: bytes, *tags: str) -> list[tuple[str, str]]:
    """The tags of these kinds in order, each with the language it is in."""
    root = pdf_reader(data).trailer["/Root"]
    nodes = tagged(root["/StructTreeRoot"], str(root["/Lang"]))
    return [(node["/S"].strip("/"), node["/Lang"]) for node in nodes if node["/S"].strip("/") in tags]


def test_the_pdf_says_all_of_both_languages_on_one_page(both: Bilingual):
    data = both.pdf()
    assert len(pdf_reader(data).pages) == 1
    assert [word for word in all_words(both) if not says(data, word)] == []
    assert squeezed(pdf_text(data)).count(squeezed(NUMBER)) == 1
    assert pdf_text(data).count("Gemaakt met") == 1


def test_the_pdf_holds_our_typefaces_alone(both: Bilingual):
    fonts = pdf_fonts(both.pdf())
    assert all(name.startswith(OUR_TYPEFACES) for name in fonts), fonts
    assert all(fonts.values())


def test_only_the_notice_and_the_footer_are_small(both: Bilingual):
    small = squeezed(small_letters(both.pdf(), 13))
    assert set(small) <= set(squeezed("".join((*both.notice, both.footer))))
    assert small.endswith(squeezed(both.footer))


def test_a_no_with_everything_that_a_yes_can_say_still_fits_on_one_page():
    """Longer than a real sheet: the longest title and text there are, with three reasons and a sentence to say."""
    texts = {
        "nl": "U doet dit als werk of stage. Helpt u ook in uw eigen tijd? Doe de vragen dan nog eens over dat deel.",
        "uk": "Ви робите це як роботу або стажування. Чи допомагаєте ви також у свій вільний час? "
        "Тоді дайте відповіді на запитання ще раз щодо цієї частини.",
    }
    contexts = {language: sheets.yes(language) for language in texts}
    for language, context in contexts.items():
        title = sheets.no(language)["caregiver"]["title"]
        context["caregiver"] |= {"title": title, "text": texts[language]}
    dutch, own = (render("take-home", context, language) for language, context in contexts.items())
    data = beside(dutch, own, notice("uk")).pdf()
    assert len(pdf_reader(data).pages) == 1


def test_an_arabic_word_before_a_number_keeps_its_form():
    assert "بالرقم" in pdf_text(beside(sheet("nl"), sheet("ar")).pdf())


def test_the_pdf_says_which_part_is_in_which_language(both: Bilingual):
    data = both.pdf()
    assert pdf_reader(data).trailer["/Root"]["/Lang"] == "nl"
    headings = languages_of(data, "H1", "H2")
    own = both.own.language
    assert headings[0::2] == [(tag, "nl") for tag, _ in headings[0::2]]
    assert headings[1::2] == [(tag, own) for tag, _ in headings[0::2]]
    spoken = [language for _, language in languages_of(data, "P")]
    # The footer is there in Dutch alone.
    assert spoken.count("nl") == spoken.count(own) + 1


def test_the_screen_has_every_word_in_its_language(both: Bilingual):
    html = both.html()
    page = Page(html)
    there = squeezed(page.words)
    assert [word for word in all_words(both) if squeezed(word) not in there] == []
    assert there.count(squeezed(NUMBER)) == 1
    assert there.count("Gemaaktmet") == 1
    own = (("lang", both.own.language), ("dir", "rtl" if both.own.language == "ar" else "ltr"))
    pairs = [attributes for tag, attributes in page.tags if tag == "div" and attributes != (("class", "pair"),)]
    assert len(pairs) > 8
    assert set(pairs[0::2]) == {(("lang", "nl"), ("dir", "ltr"))}
    assert set(pairs[1::2]) == {own}
    assert not {tag for tag, _ in page.tags} & {"script", "a", "form", "input", "h1", "link"}


def test_the_text_is_all_dutch_and_then_all_of_the_other(both: Bilingual):
    text = both.text()
    assert [word for word in all_words(both) if squeezed(word) not in squeezed(text)] == []
    assert text.index(both.dutch.title) < text.index("Bel uw huisarts") < text.index(both.own.title)
    assert text.endswith(f"{both.footer}\n")


def test_hostile_text_is_shown_as_it_is():
    context = sheets.yes("tr")
    context["caregiver"]["text"] = '<img src=x onerror="alert(1)"> $1$ #read("/etc/passwd")'
    made = beside(sheet("nl"), render("take-home", context, "tr"), ("<b>", "<i>"))
    assert not {tag for tag, attributes in Page(made.html()).tags if ("src", "x") in attributes}
    assert not {"b", "i"} & {tag for tag, _ in Page(made.html()).tags}
    assert says(made.pdf(), '<img src=x onerror="alert(1)"> $1$ #read("/etc/passwd")')


def test_a_letter_that_no_typeface_has_is_named():
    made = beside(sheet("nl"), sheet("tr"), ("", "你"))
    with pytest.raises(UnprintableText, match="你"):
        made.pdf()


def test_without_a_number_there_is_room_and_both_languages_say_so():
    def unknown(language: str, missing: str) -> Report:
        context = sheets.yes(language)
        context["contact"] |= {"number": "", "missing": missing}
        return render("take-home", context, language)

    made = beside(unknown("nl", "nog niet ingevuld"), unknown("tr", "henüz doldurulmadı"))
    for text in (made.text(), made.html(), pdf_text(made.pdf())):
        assert "Nog niet ingevuld." in text
        assert "Henüz doldurulmadı." in text


def without_say(report: Report) -> tuple[Block, ...]:
    return tuple(block for block in report.blocks if not (isinstance(block, Heading) and "söyle" in block.text))


@pytest.mark.parametrize(
    "own",
    [
        lambda own: replace(own, blocks=without_say(own)),
        lambda own: replace(own, blocks=(*own.blocks[1::-1], *own.blocks[2:])),
        lambda own: sheet("tr", "no"),
        lambda own: render("take-home", sheets.yes("tr") | {"offers": []}, "tr"),
        lambda own: render("take-home", sheets.yes("tr") | {"contact": dutch()["contact"]}, "tr"),
    ],
    ids=["a heading less", "another order", "another verdict", "no pictograms", "another number"],
)
def test_two_sheets_that_are_not_alike_are_refused(own: Any):
    with pytest.raises(ReportError, match="niet dezelfde delen"):
        beside(sheet("nl"), own(sheet("tr")))


def test_only_the_sheet_goes_in_two_languages():
    note = render("note", dutch())
    with pytest.raises(ReportError, match="Alleen het blad"):
        beside(note, note)


def test_a_footer_is_no_part_of_the_comparison():
    own = sheet("tr")
    blocks = tuple(block for block in own.blocks if not isinstance(block, Footer))
    assert beside(sheet("nl"), replace(own, blocks=blocks)).footer.startswith("Gemaakt met")
    assert isinstance(own.blocks[1], Paragraph)
