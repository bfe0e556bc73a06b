"""The note for the patient file: ASCII, ten lines of ninety characters, each with its letter."""

from __future__ import annotations

import pytest

from mantelzorg.reports import render
from mantelzorg.reports.plain import ascii_text

from .samples import CONTEXTS, dutch


@pytest.mark.parametrize("language", list(CONTEXTS))
def test_limits(language: str):
    text = render("note", CONTEXTS[language](), language).text()
    lines = text.splitlines()
    assert text.isascii()
    assert len(lines) <= 10
    assert max(map(len, lines)) <= 90
    assert lines[-1].startswith("(Is dit mantelzorg?, ")
    assert [line[:3] for line in lines[:-1]] == ["S  "] * 3 + ["O  "] + ["E  "] * 2 + ["P  "] * 2


def test_a_long_line_repeats_its_letter():
    context = dutch()
    context["note"] = {"s": ["woord " * 40], "o": [], "e": ["x" * 200], "p": []}
    lines = render("note", context).text().splitlines()
    assert [line[0] for line in lines] == ["S"] * 3 + ["E"] * 3 + ["("]
    assert max(map(len, lines)) <= 90
    assert "".join(line[3:] for line in lines if line[0] == "E") == "x" * 200


def test_empty_lists_and_lines_drop_out():
    context = dutch()
    context["note"] = {"s": ["iets"], "o": [], "e": [""], "p": []}
    assert [line[0] for line in render("note", context).text().splitlines()] == ["S", "("]


def test_the_tip_is_on_screen_only():
    report = render("note", dutch())
    assert "dossier van de mantelzorger" in report.html()
    assert "dossier van de mantelzorger" not in report.text()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("één café’s", "een cafe's"),
        ("„a” – ‘b’ …", "\"a\" - 'b' ..."),
        ("€ 5", "EUR  5"),
        ("Ĳ ß ﬁ", "IJ ss fi"),
        ("ж", "?"),
    ],
)
def test_ascii(text: str, plain: str):
    assert ascii_text(text) == plain
