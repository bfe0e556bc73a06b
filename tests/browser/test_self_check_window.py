"""The self-check in a real window: with the keyboard, back and forward, reloaded, cut off, restarted, cleared."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator

import pypdf
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from self_check_steps import MOTHER, STORE, Server, begun, opened, returned

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)

ONLY_A_NUMBER = re.compile(r"/zelf(#\d+)?$")
RESULT = "Wat u doet, heet mantelzorg."
TASKS, REASON = "Wat doet u vaak voor uw moeder?", "Waarom heeft uw moeder hulp nodig?"
READ_BACK = "Dit hebben wij begrepen"
FOCUS = """() => {
  const one = document.activeElement.closest("label") ?? document.activeElement;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const ring = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
  const foot = document.querySelector(".stBottom");
  const above = foot.contains(one) || one.contains(foot) || box.bottom <= foot.getBoundingClientRect().top + 1;
  return { ring, seen: box.bottom > 0 && box.top < innerHeight && above };
}"""
VOICE = """
window.said = [];
const voice = { lang: "nl-NL", name: "Test", default: true, localService: true, voiceURI: "test" };
const synthesis = new EventTarget();
Object.assign(synthesis, {
  getVoices: () => [voice], cancel: () => window.said.push("stop"),
  speak: (one) => window.said.push([one.lang, one.text]),
});
Object.defineProperty(window, "speechSynthesis", { value: synthesis });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Stopped and started by the last test of this file."""
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody's browser."""
    mine = browser.new_context(reduced_motion="reduce", accept_downloads=True)
    yield mine
    mine.close()


def tab_to(page: Page, selector: str) -> None:
    """Tab until this has the focus; on the way all that gets it shows it."""
    for _ in range(40):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUS)
        assert found["ring"] >= 3, page.evaluate("document.activeElement.outerHTML")[:200]
        assert found["seen"], page.evaluate("document.activeElement.outerHTML")[:200]
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(selector)


def test_the_keyboard_alone_leads_from_the_start_to_the_result(context: BrowserContext, server: Server) -> None:
    check = opened(context, server.address)
    page = check.page
    page.keyboard.press("Tab")
    expect(page.get_by_test_id("stSkipToContent")).to_be_focused()
    expect(page.get_by_test_id("stSkipToContent")).to_have_text("Naar de inhoud")
    tab_to(page, ".st-key-sc-begin button")
    titles = []
    for _ in range(25):
        before = check.title.text_content() or ""
        page.keyboard.press("Enter")
        expect(check.title).not_to_have_text([before])
        expect(check.still().title).to_have_count(1)
        expect(check.title).to_be_focused()
        titles.append(page.title())
        assert page.title().startswith(check.title.text_content() or "?")
        assert page.locator("h1").count() == 1
        assert ONLY_A_NUMBER.search(page.url), page.url
        if check.step == "result":
            break
        if check.choices.count():
            assert page.locator("[class*=st-key-choices] input:checked").count() == 0, check.step
            expect(check.choices.last).to_have_text(re.compile("^(Ik weet het niet|Dat zeg ik liever niet)$"))
            tab_to(page, "[class*=st-key-choices] input")
            page.keyboard.press("ArrowDown" if check.step in ("relationship", "helper_age") else "Space")
            expect(page.locator("[class*=st-key-choices] input:checked")).to_have_count(1)
        tab_to(page, ".st-key-sc-forward button")
    assert check.step == "result", titles
    assert len(set(titles)) == len(titles)


def test_back_and_forward_keep_every_answer(context: BrowserContext, server: Server) -> None:
    check = begun(context, server.address)
    page = check.page
    check.walk(REASON, relationship="Mijn moeder", tasks=["Rijden of meegaan", "Medicijnen geven"])
    long = page.evaluate("history.length")
    page.go_back()
    check.at(TASKS)
    expect(page.locator("input:checked")).to_have_count(2)
    page.go_back()
    check.at("Wie helpt u?")
    expect(page.get_by_role("radio", name="Mijn moeder")).to_be_checked()
    page.go_forward()
    check.at(TASKS)
    page.go_forward()
    check.at(REASON)
    check.button("Terug").click()
    check.at(TASKS)
    page.go_forward()
    check.at(REASON)
    assert page.evaluate("history.length") == long
    assert ONLY_A_NUMBER.search(page.url)


def test_a_change_from_the_read_back_returns_there(context: BrowserContext, server: Server) -> None:
    check = returned(opened(context, server.address), MOTHER, "check").at(READ_BACK)
    check.page.get_by_role("button", name="U helpt uw moeder. Wijzig").click()
    check.at("Wie helpt u?").choose("Mijn vader").onward(READ_BACK)
    expect(check.page.get_by_role("button", name="U helpt uw vader. Wijzig")).to_be_visible()


