"""The referrer's page for who cannot see it, cannot use a mouse, or reads another language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from states import certain, clashing, everything_open, heavy, refused, untouched

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
Visits = Callable[..., Any]


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


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
