"""A range from a later day on: planned, seen in the chart, then what health goes by."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from data.company.fields import PersonRow, TeamRow
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from models import Better, Cadence, Role
from tests.browser.standing import Standing
from tests.browser.windows import KEYS, Windows
from tests.data.builders import bring, key
from tests.journeys.counting import WithMouse
from tests.serving import NOW, serving

LATER = "2027-01-10T09:00:00+00:00"
FIRST = date(2026, 8, 31)
WEEKS, LATER_WEEKS = 11, 18
"""So many weeks are over by now, and by then."""
ON_TIME = {"team": "Shop", "kpi": "On time"}


def read(weeks: range) -> list[ReadingRow]:
    """Read a KPI that stays near 83 %."""
    days = ((FIRST + timedelta(weeks=at), 82 + at % 3) for at in weeks)
    return [ReadingRow(**ON_TIME, date=day, value=value) for day, value in days]


def shop() -> Tables:
    return Tables(
        teams=[TeamRow(team="Shop")],
        people=[PersonRow(person="Ana", team="Shop", role=Role.LEAD)],
        kpis=[KpiRow(**ON_TIME, unit="%", better=Better.HIGHER, low=80, cadence=Cadence.WEEKLY)],
        readings=read(range(WEEKS)),
    )


def test_a_range_is_planned_and_holds_once_its_day_is_there(
    stand: Callable[[str], Standing],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    windows: Windows,
) -> None:
    standing = stand(NOW)
    standing.fill(shop())
    place = f"kpi?id={key(standing.engine, 'kpi', 'On time')}"
    page = windows.open(f"{standing.url}/{place}", name="Ana")
    head, hands = page.locator(".st-key-head"), WithMouse(page)
    expect(head).to_contain_text("In range", timeout=30_000)
    hands.click(page.get_by_role("button", name="Plan its range"))
    form = page.get_by_test_id("stPopoverBody")
    # The first day of the next quarter is filled in, and the range that holds now.
    expect(form.get_by_label("Ideal from")).to_have_value("80")
    hands.click(form.get_by_label("Ideal from"))
    hands.press("Control+a")
    hands.write("90")
    hands.press("Tab")
    hands.click(form.get_by_role("button", name="Plan range"))
    ahead = page.locator(".st-key-card-ranges")
    expect(ahead).to_contain_text("From 1 Jan 2027: at least 90 %")
    expect(ahead).to_contain_text("would be out of that range")
    drawn = page.locator('[class*="st-key-chart-"] .annotation')
    expect(drawn.filter(has_text="from 1 Jan 2027: at least 90 %")).to_be_visible(timeout=30_000)
    expect(head).to_contain_text("In range")

    monkeypatch.setenv("MILEPOST_NOW", LATER)
    bring(standing.engine, readings=read(range(WEEKS, LATER_WEEKS)))
    with serving(standing.database_url, tmp_path / "log") as url:
        KEYS[url] = standing.folder / "cookie.key"
        page = windows.open(f"{url}/{place}", name="Ana")
        expect(page.locator(".st-key-head")).to_contain_text("Out of range", timeout=30_000)
        expect(page.locator(".st-key-card-ranges")).to_have_count(0)
        assert windows.take_back() == []
