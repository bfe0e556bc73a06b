"""The self-check in a language in which every text is marked: that shows what was never translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from html import unescape

from streamlit.testing.v1 import AppTest

from mantelzorg.content import Content
from mantelzorg.translations import used_texts
from mantelzorg.two_languages import sheet_of
from mantelzorg.web.self_check_visit import CHECK, CLEARED, PRIVACY, RESULT, START, TAKE, Visit
from tests.web.self_check_walk import (
    MOTHER,
    PAID,
    UNKNOWN,
    YOUNG,
    Chosen,
    check,
    content,
    form,
    labels,
    page_for,
    plain,
    sound,
    visit_of,
    walked,
    window,
)

TEXTS = form().texts


@cache
def marked() -> Content:
    """Our content with one translated language, in which each text stands between « and »."""
    real = content().catalogues["tr"]
    forms = {
        who: dict.fromkeys(own, f"«{who}»") | {"who": f"«{who}»", "mine": f"«{who}»"} for who, own in real.forms.items()
    }
    texts = {dutch: f"«{dutch}»" for dutch in used_texts(content(), form())}
    return replace(content(), catalogues={"tr": replace(real, texts=texts, forms=forms, young_forms={})})


NAMES = ("Nederlands", "English", "Türkçe", "Mantelzorglijn", "VMCA")


def unmarked(text: str) -> str:
    """What is left of a text without what stands between the marks; names, numbers and dates aside."""
    before = None
    while before != text:
        before, text = text, re.sub(r"«[^«»]*»", " ", text)
    for name in NAMES:
        text = text.replace(name, " ")
    text = re.sub(r"\b\d{4}\.\d+-[0-9a-f]{7}\b", " ", text)
    return " ".join(re.findall(r"[^\W\d_]{2,}", text))


def test_the_marks_find_what_is_not_translated() -> None:
    assert unmarked("«Hallo «moeder», 3.»  030 760 60 55 «»") == ""
    assert unmarked("«Hallo» Verder «moeder»") == "Verder"
    assert unmarked("Kies «een «geneste» tekst» nu") == "Kies nu"


def moments() -> Iterator[Visit]:
    """A visit at each of its pages, for some who answer differently."""
    heavy: Chosen = {**MOTHER, "strain": ("too_much",)}
    paths = [
        (MOTHER, {}), (PAID, {}), (heavy, {}), ({}, {}), (MOTHER, YOUNG), ({**PAID, **heavy}, YOUNG),
        ({**MOTHER, "relationship": ("child",), "shares_home": ("yes",), "outlook": UNKNOWN}, {}),
        ({**MOTHER, "relationship": ("neighbour",), "bond_before_care": ("no",), "outlook": UNKNOWN}, {}),
        ({**MOTHER, "relationship": ("stranger",), "on_behalf_of": ("volunteer_organisation",)}, {}),
    ]  # fmt: skip
    for answers, start in paths:
        walk = walked(answers, start)
        for step in (START, PRIVACY, *walk.asked, CHECK, RESULT, TAKE):
            yield Visit(dict(walk.chosen), step, "tr", fresh=False, restored=step == CHECK)
    yield Visit({}, START, "tr")
    yield Visit({}, CLEARED, "tr", fresh=False)
    yield Visit({}, "relationship", "tr", fresh=False, error=check({}, "tr", marked()).say("choose"))


@dataclass(frozen=True)
class Drawn:
    """What one reads and hears of one page."""

    step: str
    read: str
    heard: str
    skip: str


def told(app: AppTest) -> str:
    """What one reads; the sheet is looked at by itself, since Dutch stands beside it."""
    bodies = [one.proto.body for one in app.get("html") if "<article" not in one.proto.body]
    spoken = re.findall(r'(?:aria-label|data-read|data-stop|alt|title)="([^"]*)"', " ".join(bodies))
    return "\n".join([plain("\n".join(bodies)), *labels(app), *map(unescape, spoken)])


@cache
def drawn() -> tuple[Drawn, ...]:
    """Every moment, in one session: drawing is then ten times as fast."""
    found, app = [], page_for(marked(), Visit(language="tr"))
    for number, visit in enumerate(moments(), start=1):
        app.session_state["self-check"] = replace(visit, number=number)
        sound(app.run())
        assert visit_of(app).step == visit.step
        data = window(app)
        heard = "\n".join([*data["spoken"], data["words"]["offline"]])
        found.append(Drawn(visit.step, told(app), heard, data["words"]["skip"]))
    return tuple(found)


def test_no_page_shows_a_text_that_cannot_be_translated() -> None:
    assert {START, PRIVACY, CHECK, RESULT, TAKE, CLEARED, "relationship", "tasks"} <= {page.step for page in drawn()}
    for page in drawn():
        assert unmarked(page.read) == "", page.step


def test_nothing_that_is_read_aloud_is_in_another_language() -> None:
    for page in drawn():
        assert unmarked(page.heard) == "", page.step


def test_the_link_to_the_content_is_translated() -> None:
    assert unmarked(drawn()[0].skip) == ""


def test_the_own_half_of_the_sheet_is_translated() -> None:
    for visit in moments():
        if visit.step == TAKE:
            made = check(visit.answers, "tr", marked())
            sheet = sheet_of(made.situation, marked().catalogues["tr"], "tr")
            dutch = set(sheet_of(made.situation, None).text().splitlines())
            own = [line for line in sheet.text().splitlines() if line not in dutch]
            assert own
            left = {unmarked(line) for line in own} - {"", unmarked(TEXTS["not_reviewed"]["nl"])}
            assert left == set()
