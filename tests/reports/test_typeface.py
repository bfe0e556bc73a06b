"""What the typeface has is read from its file, and typst agrees."""

from __future__ import annotations

import pytest

from mantelzorg.reports import UnprintableText, lacking
from mantelzorg.reports.blocks import Paragraph, Run, Title
from mantelzorg.reports.pdf import write_pdf

from .readers import pdf_text, squeezed


def test_dutch_and_its_neighbours_are_there():
    assert lacking("Eén café, ’s ochtends: “één” – €\u00a05 … Çağrı Łukasz Ĳ ß ☐ •") == ""


@pytest.mark.parametrize(
    "letters",
    [
        "çÇğĞıIiİöÖşŞüÜâîû",
        "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ „”",
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ ’ʼ «»",
        "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي ًٌٍَُِّْٰـ ،؛؟ 0123456789 ٠١٢٣٤٥٦٧٨٩ «»",
    ],
    ids=["Turkish", "Polish", "Ukrainian", "Arabic"],
)
def test_every_language_of_the_sheet_has_its_letters(letters: str):
    assert lacking(letters) == ""


def test_what_lacks_is_named_once_and_in_order():
    assert lacking("a😀b 你好 سلام 😀") == "😀你好"


@pytest.mark.parametrize("start", range(0x20, 0x2800, 0x100))
def test_typst_shows_everything_that_is_said_to_be_there(start: int):
    letters = "".join(chr(code) for code in range(start, start + 0x100) if chr(code).isalnum())
    there = "".join(letter for letter in letters if not lacking(letter))
    text = " ".join(there[at : at + 20] for at in range(0, len(there), 20))
    data = write_pdf((Title("T"), Paragraph((Run(text),))), "T", "nl", "letter")
    assert len(squeezed(pdf_text(data))) >= len(there)


def test_the_pdf_refuses_the_rest():
    with pytest.raises(UnprintableText, match="😀"):
        write_pdf((Title("😀"),), "T", "nl", "letter")
