"""Somebody with the spreadsheet they keep: from the first page ever to their own cockpit."""

import io
from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import Locator, Page, expect

from tests.browser import top_line
from tests.browser.windows import Windows
from tests.journeys.counting import WithMouse
from tests.serving import serving

TEAM, NAME = "Brotwerk", "Ines Halvorsen"
MOST = 15
"""Clicks and keys beside typed names."""
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


def choose(page: Page, hands: WithMouse, data: bytes) -> None:
    """Click the box; then choose the file and open it, two clicks in the system's own window."""
    box = page.locator("[data-testid=stFileUploaderDropzone] button")
    expect(box).to_be_visible(timeout=60_000)
    with page.expect_file_chooser() as chooser:
        hands.click(box)
    hands.clicks += 2
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    chooser.value.set_files({"name": "KPI.xlsx", "mimeType": mime, "buffer": data})


def from_the_file_on(page: Page, hands: WithMouse) -> None:
    """Choose the file, name its team, import it, and stand before the cockpit."""
    choose(page, hands, figures())
    title = page.get_by_role("heading", name="KPI.xlsx, read as KPIs down and")
    expect(title).to_be_visible(timeout=60_000)
    card = page.get_by_role("region", name="How it is read")
    expect(card.get_by_role("cell", name="< 4,5 %")).to_be_visible()
    name_team(card, hands)
    expect(page.get_by_text(f"team {TEAM}")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("3 KPIs are new")).to_be_visible()
    expect(page.get_by_text("30 readings are new")).to_be_visible()
    hands.click(page.get_by_role("button", name="Import", exact=True))
    hands.click(page.get_by_role("link", name="Open the cockpit"))
    gauges = page.locator(".st-key-gauges h3")
    expect(gauges).to_have_count(3, timeout=60_000)
    expect(page.get_by_text("Sample company")).to_have_count(0)
    expect(page.locator(".st-key-gauges")).to_contain_text("Umsatz")


def name_team(card: Locator, hands: WithMouse) -> None:
    team = card.get_by_role("group", name="Team of").first
    expect(team).to_be_visible()
    other = team.get_by_role("button", name="No, …")
    if other.count():
        hands.click(other)
    field = team.get_by_placeholder("type its name")
    if not field.evaluate("each => each === each.getRootNode().activeElement"):
        hands.click(field)
    hands.write(TEAM)
    hands.press("Enter")


def test_from_the_sample_by_begin_to_ones_own_cockpit(tmp_path: Path, windows: Windows) -> None:
    with serving(f"sqlite:///{tmp_path / 'milepost.db'}", tmp_path / "log") as url:
        page = windows.open(url, width=1366, height=768)
        hands = WithMouse(page)
        expect(page.get_by_text("Sample company")).to_be_in_viewport(timeout=60_000)
        hands.click(page.get_by_role("link", name="Begin with your own company"))
        hands.click(page.get_by_label("What is your name?"))
        hands.write(NAME)
        hands.click(page.get_by_role("button", name="Drop a spreadsheet instead"))
        from_the_file_on(page, hands)
        assert hands.clicks + hands.keys - len(TEAM + NAME) <= MOST, hands


def test_from_the_sample_straight_to_the_import(tmp_path: Path, windows: Windows) -> None:
    with serving(f"sqlite:///{tmp_path / 'milepost.db'}", tmp_path / "log") as url:
        page = windows.open(url, width=1366, height=768)
        hands = WithMouse(page)
        own = page.get_by_role("link", name="Bring in your own numbers")
        expect(own).to_be_in_viewport(timeout=60_000)
        hands.click(own)
        expect(page.get_by_role("heading", name="Bring in")).to_be_visible(timeout=30_000)
        hands.click(top_line.said(page, "person"))
        hands.write(NAME)
        hands.press("Enter")
        from_the_file_on(page, hands)
        assert hands.clicks + hands.keys - len(TEAM + NAME) <= MOST, hands
