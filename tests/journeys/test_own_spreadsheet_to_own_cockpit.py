"""Somebody with the spreadsheet they keep: from the page Import to their own cockpit."""

import io
from collections.abc import Callable

from openpyxl import Workbook
from playwright.sync_api import expect

from tests.browser.standing import Standing
from tests.browser.windows import Windows
from tests.journeys.counting import WithMouse
from tests.serving import NOW

TEAM = "Brotwerk"
MONTHS = [f"{name} {year}" for year in (25, 26) for name in ("Jan", "Mär", "Mai", "Jul", "Sep")]


def figures() -> bytes:
    """Give a wide workbook: a title, KPIs down, months across, targets as people write them."""
    book, file = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Kennzahlen"
    sheet.append(["Kennzahlen 2025-26"])
    sheet.append([])
    sheet.append(["KPI", "Einheit", "Ziel", "Verantw.", *MONTHS])
    for name, unit, target, owner, first in (
        ("Umsatz", "T€", "> 120", "Anna Bauer", 118.5),
        ("Ausschuss", "%", "< 4,5 %", "Kai Vogt", 3.9),
        ("Liefertreue", "%", ">=95%", "Kai Vogt", 94.1),
    ):
        sheet.append([name, unit, target, owner, *(first + at / 10 for at in range(len(MONTHS)))])
    book.save(file)
    return file.getvalue()


def test_from_a_wide_file_to_ones_own_cockpit(
    stand: Callable[[str], Standing], windows: Windows
) -> None:
    url = stand(NOW).url
    page = windows.open(f"{url}/import", name="Ines Halvorsen", width=1366, height=768)
    hands = WithMouse(page)
    upload = page.locator("[data-testid=stFileUploaderDropzone] button")
    expect(upload).to_be_visible(timeout=60_000)
    with page.expect_file_chooser() as chooser:
        hands.click(upload)
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    chooser.value.set_files({"name": "KPI.xlsx", "mimeType": mime, "buffer": figures()})
    title = page.get_by_role("heading", name="KPI.xlsx, read as KPIs down and")
    expect(title).to_be_visible(timeout=60_000)
    card = page.get_by_role("region", name="How it is read")
    expect(card.get_by_role("cell", name="< 4,5 %")).to_be_visible()
    team = card.get_by_role("group", name="Team of").first
    hands.click(team.get_by_role("button", name="No, …"))
    hands.click(team.get_by_placeholder("or type its name"))
    hands.write(TEAM)
    hands.press("Enter")
    expect(page.get_by_text(f"team {TEAM}")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("3 KPIs are new")).to_be_visible()
    expect(page.get_by_text("30 readings are new")).to_be_visible()
    hands.click(page.get_by_role("button", name="Import", exact=True))
    hands.click(page.get_by_role("link", name="Open the cockpit"))
    gauges = page.locator(".st-key-gauges h3")
    expect(gauges).to_have_count(3, timeout=60_000)
    expect(page.get_by_text("Sample company")).to_have_count(0)
    expect(page.locator(".st-key-gauges")).to_contain_text("Umsatz")
    assert hands.clicks + hands.keys - len(TEAM) <= 15, hands
