"""The cockpit of a company that has too much of everything, as its leader walks through it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.crowded_company import PLANT, TOP, crowded_tables
from tests.browser.standing import Standing
from tests.browser.windows import Windows, soon
from tests.serving import NOW

WALL, CARDS, TOAST = ".st-key-gauges", ".st-key-decisions", ".st-key-toast"
HIDDEN = """() => [...document.querySelectorAll("[class*=st-key-]")].flatMap(place => {
  const root = [...place.querySelectorAll("*")].map(node => node.shadowRoot).find(Boolean);
  if (!root) return [];
  return [...root.querySelectorAll("h1, h3, h4, p, b, small, span, a, button")].filter(node => {
    const around = node.closest(".surface, .root"), box = node.getBoundingClientRect();
    if (!box.width || node.closest(".unseen, .editor")) return false;
    const { left, right } = around.getBoundingClientRect();
    const cut = getComputedStyle(node).overflow === "hidden" && node.scrollWidth > node.clientWidth;
    return cut || box.left < left - 1 || box.right > right + 1;
  }).map(node => `${place.className}: ${node.textContent}`);
})"""
"""The words that are cut or stand beyond the card that they are on."""

SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"


@pytest.fixture(scope="module")
def company(stand: Callable[[str], Standing]) -> str:
    """Serve the company."""
    standing = stand(NOW)
    standing.fill(crowded_tables())
    return standing.url


def test_a_leader_goes_from_all_to_one_team_and_back(
    company: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(company)
    expect(page.locator(".st-key-headline h1")).to_contain_text("66 of 83 in range")
    rows = page.locator(".st-key-teams .rows li")
    expect(rows).to_have_count(6)
    bar = rows.first.get_by_role("img", name="Operations: 32 in range, 9 in range, drifting")
    expect(bar).to_be_visible()
    # Siblings are one card, and unfold by keys alone.
    fold = page.locator(f"{CARDS} .fold").first
    expect(fold).to_contain_text("4 lines: scrap rate")
    before = page.locator(f"{CARDS} .card").count()
    fold.get_by_role("button").press("Enter")
    expect(page.locator(f"{CARDS} .card")).to_have_count(before + 4)
    expect(fold.get_by_role("button")).to_be_focused()
    page.get_by_text("What the signs mean").press("Enter")
    expect(page.locator(".st-key-headline .signs")).to_contain_text("close to one end")
    rows.first.get_by_role("link", name="Operations").click()
    page.locator(".st-key-teams").get_by_role("link", name=PLANT).click()
    expect(page.locator(".st-key-headline h1")).to_contain_text("36 of 42 in range")
    expect(page.locator(f"{WALL} .card")).to_have_count(40)
    expect(page.locator(".st-key-teams")).to_have_count(0)
    page.locator(".st-key-headline").get_by_role("link", name=TOP).click()
    expect(page.locator(".st-key-headline h1")).to_contain_text("66 of 83 in range")


def test_a_value_is_typed_into_the_table_as_into_a_card(
    company: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(f"{company}/?team=Hamburg+plant", name="Ada Lind")
    switch = page.locator(WALL).get_by_role("button", name="Table")
    switch.press("Enter")
    rows = page.locator(f"{WALL} [role=row].card")
    expect(rows).to_have_count(40)
    expect(switch).to_be_focused()
    expect(rows.first).to_contain_text("Line 36 scrap rate")
    assert "gauges=table" in page.url
    row = rows.filter(has=page.locator("h3", has_text="Line 5 scrap rate"))
    row.locator("button.number").press("Enter")
    page.keyboard.type("4.2")
    page.keyboard.press("Enter")
    expect(page.locator(TOAST)).to_contain_text("Saved 4.2")
    expect(row.locator("button.number")).to_contain_text("4.2")
    expect(row.locator("button.number")).to_be_focused()


@pytest.mark.parametrize(
    "address", ["?all_objectives=true", "?team=Hamburg+plant&gauges=table", "?team=Operations"]
)
def test_nothing_is_cut_and_nothing_stands_beside_its_card(
    company: str, windows: Windows, address: str
) -> None:
    page = windows.open(f"{company}/{address}")
    page.locator(f"{WALL} .card").first.wait_for(timeout=30_000)
    page.locator(".st-key-key_results .root > *").first.wait_for()

    def all_is_in_its_place() -> None:
        assert page.evaluate(HIDDEN) == []
        assert page.evaluate(SIDEWAYS) <= 0

    for width, height in ((1366, 768), (1920, 1080), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        soon(page, all_is_in_its_place)
