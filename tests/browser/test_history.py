"""Who did what: the drawer beside what was clicked, the way back, and the page of all."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.windows import Windows

ROAD = ".st-key-key_results"
CUSTOMERS = "Farms that look at their sensors every week"


def check_in(page: Page, value: str) -> None:
    """Click a key result's value, type another and press Enter."""
    key_result = page.locator(f"{ROAD} .key-result", has=page.locator("h4", has_text=CUSTOMERS))
    key_result.locator("button.number").click()
    page.keyboard.type(value)
    page.keyboard.press("Enter")
    expect(key_result.locator(".number")).to_contain_text(value)


def test_the_name_of_a_key_result_opens_its_history_and_the_way_back(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app, name="Ines Halvorsen")
    check_in(page, "751")
    name = page.locator(f"{ROAD} h4").get_by_role("link", name=CUSTOMERS)
    name.focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text(f"History: {CUSTOMERS}")
    expect(drawer).to_contain_text("Ines Halvorsen checked in")
    expect(drawer).to_contain_text("rows from a file imported")
    drawer.get_by_role("button", name="Take back").click()
    expect(drawer).to_contain_text("Taken back.")
    expect(drawer).to_contain_text("↶ taken back Ines Halvorsen checked in")
    expect(drawer.get_by_role("button", name="Take back")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(page.locator(ROAD)).not_to_contain_text("751")


def test_the_name_of_an_objective_opens_its_history(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app)
    page.locator(f"{ROAD} h3 a").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("objective added")


def test_all_that_was_done_is_filtered_linked_and_downloaded(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app, name="Sofia Marchetti")
    check_in(page, "752")
    page.get_by_role("link", name="History").click()
    log = page.locator(".st-key-done")
    expect(log).to_contain_text("752 farms")
    expect(log.get_by_text("team added").first).to_be_hidden()
    log.get_by_text("rows from a file imported").click()
    expect(log.get_by_text("team added").first).to_be_visible()
    page.get_by_role("textbox", name="Name").fill("farms that look")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("about=farms"))
    expect(page.get_by_text("team added")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    with Path(download.value.path()).open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert {line["thing"] for line in lines} == {CUSTOMERS}
    assert (lines[0]["who"], lines[0]["after"]) == ("Sofia Marchetti", "752")
    assert len(lines) > 12


def test_a_phone_shows_it_without_a_scroll_to_the_side(app: str, windows: Windows) -> None:
    page = windows.open(f"{app}/history", width=390, height=844, name="Ines Halvorsen")
    expect(page.get_by_text("rows from a file imported")).to_be_visible()
    width = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert width <= 390


def test_a_key_result_s_name_leads_to_the_cockpit_of_its_team(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app, name="Ines Halvorsen")
    check_in(page, "753")
    page.goto(f"{app}/history?did=checked+in")
    named = page.locator(".st-key-done").get_by_role("link", name=CUSTOMERS).first
    expect(named).to_have_attribute("href", re.compile(r"\?team=.+&cycle=.+&focus=key\+result\+"))
    named.click()
    expect(page.locator(f"{ROAD} h4").get_by_role("link", name=CUSTOMERS)).to_be_visible()
    expect(page).to_have_url(re.compile("focus=key"))


def test_a_team_in_the_history_leads_to_its_cockpit(app: str, windows: Windows) -> None:
    page = windows.open(f"{app}/history?did=imported", name="Ines Halvorsen")
    log = page.locator(".st-key-done")
    log.get_by_text("rows from a file imported").click()
    named = log.locator(".line a").first
    team = named.text_content() or ""
    named.click()
    expect(page.locator(".st-key-gauges, .st-key-key_results").first).to_be_visible()
    expect(page.get_by_text(team).first).to_be_visible()
