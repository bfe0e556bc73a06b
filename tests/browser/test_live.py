"""Content that changes under a running server: new visits get it, running visits keep theirs, faults are told."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_core_python.sync_playwright import Axe
from conftest import ROOT, Visit, free_port, wait_for
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Visits = Callable[..., Any]
COPIED = ("mantelzorg", "rules", "questionnaires", "cases", "reports", ".streamlit", "app.py")
PATIENCE = 30_000
RULES = "rules/mantelzorg.yaml"
BROKEN = b"id: mantelzorg\nkind: [\n"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole app on another place, so that its files can be changed."""
    root = tmp_path_factory.mktemp("installation")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, root / name)
    return root


@contextmanager
def serving(root: Path) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([*command, "--server.port", str(port)], cwd=root, **quiet)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(20)


def sound(root: Path, version: str) -> None:
    """Save the rules under another version, as an editor does."""
    text = (ROOT / RULES).read_text("utf-8")
    changed = text.replace('version: "2026.1"', f'version: "{version}"')
    (root / RULES).write_text(changed, "utf-8")


def until_live(visits: Visits, address: str, version: str) -> Visit:
    """A new visit under this version; visits begin until there is one."""
    started = time.monotonic()
    while time.monotonic() - started < PATIENCE / 1000:
        visit: Visit = visits(address)
        if version in (visit.page.locator(".foot").text_content() or ""):
            print(f"live after {time.monotonic() - started:.1f} s")
            return visit
        visit.page.close()
    raise AssertionError(f"version {version} never became live")


def accessible(page: Page) -> None:
    found = Axe().run(page)
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []


def test_new_visits_get_a_change_and_a_running_visit_keeps_its_own(visits: Visits, copy: Path) -> None:
    sound(copy, "2026.1")
    with serving(copy) as address:
        running = visits(address)
        running.choose("relationship", "ouder")
        foot = running.page.locator(".foot")
        expect(foot).to_contain_text("2026.1 (")

        sound(copy, "2026.77")
        fresh = until_live(visits, address, "2026.77")
        fresh.choose("relationship", "ouder")
        running.choose("payment", "nee")
        expect(running.page.get_by_text("Verandert niets").or_(running.title).first).to_be_visible()
        expect(foot).to_contain_text("2026.1 (")
        assert "2026.1-" in str(running.page.locator(".copy").first.get_attribute("data-copy"))
        assert "2026.77-" in str(fresh.page.locator(".copy").first.get_attribute("data-copy"))

        (copy / RULES).write_bytes(BROKEN)
        strip = fresh.page.locator("p.notice")
        for label in ("nee", "ja", "nee", "ja", "nee", "ja", "nee", "ja"):
            if strip.count():
                break
            fresh.choose("shares_home", label)
            fresh.page.wait_for_timeout(500)
        expect(strip).to_contain_text(f"{RULES}:")
        expect(strip).to_have_attribute("role", "status")
        expect(fresh.page.locator(".foot")).to_contain_text("2026.77 (")
        accessible(fresh.page)
        new = visits(address)
        expect(new.page.locator("p.notice")).to_be_visible()
        expect(new.page.locator(".foot")).to_contain_text("2026.77 (")

        sound(copy, "2026.88")
        until_live(visits, address, "2026.88")
        running.page.get_by_role("button", name="Wis alles").click()
        expect(foot).to_contain_text("2026.88 (", timeout=PATIENCE)
        expect(running.page.locator("p.notice")).to_have_count(0)


def test_a_start_without_good_content_is_told_kindly(copy: Path, context: Any) -> None:
    (copy / RULES).write_bytes(BROKEN)
    with serving(copy) as address, urllib.request.urlopen(f"{address}healthz", timeout=10) as health:
        assert health.status == 200
        page = context.new_page()
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text("De inhoud klopt nog niet", timeout=PATIENCE)
        expect(page.get_by_text(f"{RULES}:3:1")).to_be_visible()
        expect(page.get_by_text("Traceback")).to_have_count(0)
        accessible(page)
        sound(copy, "2026.1")
        for _ in range(10):
            page.reload()
            expect(page.locator("#verdict").or_(page.get_by_role("heading", level=1)).first).to_be_visible(
                timeout=PATIENCE
            )
            if page.locator("#verdict").count():
                break
        expect(page.locator("#verdict")).to_be_visible(timeout=PATIENCE)
        page.close()
