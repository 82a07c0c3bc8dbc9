"""Nothing is cut and nothing collides, in a company that has too much of everything."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from tests.browser.axe import scrolls_sideways
from tests.browser.crowded_company import PEOPLE, PLANT, UNBROKEN, crowded_tables
from tests.browser.standing import Standing
from tests.browser.walking import cut_or_colliding
from tests.browser.windows import Windows, soon
from tests.serving import NOW

WIDTHS = (1920, 1366, 683, 390)
"""A shared screen, a laptop, the same at 200 %, and a phone."""
PAGES = (
    "",
    f"?team={PLANT}&all_kpis=true&all_objectives=true",
    "drift",
    "okrs",
    "okrs?view=tree",
    "update",
    "history",
    "settings?table=kpis",
    "settings?table=teams",
)


@pytest.fixture(scope="module")
def crowded(stand: Callable[[str], Standing]) -> Standing:
    standing = stand(NOW)
    standing.fill(crowded_tables())
    return standing


def check(page: Page) -> None:
    def holds() -> None:
        assert cut_or_colliding(page) == []
        assert not scrolls_sideways(page)

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 1080 if width > 390 else 844})
        soon(page, holds)


@pytest.mark.parametrize("table", ["kpis", "teams", "people", "cycles"])
def test_no_table_of_the_settings_is_scrolled_sideways(
    crowded: Standing, windows: Windows, table: str
) -> None:
    page = windows.open(f"{crowded.url}/settings?table={table}", name=PEOPLE[2])
    table_of = page.locator(".st-key-settings .scroll")
    page.locator(".st-key-settings .row").first.wait_for(state="attached")

    def holds() -> None:
        assert table_of.evaluate("node => node.scrollWidth <= node.clientWidth")

    for width in (*WIDTHS, 1024, 912):
        page.set_viewport_size({"width": width, "height": 1080})
        soon(page, holds)


@pytest.mark.parametrize("path", PAGES)
def test_a_crowded_page_shows_all_of_it(crowded: Standing, windows: Windows, path: str) -> None:
    page = windows.open(f"{crowded.url}/{path}", name=PEOPLE[2])
    expect(page.locator(".st-key-top_line .person .words")).to_have_text(PEOPLE[2])
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    check(page)


def test_the_page_of_a_kpi_with_a_long_name_shows_all_of_it(
    crowded: Standing, windows: Windows
) -> None:
    with crowded.engine.connect() as connection:
        query = text("SELECT id FROM kpi WHERE name = :name")
        key = connection.execute(query, {"name": UNBROKEN}).scalar_one()
    page = windows.open(f"{crowded.url}/kpi?id={key}", name=PEOPLE[2])
    page.locator('[class*="st-key-chart-"] svg').first.wait_for()
    check(page)
