"""What the tests of a training room do and measure in a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
COUNTED = "Uw stem is geteld. U kunt nog wijzigen."
LETTERS = "element => parseFloat(getComputedStyle(element).fontSize)"
LEAST_CONTRAST = """() => {
  const parts = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((one) => one / 255)
    .map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (at) => {
    for (let one = at; one; one = one.parentElement) {
      const found = parts(getComputedStyle(one).backgroundColor);
      if (found.length < 4 || found[3]) return found;
    }
    return [255, 255, 255];
  };
  let least = 21;
  const walker = document.createTreeWalker(document.querySelector('.slide'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.data.trim()) continue;
    const at = walker.currentNode.parentElement;
    const [one, two] = [light(parts(getComputedStyle(at).color)), light(ground(at))].sort((a, b) => b - a);
    least = Math.min(least, (one + 0.05) / (two + 0.05));
  }
  return least;
}"""


@dataclass
class Training:
    """An open room and the trainer's page."""

    place: str
    page: Page
    code: str
    pin: str
    hurried: list[Page] = field(default_factory=list)
    """Phones that look at once when something changed, not only every 2.5 seconds."""

    def join(self, phone: Page, hurried: bool = True) -> Page:
        phone.goto(f"{self.place}/mee/{self.code}")
        expect(phone.locator("[data-key]")).to_be_visible()
        self.hurried += [phone] * hurried
        return phone

    def onward(self, step: str, key: str = "Space") -> None:
        """Press a key, and wait for the step."""
        self.page.keyboard.press(key)
        self.at(step)

    def at(self, step: str) -> None:
        expect(self.page.locator("[data-step]")).to_have_attribute("data-step", re.compile(rf"\d-{step}$"))
        for phone in self.hurried:
            phone.evaluate("dispatchEvent(new Event('online'))")


def opened(place: str, page: Page, kind: str = "Verwijzers", pages: str = "nl") -> Training:
    page.goto(f"{place}/training?language={pages}")
    page.get_by_role("radio", name=kind).check()
    page.locator("#open-room").click()
    expect(page.locator("#opened")).to_be_visible()
    code, pin = page.locator("#new-code").inner_text(), page.locator("#new-pin").inner_text()
    page.locator("#to-room").click()
    expect(page.locator("#do-forward")).to_be_visible()
    return Training(place, page, code, pin)


def choose(phone: Page, label: str) -> None:
    phone.get_by_role("button", name=label, exact=True).click()


def counted(phone: Page) -> None:
    expect(phone.locator("#say")).to_have_text(COUNTED)


def chosen(phone: Page) -> list[str]:
    return phone.locator("[data-choice][aria-pressed=true]").all_inner_texts()


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
