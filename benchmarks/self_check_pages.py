"""Five people go through the self-check in Chromium: pages, clicks and waiting until the result.

python benchmarks/self_check_pages.py [--write]     with --write the results go to docs/benchmarks.md
"""

from __future__ import annotations

import os
import platform
import socket
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, ViewportSize, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import visits  # noqa: E402
from click import CHROMIUM, SETTLED, cpu, start  # noqa: E402
from questions import write  # noqa: E402

from mantelzorg.checks import read_all  # noqa: E402
from mantelzorg.content import Content, load  # noqa: E402
from mantelzorg.self_check import SelfCheck  # noqa: E402

PORTS = range(8640, 8660)
PHONE: ViewportSize = {"width": 390, "height": 844}
ROUNDS = 3
START, PRIVACY, QUESTION, READ_BACK = 15, 8, 10, 15
"""Seconds that somebody thinks and reads; supposed, not measured."""
USUAL: visits.Person = {
    "bond_before_care": ("yes",), "tasks": ("household",), "care_reason": ("long_illness",), "shares_home": ("no",),
    "grows_up_with_care": ("no",), "beyond_usual": ("mostly",), "outlook": ("lasting",), "payment": ("none",),
    "without_help": ("someone_else",), "unpaid_extra": ("yes",), "on_behalf_of": ("nobody",),
    "continues_outside_scheme": ("no",), "recipient_in_almere": ("yes",), "care_now": ("now",),
    "hours_per_week": ("over_8",), "months_caring": ("longer",), "helper_age": ("from_26",),
    "strain": ("sometimes_hard",), "can_keep_going": ("months",), "consequences": ("sleep",), "other_help": ("nobody",),
}  # fmt: skip
PEOPLE: Mapping[str, visits.Person] = {
    "daughter, mother with dementia": {
        "relationship": ("mother",), "tasks": ("household", "paperwork", "transport"), "care_reason": ("dementia",),
        "without_help": ("goes_wrong",), "strain": ("often_hard",), "other_help": ("home_care",),
    },
    "partner, lives together, part of it extra": {
        "relationship": ("partner",), "shares_home": ("yes",), "beyond_usual": ("partly",),
    },
    "volunteer": {
        "relationship": ("stranger",), "bond_before_care": ("no",), "tasks": ("company",), "care_reason": ("frailty",),
        "on_behalf_of": ("volunteer_organisation",), "hours_per_week": ("under_4",), "strain": ("fine",),
    },
    "boy of 16, by his own button": {
        "relationship": ("mother",), "tasks": ("emotional_support",), "care_reason": ("mental_illness",),
        "grows_up_with_care": ("yes",), "shares_home": ("yes",), "helper_age": ("under_18",),
        "consequences": ("work_or_school",), "other_help": ("family_or_friends",),
    },
    "neighbour, heavy help, too much": {
        "relationship": ("neighbour",), "tasks": ("personal_care", "medication", "supervision"),
        "care_reason": ("frailty",), "without_help": ("goes_wrong",), "hours_per_week": ("day_and_night",),
        "strain": ("too_much",), "can_keep_going": ("weeks",), "consequences": ("sleep", "own_health"),
    },
}  # fmt: skip
"""What each answers otherwise than usual."""
TIMED = """([selector, title, choices]) => new Promise((done, failed) => {
    const whole = () => document.querySelector(".sc-title")?.textContent === title
        && document.querySelectorAll("[class*=st-key-choices] label:has(input)").length === choices
        && document.querySelector("[data-test-script-state]").dataset.testScriptState === "notRunning"
        && !document.querySelector("[data-stale=true]");
    const start = performance.now();
    const look = now => {
        if (whole()) done(now - start);
        else if (now - start > 10000) failed(new Error(`no whole page "${title}"`));
        else requestAnimationFrame(look);
    };
    document.querySelector(selector).click();
    requestAnimationFrame(look);
})"""
"""From a click until the next page is whole: its title, its choices, and nothing of the page before it."""
CHOICES = "[class*=st-key-choices] label:has(input)"
BEGIN, BEGIN_YOUNG, FORWARD = ".st-key-sc-begin button", ".st-key-sc-begin-young button", ".st-key-sc-forward button"


@dataclass(frozen=True)
class Visit:
    """One self-check until the result: its questions, all clicks, and the milliseconds of waiting for each page."""

    questions: int
    clicks: int
    loaded: float
    waits: tuple[float, ...]

    @property
    def thought(self) -> int:
        """Seconds of thinking, as supposed."""
        return START + PRIVACY + QUESTION * self.questions + READ_BACK

    @property
    def machine(self) -> float:
        """Seconds of waiting."""
        return (self.loaded + sum(self.waits)) / 1000


@dataclass(frozen=True)
class Next:
    """The page that must come next: its title, and its choices; `picks` are the places of those that are chosen."""

    title: str
    choices: int = 0
    picks: tuple[int, ...] = ()


