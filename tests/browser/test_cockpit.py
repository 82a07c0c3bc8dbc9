"""The first screen as people see it: at a glance, on a phone, in the dark, by keyboard."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.axe import in_every_look, shut_out
from tests.browser.conftest import search, settle
from tests.browser.top_line import options, said

WALL, ROAD = ".st-key-gauges", ".st-key-key_results"
LEGIBLE = {
    f"{WALL} .number b": 30,
    f"{WALL} h3": 18,
    f"{WALL} .mark": 18,
    f"{ROAD} h3": 18,
    f"{ROAD} h4": 18,
}
"""What is read from across the room, and how many pixels it has at least."""

FONT_SIZES = "nodes => nodes.map(node => parseFloat(getComputedStyle(node).fontSize))"


def test_what_matters_most_needs_no_scrolling_on_a_shared_screen(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app)
    assert page.locator(f"{WALL} .card").count() == 8
    assert page.locator(f"{ROAD} .objective").count() == 3
    assert page.locator(f"{ROAD} .key-result").count() == 9
    parts = (".st-key-headline", ".st-key-decisions", ".st-key-teams")
    firsts = [f"{WALL} .card >> nth=0", f"{ROAD} .objective >> nth=1"]
    for part in (*parts, *firsts):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 1080


def test_values_names_and_states_can_be_read_from_across_the_room(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app)
    for selector, least in LEGIBLE.items():
        sizes = page.locator(selector).evaluate_all(FONT_SIZES)
        assert sizes, selector
        assert min(sizes) >= least, selector


def test_nobody_is_shut_out(app: str, new_page: Callable[..., Page]) -> None:
    page = new_page(app)
    for look in in_every_look(page):
        assert shut_out(page) == [], look


def test_a_phone_shows_one_column_and_scrolls_only_down(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app, width=390, height=844)
    cards = page.locator(f"{WALL} .card").evaluate_all(
        "nodes => nodes.map(node => node.getBoundingClientRect().left)"
    )
    assert len(set(cards)) == 1
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("node => node.scrollWidth <= node.clientWidth")


def test_every_gauge_says_its_name_value_and_state_in_words(
    app: str, new_page: Callable[..., Page]
) -> None:
    labels = (
        new_page(app)
        .locator(f"{WALL} .card")
        .evaluate_all("nodes => nodes.map(node => node.getAttribute('aria-label'))")
    )
    churn = next(label for label in labels if label.startswith("Monthly churn"))
    assert "%" in churn
    assert "Near edge" in churn
    silent = next(label for label in labels if label.startswith("Cost per lead"))
    assert "No data" in silent


def test_team_cycle_and_day_stand_in_the_url(app: str, new_page: Callable[..., Page]) -> None:
    page = new_page(f"{app}/?team=Marketing&cycle=Q3+2026&as_of=2026-09-15")
    expect(said(page, "team")).to_have_text("Marketing")
    expect(said(page, "cycle")).to_have_text("Q3 2026")
    expect(page.get_by_text("As it was known on 15")).to_be_visible()
    assert page.locator(f"{WALL} button.number").count() == 0
    page.get_by_role("button", name="Back to today").click()
    page.locator(f"{WALL} button.number").first.wait_for()
    assert "as_of" not in page.url
    assert "team=Marketing" in page.url


def test_picking_a_team_shows_its_gauges_and_keeps_the_link(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app)
    page.locator(".st-key-top_line .team .opens").click()
    options(page, "team").get_by_text("Procurement").click()
    page.locator(f"{WALL} h3").get_by_text("Supplier quality").wait_for()
    assert "team=Procurement" in page.url


def test_the_search_box_finds_a_key_result_and_goes_there(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app)
    search(page, "supplier lead")
    found = options(page, "search")
    found.first.wait_for()
    kinds = found.all_inner_texts()
    assert any("KPI" in text for text in kinds)
    assert any("key result" in text for text in kinds)
    at = next(number for number, text in enumerate(kinds) if text.startswith("KPI"))
    for _ in range(at + 1):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator(f"{WALL} h3").get_by_text("Supplier lead time").wait_for()
    assert "team=Procurement" in page.url


def test_the_search_box_knows_teams_and_objectives_and_says_when_it_finds_nothing(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app)
    search(page, "Procurement")
    for word, kind in {"Procurement": "team", "seeds": "objective"}.items():
        page.keyboard.press("Control+A")
        page.keyboard.type(word)
        found = options(page, "search").filter(has_text=re.compile(f"^{kind}"))
        expect(found.filter(has_text=re.compile(word, re.IGNORECASE)).first).to_be_visible()
    page.keyboard.press("Control+A")
    page.keyboard.type("orchid nobody grows")
    page.locator(".st-key-top_line").get_by_text("Nothing found").wait_for()


def test_a_card_leads_to_the_gauge_that_needs_a_decision(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app)
    page.locator(".st-key-decisions .more").click()
    page.get_by_role("button", name="Enter it now").click()
    page.locator(f"{WALL} form.editor").wait_for()
    assert (
        page.locator(f"{WALL} .card", has=page.locator("form")).get_by_text("Cost per lead").count()
    )
    settle(page)
