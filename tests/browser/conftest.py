"""A running sample page and a Chromium that talks to nobody else."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

ROOT = Path(__file__).parents[2]
START_SECONDS = 30
Scheme = Literal["light", "dark"]
Visits = Callable[..., "Visit"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Until the server answers; it is an error when it ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=1) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise TimeoutError(url)


@contextmanager
def serving(**environment: str) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "tests/browser/sample_app.py"]
    command += ["--server.port", str(port), "--server.headless", "true"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with serving() as url:
        yield url


@pytest.fixture(scope="session")
def odd_address() -> Iterator[str]:
    """The page with a question and an option full of signs that mean something in Markdown."""
    with serving(SAMPLE_ODD="1") as url:
        yield url


class Visit:
    """One person's page, and every host that the page asked for something."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.hosts: set[str] = set()
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).hostname or "the page itself"))
        page.goto(address)
        expect(page.locator("#verdict")).to_be_visible(timeout=20_000)
        expect(page.get_by_role("button", name="Wis alles")).to_be_visible()

    def row(self, fact: str) -> Locator:
        return self.page.locator(f"[class*='st-key-q'][class*='-{fact} ']")

    def choose(self, fact: str, label: str) -> None:
        row = self.row(fact)
        row.locator("button").get_by_text(label, exact=True).click()
        chosen = row.locator(":is([aria-checked=true], [aria-pressed=true])")
        expect(chosen.filter(has_text=label)).to_be_visible()

    def clear(self) -> None:
        """Clear all, and wait until the former client's questions have left the page."""
        classes = self.row("relatie").get_attribute("class") or ""
        old = next(name for name in classes.split() if name.startswith("st-key-q"))
        self.page.get_by_role("button", name="Wis alles").click()
        expect(self.page.locator(f".{old}")).to_have_count(0)
        expect(self.title).to_have_text("Nog niet te zeggen.")

    def likely(self) -> None:
        """Answer until the verdict is a provisional yes."""
        self.choose("relatie", "ouder")
        self.choose("reden", "lang ziek")
        self.choose("meer_dan_gewoon", "nee, bijna niets")
        expect(self.title).to_have_text("Voorlopig: ja.")

    @property
    def title(self) -> Locator:
        return self.page.locator("#verdict-title")


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One for all tests: its cache spares each page the download. Every page is a visit of its own."""
    shared = browser.new_context(
        permissions=["clipboard-read", "clipboard-write"], reduced_motion="reduce", accept_downloads=True
    )
    yield shared
    shared.close()


@pytest.fixture
def visits(context: BrowserContext) -> Iterator[Visits]:
    """Make visits of any size and scheme; all are closed at the end."""
    pages: list[Page] = []

    def make(address: str, width: int = 1440, height: int = 900, scheme: Scheme = "light") -> Visit:
        page = context.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        return Visit(page, address)

    yield make
    for page in pages:
        page.close()
