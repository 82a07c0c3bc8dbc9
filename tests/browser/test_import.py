"""A workbook dropped on the page: looked at, imported, seen on the cockpit, taken back."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from data.company.fields import TeamRow
from data.exchange.tables import Tables
from data.exchange.write import write
from data.kpis.fields import KpiRow, ReadingRow
from models import Cadence
from tests.browser.conftest import settle
from tests.browser.windows import soon, wait_until
from tests.data.large import large_workbook
from tests.serving import TODAY

MONDAY = date(2026, 11, 16)


def bakery() -> Tables:
    weeks = [MONDAY - timedelta(weeks=week) for week in range(20)]
    return Tables(
        teams=[TeamRow(team="Bakery")],
        kpis=[KpiRow(team="Bakery", kpi="<b>Waste</b>", high=5, cadence=Cadence.WEEKLY)],
        readings=[
            ReadingRow(team="Bakery", kpi="<b>Waste</b>", date=week, value=4, note="=1+1")
            for week in weeks
        ],
    )


def drop(page: Page, name: str, content: bytes) -> None:
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": mime, "buffer": content}
    )


def open_import(page: Page) -> None:
    page.get_by_role("link", name="Import").click()
    expect(page.get_by_role("heading", name="Bring in")).to_be_visible()


def test_a_workbook_is_dropped_seen_imported_and_taken_back(
    tmp_path: Path, serve: Callable[[str], str], new_page: Callable[..., Page]
) -> None:
    page = new_page(serve(f"sqlite:///{tmp_path / 'milepost.db'}"), name="Ines Halvorsen")
    open_import(page)
    write(bakery(), tmp_path / "bakery.xlsx")
    drop(page, "bakery.xlsx", (tmp_path / "bakery.xlsx").read_bytes())
    expect(page.get_by_text("22 rows new, 0 changed, 0 equal.")).to_be_visible()
    expect(page.get_by_role("cell", name="<b>Waste</b>").first).to_be_visible()
    expect(page.get_by_role("cell", name="2026-11-16")).to_be_visible()
    page.get_by_role("button", name="Import 22 rows").click()
    expect(page.get_by_text("Imported: 22 new, 0 changed.").first).to_be_visible()
    # What was pressed is gone: the keyboard goes on where the page begins.
    wait_until(page, "document.activeElement !== document.body")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Open the cockpit")).to_be_focused()
    page.keyboard.press("Enter")
    settle(page)
    expect(page.locator(".st-key-gauges h3")).to_have_text("<b>Waste</b>")
    page.go_back()
    page.get_by_role("button", name="Take the import back").click()
    expect(page.get_by_text("The import is taken back.")).to_be_visible()
    page.goto(page.url.split("/import")[0])
    settle(page)
    expect(page.get_by_text("Sample company")).to_be_visible()


def test_fifty_thousand_rows_show_all_forty_errors(
    tmp_path: Path, serve: Callable[[str], str], new_page: Callable[..., Page]
) -> None:
    page = new_page(serve(f"sqlite:///{tmp_path / 'milepost.db'}"), name="Ines Halvorsen")
    open_import(page)
    content, planted = large_workbook(TODAY)
    drop(page, "large.xlsx", content)
    expect(page.get_by_role("progressbar").first).to_be_visible(timeout=60_000)
    expect(page.get_by_text(f"{len(planted)} problems to put right first")).to_be_visible(
        timeout=90_000
    )
    wrong = page.get_by_role("main").get_by_role("listitem").filter(has_text="large.xlsx[readings]")
    expect(wrong).to_have_count(len(planted))
    for number, what in enumerate(planted.values()):
        expect(wrong.nth(number)).to_contain_text(what)
    expect(page.get_by_role("button", name="Import 4")).to_have_count(0)
    page.set_viewport_size({"width": 390, "height": 844})

    def fits_a_phone() -> None:
        remedy = wrong.first.evaluate("item => item.getBoundingClientRect().right")
        assert remedy <= 390 >= page.evaluate("document.documentElement.scrollWidth")

    soon(page, fits_a_phone)