def test_a_reload_stays_and_a_new_tab_or_another_person_starts_empty(
    browser: Browser, context: BrowserContext, server: Server
) -> None:
    check = begun(context, server.address)
    check.walk(REASON, relationship="Mijn moeder", tasks="Rijden of meegaan")
    check.choose("Lang ziek")
    check.page.reload()
    check.at(REASON)
    assert check.kept["answers"] == {"relationship": ["mother"], "tasks": ["transport"]}
    check.button("Terug").click()
    check.at(TASKS)
    expect(check.page.get_by_role("checkbox", name="Rijden of meegaan")).to_be_checked()
    returned(check, MOTHER, "result").at(RESULT)
    check.page.reload()
    check.at(RESULT)
    other = begun(context, server.address)
    expect(other.page.locator("input:checked")).to_have_count(0)
    other.choose("Mijn kind").onward("Wat doet u vaak voor uw kind?")
    assert check.kept["answers"]["relationship"] == ["mother"]
    stranger = browser.new_context()
    assert opened(stranger, server.address).kept.get("answers", {}) == {}
    stranger.close()


def test_clear_all_leaves_nothing_in_the_window(context: BrowserContext, server: Server) -> None:
    check = returned(opened(context, server.address), MOTHER, "result").at(RESULT)
    page = check.page
    check.button("Neem dit mee").click()
    check.at("Neem dit mee")
    check.button("Wis alles").click()
    check.at("Alles is gewist.")
    assert page.evaluate("sessionStorage.length") == 0
    assert "mother" not in page.evaluate("JSON.stringify({ ...localStorage })")
    for way in (page.go_back, page.reload):
        way()
        expect(check.title).not_to_have_text([re.compile("mantelzorg|gewist")])
        check.still()
        assert page.locator("input:checked").count() == 0
        assert "moeder" not in page.locator(".st-key-sc").inner_text().replace("Mijn moeder", "")
        assert check.kept.get("answers", {}) == {}


def test_what_one_takes_along_can_be_called_saved_and_printed(context: BrowserContext, server: Server) -> None:
    check = returned(opened(context, server.address), MOTHER, "take", "ar").still()
    page = check.page
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator(".report .pair > [lang=nl]").first).to_have_css("direction", "ltr")
    expect(page.locator(".report .pair > [lang=ar]").first).to_have_css("direction", "rtl")
    assert re.fullmatch(r"tel:\d{10}", page.locator(".st-key-sc .stLinkButton a").get_attribute("href") or "")
    with page.expect_download() as saved:
        page.locator(".st-key-sc-pdf button").click()
    pdf = saved.value.path().read_bytes()
    assert pdf.startswith(b"%PDF")
    assert RESULT.split()[-1] in " ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    with page.expect_download() as saved:
        page.locator(".st-key-sc-text button").click()
    assert RESULT in saved.value.path().read_text("utf-8")
    page.emulate_media(media="print")
    shown = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
    words = " ".join(" ".join(one.extract_text() for one in shown.pages).split())
    assert "030 760 60 55" in words
    for unseen in ("Liever bellen", "Terug", "Wis alles"):
        assert unseen not in words
    expect(page.locator(".st-key-sc-pdf")).to_be_hidden()
    expect(page.locator(".st-key-sc-sheet")).to_be_visible()


def test_read_aloud_says_the_page_and_stops_when_one_leaves(context: BrowserContext, server: Server) -> None:
    silent = opened(context, server.address)
    expect(silent.page.locator("[data-read]")).to_be_hidden()
    context.add_init_script(VOICE)
    check = begun(context, server.address)
    page = check.page
    check.button("Lees voor").click()
    expect(check.button("Stop met voorlezen")).to_be_visible()
    said = [one for one in page.evaluate("window.said") if one != "stop"]
    assert said[0] == ["nl", "Wie helpt u?"]
    assert said[-1] == ["nl", "Ik weet het niet"]
    check.choose("Mijn moeder").onward(TASKS)
    assert page.evaluate("window.said.at(-1)") == "stop"
    expect(check.button("Lees voor")).to_be_visible()


def test_without_a_connection_one_is_told_and_goes_on_after_it(context: BrowserContext, server: Server) -> None:
    check = begun(context, server.address)
    banner = check.page.locator(".sc-offline")
    expect(banner).to_be_empty()
    context.set_offline(True)
    expect(banner).to_have_text("Er is even geen verbinding. Uw antwoorden zijn niet weg.")
    expect(banner).to_have_attribute("role", "status")
    context.set_offline(False)
    expect(banner).to_be_empty()
    check.choose("Mijn moeder").onward(TASKS)

    server.pause()
    check.choose("Rijden of meegaan")
    check.page.locator(".st-key-sc-forward button").click()
    server.go_on()
    check.at(REASON)

    server.stop()
    expect(banner).not_to_be_empty()
    server.start()
    expect(check.page.locator("p.sc-notice")).to_have_text("U gaat verder waar u was.", timeout=30_000)
    check.at(REASON)
    expect(banner).to_be_empty()
    kept = json.loads(json.loads(check.page.evaluate(f"sessionStorage.getItem('{STORE}')"))["visit"])
    assert kept["answers"] == {"relationship": ["mother"], "tasks": ["transport"]}
    check.choose("Lang ziek").onward(re.compile("Woont u samen"))
