"""A training room as it is lived: a trainer, a wall and phones in a real browser, on the real server."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from room_steps import LEAST_CONTRAST, LETTERS, Training, choose, chosen, counted, opened, sideways, violations

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
Windows = Callable[..., Page]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running app with a database of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    file = tmp_path_factory.mktemp("rooms") / "rooms.db"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    process = subprocess.Popen(
        [*command, "--server.headless", "true"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{file}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None:
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1):
                break
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(15)


@pytest.fixture
def windows(browser: Browser) -> Iterator[Windows]:
    """Make browsers that know nothing of each other; all are closed at the end."""
    made: list[BrowserContext] = []

    def window(width: int = 390, height: int = 844, scheme: Any = "light") -> Page:
        size: Any = {"width": width, "height": height}
        made.append(browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce"))
        page = made[-1].new_page()
        page.faults = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.faults.append(str(error)))  # type: ignore[attr-defined]
        return page

    yield window
    faults = [fault for one in made for page in one.pages for fault in getattr(page, "faults", [])]
    for one in made:
        one.close()
    assert faults == []


@pytest.fixture
def training(place: str, windows: Windows) -> Training:
    return opened(place, windows(1280, 720))


def test_a_whole_case_can_be_played_and_no_accessibility_rule_is_broken(training: Training, windows: Windows) -> None:
    """Two phones, three hands, an old and a wide beamer, and the trainer's laptop, light and dark, at every step."""
    phones = [training.join(windows(width, 700, scheme)) for width, scheme in ((390, "light"), (320, "dark"))]
    walls = [windows(1280, 720), windows(1024, 768, "dark")]
    for wall in walls:
        wall.goto(f"{training.place}/training/rooms/{training.code}/beamer")
    expect(walls[0].get_by_text("2 telefoons doen mee")).to_be_visible()
    for step in ("lobby", "story", "vote", "reveal", "discuss", "second_vote", "second_reveal", "verdict", "predict"):
        if step != "lobby":
            training.onward(step)
        seen = [*phones, *walls, training.page]
        for page in [*phones, *walls]:
            page.locator(f"[data-key$='-{step}']").wait_for()
        if step in ("vote", "second_vote", "predict"):
            for phone in phones:
                phone.locator("[data-choice]").first.click()
                counted(phone)
            for _ in range(3):
                training.page.locator("#hands [data-by='1']").first.click()
            expect(walls[0].get_by_text("5 van 5 stemden")).to_be_visible()
        for page in seen:
            assert not sideways(page), step
        for wall in walls:
            assert wall.evaluate("document.documentElement.scrollHeight <= innerHeight + 1"), step
            assert wall.evaluate(LEAST_CONTRAST) >= 7, step
            if step == "story":
                assert wall.locator(".story").evaluate(LETTERS) >= 28
        if step in ("lobby", "vote", "discuss", "verdict"):
            assert [violations(page) for page in seen] == [[] for _ in seen], step
    training.onward("flip")
    expect(walls[0].get_by_text("De zaal dacht")).to_be_visible()
    expect(phones[0].get_by_text("Met dit feit")).to_be_visible()


def test_a_vote_says_that_it_counted_only_after_the_server_did(training: Training, windows: Windows) -> None:
    phone = training.join(windows())
    training.onward("story")
    training.onward("vote")
    expect(phone.get_by_role("button", name="Ja", exact=True)).to_be_visible()
    phone.context.set_offline(True)
    choose(phone, "Ja")
    expect(phone.locator("#net")).to_have_text("Geen verbinding. Wij proberen het opnieuw.")
    expect(phone.locator("#say")).to_have_text("Nog niet geteld. Wij proberen het opnieuw.")
    choose(phone, "Nee")
    assert chosen(phone) == ["Nee"]
    assert training.page.locator("#figures").get_by_text("Stemmen").locator("..").inner_text().split() == [
        "Stemmen",
        "0",
    ]
    phone.context.set_offline(False)
    counted(phone)
    expect(phone.locator("#net")).to_be_empty()
    expect(training.page.locator("#figures").get_by_text("Stemmen").locator("..")).to_contain_text("1")


