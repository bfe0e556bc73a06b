"""The self-check for who sees little, uses large letters, reads from right to left, or cannot hit small things."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from self_check_steps import HEAVY, MOTHER, UNSURE, VOLUNTEER, Scheme, SelfCheck, Server, opened, returned

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)

CLASH = MOTHER | {"tasks": ["household", "none"]}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    running = Server()
    yield running.address
    running.stop()


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    shared = browser.new_context(reduced_motion="reduce")
    yield shared
    shared.close()


def fault_free(check: SelfCheck, language: str) -> None:
    found: dict[str, Any] = check.measured().faults()
    broken = check.violations()
    assert (found, broken) == ({}, []), check.step
    expect(check.page.locator("textarea, input:not([type=radio], [type=checkbox])")).to_have_count(0)
    html = check.page.locator("html")
    expect(html).to_have_attribute("lang", language)
    expect(html).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")


@pytest.mark.parametrize(
    ("language", "width", "scheme", "pages"),
    [
        ("nl", 320, "light", ("start", "clash", "check", "heavy", "take")),
        ("ar", 390, "dark", ("payment", "no", "take", "menu")),
        ("uk", 195, "light", ("relationship", "open")),
    ],
)
def test_every_page_is_readable_reachable_and_breaks_no_rule(
    context: BrowserContext, address: str, language: str, width: int, scheme: Scheme, pages: tuple[str, ...]
) -> None:
    check = opened(context, address, width=width, scheme=scheme)
    page = check.page
    kept = {
        "clash": (CLASH, "tasks"), "heavy": (HEAVY, "result"), "no": (VOLUNTEER, "result"),
        "open": (UNSURE, "result"), "menu": (MOTHER, "check"),
    }  # fmt: skip
    for name in pages:
        answers, step = kept.get(name, (MOTHER, name))
        returned(check, answers, step, language)
        assert check.step == step
        if name == "clash":
            page.locator(".st-key-sc-forward button").click()
            expect(page.get_by_role("alert")).to_contain_text("en ook iets anders")
            expect(page.get_by_role("group")).to_have_attribute("aria-describedby", "sc-error")
        if name == "menu":
            page.locator(".st-key-sc-top button").click()
            expect(page.get_by_role("menuitem", name="English").locator("p")).to_have_attribute("lang", "en")
        fault_free(check.still(), language)
    page.close()


def test_a_card_shows_its_choice_by_more_than_colour(context: BrowserContext, address: str) -> None:
    check = returned(opened(context, address), {"relationship": ["mother"]}, "tasks")
    page = check.page
    assert page.evaluate("document.querySelectorAll('.st-key-choices-several').length") == 1
    expect(page.get_by_role("group", name="Wat doet u vaak voor uw moeder?")).to_be_visible()
    first, last = check.choices.first, check.choices.last
    assert first.evaluate("card => getComputedStyle(card, '::after').content") == "none"
    first.click()
    expect(first.locator("input")).to_be_checked()
    assert first.evaluate("card => getComputedStyle(card, '::after').content") == '""'
    assert first.evaluate("card => getComputedStyle(card).outlineStyle") == "none"
    page.keyboard.press("Tab")
    second = check.choices.nth(1)
    assert second.evaluate("card => parseFloat(getComputedStyle(card).outlineWidth)") >= 3
    between = "card => getComputedStyle(card.closest('.stElementContainer'), '::before').content"
    assert last.evaluate(between) == '"of"'
    assert second.evaluate(between) == "none"
    page.emulate_media(forced_colors="active")
    assert first.evaluate("card => getComputedStyle(card).outlineStyle") == "solid"
    assert last.evaluate("card => getComputedStyle(card).outlineStyle") == "none"
    page.close()


def test_letters_of_twice_the_size_stay_in_view(context: BrowserContext, address: str) -> None:
    check = returned(opened(context, address), MOTHER, "check", "pl")
    check.page.evaluate("document.documentElement.style.fontSize = '32px'")
    found = check.measured()
    assert (found.sideways, found.clipped) == ([], [])
    check.page.close()
