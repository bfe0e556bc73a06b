"""From a click to the new verdict in Chromium, and what it costs the server.

python benchmarks/click.py [--write]     with --write the results go to docs/benchmarks.md
"""

from __future__ import annotations

import os
import platform
import re
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "benchmarks.md"
CHROMIUM = Path("/usr/bin/chromium")
CLICKS = 60
FULL = (
    ("relationship", "ouder"),
    ("care_reason", "dementie"),
    ("beyond_usual", "nee, bijna niets"),
    ("without_help", "gaat mis"),
    ("months_caring", "langer dan 3 maanden"),
    ("hours_per_week", "meer dan 8"),
    ("on_behalf_of", "nee"),
    ("payment", "nee"),
    ("strain", "goed"),
)
ROUND = (
    ("payment", "loon"),
    ("payment", "nee"),
    ("strain", "te zwaar"),
    ("strain", "goed"),
    ("relationship", "partner"),
    ("relationship", "buur"),
    ("relationship", "ouder"),
    ("on_behalf_of", "als vrijwilliger"),
    ("on_behalf_of", "nee"),
    ("care_reason", "lang ziek"),
)
TIMED = r"""([fact, label]) => new Promise((done, failed) => {
    const seen = () => [document.querySelector(".verdict, #verdict").innerText,
        ...[...document.querySelectorAll("[data-testid=stHtml] style")].map(one => one.textContent)].join();
    const row = document.querySelector(`[class*="-${fact} "][class*=st-key-q]`);
    const button = [...row.querySelectorAll("button")].find(one => one.textContent.replaceAll("\u2060", "") === label);
    const before = seen(), start = performance.now();
    const watch = new MutationObserver(() => {
        if (seen() === before) return;
        watch.disconnect();
        done(performance.now() - start);
    });
    watch.observe(document.body, { childList: true, characterData: true, subtree: true });
    setTimeout(() => { watch.disconnect(); failed(new Error("nothing changed: " + fact)); }, 10000);
    button.click();
})"""
SETTLED = "() => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(port: int) -> subprocess.Popen[bytes]:
    """The app, once it answers."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    process = subprocess.Popen([*command, "--server.headless", "true"], cwd=ROOT, stdout=-3, stderr=-3)
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
            return process
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    process.kill()
    raise TimeoutError("the app did not start")


def cpu(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def click(page: Page, fact: str, label: str) -> float:
    """Milliseconds from a click until the verdict or the marks have changed."""
    took = float(page.evaluate(TIMED, [fact, label]))
    page.wait_for_function(SETTLED)
    return took


def measure(pid: int, port: int) -> tuple[list[float], float]:
    """All clicks in milliseconds, and the server's processor time for each in milliseconds."""
    with sync_playwright() as play:
        path = str(CHROMIUM) if CHROMIUM.exists() else None
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"http://127.0.0.1:{port}/")
        page.locator("#verdict").wait_for()
        for fact, label in FULL:
            page.locator(f"[class*='-{fact} '][class*=st-key-q] button").get_by_text(label, exact=True).click()
            page.wait_for_function(SETTLED)
        for fact, label in ROUND:
            click(page, fact, label)
        before = cpu(pid)
        times = [click(page, *ROUND[turn % len(ROUND)]) for turn in range(CLICKS)]
        used = (cpu(pid) - before) / CLICKS * 1000
        browser.close()
    return times, used


def table(times: list[float], used: float) -> str:
    ordered = sorted(times)
    p95 = ordered[round(0.95 * (len(ordered) - 1))]
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    machine = f"{model[1] if model else platform.processor()}, {os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}"
    return "\n".join(
        [
            "## From a click to the new verdict",
            "",
            f"{len(times)} clicks on the full page in Chromium at 1440x900, {time.strftime('%Y-%m-%d')}, "
            f"Python {platform.python_version()}, {machine}.",
            "",
            "| | ms | aim |",
            "|---|---|---|",
            f"| click to new verdict, median | {statistics.median(times):.0f} | |",
            f"| click to new verdict, p95 | {p95:.0f} | 150 |",
            f"| click to new verdict, slowest | {ordered[-1]:.0f} | |",
            f"| processor time of the server for each click | {used:.1f} | 20 |",
        ]
    )


def write(section: str) -> None:
    """Replace this section, and no other."""
    text = REPORT.read_text("utf-8") if REPORT.exists() else "# Benchmarks\n"
    block = f"<!-- click -->\n{section}\n<!-- /click -->"
    if "<!-- click -->" in text:
        text = re.sub(r"<!-- click -->.*?<!-- /click -->", lambda _: block, text, flags=re.DOTALL)
    else:
        text = f"{text.rstrip()}\n\n{block}\n"
    REPORT.write_text(text, "utf-8")


def main() -> None:
    port = free_port()
    process = start(port)
    try:
        section = table(*measure(process.pid, port))
    finally:
        process.terminate()
        process.wait(20)
    print(section)
    if "--write" in sys.argv:
        write(section)


if __name__ == "__main__":
    main()
