"""The rule book in every format: all that the rule sets say is in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from mantelzorg.book import make_book, write_html, write_pdf
from mantelzorg.book.book import in_order
from mantelzorg.book.drawing import draw
from mantelzorg.book.graph import dot, walk
from mantelzorg.book.side_by_side import side_by_side
from mantelzorg.cases import Case
from mantelzorg.cli import main
from mantelzorg.content import Content
from tests.book.expected import texts_of
from tests.reports.readers import Page, folded, pdf_fonts, pdf_reader, pdf_text, squeezed

LANGUAGES = ("nl", "en")
Written = Callable[[str, str], Any]


@pytest.fixture(scope="module")
def written(content: Content, cases: tuple[Case, ...]) -> Written:
    """The book in both languages, each format made once."""

    @cache
    def make(language: str, kind: str) -> Any:
        book = make_book(content, cases, language)
        return book if kind == "book" else write_html(book) if kind == "html" else write_pdf(book)

    return make


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_html_says_all_that_the_rules_say(written: Written, content: Content, language: str) -> None:
    words = folded(Page(written(language, "html")).words)
    for name in content.judges:
        for text in texts_of(content.judges[name].rules, content, language):
            assert folded(text) in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_says_all_that_the_rules_say(written: Written, content: Content, language: str) -> None:
    words = squeezed(pdf_text(written(language, "pdf")))
    # A sentence that goes on over the page has the page number in it.
    bare = re.sub(r"\d", "", words)
    for name in content.judges:
        for text in texts_of(content.judges[name].rules, content, language):
            assert squeezed(text) in words or re.sub(r"\d", "", squeezed(text)) in bare


def test_the_html_stands_alone(written: Written) -> None:
    html = written("nl", "html")
    page = Page(html)
    assert not re.search(r"<script|<link|<img|@import|url\(|src=", html)
    assert html.startswith('<!DOCTYPE html>\n<html lang="nl">')
    ids = [value for _, attributes in page.tags for key, value in attributes if key == "id"]
    assert len(ids) == len(set(ids))
    inner = {value[1:] for _, given in page.tags for key, value in given if key == "href" and value[0] == "#"}
    assert inner == set(ids)
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_pdf_is_tagged_dutch_and_has_contents(written: Written) -> None:
    reader = pdf_reader(written("nl", "pdf"))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert reader.metadata.title == "Regelboek"
    assert len(reader.outline) > 3
    assert all(pdf_fonts(written("nl", "pdf")).values())


def test_the_same_content_gives_the_same_bytes(content: Content, cases: tuple[Case, ...]) -> None:
    books = [make_book(content, cases, "nl", ["cbs"]) for _ in range(2)]
    assert write_pdf(books[0]) == write_pdf(books[1])
    assert write_html(books[0]) == write_html(books[1])


def test_every_picture_is_whole(written: Written) -> None:
    for part in written("nl", "book").parts:
        for picture in part.pictures:
            nodes = list(walk(picture.tree))
            drawn = ElementTree.fromstring(draw(picture.tree, picture.text))
            assert drawn.get("aria-label") == picture.text
            assert len(drawn.findall("{*}rect")) == len(nodes)
            boxes, edges = dot(picture.tree).count("label="), dot(picture.tree).count("->")
            assert (boxes, edges) == (len(nodes), len(nodes) - 1)
            assert dot(picture.tree).count("[style=dashed]") == sum(node.negative for node in nodes)


def test_boxes_of_a_picture_do_not_overlap(written: Written) -> None:
    for part in written("nl", "book").parts:
        for picture in part.pictures:
            svg = ElementTree.fromstring(draw(picture.tree, ""))
            boxes = [[float(box.get(key)) for key in ("x", "y", "width", "height")] for box in svg.findall("{*}rect")]
            for x, y, width, height in boxes:
                assert y >= 0
                assert y + height <= float(svg.get("height"))
                beside = [one for one in boxes if one[0] == x and one[1] > y]
                assert all(other[1] >= y + height for other in beside), width


def test_a_quote_in_a_title_stays_inside_its_node(written: Written) -> None:
    tree = written("nl", "book").parts[0].pictures[0].tree
    odd = type(tree)('a "quote" \\ and <b>', tree.shape, tone="yes")
    assert r"a \"quote\" \\ and <b>" in dot(odd)
    assert "a &quot;quote&quot; \\ and &lt;b&gt;" in draw(odd, "x")


def test_one_situation_side_by_side(content: Content, cases: tuple[Case, ...]) -> None:
    judges = [content.judges[name] for name in in_order(content)]
    for case in cases:
        found = side_by_side(judges, case, "nl")
        assert [row.rules for row in found.rows] == list(in_order(content))
        assert found.story == case.story
        assert all(row.result and row.tone for row in found.rows)
        assert all(row.reason for row in found.rows if row.tone in ("yes", "maybe", "no"))


def test_the_printed_situation_shows_a_difference(written: Written) -> None:
    tones = {row.tone for row in written("nl", "book").situation.rows}
    assert {"yes", "no"} <= tones


def test_the_limits_stand_beside_each_other(written: Written) -> None:
    found = written("nl", "book").limits
    hours = dict(found.rows)["uren per week"]
    asked = dict(zip(found.titles, hours, strict=True))
    assert asked["Waardering Almere (2021)"] == "helpt meer dan 8 uur per week"
    assert asked["Mantelzorgcompliment Alkmaar (2020)"] == "helpt minstens 8 uur per week"
    assert asked["Is dit mantelzorg?"] == ""


def test_the_command_writes_both_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    html, pdf = tmp_path / "boek.html", tmp_path / "boek.pdf"
    assert main(["book", "--language", "en", "--html", str(html), "--pdf", str(pdf), "--rules", "cbs"]) == 0
    assert "Survey" in html.read_text(encoding="utf-8")
    assert pdf.read_bytes().startswith(b"%PDF")
    assert "boek.pdf: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "said"), [(["--rules", "cbz"], "Bedoelde u 'cbs'?"), (["--html", "/nergens/boek.html"], "te schrijven")]
)
def test_the_command_says_what_it_cannot_do(given: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["book", *given]) == 2
    assert said in capsys.readouterr().err
