"""The restricted HTML becomes blocks, and everything outside it is refused with its place."""

from __future__ import annotations

import pytest

from mantelzorg.reports import ReportError
from mantelzorg.reports.blocks import (
    Action,
    Bullets,
    Emphasis,
    Heading,
    NoteLines,
    Notice,
    Paragraph,
    Quote,
    ReplyStrip,
    Row,
    Rows,
    Run,
    Table,
    Title,
    as_data,
)
from mantelzorg.reports.build import build

HEAD = '<h1 data-place="t:1">Titel</h1>'


def made(html: str):
    return build(HEAD + html, "t")[1:]


def test_title_with_its_date():
    assert build("<header><h1>Titel</h1><p>22 november</p></header>", "t") == (Title("Titel", "22 november"),)


def test_running_text_keeps_emphasis_and_single_spaces():
    (paragraph,) = made("<p>  een <strong> twee</strong>\n drie <small>vier</small> </p>")
    strong, quiet = Emphasis.STRONG, Emphasis.QUIET
    assert paragraph == Paragraph(
        (Run("een "), Run("twee", strong), Run(" drie "), Run("vier", quiet)),
    )


def test_a_no_break_space_stays():
    assert made("<p>Bel\u00a0112</p>") == (Paragraph((Run("Bel\u00a0112"),)),)


def test_escaped_text_is_decoded_once():
    assert made("<p>&amp;lt;b&amp;gt; &lt;b&gt;</p>") == (Paragraph((Run("&lt;b&gt; <b>"),)),)


def test_headings_lists_quotes_and_tables():
    html = "<h2>A</h2><h3>B</h3><ul><li>een</li><li></li></ul><blockquote>zeg</blockquote>"
    table = "<table><tr><th>x</th><th>y</th></tr><tr><td>1</td><td>2</td></tr></table>"
    assert made(html + table) == (
        Heading("A"),
        Heading("B", 3),
        Bullets(((Run("een"),),)),
        Quote("zeg"),
        Table(("x", "y"), (("1", "2"),)),
    )


def test_rows_hold_paragraphs_or_lists_and_empty_rows_go():
    html = "<dl><dt>A</dt><dd>een</dd><dt>B</dt><dd><p>twee</p><ul><li>drie</li></ul></dd><dt>C</dt><dd> </dd></dl>"
    two = (Paragraph((Run("twee"),)), Bullets(((Run("drie"),),)))
    assert made(html) == (Rows((Row("A", (Paragraph((Run("een"),)),)), Row("B", two))),)


@pytest.mark.parametrize(("kind", "ticked"), [("", None), (" ticked", True), (" unticked", False)])
def test_notice(kind: str, ticked: bool | None):
    (block,) = made(f'<section class="notice{kind}"><h2>Kop</h2><p>tekst</p></section>')
    assert block == Notice("Kop", (Paragraph((Run("tekst"),)),), ticked)


def test_action_without_a_number_says_what_is_missing():
    (block,) = made('<section class="action"><h2>Bel</h2><p class="missing">nog niet</p></section>')
    assert block == Action("Bel", "", "nog niet", ())


def test_reply_strip_tells_ticks_from_blanks():
    html = '<section class="reply"><p class="cut">knip</p><h2>Kop</h2><ul class="ticks"><li class="blank">a</li>'
    (block,) = made(html + '<li>b</li></ul><ul class="blanks"><li>Datum</li></ul></section>')
    assert isinstance(block, ReplyStrip)
    assert [(choice.label, choice.blank) for choice in block.choices] == [("a", True), ("b", False)]
    assert (block.cut, block.heading, block.labels) == ("knip", "Kop", ("Datum",))


def test_note_lines_drop_empty_lines():
    html = '<section class="note"><dl><dt>S</dt><dd>x</dd><dt>O</dt><dd></dd></dl><p class="closing">y</p></section>'
    assert made(html) == (NoteLines((("S", "x"),), "y"),)


def test_as_data_names_the_kind():
    assert as_data(Heading("A")) == {"kind": "Heading", "text": "A", "level": 2}


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("<script>x</script>", "<script>"),
        ("<p><img></p>", "<img>"),
        ('<p class="lead">x</p>', "lead"),
        ('<p style="x">x</p>', "style"),
        ('<p onclick="x">x</p>', "onclick"),
        ('<section class="other">x</section>', "other"),
        ("<section><p>x</p></section>", "precies één soort"),
        ('<section class="lead notice"></section>', "precies één soort"),
        ("<p>a<p>b</p>", "gesloten|staan|elkaar"),
        ("<p>a</h2>", "horen niet bij elkaar"),
        ("</p>", "elkaar"),
        ("los", "buiten een alinea"),
        ("<ul><p>x</p></ul>", "<p> kan niet in <ul>"),
        ("<dl><dt>a</dt><dd><p>a</p><h2>b</h2></dd></dl>", "<h2>"),
        ("<p/>", "<p/>"),
        ("<!doctype x>", "<!"),
        ("<?php x ?>", "<[?]"),
        ("<![CDATA[x]]>", "<!"),
        ("<table><tr><th>a</th></tr><tr><td>1</td><td>2</td></tr></table>", "niet even lang"),
        ('<section class="pictograms"><ul><li data-icon="../x">a</li></ul></section>', r"\.\./x"),
        ("<h1>Nog een</h1>", "één titel"),
    ],
)
def test_everything_else_is_refused(html: str, says: str):
    with pytest.raises(ReportError, match=says):
        made(html)


def test_a_report_without_title_is_refused():
    with pytest.raises(ReportError, match="titel"):
        build("<p>x</p>", "t")
