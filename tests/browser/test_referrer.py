"""The referrer's page in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sample_questions import ODD
from states import certain, everything_open, heavy

pytestmark = pytest.mark.browser

CORE = ("relatie", "reden", "meer_dan_gewoon", "onmisbaar", "sinds", "uren", "betaald", "organisatie")
Visits = Callable[..., Any]


def bottom(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return float(box["y"] + box["height"])


def no_sideways(page: Page) -> bool:
    return bool(
        page.evaluate(
            """() => [document.documentElement, document.querySelector("[data-testid=stMain]")]
            .every(one => one.scrollWidth <= one.clientWidth)"""
        )
    )


def test_everything_is_in_sight_on_a_desktop(visits: Visits, address: str) -> None:
    visit = visits(address)
    certain(visit)
    for fact in CORE:
        assert bottom(visit.page, f"[class*='st-key-q'][class*='-{fact} ']") <= 900
    assert bottom(visit.page, "#verdict") <= 900
    assert bottom(visit.page, ".copy") <= 900
    assert bottom(visit.page, ".st-key-clear") <= 900


def test_nothing_scrolls_sideways(visits: Visits, address: str) -> None:
    visit = visits(address)
    everything_open(visit)
    for width in (320, 390, 820, 1000, 1100, 1366):
        visit.page.set_viewport_size({"width": width, "height": 640})
        assert no_sideways(visit.page), width


def test_marks_do_not_make_rows_jump(visits: Visits, address: str) -> None:
    visit = visits(address)
    visit.choose("relatie", "ouder")
    before = bottom(visit.page, ".st-key-form")
    visit.choose("reden", "lang ziek")
    visit.choose("meer_dan_gewoon", "nee, bijna niets")
    visit.choose("betaald", "nee")
    visit.choose("organisatie", "nee")
    expect(visit.title).to_have_text("Ja, dit is mantelzorg.")
    assert abs(bottom(visit.page, ".st-key-form") - before) <= 2


def test_a_reason_leads_back_to_its_question(visits: Visits, address: str) -> None:
    visit = visits(address, width=390)
    visit.likely()
    visit.page.locator(".change[data-row=relatie]").click()
    expect(visit.page.get_by_role("radio", name="ouder")).to_be_focused()
    expect(visit.page.get_by_role("radio", name="ouder")).to_be_in_viewport()
    assert visit.page.url == address


def test_the_way_back_opens_a_closed_fold(visits: Visits, address: str) -> None:
    visit = visits(address)
    visit.likely()
    visit.page.locator(".change").first.evaluate("link => { link.dataset.row = 'woonplaats' }")
    visit.page.locator(".change").first.click()
    expect(visit.row("woonplaats").get_by_role("radio").first).to_be_visible()
    expect(visit.row("woonplaats").get_by_role("radio").first).to_be_focused()


def test_clear_all_leaves_nothing_of_the_client(visits: Visits, address: str) -> None:
    visit = visits(address)
    page = visit.page
    heavy(visit)
    page.get_by_role("tab", name="Verwijzing").click()
    page.get_by_text("vindt het goed dat de VMCA belt").click()
    page.get_by_label("In eigen woorden").fill("liever in de avond")
    page.get_by_label("In eigen woorden").press("Control+Enter")
    expect(page.locator(".preview").filter(has_text="liever in de avond")).to_be_visible()
    visit.clear()
    expect(page.locator(":is([class*='st-key-q'], [class*='st-key-c1']) [aria-checked=true]")).to_have_count(0)
    expect(page.locator("#support")).to_have_count(0)
    visit.choose("relatie", "kind")
    page.get_by_role("tab", name="Verwijzing").click()
    expect(page.get_by_label("In eigen woorden")).to_have_value("")
    expect(page.get_by_role("checkbox", name="vindt het goed")).not_to_be_checked()
    assert "avond" not in page.locator(".preview, .copy").evaluate_all("all => all.map(x => x.outerHTML).join()")


def test_copying_gives_the_exact_text(visits: Visits, address: str) -> None:
    visit = visits(address)
    visit.likely()
    visit.page.get_by_role("button", name="Kopieer dossiertekst").click()
    expect(visit.page.get_by_role("button", name="Gekopieerd")).to_be_visible()
    assert visit.page.evaluate("navigator.clipboard.readText()").startswith("S  Helpt ouder.\nE  Mantelzorg")


def test_a_file_is_made_on_a_click(visits: Visits, address: str) -> None:
    visit = visits(address)
    visit.likely()
    visit.page.get_by_role("tab", name="Meegeven").click()
    with visit.page.expect_download() as got:
        visit.page.get_by_role("button", name="PDF").click()
    assert got.value.suggested_filename == "meegeven.pdf"


def test_only_this_host_is_asked_and_the_address_stays(visits: Visits, address: str) -> None:
    visit = visits(address)
    everything_open(visit)
    assert visit.hosts <= {"127.0.0.1", "the page itself"}
    assert visit.page.url == address


def test_markdown_in_a_question_is_shown_as_written(visits: Visits, odd_address: str) -> None:
    visit = visits(odd_address)
    row = visit.page.locator("[class*='st-key-q'][class*='-odd ']")
    plain = "el => el.textContent.replaceAll('\\u2060', '')"
    assert row.get_by_test_id("stWidgetLabel").evaluate(plain) == ODD
    assert row.locator("button").first.evaluate(plain) == ODD
    expect(row.locator(":is(a, img, code, em, strong, .katex)")).to_have_count(0)
    expect(row.get_by_role("radiogroup")).to_have_attribute("aria-label", ODD)
