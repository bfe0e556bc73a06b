"""The rule book and the workbench in a real browser, with the app as it is started."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT, free_port, wait_for
from playwright.sync_api import BrowserContext, Page, expect
from test_access import violations
from test_referrer import no_sideways

pytestmark = pytest.mark.browser

PATIENCE = 30_000


@contextmanager
def app(log: Path, *options: str) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    environment = {name: value for name, value in os.environ.items() if name != "MANTELZORG_AUTHOR"}
    with log.open("wb") as said:
        process = subprocess.Popen(
            [*command, "--server.port", str(port), *options], cwd=ROOT, env=environment, stdout=said, stderr=said
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", process)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait(10)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with app(tmp_path_factory.mktemp("app") / "log") as address:
        yield address


@pytest.fixture(scope="module")
def for_authors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with app(tmp_path_factory.mktemp("author") / "log", "--", "--author") as address:
        yield address


@pytest.fixture
def tab(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    yield opened
    opened.close()


def whole(page: Page) -> None:
    """Wait until the page is drawn down to its last part, the picture included."""
    expect(page.get_by_test_id("stGraphVizChart").locator("svg")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_test_id("stSkipToContent")).to_have_text("Naar de inhoud", timeout=PATIENCE)


def test_the_way_to_the_book_and_back_keeps_the_answers(tab: Page, plain: str) -> None:
    tab.goto(plain)
    tab.get_by_role("radio", name="ouder").first.click()
    expect(tab.get_by_role("radio", name="ouder").first).to_be_checked()
    tab.get_by_role("link", name="Waarom deze regels?").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Regelboek", timeout=PATIENCE)
    expect(tab).to_have_title("Regelboek – Is dit mantelzorg?")
    assert tab.url == f"{plain}regels"
    whole(tab)
    tab.get_by_role("radio", name="English").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Rule book")
    expect(tab.locator("html")).to_have_attribute("lang", "en")
    tab.get_by_role("link", name="Back to the questions").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Is this informal care?")
    expect(tab.get_by_role("radio", name="parent").first).to_be_checked()
    assert tab.url == plain


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 320)])
def test_the_book_is_for_everybody(tab: Page, plain: str, scheme: str, width: int) -> None:
    hosts = set[str]()
    tab.on("request", lambda request: hosts.add(request.url.split("/")[2].split(":")[0]))
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{plain}regels")
    whole(tab)
    expect(tab.get_by_role("figure", name="Zo komt u uit bij")).to_be_visible()
    assert violations(tab) == []
    assert no_sideways(tab)
    assert {host for host in hosts if host} <= {"127.0.0.1"}


def test_the_printed_book_comes_on_a_click(tab: Page, plain: str) -> None:
    tab.goto(f"{plain}regels")
    with tab.expect_download(timeout=PATIENCE) as got:
        tab.get_by_role("button", name="Alles als PDF").click()
    assert got.value.suggested_filename == "regelboek.pdf"
    assert Path(got.value.path()).read_bytes().startswith(b"%PDF")


def test_without_the_option_the_workbench_does_not_exist(tab: Page, plain: str) -> None:
    tab.goto(f"{plain}werkbank")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Deze pagina bestaat niet.", timeout=PATIENCE)
    expect(tab.get_by_role("textbox")).to_have_count(0)
    tab.get_by_role("link", name="Terug naar de vragen").click()
    expect(tab.get_by_role("link", name="Waarom deze regels?")).to_be_visible()
    expect(tab.get_by_role("link", name="Werkbank")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_author_sees_what_a_threshold_does(tab: Page, for_authors: str, scheme: str) -> None:
    tab.emulate_media(color_scheme=scheme)
    tab.goto(for_authors)
    tab.get_by_role("link", name="Werkbank").click()
    field = tab.get_by_role("textbox", name="De tekst van het bestand")
    whole(tab)
    field.fill(field.input_value().replace("if: hours_per_week >= 8", "if: hours_per_week >= 20"))
    tab.get_by_role("button", name="Bekijk").click()
    expect(tab.get_by_text("helpt minstens 20 uur per week").first).to_be_visible(timeout=PATIENCE)
    expect(tab.locator(".card", has_text="Wat het verandert").locator("code").first).to_be_visible()
    assert violations(tab) == []
    tab.set_viewport_size({"width": 320, "height": 700})
    assert no_sideways(tab)