def test_a_vote_outlives_a_lost_seat_and_a_reload_and_a_late_one_is_not_called_counted(
    training: Training, windows: Windows
) -> None:
    phone = windows()
    phone.route("**/seat", lambda route: route.abort())
    training.join(phone)
    training.onward("story")
    training.onward("vote")
    choose(phone, "Ja")
    expect(phone.locator("#say")).to_have_text("Nog niet geteld. Wij proberen het opnieuw.")
    phone.unroute("**/seat")
    counted(phone)
    phone.reload()
    expect(phone.get_by_role("button", name="Ja", exact=True)).to_have_attribute("aria-pressed", "true")
    counted(phone)
    choose(phone, "Nee")
    counted(phone)
    assert chosen(phone) == ["Nee"]
    votes = training.page.locator("#figures").get_by_text("Stemmen").locator("..")
    expect(votes).to_contain_text("1")
    phone.route("**/vote", lambda route: route.abort())
    choose(phone, "Ja")
    training.onward("reveal")
    expect(phone.locator("#say")).to_have_text("De stemming is dicht. Uw laatste keuze kwam niet op tijd aan.")
    phone.unroute("**/vote")
    training.onward("vote", "ArrowLeft")
    expect(phone.get_by_role("button", name="Nee", exact=True)).to_have_attribute("aria-pressed", "true")
    counted(phone)


def test_a_phone_can_be_used_with_a_keyboard_alone_and_loads_few_bytes(training: Training, windows: Windows) -> None:
    phone = windows()
    hosts, sizes = set(), []
    phone.on("response", lambda answer: hosts.add(answer.url.split("/")[2]))
    phone.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    training.join(phone, hurried=False)
    assert hosts == {training.place.removeprefix("http://")}
    assert sum(sizes) < 9000
    training.onward("story")
    training.onward("vote")
    expect(phone.get_by_role("button", name="Ja", exact=True)).to_be_visible()
    phone.keyboard.press("Tab")
    expect(phone.get_by_role("button", name="Ja", exact=True)).to_be_focused()
    phone.keyboard.press("Space")
    counted(phone)
    expect(phone.get_by_role("button", name="Ja", exact=True)).to_be_focused()
    box = phone.get_by_role("button", name="Ja", exact=True).bounding_box()
    assert box
    assert box["height"] >= 56
    assert box["width"] > 340
    training.onward("reveal")
    expect(phone.get_by_role("heading", level=1)).to_be_focused()


def test_a_room_that_is_not_there_leads_back_to_typing_the_code(place: str, windows: Windows) -> None:
    phone = windows()
    phone.goto(f"{place}/mee?code=zzz")
    expect(phone.get_by_role("alert")).to_have_text("Dat zijn geen vier letters. Kijk op het scherm.")
    assert violations(phone) == []
    phone.get_by_label("Code van de zaal").fill("bcdf")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Deze zaal is dicht of de code klopt niet.")
    phone.get_by_role("link", name="Typ de code").click()
    expect(phone.get_by_label("Code van de zaal")).to_be_visible()


def test_the_trainer_steers_with_keys_but_never_while_typing(training: Training) -> None:
    page = training.page
    training.onward("story")
    training.onward("vote", "ArrowRight")
    training.onward("story", "ArrowLeft")
    training.onward("vote", "PageDown")
    page.keyboard.press("h")
    expect(page.get_by_role("button", name="Stem met telefoons")).to_be_visible()
    more = page.get_by_role("button", name="Eén hand erbij: Ja")
    for _ in range(6):
        more.click()
    training.onward("reveal")
    expect(page.locator("#screen").get_by_text("Meer dan de helft kiest: Ja.")).to_be_visible()
    expect(page.locator("#screen")).to_contain_text("6 stemmen")
    training.onward("discuss", "s")
    training.onward("verdict", "s")
    page.keyboard.press("d")
    expect(page.get_by_text("Genoteerd voor het verslag.")).to_be_visible()
    remark = page.get_by_label("Wat zei de zaal? Geen namen.")
    remark.click()
    page.keyboard.type("snel dit hier ?")
    training.at("verdict")
    expect(remark).to_have_value("snel dit hier ?")
    page.get_by_role("button", name="Bewaar opmerking").click()
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Sneltoetsen")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("n")
    page.get_by_label("Sneltoetsen aan").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    training.at("verdict")
    page.get_by_role("button", name="Sneltoetsen").click()
    page.get_by_label("Sneltoetsen aan").check()
    page.keyboard.press("Escape")
    training.onward("story", "n")
    expect(page.locator("[data-step]")).to_have_attribute("data-step", "1-story")


def test_space_presses_the_button_reached_with_tab_and_pressing_twice_does_it_once(training: Training) -> None:
    page = training.page
    training.onward("story")
    page.locator("#do-forward").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#do-back")).to_be_focused()
    page.keyboard.press("Space")
    training.at("lobby")
    page.evaluate("for (let times = 2; times; times -= 1) document.querySelector('#do-forward').click()")
    training.at("story")
    page.locator("#do-forward").dblclick()
    training.at("vote")
    expect(page.locator("[data-revision]")).to_have_attribute("data-revision", "4")


