"""The self-check in a browser: how to get to a page of it, and what to measure there."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from axe_core_python.sync_playwright import Axe
from conftest import ROOT, free_port, wait_for
from playwright.sync_api import BrowserContext, Locator, Page, expect

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
STORE = "mantelzorg-self-check"
Scheme = Literal["light", "dark"]
Answers = Mapping[str, Sequence[str]]

MOTHER: Answers = {
    "relationship": ["mother"],
    "tasks": ["household", "paperwork", "transport"],
    "care_reason": ["dementia"],
    "shares_home": ["no"],
    "beyond_usual": ["mostly"],
    "outlook": ["lasting"],
    "without_help": ["goes_wrong"],
    "payment": ["none"],
    "on_behalf_of": ["nobody"],
    "hours_per_week": ["over_8"],
    "months_caring": ["longer"],
    "recipient_in_almere": ["yes"],
    "care_now": ["now"],
    "helper_age": ["from_26"],
    "strain": ["sometimes_hard"],
    "can_keep_going": ["months"],
    "consequences": ["sleep"],
    "other_help": ["nobody"],
    "bond_before_care": ["yes"],
}
HEAVY: Answers = MOTHER | {"strain": ["too_much"], "can_keep_going": ["not_any_more"]}
VOLUNTEER: Answers = MOTHER | {
    "relationship": ["stranger"],
    "bond_before_care": ["no"],
    "on_behalf_of": ["volunteer_organisation"],
    "continues_outside_scheme": ["no"],
}
UNSURE: Answers = {fact: ["unknown"] for fact in [*MOTHER, "unpaid_extra", "continues_outside_scheme"]}

_MEASURE = """() => {
  const seen = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const words = (one) => (one.getAttribute("aria-label") || one.textContent).trim().replace(/\\s+/g, " ").slice(0, 50);
  const inside = document.querySelectorAll("a[href], button, summary, input, [role=menuitem], [role=option]");
  const targets = [...inside].map((one) => one.closest("label") ?? one)
    .filter((one) => seen(one) && one.dataset.testid !== "stSkipToContent");
  const small = targets.map((one) => [words(one), one.getBoundingClientRect()])
    .filter(([, box]) => box.width < 43.95 || box.height < 43.95)
    .map(([name, box]) => `${name}: ${box.width.toFixed(1)} x ${box.height.toFixed(1)}`);
  const scrollers = [document.documentElement, document.querySelector("[data-testid=stMain]")];
  const sideways = scrollers.filter((one) => one.scrollWidth > one.clientWidth + 0.5).map((one) => one.scrollWidth);
  const told = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const texts = [...document.querySelectorAll(".stApp *:not(style, [data-testid=stIconMaterial])")]
    .filter((one) => told(one) && seen(one) && one.dataset.testid !== "stSkipToContent");
  const clipped = texts.filter((one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    const box = range.getBoundingClientRect();
    if (box.width < 2) return false;
    if (box.left < -0.5 || box.right > document.documentElement.clientWidth + 0.5) return true;
    for (let up = one; up && up.dataset?.testid !== "stMain"; up = up.parentElement) {
      const ground = getComputedStyle(up);
      if (ground.overflowX === "visible" && ground.backgroundColor === "rgba(0, 0, 0, 0)") continue;
      const room = up.getBoundingClientRect();
      if (room.width > 2 && (box.left < room.left - 1 || box.right > room.right + 1)) return true;
    }
    return false;
  }).map(words);
  const cards = [...document.querySelectorAll("[class*=st-key-choices] label:has(input)")].filter(seen);
  const marks = cards.map((card) => {
    const drawn = [...card.querySelectorAll("div, svg")].filter((one) => {
      const box = one.getBoundingClientRect();
      const size = box.width > 4 && box.height > 4;
      return size && seen(one) && !one.textContent.trim() && !one.querySelector("p") && !one.closest("p");
    }).length;
    return drawn + (getComputedStyle(card, "::before").content === "none" ? 0 : 1);
  });
  const labels = [...document.querySelectorAll("[aria-label]")].map((one) => one.getAttribute("aria-label"));
  return {
    small, sideways, clipped, marks, targets: targets.length,
    headings: [...document.querySelectorAll("h1")].filter(seen).map((one) => one.textContent.trim()),
    markdown: labels.filter((one) => one.includes("\\\\")),
  };
}"""


class Server:
    """The app on a port of its own, that can be stopped and started again on the same one."""

    def __init__(self) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}/zelf"
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen([*command, "--server.port", str(self.port)], cwd=ROOT, env=os.environ, **quiet)
        wait_for(f"http://127.0.0.1:{self.port}/healthz", self.process)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)

    def pause(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self.process.send_signal(signal.SIGCONT)


@dataclass
class Measured:
    """What is wrong with a page: all lists are empty when it is right."""

    small: list[str]
    sideways: list[int]
    clipped: list[str]
    marks: list[int]
    headings: list[str]
    markdown: list[str]
    targets: int

    def faults(self) -> dict[str, Any]:
        found = {
            "smaller than 44 px": self.small,
            "scrolls sideways": self.sideways,
            "cut off": self.clipped,
            "not one mark a card": [count for count in self.marks if count != 1],
            "not one h1": self.headings if len(self.headings) != 1 else [],
            "Markdown in a name": self.markdown,
        }
        return {name: what for name, what in found.items() if what}


@dataclass
class SelfCheck:
    """One person's window."""

    page: Page

    @property
    def title(self) -> Locator:
        return self.page.locator("h1.sc-title")

    @property
    def choices(self) -> Locator:
        return self.page.locator("[class*=st-key-choices] label:has(input)")

    @property
    def step(self) -> str:
        """The step that the history is at."""
        return str(self.page.evaluate("history.state?.selfCheck?.step ?? ''"))

    @property
    def kept(self) -> dict[str, Any]:
        """What this window keeps."""
        found = self.page.evaluate(f"sessionStorage.getItem('{STORE}')")
        return dict(json.loads(json.loads(found)["visit"])) if found else {}

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def at(self, title: str | re.Pattern[str]) -> SelfCheck:
        """Wait until this page is there, whole and awake."""
        expect(self.title).to_have_text([title])  # a list: for a moment the page before may still be there
        self.still()
        return self

    def still(self) -> SelfCheck:
        """Wait until the server has nothing more to draw."""
        app = self.page.locator("[data-test-script-state]")
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")
        expect(app).to_have_attribute("data-test-script-state", "notRunning")
        expect(self.page.locator("[data-stale=true], [data-testid=stSkeleton]")).to_have_count(0)
        if self.page.locator("[class*=st-key-choices-]:not(details *)").count():
            expect(self.choices.first).to_be_visible()
        return self

    def choose(self, *labels: str) -> SelfCheck:
        for label in labels:
            card = self.choices.filter(has_text=re.compile(f"^{re.escape(label)}$"))
            card.click()
            expect(card.locator("input")).to_be_checked()
        return self

    def walk(self, title: str | re.Pattern[str], **chosen: str | Sequence[str]) -> SelfCheck:
        """Answer one page after the other; the title is that of the page behind them."""
        for fact, labels in chosen.items():
            expect(self.page.locator(f"[class*='st-key-sc'][class*='-{fact}']").first).to_be_visible()
            self.still()
            self.choose(*([labels] if isinstance(labels, str) else labels))
            self.page.locator(".st-key-sc-forward button").click()
        return self.at(title)

    def onward(self, title: str | re.Pattern[str]) -> SelfCheck:
        self.page.locator(".st-key-sc-forward button").click()
        return self.at(title)

    def measured(self) -> Measured:
        return Measured(**self.page.evaluate(_MEASURE))

    def violations(self) -> list[str]:
        found = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": TAGS}})
        return [f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]]


def opened(
    context: BrowserContext, address: str, width: int = 390, height: int = 844, scheme: Scheme = "light"
) -> SelfCheck:
    """A new window at the first page."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    check = SelfCheck(page)
    page.goto(address)
    expect(check.title).to_be_visible(timeout=20_000)
    return check.still()


def begun(context: BrowserContext, address: str, **size: Any) -> SelfCheck:
    """A new window at the first question."""
    check = opened(context, address, **size)
    check.button("Begin").click()
    check.at("Wij bewaren uw antwoorden niet")
    return check.onward("Wie helpt u?")


def returned(check: SelfCheck, answers: Answers, step: str, language: str = "nl") -> SelfCheck:
    """As after a reload: the window has kept these answers and this step."""
    listed = {fact: list(ids) for fact, ids in answers.items()}
    visit = json.dumps({"answers": listed, "step": step, "language": language})
    check.page.evaluate(
        f"visit => sessionStorage.setItem('{STORE}', JSON.stringify({{ time: Date.now(), visit }}))", visit
    )
    check.page.evaluate("history.replaceState(null, '', location.pathname)")
    check.page.reload()
    expect(check.page.locator("p.sc-notice").last).to_be_visible(timeout=20_000)
    return check.still()