def expected(content: Content, setting: visits.Setting, person: visits.Person) -> Iterator[Next]:
    """The pages behind the first one, as the program without a browser says them."""
    chosen = dict(setting.at_the_door(person))
    yield Next(SelfCheck(content, chosen, "nl", date.today()).say("privacy_title"))
    while following := (check := SelfCheck(content, chosen, "nl", date.today())).path.following:
        asked = check.asked(following.fact)
        ids = [choice.id for choice in asked.choices]
        yield Next(asked.title, len(ids), tuple(map(ids.index, person[following.fact])))
        chosen[following.fact] = person[following.fact]
    yield Next(check.say("check_title"))
    yield Next(check.result().title)


def visit(browser: Browser, address: str, pages: Sequence[Next], young: bool) -> Visit:
    """Go through the self-check."""
    page = browser.new_context(viewport=PHONE, locale="nl-NL").new_page()
    began = time.perf_counter()
    page.goto(address)
    page.locator(".sc-title").wait_for()
    loaded = (time.perf_counter() - began) * 1000
    page.wait_for_function(SETTLED)
    button, waits = BEGIN_YOUNG if young else BEGIN, []
    for coming in pages:
        page.locator(button).wait_for()
        waits.append(float(page.evaluate(TIMED, [button, coming.title, coming.choices])))
        for place in coming.picks:
            page.locator(CHOICES).nth(place).click()
        expect(page.locator(f"{CHOICES} input:checked")).to_have_count(len(coming.picks))
        button = FORWARD
    page.context.close()
    picked = sum(len(coming.picks) for coming in pages)
    return Visit(sum(1 for coming in pages if coming.choices), picked + len(waits), loaded, tuple(waits))


def measure(content: Content, setting: visits.Setting) -> tuple[dict[str, list[Visit]], float]:
    """Everybody's visits, the first round left out, and the server's processor time for each page in milliseconds."""
    port = next(port for port in PORTS if _free(port))
    server = start(port)
    try:
        with sync_playwright() as play:
            path = str(CHROMIUM) if CHROMIUM.exists() else None
            browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
            address = f"http://127.0.0.1:{port}/zelf"
            _round(browser, address, content, setting)
            before = cpu(server.pid)
            rounds = [_round(browser, address, content, setting) for _ in range(ROUNDS)]
            spent = cpu(server.pid) - before
            browser.close()
    finally:
        server.terminate()
        server.wait(20)
    pages = sum(1 + len(one.waits) for turn in rounds for one in turn.values())
    return {name: [turn[name] for turn in rounds] for name in PEOPLE}, spent / pages * 1000


def _round(browser: Browser, address: str, content: Content, setting: visits.Setting) -> dict[str, Visit]:
    """Everybody once."""
    found = {}
    for name, own in PEOPLE.items():
        person = {**USUAL, **own}
        pages = list(expected(content, setting, person))
        found[name] = visit(browser, address, pages, bool(setting.at_the_door(person)))
    return found


def _free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def lines(found: Mapping[str, Sequence[Visit]], used: float) -> Iterator[str]:
    """The section, in Markdown."""
    waits = sorted(wait for own in found.values() for some in own for wait in some.waits)
    loads = [some.loaded for own in found.values() for some in own]
    yield "## The self-check: time to the result"
    yield ""
    size, load_now = f"{PHONE['width']}x{PHONE['height']}", f"{os.getloadavg()[0]:.1f}"
    yield f"`python benchmarks/self_check_pages.py --write`, {date.today()}, Python {platform.python_version()},"
    yield f"{os.cpu_count()} CPUs, load {load_now}. Five people on the real page in Chromium at {size}, server on this"
    yield f"machine too, {ROUNDS} rounds after one to warm up. Title and choices of every page were compared with what"
    yield "the program asks without a browser. A load above 2 means that other work took its turns."
    yield ""
    yield "| | questions | pages | clicks | waiting, all pages | estimate until the result |"
    yield "|---|---|---|---|---|---|"
    for name, own in found.items():
        one, waited = own[0], median(some.machine for some in own)
        minutes, seconds = divmod(round(one.thought + waited), 60)
        yield (
            f"| {name} | {one.questions} | {1 + len(one.waits)} | {one.clicks} | {waited:.1f} s | "
            f"{minutes} min {seconds:02d} s |"
        )
    yield ""
    yield "Pages count from the start page to the result: start, privacy, questions, read-back, result. *Waiting* is"
    yield "measured. The *estimate* is not: it adds thinking time that is supposed,"
    yield f"{START} s for the start page, {PRIVACY} s for privacy, {QUESTION} s for each question and {READ_BACK} s to"
    yield "read back. Nobody was timed."
    yield ""
    yield "| | ms |"
    yield "|---|---|"
    yield f"| first page from nothing, median | {median(loads):.0f} |"
    yield f"| click to next page, median of {len(waits)} | {median(waits):.0f} |"
    yield f"| click to next page, p95 | {waits[round(0.95 * (len(waits) - 1))]:.0f} |"
    yield f"| click to next page, slowest | {waits[-1]:.0f} |"
    yield f"| processor time of the server for each page | {used:.0f} |"


def main() -> None:
    """Measure, print, and write if asked."""
    text = "\n".join(lines(*measure(load(), visits.setting(read_all(ROOT)))))
    print(text)
    if "--write" in sys.argv[1:]:
        write("self-check-pages", text)


if __name__ == "__main__":
    main()
