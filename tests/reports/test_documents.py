"""What each of the three documents must say, and must leave out."""

from __future__ import annotations

import re
from typing import Any

import pytest

from mantelzorg.reports import NAMES, SHARED, ReportError, render
from mantelzorg.reports.blocks import Action, Notice, Rows
from mantelzorg.reports.templates import FOLDER

from . import sheets
from .readers import docx_text, pdf_reader, pdf_text, squeezed
from .samples import CONTEXTS, dutch, longest

# ux: never in any output. "Niet bekend" must not turn into "geen", and the tool promises nothing.
NEVER = r"\bBSN\b|geboortedatum|adres\b|diagnose|medicatie|score|procent|%|weigert|kan het niet aan|recht op"
NEVER_ENGLISH = r"date of birth|address|diagnosis|medication|score|per cent|entitled|refuses"


def said_by(template: str) -> str:
    """A template without its tags and without what is filled in."""
    source = (FOLDER / template).read_text("utf-8")
    return re.sub(r"{[%#{].*?[%#}]}|<[^>]*>", " ", source, flags=re.DOTALL)


@pytest.mark.parametrize("language", list(CONTEXTS))
@pytest.mark.parametrize("name", [name for name in NAMES if name not in SHARED])
def test_templates_say_nothing_they_must_not(name: str, language: str):
    said = said_by(f"{language}/{name}.html.j2")
    assert said.strip()
    assert not re.search(f"{NEVER}|{NEVER_ENGLISH}", said, re.IGNORECASE)


@pytest.mark.parametrize("name", SHARED)
def test_a_template_for_every_language_has_no_words_of_its_own(name: str):
    assert not re.search(r"\w", said_by(f"{name}.html.j2"))


def test_no_consent_is_said_in_bold_with_an_empty_box():
    report = render("referral", CONTEXTS["en"](), "en")
    notice = next(block for block in report.blocks if isinstance(block, Notice))
    assert notice.ticked is False
    assert "<strong>No consent yet. Do not send.</strong>" in report.html()
    assert "[ ] Consent" in report.text()
    assert "☐ Consent" in docx_text(report.docx())


def test_the_layout_of_the_referral():
    kinds = [type(block).__name__ for block in render("referral", dutch()).blocks]
    assert kinds == ["Title", "Lead", "Rows", "Notice", "Blanks", "ReplyStrip", "Footer"]


def test_empty_values_leave_no_label_behind():
    empty: dict[str, Any] = {"unknown": [], "done": [], "reach": [], "wish": "", "own_words": "", "situation": []}
    rows = next(block for block in render("referral", dutch() | empty).blocks if isinstance(block, Rows))
    assert [row.label for row in rows.rows] == ["Uitkomst", "Signalen"]


def test_no_signals_is_not_said_as_none_of_them():
    assert "Signalen: Niet besproken." in render("referral", dutch() | {"signals": []}).text()


def test_take_home_has_no_signals_and_no_own_words():
    report = render("take-home", dutch())
    for text in (report.text(), report.html(), pdf_text(report.pdf()), docx_text(report.docx())):
        assert not re.search("Slaapt slecht|Soms zwaar|de post kan doen", text)


def test_the_neutral_sheet_keeps_only_the_numbers():
    context = dutch()
    context["caregiver"]["neutral"] = True
    text = render("take-home", context).text()
    assert "zwaar" not in text
    assert "112" in text


def test_the_sheet_says_the_words_it_is_given():
    context = dutch()
    context["words"]["say"] = "Wat kun je zeggen?"
    text = render("take-home", context).text()
    assert "Wat kun je zeggen?" in text
    assert "Wat kunt u zeggen?" not in text


def test_a_no_has_no_sentence_to_say_and_no_heading_for_it():
    text = render("take-home", sheets.no("nl")).text()
    assert "Wat kunt u zeggen?" not in text
    assert "“" not in text


def test_a_missing_number_leaves_room_and_is_never_made_up():
    report = render("take-home", dutch())
    action = next(block for block in report.blocks if isinstance(block, Action))
    assert action.number == ""
    assert "____ (Telefoonnummer nog niet ingevuld.)" in report.text()
    assert "Telefoonnummer nog niet ingevuld." in pdf_text(report.pdf())
    assert set(re.findall(r"\d{3,}", report.text().replace("2026", ""))) == {"112"}


def test_the_number_is_46_points_and_shrinks_only_when_it_must():
    def size(number: str) -> float:
        context = dutch()
        context["contact"]["number"] = number
        found: list[float] = []
        page = pdf_reader(render("take-home", context).pdf()).pages[0]
        page.extract_text(
            visitor_text=lambda text, cm, tm, font, size: found.append(size) if number[:3] in text else None
        )
        return max(found)

    assert size("036 123 45 67") == 46
    assert 14 < size("036 123 45 67 of 036 123 45 68 of 036 123 45 69") < 46


@pytest.mark.parametrize("context", [dutch(), longest()], ids=["usual", "longest"])
def test_the_sheet_is_nowhere_smaller_than_14_points_but_in_the_footer(context: dict[str, Any]):
    found: list[tuple[float, str]] = []
    page = pdf_reader(render("take-home", context).pdf()).pages[0]
    page.extract_text(visitor_text=lambda text, cm, tm, font, size: found.append((size, text)))
    small = "".join(text for size, text in found if text.strip() and size < 13.99)
    assert squeezed(small) == squeezed(context["footer"])


def test_icons_outside_the_folder_are_refused():
    with pytest.raises(ReportError, match="pictogram"):
        render("take-home", dutch() | {"offers": [{"icon": "../fonts/OFL", "label": "x"}]})
