"""Hostile and odd text in the one free field: shown as it is, cleaned of what cannot be seen, or refused."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from mantelzorg.reports import ReportError, UnprintableText, clean, lacking, render
from mantelzorg.reports.context import LONGEST_TEXT

from .readers import OUR_TYPEFACES, Page, docx_text, pdf_fonts, pdf_reader, pdf_text, says, squeezed
from .samples import dutch

ATTACKS = Path(__file__).resolve().parents[3] / "shared" / "attacks"
OWN = [
    "Jan",
    "O'Brien & Zn. <b>",
    "a\x00b\x0bc",
    "Zoe\u0308",
    "“”„’",
    "a\ufffeb\U0001ffffc",
    '\\(x) $1$ #read("/etc/passwd") @a',
]


@cache
def shared() -> tuple[str, ...]:
    texts: list[str] = []
    if (file := ATTACKS / "text" / "free_text.json").exists():
        texts += [attack["text"] * attack.get("repeat", 1) for attack in json.loads(file.read_text("utf-8"))]
    if (file := ATTACKS / "public" / "blns.json").exists():
        texts += json.loads(file.read_text("utf-8"))
    return tuple(texts)


def texts() -> tuple[str, ...]:
    if not shared():
        pytest.skip(f"no attacks in {ATTACKS}")
    return shared()


def sampled(step: int) -> list[str]:
    """All texts of the short list and some of the long one: a PDF and a Word file cost 50 ms each."""
    return [*texts()[:60], *texts()[60::step]]


def report_with(text: str):
    return render("referral", dutch() | {"own_words": text})


@cache
def harmless() -> tuple[object, ...]:
    return tuple(Page(report_with("Jan").html()).tags)


def check_cheap(text: str) -> None:
    shown = squeezed(clean(text))
    report = report_with(text)
    page = Page(report.html())
    if shown:
        assert tuple(page.tags) == harmless()
        assert f"“{shown}”" in squeezed(page.words)
        assert f"“{shown}”" in squeezed(report.text())
    else:
        assert "“" not in page.words


def refused(text: str) -> bool:
    """Whether the text is refused, which may only happen because it is too long."""
    if len(text) <= LONGEST_TEXT:
        return False
    with pytest.raises(ReportError, match=r"context\.own_words.*te lang"):
        report_with(text)
    return True


def pdf_or_letters(text: str) -> bytes | str:
    """The PDF, or the letters for which it is refused."""
    try:
        return report_with(text).pdf()
    except UnprintableText as error:
        return error.text


def test_screen_and_text_show_every_attack_as_it_is():
    kept = [text for text in texts() if not refused(text)]
    assert len(kept) > 500
    for text in kept:
        check_cheap(text)
    assert not Path("/tmp/pwned").exists()


@pytest.mark.parametrize("text", OWN)
def test_every_format_shows_our_own_odd_texts(text: str):
    check_cheap(text)
    report = report_with(text)
    assert f"“{squeezed(clean(text))}”" in squeezed(docx_text(report.docx()))
    if "\ufffd" in clean(text):
        with pytest.raises(UnprintableText):
            report.pdf()
    else:
        assert f"“{squeezed(clean(text))}”" in squeezed(pdf_text(report.pdf()))


def test_pdf_shows_every_attack_or_names_the_letters_it_lacks():
    shown = without = 0
    for text in sampled(3):
        if refused(text):
            continue
        data = pdf_or_letters(text)
        if isinstance(data, str):
            assert data == lacking(clean(text))
            without += 1
            continue
        shown += 1
        assert len(pdf_reader(data).pages) == 1
        assert all(name.startswith(OUR_TYPEFACES) for name in pdf_fonts(data))
        assert says(data, clean(text)), text
    assert shown > 120
    assert without > 20
    assert not Path("/tmp/pwned").exists()


def test_word_shows_every_attack():
    for text in sampled(10):
        if not refused(text):
            assert squeezed(clean(text)) in squeezed(docx_text(report_with(text).docx())), text
    assert not Path("/tmp/pwned").exists()


@pytest.mark.parametrize("field", ["date", "footer", "question", "term", "wish", "signals_note"])
def test_no_field_is_trusted_more_than_another(field: str):
    html = render("referral", dutch() | {field: "<img src=x onerror=alert(1)>"}).html()
    assert "<img" not in html
    assert "&lt;img src=x" in html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zoe\u0308", "Zoë"),
        ("a\x00b\x1bc", "abc"),
        ("een\r\n\r\ntwee\tdrie", "een twee drie"),
        ("geen \u202eegnagdeot\u202c bezwaar", "geen egnagdeot bezwaar"),
        ("Ja\u200bn\u200d \ufeffPiet\u2060", "Jan Piet"),
        ("\u200b\u2060\u00ad\u3164 ", ""),
        (" \u00a0\u2003\t ", ""),
        ("a\ud800b", "a\ufffdb"),
        ("a\ufffeb", "a\ufffdb"),
        ("Bel\u00a0112 u\u202f1", "Bel\u00a0112 u\u00a01"),
        ("a\u2003b", "a b"),
    ],
)
def test_clean(text: str, shown: str):
    assert clean(text) == shown


def test_a_megabyte_is_refused_at_once():
    with pytest.raises(ReportError, match=r"context\.own_words.*te lang"):
        report_with("A" * 1_000_000)


def test_many_texts_together_are_refused():
    with pytest.raises(ReportError, match="samen zijn te lang"):
        render("referral", dutch() | {"signals": ["x" * 400] * 100})


def test_own_words_are_in_no_metadata():
    report = report_with("Zzyx Testpatient 111222333")
    assert "Zzyx" not in str(pdf_reader(report.pdf()).metadata)
    assert not re.search(rb"Zzyx", report.pdf().split(b"stream")[0])
    assert "Zzyx" not in report.title