def test_the_flip_is_chosen_from_facts_and_shown(training: Training, windows: Windows) -> None:
    page = training.page
    for step in ("story", "vote", "reveal", "discuss", "second_vote", "second_reveal", "verdict"):
        training.onward(step)
    other = page.locator("#chips [aria-pressed=false]").first
    label = other.locator("span").inner_text()
    other.click()
    expect(page.locator("#chips [aria-pressed=true] span")).to_have_text(label)
    training.onward("predict")
    training.onward("flip")
    expect(page.locator("#screen").get_by_text("De uitkomst kantelt.")).to_be_visible()


def test_another_laptop_takes_the_room_over_with_the_pin(training: Training, windows: Windows) -> None:
    training.onward("story")
    other = windows(1024, 768, "dark")
    other.goto(f"{training.place}/training/rooms/{training.code}")
    expect(other.get_by_label("Pincode")).to_be_focused()
    assert violations(other) == []
    other.get_by_label("Pincode").fill("nope")
    other.keyboard.press("Enter")
    expect(other.get_by_role("alert")).to_have_text("Deze pincode klopt niet.")
    other.get_by_label("Pincode").fill(training.pin)
    other.keyboard.press("Enter")
    expect(other.locator("[data-step]")).to_have_attribute("data-step", "0-story")
    assert violations(other) == []
    assert not sideways(other)
    expect(training.page.get_by_label("Pincode")).to_be_visible()
    other.reload()
    expect(other.locator("#do-forward")).to_be_visible()


def test_an_own_case_is_made_beside_the_room_and_played_next(training: Training) -> None:
    with training.page.context.expect_page() as beside:
        training.page.get_by_role("link", name="Eigen casus").click()
    own = beside.value
    expect(own.get_by_text("Geen echte cliënt. Niets wordt bewaard.")).to_be_visible()
    own.get_by_role("radio", name="ouder", exact=True).check()
    own.get_by_role("checkbox", name="dementie").check()
    own.get_by_role("radio", name="nee, bijna niets").check()
    expect(own.get_by_text("Vraag nog:")).to_be_visible()
    assert violations(own) == []
    with own.expect_download() as file:
        own.get_by_role("button", name="Download als YAML").click()
    assert "relationship: parent" in Path(file.value.path()).read_text(encoding="utf-8")
    own.get_by_role("button", name="Zet in de zaal").click()
    expect(own.get_by_role("status")).to_have_text("De casus staat klaar als volgende.")
    training.page.bring_to_front()
    expect(training.page.get_by_role("button", name="Begin: Eigen casus")).to_be_visible()


def test_a_meeting_of_carers_ends_with_the_self_check(place: str, windows: Windows) -> None:
    training = opened(place, windows(1280, 720), "Mantelzorgers")
    phone = training.join(windows())
    training.onward("story")
    training.onward("vote")
    choose(phone, "Herken ik")
    counted(phone)
    training.onward("reveal")
    expect(phone.get_by_text("Te weinig stemmen om te tonen")).to_be_visible()
    training.onward("debrief")
    training.onward("story", "n")
    training.onward("end", "n")
    expect(phone.get_by_role("link", name="Naar de zelftest")).to_have_attribute("href", "/zelf")
    with training.page.expect_download() as file:
        training.page.get_by_role("button", name="Cijfers (CSV)").click()
    assert file.value.suggested_filename == f"training-{training.code}.csv"
    training.page.get_by_role("button", name="Sluit de zaal").click()
    training.page.get_by_role("button", name="Ja, wis alles en sluit").click()
    expect(training.page.get_by_text("De zaal is gesloten. Alles is gewist.")).to_be_visible()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Deze zaal is dicht of de code klopt niet.")


def test_a_room_speaks_its_own_language_on_every_phone(place: str, windows: Windows) -> None:
    page = windows(1280, 720)
    page.goto(f"{place}/training")
    page.get_by_role("group", name="Taal van de zaal").get_by_role("radio", name="English").check()
    page.locator("#open-room").click()
    expect(page.locator("#opened")).to_be_visible()
    code = page.locator("#new-code").inner_text()
    phone = windows()
    phone.goto(f"{place}/mee/{code}")
    expect(phone.get_by_text("You are in. It starts soon.")).to_be_visible()
    assert phone.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark"), (320, "light")])
def test_the_first_page_breaks_no_accessibility_rule(place: str, windows: Windows, width: int, scheme: str) -> None:
    page = windows(width, 720, scheme)
    page.goto(f"{place}/training")
    expect(page.get_by_text("4 gekozen")).to_be_visible()
    assert violations(page) == []
    assert not sideways(page)
    page.get_by_role("checkbox", name=re.compile("Fatma")).uncheck()
    expect(page.get_by_text("3 gekozen")).to_be_visible()
    assert "case=fatma" not in (page.get_by_role("link", name="Kaarten").get_attribute("href") or "")
    page.goto(f"{place}/training/own-case")
    assert violations(page) == []
    assert not sideways(page)
