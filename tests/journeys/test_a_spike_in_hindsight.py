"""A key result reached its target, and fell back once its cycle was closed: seen, and taken up."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from data.company.fields import CycleRow, PersonRow, TeamRow
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from data.okrs.fields import KeyResultRow, ObjectiveRow
from models import Better, Cadence, ObjectiveState, Role
from tests.browser.okr_table import TABLE
from tests.browser.standing import Standing
from tests.browser.windows import Windows
from tests.serving import NOW

FIRST = date(2026, 6, 29)
VALUES = [*[76.0, 77.0] * 5, *[91.0, 92.0] * 2, *[76.0, 77.0] * 3]
"""Weekly, from the first whole week of the third quarter on: the target is reached near its end."""
OF = {"cycle": "Q3 2026", "team": "Shop", "objective": "Orders come when they were promised"}
ON_TIME = {"team": "Shop", "kpi": "On time"}


@pytest.fixture
def shop(stand: Callable[[str], Standing]) -> str:
    """Serve a shop whose last quarter is closed; give its address."""
    standing = stand(NOW)
    standing.fill(
        Tables(
            teams=[TeamRow(team="Shop")],
            people=[PersonRow(person="Ana", team="Shop", role=Role.LEAD)],
            cycles=[
                CycleRow(cycle="Q3 2026", starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30)),
                CycleRow(cycle="Q4 2026", starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31)),
            ],
            kpis=[
                KpiRow(**ON_TIME, unit="%", better=Better.HIGHER, low=60, cadence=Cadence.WEEKLY)
            ],
            readings=[
                ReadingRow(**ON_TIME, date=FIRST + timedelta(weeks=at), value=value)
                for at, value in enumerate(VALUES)
            ],
            objectives=[ObjectiveRow(**OF, owner="Ana", state=ObjectiveState.CLOSED)],
            key_results=[
                KeyResultRow(
                    **OF, key_result="On time", unit="%", start=75, target=90, kpi="On time"
                )
            ],
        )
    )
    return standing.url


def test_a_spike_is_shown_after_its_cycle_and_its_objective_is_taken_up_again(
    shop: str, windows: Windows
) -> None:
    page = windows.open(f"{shop}/?team=Shop&cycle=Q3+2026", name="Ana")
    lane = page.locator(".st-key-key_results")
    expect(lane).to_contain_text("a spike: it fell back", timeout=30_000)
    page.goto(f"{shop}/okrs?team=Shop&cycle=Q3+2026&over=yes")
    page.locator(TABLE).get_by_role("button", name="Reopen").click(timeout=30_000)
    expect(page.locator(f"{TABLE} .now", has_text="● active")).to_be_visible(timeout=15_000)
    page.goto(f"{shop}/history")
    done = page.locator(".st-key-done")
    expect(done).to_contain_text("reopened an objective", timeout=30_000)
    expect(done).to_contain_text(OF["objective"])
