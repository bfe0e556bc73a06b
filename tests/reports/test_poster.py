"""The poster: its QR code opens the address, the address can be typed, and everything is on one accessible page."""

from __future__ import annotations

import re

import pytest
import segno

from mantelzorg.reports import ReportError, UnprintableText
from mantelzorg.reports.poster import WORDS, poster
from mantelzorg.reports.qr import LONGEST_ADDRESS, qr_code, readable

from .readers import OUR_TYPEFACES, pdf_fonts, pdf_reader, pdf_text, says, squeezed, tagged

ADDRESS = "https://voorbeeld.nl/mantelzorg"
WORDS_NL = {
    "title": "Helpt u iemand die ziek is of hulp nodig heeft?",
    "text": "U doet boodschappen, gaat mee naar de dokter of let op. Misschien is er ook hulp voor u.",
    "scan": "Scan met uw telefoon, of ga naar het adres hieronder.",
    "or_call": "Liever praten? Bel",
    "no_names": "3 minuten. Geen naam nodig.",
    "footer": "Ook in: Türkçe · العربية · Polski · Українська · English. Vraag het ook aan de balie.",
}
CONTACT = {"number": "030 760 60 55", "hours": "Maandag tot en met vrijdag, 9 tot 17 uur.", "missing": ""}


def made(address: str = ADDRESS, **words: str) -> bytes:
    return poster(WORDS_NL | words, address, CONTACT)


def drawn(svg: str) -> list[bytearray]:
    """The modules of a QR code as its picture draws them: strokes of one high, row by row."""
    size = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    modules = [bytearray(size) for _ in range(size)]
    row, column = -1, 0
    for command, across, _, down in re.findall(r"([Mmh])(-?[\d.]+)( (-?[\d.]+))?", re.search(r' d="([^"]+)"', svg)[1]):
        if command == "h":
            modules[row][column : column + int(across)] = b"\x01" * int(across)
        elif command == "M":
            row, column = int(float(down) - 0.5), 0
        else:
            row += int(float(down))
        column += int(across)
    return modules


@pytest.mark.parametrize("address", [ADDRESS, "http://a.nl/?plek=wachtkamer&taal=nl", "https://a.nl/" + "x" * 187])
def test_the_code_is_the_one_for_the_address_with_its_white_border(address: str):
    expected = segno.make_qr(address, error="m")
    assert drawn(qr_code(address)) == [bytearray(row) for row in expected.matrix_iter(border=4)]
    assert expected.error in ("M", "Q", "H")


def test_the_poster_says_everything_on_one_page_with_our_typefaces():
    data = made()
    for word in (*WORDS_NL.values(), CONTACT["number"], CONTACT["hours"], "voorbeeld.nl/mantelzorg"):
        assert says(data, word), word
    assert len(pdf_reader(data).pages) == 1
    assert all(name.startswith(OUR_TYPEFACES) for name in pdf_fonts(data))


def test_the_code_has_words_for_who_cannot_see_it():
    root = pdf_reader(made()).trailer["/Root"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data().decode()
    figures = [node for node in tagged(root["/StructTreeRoot"]) if node["/S"] == "/Figure"]
    assert [figure["/Alt"] for figure in figures] == [f"{WORDS_NL['scan']} voorbeeld.nl/mantelzorg"]
    assert root["/Lang"] == "nl"


def test_the_same_words_give_the_same_bytes():
    assert made() == made()


def test_a_long_address_stays_readable_and_on_the_page():
    address = "https://a.nl/" + "lang-" * 37
    assert len(address) <= LONGEST_ADDRESS
    data = made(address)
    assert len(pdf_reader(data).pages) == 1
    assert squeezed(readable(address)) in squeezed(pdf_text(data))


def test_without_a_number_there_is_room_to_write_it():
    data = poster(WORDS_NL, ADDRESS, {"number": "", "missing": "Vul hier het nummer in"})
    assert says(data, "Vul hier het nummer in")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "voorbeeld.nl",
        "ftp://voorbeeld.nl",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https:///pad",
        "https://[",
        "https://a.nl/" + "x" * 188,
        "https://a.nl/een twee",
        "https://a.nl/\n",
        "https://a.nl/\x00",
        "https://a.nl/\u202egro",
        "https://a.nl/\u00a0",
    ],
)
def test_what_is_no_web_address_is_refused(address: str):
    with pytest.raises(ReportError, match="geen webadres"):
        made(address)


def test_the_refusal_does_not_repeat_what_was_typed():
    with pytest.raises(ReportError) as caught:
        made("Jan Testpatient")
    assert "Testpatient" not in str(caught.value)


@pytest.mark.parametrize("name", WORDS)
def test_a_missing_word_is_named(name: str):
    words = {key: value for key, value in WORDS_NL.items() if key != name}
    with pytest.raises(ReportError, match=name):
        poster(words, ADDRESS, CONTACT)


def test_letters_and_lengths_are_guarded_as_in_every_document():
    with pytest.raises(UnprintableText, match="你"):
        made(title="你")
    with pytest.raises(ReportError, match="te lang"):
        made(text="x" * 501)
    assert says(made(title='#read("/etc/passwd") $1$'), '#read("/etc/passwd") $1$')
