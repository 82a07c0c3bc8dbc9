"""From what would help a KPI most to a key result of the team, and back."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import in_every_look, scrolls_sideways, shut_out
from tests.browser.windows import Windows

TABLE, TOAST = ".st-key-okrs", ".st-key-toast"
NAME = "Marek Dvorsky"
LOST = "Lost customers"


def open_drawer(app: str, windows: Windows, **options: int) -> tuple[Page, Locator]:
    """Open the drawer beside the table of Sales by keys alone."""
    page = windows.open(f"{app}/okrs?team=Sales", name=NAME, **options)  # type: ignore[arg-type]
    page.locator(f"{TABLE} .row.objective").first.wait_for(timeout=30_000)
    page.get_by_role("button", name="What would help most?").focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("Which KPI should become a key result?")
    expect(drawer.get_by_role("button", name="Make it a key result").first).to_be_visible()
    return page, drawer


def pick(page: Page, drawer: Locator, kpi: str) -> None:
    """Pick the KPI that is to get better."""
    drawer.get_by_role("combobox").first.click()
    page.get_by_role("option", name=kpi).click()
    expect(drawer.get_by_role("combobox").first).to_have_value(kpi)


def test_what_helps_most_becomes_a_key_result_and_can_be_taken_back(
    app: str, windows: Windows
) -> None:
    page, drawer = open_drawer(app, windows)
    pick(page, drawer, "Monthly churn")
    expect(drawer).to_contain_text("Near edge · 2.9 % · ideal up to 3 %")
    expect(drawer.get_by_test_id("stProgress").first).to_contain_text("helps most")
    drawer.get_by_role("button", name="Make it a key result").first.click()
    expect(drawer).to_have_count(0)
    expect(page.locator(TOAST)).to_contain_text(f"Added “{LOST}”: type how far it should go.")
    row = page.locator(f"{TABLE} .row[aria-label='{LOST}']")
    expect(row).to_have_class("row result revealed")
    expect(row.locator("[data-field='kpi']")).to_have_value(LOST)
    expect(row.locator("[data-field='unit']")).to_have_value("customers")
    expect(row.locator("[data-field='start']")).not_to_have_value("")
    expect(row.locator("[data-field='target']")).to_have_value("")
    page.locator(TOAST).get_by_role("button", name="Undo").click()
    expect(row).to_have_count(0)


def test_the_teams_own_kpi_comes_first(app: str, windows: Windows) -> None:
    page, drawer = open_drawer(app, windows)
    expect(drawer.get_by_role("combobox").first).to_have_value("Conversion rate")
    expect(drawer).to_contain_text("Contracts won up by")
    expect(drawer).to_contain_text("Marketing / Qualified leads up by")
    expect(drawer).to_contain_text("that would not help")
    expect(drawer.get_by_role("button", name="Make it a key result")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)


def test_the_drawer_shuts_nobody_out(app: str, windows: Windows) -> None:
    page, _ = open_drawer(app, windows)
    for look in in_every_look(page):
        assert shut_out(page) == [], look
        assert not scrolls_sideways(page), look
