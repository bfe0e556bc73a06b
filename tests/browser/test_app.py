"""The real app in a real browser: three situations from the first click to the file that is handed over."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote

import docx
import pypdf
import pytest
from axe_core_python.sync_playwright import Axe
from conftest import ROOT, Visit, free_port, wait_for
from playwright.sync_api import Locator, Page, expect

from mantelzorg.reports import clean

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)

Visits = Callable[..., Any]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
CANARY = "Zzyx Testpatient"
ELSEWHERE = "http://127.0.0.1:8799/"
SIDEWAYS = """() => [document.documentElement, document.querySelector("[data-testid=stMain]")]
    .filter(one => one.scrollWidth > one.clientWidth).map(one => one.scrollWidth)"""
HARMLESS = "Jan"
NAUGHTY = {
    "attribute": "\" onmouseover=\"alert(1)\" x=\"",
    "frame": "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "style": f"<style>@import url('{ELSEWHERE}x.css');</style>",
    "refresh": f"<meta http-equiv=refresh content='0;url={ELSEWHERE}x'>",
    "encoded": "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; &#x3c;b&#x3e;",
    "template": "{{ 7*7 }} {% for i in range(10**9) %}x{% endfor %}",
    "image": f"![x]({ELSEWHERE}x.png) <img src='{ELSEWHERE}y.png' onerror=alert(1)>",
    "link": "[klik](javascript:alert(1)) <javascript:alert(1)> [x](data:text/html;base64,PHNjcmlwdD4=)",
    "streamlit": ":red[ROOD] :material/delete: $x^2$ :badge[x] # Kop",
    "word": "<w:p><w:r><w:t>x</w:t></w:r></w:p> & < > ]]> {{p x}}",
}  # fmt: skip


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The app as it is started for real, and the file that holds all it says."""
    log = tmp_path_factory.mktemp("app") / "server.log"
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    with log.open("wb") as said:
        process = subprocess.Popen(
            [*command, "--server.port", str(port)], cwd=ROOT, env=os.environ, stdout=said, stderr=said
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", process)
            yield f"http://127.0.0.1:{port}/", log
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture
def home(server: tuple[str, Path]) -> str:
    return server[0]


class Clicks:
    """Answers by clicking, and counts."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.page, self.count = visit, visit.page, 0

    def choose(self, **chosen: str) -> Clicks:
        for fact, label in chosen.items():
            self.visit.choose(fact, label)
            self.count += 1
        return self

    def click(self, target: Locator) -> None:
        target.click()
        self.count += 1

    def copy(self, button: str) -> str:
        """Click the button that copies; what is then on the clipboard."""
        shown = self.page.get_by_role("button", name=button)
        text = unquote(shown.get_attribute("data-copy") or "")
        assert text
        self.click(shown)
        expect(self.page.get_by_role("button", name="Gekopieerd")).to_be_visible()
        assert self.page.evaluate("navigator.clipboard.readText()") == text
        return text

    def clear(self) -> None:
        self.click(self.page.get_by_role("button", name="Wis alles"))
        expect(self.page.locator("[class*='st-key-q'] [aria-checked=true]")).to_have_count(0)
        expect(self.page.locator(".copy")).to_have_count(0)
        expect(self.visit.title).to_have_text("Nog niet te zeggen.")


def mother(clicks: Clicks) -> None:
    clicks.choose(relationship="ouder", care_reason="dementie", beyond_usual="nee, bijna niets")
    clicks.choose(payment="nee", on_behalf_of="nee")
    expect(clicks.visit.title).to_have_text("Ja, dit is mantelzorg.")


def broken_leg(clicks: Clicks) -> None:
    clicks.choose(relationship="partner", shares_home="ja", care_reason="herstelt weer", outlook="weken, herstelt")
    clicks.choose(beyond_usual="ja, vrijwel alles", payment="nee", on_behalf_of="nee")
    expect(clicks.visit.title).to_have_text("Dit valt niet onder mantelzorg.")


def neighbour(clicks: Clicks) -> None:
    clicks.choose(relationship="buur", strain="te zwaar")
    expect(clicks.page.locator("#support")).to_contain_text("Bel vandaag")


def one_open(clicks: Clicks) -> None:
    clicks.choose(relationship="ouder", care_reason="ouderdom", beyond_usual="nee, bijna niets")
    expect(clicks.page.get_by_text("vraag dit eerst").or_(clicks.visit.title)).not_to_have_count(0)


def empty(clicks: Clicks) -> None:
    expect(clicks.visit.title).to_have_text("Nog niet te zeggen.")


def consent(clicks: Clicks) -> None:
    mother(clicks)
    clicks.click(clicks.page.get_by_role("tab", name="Verwijzing"))
    clicks.click(clicks.page.get_by_text("vindt het goed dat het steunpunt belt."))
    expect(clicks.page.get_by_role("button", name="Kopieer verwijzing")).to_be_visible()


def more(clicks: Clicks) -> None:
    clicks.click(clicks.page.locator("summary").filter(has_text="Meer:"))
    expect(clicks.page.get_by_text("Woont de naaste in Almere?")).to_be_visible()


def test_three_situations_each_in_twelve_clicks_and_without_typing(visits: Visits, home: str) -> None:
    visit = visits(home)
    for situation, verdict in (
        (mother, "E  Mantelzorg: ja."),
        (broken_leg, "E  Mantelzorg: nee, gebruikelijke hulp."),
        (neighbour, "E  Mantelzorg: nog onduidelijk."),
    ):
        clicks = Clicks(visit)
        situation(clicks)
        note = clicks.copy("Kopieer dossiertekst")
        assert verdict in note
        assert len(note.splitlines()) <= 10
        clicks.clear()
        assert clicks.count <= 12, situation.__name__
    assert visit.page.url == home


def test_the_copy_button_is_in_sight_on_a_desktop(visits: Visits, home: str) -> None:
    visit = visits(home)
    mother(Clicks(visit))
    box = visit.page.get_by_role("button", name="Kopieer dossiertekst").bounding_box()
    assert box
    assert box["y"] + box["height"] <= 900


def test_each_text_can_be_copied_and_handed_over_as_a_file(visits: Visits, home: str) -> None:
    visit = visits(home)
    clicks = Clicks(visit)
    consent(clicks)
    for tab, button, said in (
        ("Dossier", "Kopieer dossiertekst", "Mantelzorg: ja."),
        ("Verwijzing", "Kopieer verwijzing", "Mantelzorg: ja."),
        ("Meegeven", "Kopieer blad", "Wat u doet, heet mantelzorg."),
    ):
        visit.page.get_by_role("tab", name=tab).click()
        assert said in clicks.copy(button)
        panel = visit.page.get_by_role("tabpanel", name=tab)
        with visit.page.expect_download() as pdf:
            panel.get_by_role("button", name="PDF").click()
        with visit.page.expect_download() as word:
            panel.get_by_role("button", name="Word").click()
        assert said in text_of_pdf(pdf.value.path())
        assert said in text_of_word(word.value.path())
        assert CANARY not in f"{pdf.value.suggested_filename}{word.value.suggested_filename}"


def text_of_pdf(path: Path) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages)


def text_of_word(path: Path) -> str:
    body = docx.Document(io.BytesIO(path.read_bytes())).element.body
    return "".join(node.text or "" for node in body.iter() if node.tag.endswith("}t"))


@pytest.mark.parametrize(
    ("state", "looks"),
    [
        (empty, [(1440, "light"), (320, "dark")]),
        (mother, [(1440, "dark"), (390, "light")]),
        (one_open, [(320, "light")]),
        (broken_leg, [(390, "dark")]),
        (neighbour, [(1440, "light"), (320, "dark")]),
        (consent, [(1440, "dark"), (320, "light")]),
        (more, [(390, "light"), (1440, "dark")]),
    ],
)
def test_no_accessibility_rule_is_broken(
    visits: Visits, home: str, state: Callable[[Clicks], None], looks: list[tuple[int, Literal["light", "dark"]]]
) -> None:
    visit = visits(home)
    page = visit.page
    state(Clicks(visit))
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", scheme)
        assert violations(page) == [], (width, scheme)
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate(SIDEWAYS) == [], width


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]})[
        "violations"
    ]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def write(visit: Visit, words: str) -> Locator:
    """Own words, shown in the preview of the referral."""
    field = visit.page.get_by_label("In eigen woorden")
    field.fill(words)
    field.press("Control+Enter")
    preview = visit.page.locator(".preview").filter(has_text="Verwijzing mantelzorgondersteuning")
    expect(preview).to_contain_text(clean(words))
    return preview


def shape(page: Page) -> list[str]:
    """Every element of our own HTML with the names of its attributes, styles aside."""
    elements = """() => [...document.querySelectorAll("[data-testid=stHtml] *")].filter(one => one.tagName !== "STYLE")
        .map(one => [one.tagName, ...[...one.attributes].map(x => x.name).filter(x => x !== "data-copy").sort()])
        .map(String)"""
    return list(page.evaluate(elements))


def test_own_words_are_shown_as_written_and_do_nothing(visits: Visits, server: tuple[str, Path]) -> None:
    home, log = server
    visit = visits(home)
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    consent(Clicks(visit))
    write(visit, HARMLESS)
    harmless = sorted(shape(visit.page))
    for name, words in NAUGHTY.items():
        preview = write(visit, words)
        assert clean(words) in " ".join(preview.inner_text().split()), name
        assert sorted(shape(visit.page)) == harmless, name
    write(visit, CANARY)
    assert [url for url in asked if not url.startswith((home, home.replace("http", "ws", 1), "data:", "blob:"))] == []
    assert visit.hosts <= {"127.0.0.1", "the page itself"}
    assert visit.page.url == home
    said = log.read_text(encoding="utf-8")
    assert not [words for words in (CANARY, "dementia", "dementie", *NAUGHTY.values()) if words in said]


def test_own_words_are_copied_as_written(visits: Visits, home: str) -> None:
    visit = visits(home)
    clicks = Clicks(visit)
    consent(clicks)
    write(visit, NAUGHTY["frame"])
    assert clean(NAUGHTY["frame"]) in clicks.copy("Kopieer verwijzing")


def test_after_a_reload_nothing_is_left(visits: Visits, home: str) -> None:
    visit = visits(home)
    clicks = Clicks(visit)
    mother(clicks)
    visit.page.reload()
    expect(visit.title).to_have_text("Nog niet te zeggen.")
    expect(visit.page.locator("[class*='st-key-q'] [aria-checked=true]")).to_have_count(0)
    stored = visit.page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert "dementia" not in stored
    assert "parent" not in json.dumps(stored).replace("parentElement", "")


def test_the_keyboard_alone_gives_a_verdict_that_is_announced(visits: Visits, home: str) -> None:
    visit = visits(home)
    page = visit.page
    status = page.locator("[role=status][aria-live=polite].hidden")
    page.get_by_role("radiogroup", name="Voor wie zorgt de helper?").get_by_role("radio").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name="ouder", exact=True)).to_have_attribute("aria-checked", "true")
    expect(status).to_contain_text("Nog niet te zeggen.")
    reason = page.get_by_role("button", name="dementie")
    tab_to(page, page.get_by_role("button", name="lang ziek"))
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(reason).to_be_focused()
    page.keyboard.press("Space")
    expect(reason).to_have_attribute("aria-pressed", "true")
    option = page.get_by_role("radiogroup", name="Zou de helper dit ook doen").get_by_role("radio")
    tab_to(page, option.first)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(visit.title).to_have_text("Voorlopig: ja.")
    expect(status).to_contain_text("Voorlopig: ja.")


def tab_to(page: Page, target: Locator, most: int = 30) -> None:
    for _ in range(most):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("never reached by Tab")


def test_the_way_back_from_an_assumption_opens_the_fold(visits: Visits, home: str) -> None:
    visit = visits(home)
    mother(Clicks(visit))
    visit.page.locator(".change[data-row=care_now]").click()
    expect(visit.row("care_now").get_by_role("radio").first).to_be_visible()
    expect(visit.row("care_now").get_by_role("radio").first).to_be_focused()
