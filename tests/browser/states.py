"""Ways to bring the sample page into a state."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect


def heavy(visit: Any) -> None:
    visit.likely()
    visit.choose("belasting", "te zwaar")
    expect(visit.page.locator("#support")).to_be_visible()


def certain(visit: Any) -> None:
    visit.likely()
    visit.choose("betaald", "nee")
    visit.choose("organisatie", "nee")
    expect(visit.title).to_have_text("Ja, dit is mantelzorg.")


def refused(visit: Any) -> None:
    visit.choose("relatie", "via werk of vrijwilligerswerk")
    visit.choose("band_vooraf", "nee, door het helpen")
    expect(visit.title).to_have_text("Dit valt niet onder mantelzorg.")


def clashing(visit: Any) -> None:
    visit.choose("reden", "lang ziek")
    visit.choose("reden", "geen ziekte of beperking")
    expect(visit.title).to_have_text("Twee antwoorden passen niet samen.")


def everything_open(visit: Any) -> None:
    certain(visit)
    page = visit.page
    page.get_by_text("Zo vraagt u het").click()
    expect(page.locator("p.say").first).to_be_visible()
    page.locator("summary").filter(has_text="Meer:").click()
    page.locator("summary").filter(has_text="bronnen").click()
    page.get_by_role("tab", name="Verwijzing").click()
    expect(page.get_by_text("Nog geen toestemming")).to_be_visible()


def untouched(visit: Any) -> None:
    expect(visit.title).to_have_text("Nog niet te zeggen.")
