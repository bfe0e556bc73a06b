"""The rule book as a page: it says all that the rules say, one rule set at a time."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from mantelzorg.content import ROOT, Content, load
from tests.book.expected import texts_of


def book() -> None:
    from mantelzorg.web import book_page, page
    from mantelzorg.web.trial import live
    from mantelzorg.web.words import words

    book_page.draw(live().content, words(page.language()), lambda: None)


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.fixture(scope="module")
def at() -> AppTest:
    return AppTest.from_function(book, default_timeout=120).run()


def seen(at: AppTest) -> str:
    bodies = " ".join(element.proto.body for element in at.get("html"))
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", bodies)))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_says_all_that_the_rules_say(at: AppTest, content: Content, language: str) -> None:
    at.segmented_control(key="language").select(language).run()
    for name in content.judges:
        at.segmented_control(key="book-rules").select(name).run()
        assert not at.exception
        shown = seen(at)
        for text in texts_of(content.judges[name].rules, content, language):
            assert re.sub(r"\s+", " ", text) in shown


def test_every_verdict_has_a_picture_with_a_text(at: AppTest, content: Content) -> None:
    at.segmented_control(key="language").select("nl").run()
    at.segmented_control(key="book-rules").select("mantelzorg").run()
    for verdict in content.judges["mantelzorg"].rules.verdicts:
        at.segmented_control(key="book-verdict-mantelzorg").select(verdict).run()
        (chart,) = at.get("graphviz_chart")
        assert chart.proto.spec.startswith("digraph")
        assert chart.proto.alt.startswith("Zo komt u uit bij ‘")
        assert "Regel " in chart.proto.alt


def test_another_situation_can_be_chosen(at: AppTest) -> None:
    at.selectbox(key="book-case").select("c003").run()
    assert not at.exception
    assert "haar gezonde man" in seen(at).lower()


def test_the_first_page_does_not_wait_for_the_others() -> None:
    code = "import sys, mantelzorg.web.main; print([name for name in sys.modules if name.startswith('mantelzorg.')])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert "mantelzorg.web.page" in loaded
    assert not re.search(r"mantelzorg\.(book|checks|comparison)|_page", loaded)
