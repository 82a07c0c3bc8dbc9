"""The leader's way: from the cockpit to what drifts, to its chart, and back."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import in_every_look, scrolls_sideways, shut_out
from tests.browser.top_line import pick, said
from tests.browser.windows import Windows

LIST, TOAST = ".st-key-drift", ".st-key-toast"
LOOKED_AT = "team=Sales&cycle=Q3+2026&as_of=2026-11-10"


@pytest.fixture
def open_drift(app: str, windows: Windows) -> Callable[..., Page]:
    """Give a function that opens the page of drifts by its link."""

    def open_page(query: str = "", **options: Any) -> Page:
        page = windows.open(f"{app}/drift{query}", **options)
        page.locator(f"{LIST} .name").first.wait_for(timeout=30_000)
        return page

    return open_page


def link(page: Page, name: str) -> None:
    page.locator(".st-key-top_line").get_by_role("link", name=name, exact=True).click()


def test_team_cycle_and_day_go_along_between_pages_and_back(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(f"{app}/?{LOOKED_AT}")
    link(page, "Drift")
    page.locator(f"{LIST} .name").first.wait_for()
    expect(page).to_have_url(f"{app}/drift?{LOOKED_AT}")
    page.get_by_label("Kind").select_option("Drifting")
    expect(page.locator(f"{LIST} .name")).to_have_text(["Sales cycle", "Pipeline coverage"])
    expect(page).to_have_url(f"{app}/drift?{LOOKED_AT}&state=drifting")
    page.locator(f"{LIST} .name", has_text="Sales cycle").click()
    page.locator(".st-key-gauge .card").wait_for()
    assert f"{LOOKED_AT}&state=drifting" in page.url
    page.go_back()
    expect(page.locator(f"{LIST} .name")).to_have_text(["Sales cycle", "Pipeline coverage"])
    expect(said(page, "team")).to_have_text("Sales")
    link(page, "Cockpit")
    page.locator(".st-key-gauges .card").first.wait_for()
    expect(page).to_have_url(f"{app}/?{LOOKED_AT}")
    expect(said(page, "team")).to_have_text("Sales")
    expect(said(page, "cycle")).to_have_text("Q3 2026")
    expect(page.get_by_text("As it was known on 10")).to_be_visible()


def test_the_way_back_goes_through_every_page(app: str, new_page: Callable[..., Page]) -> None:
    page = new_page(f"{app}/?team=Marketing")
    link(page, "Drift")
    page.locator(f"{LIST} .name").first.wait_for()
    pick(page, "team", "Sales")
    expect(page.locator(f"{LIST} .name").first).to_have_text("Sales cycle")
    page.go_back()
    expect(said(page, "team")).to_have_text("Marketing")
    page.go_back()
    page.locator(".st-key-gauges .card").first.wait_for()
    expect(said(page, "team")).to_have_text("Marketing")


def test_a_team_in_the_strip_narrows_to_it(open_drift: Callable[..., Page]) -> None:
    page = open_drift()
    page.locator(f"{LIST} .heat a.team", has_text="Sales").press("Enter")
    expect(page.locator(f"{LIST} .name")).to_have_text(["Sales cycle", "Pipeline coverage"])
    assert "team=Sales" in page.url
    label = page.locator(f"{LIST} .heat tbody td").last.get_attribute("aria-label")
    assert label is not None
    assert label.startswith("Sales, week of 16")
    assert label.endswith("drifted")


def test_a_row_says_both_facts_in_words(open_drift: Callable[..., Page]) -> None:
    page = open_drift()
    row = page.locator(f"{LIST} .list tbody tr", has_text="Pipeline coverage")
    expect(row).to_contain_text("In range")
    expect(row).to_contain_text("drifting down")
    expect(row).to_contain_text("acknowledged by Marek Dvorsky")
    expect(row.get_by_role("link", name="Sales")).to_have_attribute("href", re.compile("^drift"))
    expect(row.get_by_role("link", name="Pipeline")).to_have_attribute("href", re.compile("^kpi"))
    expect(line(page, "First response time")).to_contain_text("nearly all from Hours trial farms")


def line(page: Page, name: str) -> Locator:
    """Give the row of a KPI."""
    return page.locator(f"{LIST} .list tbody tr", has=page.locator(".name", has_text=name))


def test_a_drift_is_decided_in_its_row_and_taken_back(open_drift: Callable[..., Page]) -> None:
    page = open_drift(name="Ines Halvorsen")
    drifting = line(page, "First response time")
    drifting.get_by_role("button", name="Act").press("Enter")
    form = page.locator(f"{LIST} .deciding form")
    expect(form.get_by_label("What")).to_be_focused()
    page.keyboard.type("ask the farms")
    page.keyboard.press("Enter")
    expect(drifting).to_contain_text("Leila Haddad: ask the farms, by")
    expect(form).to_have_count(0)
    expect(drifting.get_by_role("button", name="Decide again")).to_be_focused()
    expect(page.locator(f"{LIST} .heading")).to_contain_text("all are decided")
    page.locator(TOAST).get_by_role("button", name="Undo").click()
    expect(drifting).to_contain_text("undecided for")


def test_every_decision_is_made_in_the_row(open_drift: Callable[..., Page]) -> None:
    page = open_drift(name="Ines Halvorsen")
    drifting = line(page, "First response time")
    for kind, told in (
        ("Acknowledge", "Acknowledged: look again"),
        ("Rebase", "The new normal begins 21"),
        ("Dismiss", "Dismissed the reading of 9"),
    ):
        drifting.get_by_role("button", name="Act").click()
        form = page.locator(f"{LIST} .deciding form")
        form.locator(".kinds").get_by_role("button", name=kind).click()
        page.keyboard.type("the new line is here to stay")
        page.keyboard.press("Enter")
        expect(page.locator(TOAST)).to_contain_text(told)
        page.locator(TOAST).get_by_role("button", name="Undo").click()
        expect(drifting).to_contain_text("undecided for")


def test_esc_leaves_the_form_where_it_was_opened(open_drift: Callable[..., Page]) -> None:
    page = open_drift()
    act = line(page, "First response time").get_by_role("button", name="Act")
    act.click()
    page.keyboard.press("Escape")
    expect(page.locator(f"{LIST} form")).to_have_count(0)
    expect(act).to_be_focused()


def test_neither_the_list_nor_an_open_form_shuts_anybody_out(
    open_drift: Callable[..., Page],
) -> None:
    page = open_drift()
    for look in in_every_look(page):
        assert shut_out(page) == [], look
        assert not scrolls_sideways(page), look
    line(page, "First response time").get_by_role("button", name="Act").click()
    expect(page.locator(f"{LIST} .deciding form")).to_be_visible()
    for look in in_every_look(page):
        assert shut_out(page) == [], look
        assert not scrolls_sideways(page), look
