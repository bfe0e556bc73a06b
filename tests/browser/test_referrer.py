"""The referrer's page in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sample_questions import ODD

pytestmark = pytest.mark.browser

CORE = ("relatie", "reden", "meer_dan_gewoon", "onmisbaar", "sinds", "uren", "betaald", "organisatie")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
Visits = Callable[..., Any]


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


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


def heavy(visit: Any) -> None:
    visit.likely()
    visit.choose("belasting", "te zwaar")
    expect(visit.page.locator("#support")).to_be_visible()


def certain(visit: Any) -> None:
    visit.likely()
    visit.choose("betaald", "nee")
    visit.choose("organisatie", "nee")
    expect(visit.title).to_have_text("Ja, dit is mantelzorg.")


def refused(visit: Any) -> None:
    visit.choose("relatie", "via werk of vrijwilligerswerk")
    visit.choose("band_vooraf", "nee, door het helpen")
    expect(visit.title).to_have_text("Dit valt niet onder mantelzorg.")


def clashing(visit: Any) -> None:
    visit.choose("reden", "lang ziek")
    visit.choose("reden", "geen ziekte of beperking")
    expect(visit.title).to_have_text("Twee antwoorden passen niet samen.")


def everything_open(visit: Any) -> None:
    certain(visit)
    page = visit.page
    page.get_by_text("Zo vraagt u het").click()
    expect(page.locator("p.say").first).to_be_visible()
    page.locator("summary").filter(has_text="Meer:").click()
    page.locator("summary").filter(has_text="bronnen").click()
    page.get_by_role("tab", name="Verwijzing").click()
    expect(page.get_by_text("Nog geen toestemming")).to_be_visible()


def untouched(visit: Any) -> None:
    expect(visit.title).to_have_text("Nog niet te zeggen.")


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


@pytest.mark.parametrize(
    ("width", "scheme", "states"),
    [
        (1440, "light", (untouched, refused, everything_open)),
        (1440, "dark", (certain, heavy)),
        (390, "light", (clashing, heavy)),
        (320, "dark", (untouched, everything_open)),
    ],
)
def test_no_accessibility_rule_is_broken(
    visits: Visits, address: str, width: int, scheme: str, states: tuple[Callable[[Any], None], ...]
) -> None:
    visit = visits(address, width=width, scheme=scheme)
    for state in states:
        state(visit)
        assert violations(visit.page) == [], state.__name__
        visit.clear()


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


def test_keyboard_alone_gives_a_verdict(visits: Visits, address: str) -> None:
    visit = visits(address)
    page = visit.page
    first = page.get_by_role("radiogroup", name="Voor wie zorgt de helper?").get_by_role("radio").first
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name="ouder")).to_have_attribute("aria-checked", "true")
    expect(page.get_by_role("radio", name="ouder")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="lang ziek")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(visit.title).to_have_text("Voorlopig: ja.")


def test_a_reason_leads_back_to_its_question(visits: Visits, address: str) -> None:
    visit = visits(address, width=390)
    visit.likely()
    visit.page.locator(".change[data-row=relatie]").click()
    expect(visit.page.get_by_role("radio", name="ouder")).to_be_focused()
    expect(visit.page.get_by_role("radio", name="ouder")).to_be_in_viewport()
    assert visit.page.url == address


def test_the_verdict_is_announced_in_one_lasting_node(visits: Visits, address: str) -> None:
    visit = visits(address)
    status = visit.page.locator("[role=status][aria-live=polite].hidden")
    expect(status).to_have_text("Nog niet te zeggen.")
    status.evaluate("node => { node.mine = true }")
    certain(visit)
    expect(status).to_contain_text("Ja, dit is mantelzorg.")
    assert status.evaluate("node => node.mine") is True


def test_page_language_and_skip_link_follow_the_switch(visits: Visits, address: str) -> None:
    visit = visits(address)
    page = visit.page
    visit.choose("relatie", "ouder")
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    page.get_by_role("radio", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this informal care?")
    expect(page).to_have_title("Is this informal care?")
    expect(page.get_by_test_id("stSkipToContent")).to_have_text("Skip to content")
    expect(page.get_by_role("radio", name="ouder")).to_have_attribute("aria-checked", "true")


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


def test_the_bar_never_covers_what_has_the_focus(visits: Visits, address: str) -> None:
    visit = visits(address, width=390, height=640)
    page = visit.page
    top = page.locator(".bar").evaluate("bar => bar.getBoundingClientRect().top")
    page.get_by_role("radio", name="partner").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getBoundingClientRect().bottom") <= top + 0.5
    visit.choose("belasting", "te zwaar")
    page.get_by_role("link", name="Bekijk").click()
    expect(page.locator("#support")).to_be_focused()
    expect(page.locator("#support")).to_be_in_viewport()


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
