"""The page for many situations in a real browser: a file in, a judged file out."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from test_access import violations
from test_book import app, tab  # noqa: F401
from test_referrer import no_sideways

pytestmark = pytest.mark.browser

ROWS = """clientnr;relationship;care_reason;Uren hulp per week;on_behalf_of;opmerking
001;parent;dementia;12;volunteer_organisation;=1+1
002;onzin;dementia;200;nobody;x
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with app(tmp_path_factory.mktemp("list") / "log") as found:
        yield f"{found}lijst"


@pytest.fixture
def page(tab: Page, address: str) -> Page:  # noqa: F811
    tab.goto(address)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Veel situaties tegelijk")
    return tab


def give(page: Page, folder: Path, text: str, name: str = "lijst.csv") -> None:
    file = folder / name
    file.write_text(text, "utf-8")
    page.locator("input[type=file]").set_input_files(file)


def test_a_list_comes_back_judged(page: Page, tmp_path: Path) -> None:
    give(page, tmp_path, ROWS)
    expect(page.get_by_role("cell", name="dementia").first).to_be_visible()
    expect(page.get_by_text("Is het 'uren per week'?")).to_be_visible()
    page.get_by_text("CSV", exact=True).click()
    page.get_by_role("button", name="Beoordeel").click()
    expect(page.get_by_text("1 rijen konden niet worden gelezen")).to_be_visible()
    # Streamlit's own field for files has a role that goes with no tab stop; nothing of ours can change that.
    assert [one for one in violations(page) if not one.startswith("presentation-role-conflict")] == []
    assert no_sideways(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download de lijst").click()
    saved.value.save_as(tmp_path / "out.csv")
    assert saved.value.suggested_filename == "lijst-beoordeeld.csv"
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        first, second = list(csv.DictReader(file, delimiter=";"))
    assert (first["clientnr"], first["opmerking"]) == ("001", "'=1+1")
    assert first["mantelzorg: uitkomst"]
    assert "onzin" in second["leesfout"]
    assert not second["mantelzorg: uitkomst"]


def test_somebody_says_which_fact_a_column_is(page: Page, tmp_path: Path) -> None:
    give(page, tmp_path, "wie;care_reason\nouder;dementia\n")
    head = page.locator("thead th").first
    expect(head).to_contain_text("telt niet mee")
    page.get_by_text("Kolommen koppelen").click()
    box = page.get_by_role("combobox", name="wie")
    expect(box).to_be_visible()
    # While the fold opens, a list that is open in it closes again.
    fold = page.locator("details:has(input[role=combobox])")
    fold.evaluate("fold => Promise.all(fold.getAnimations({subtree: true}).map(one => one.finished))")
    box.click()
    box.press_sequentially("voor wie")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(head).to_contain_text("voor wie")
    page.get_by_role("button", name="Beoordeel").click()
    expect(page.get_by_text("Feiten: relationship, care_reason.")).to_be_visible()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "leeg"),
        ("naam;plaats\nx;y\n", "Geen enkele kolom op regel 1"),
        ("relationship\n", "geen rijen"),
    ],
)
def test_what_cannot_be_judged_is_told_and_the_page_goes_on(page: Page, tmp_path: Path, text: str, said: str) -> None:
    give(page, tmp_path, text)
    judge, refused = page.get_by_role("button", name="Beoordeel"), page.get_by_text("kan niet worden beoordeeld")
    expect(judge.or_(refused)).to_be_visible()
    if judge.is_visible():
        judge.click()
    expect(refused).to_be_visible()
    expect(page.locator(".findings")).to_contain_text(said)
    give(page, tmp_path, ROWS, "goed.csv")
    expect(refused).to_have_count(0)
