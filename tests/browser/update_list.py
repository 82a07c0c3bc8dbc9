"""A bakery with numbers that are due, and the list in which they are typed."""

from datetime import date, timedelta

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import text

from data.actions.fields import ActionRow
from data.company.fields import CycleRow, PersonRow, TeamRow
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from data.okrs.fields import KeyResultRow, MilestoneRow, ObjectiveRow
from models import Better, Cadence, KeyResultKind
from tests.browser.standing import Served

NOW = "2026-11-24T09:00:00+00:00"
BEFORE_LAST = date(2026, 11, 9)
ROAD = {"cycle": "Q4", "team": "Bakery", "objective": "Bread people walk for"}
KPIS = ("Crust", "Margin", "Waste")
LIST = ".st-key-update"


def bakery() -> Tables:
    """Give a team whose Ana has three readings and two check-ins due."""
    return Tables(
        teams=[TeamRow(team="Bakery")],
        people=[PersonRow(person="Ana"), PersonRow(person="Bo")],
        cycles=[CycleRow(cycle="Q4", starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31))],
        kpis=[
            KpiRow(
                team="Bakery",
                kpi=name,
                unit="%",
                better=Better.HIGHER,
                low=5,
                cadence=Cadence.WEEKLY,
                owner="Ana",
            )
            for name in KPIS
        ],
        readings=[
            ReadingRow(
                team="Bakery",
                kpi=name,
                date=BEFORE_LAST - timedelta(weeks=week),
                value=9 + week % 3 / 10,
            )
            for name in KPIS
            for week in range(12)
        ],
        objectives=[ObjectiveRow(**ROAD)],
        key_results=[
            KeyResultRow(**ROAD, key_result=name, start=10, target=50, owner="Ana", unit="people")
            for name in ("Regulars", "Tastings")
        ]
        + [
            KeyResultRow(
                **ROAD, key_result="A second oven", kind=KeyResultKind.MILESTONE, owner="Bo"
            )
        ],
        milestones=[
            MilestoneRow(**ROAD, key_result="A second oven", step=step, share=1)
            for step in ("Bought", "Built in")
        ],
        actions=[
            ActionRow(
                team="Bakery",
                kpi="Waste",
                action="Weigh the bins",
                owner="Bo",
                due=date(2026, 11, 27),
                agreed_on=date(2026, 11, 17),
            )
        ],
    )


class Bakery(Served):
    """A served company, and what people recorded in it."""

    def open(self, name: str = "Ana", query: str = "", **options: int) -> Page:
        return self.look(f"update{query}", f"{LIST} .head", name, **options)

    def key_result(self, name: str) -> int:
        """Give the number of a key result."""
        query = text("SELECT id FROM key_result WHERE name = :name")
        with self.engine.connect() as connection:
            return int(connection.execute(query, {"name": name}).scalar_one())

    def values(self) -> list[tuple[str, float]]:
        """Give what people recorded, by name."""
        query = (
            "SELECT kpi.name, value FROM reading JOIN kpi ON kpi.id = kpi_id WHERE NOT imported"
            " UNION ALL SELECT key_result.name, value FROM check_in"
            " JOIN key_result ON key_result.id = key_result_id ORDER BY 1, 2"
        )
        with self.engine.connect() as connection:
            return [(name, value) for name, value in connection.execute(text(query))]


def row(page: Page, name: str) -> Locator:
    return page.locator(f"{LIST} .entry", has=page.locator("h4", has_text=name))


def value(page: Page, name: str) -> Locator:
    return row(page, name).locator("input.value")


def safe(page: Page, name: str, *, within: float = 15_000) -> None:
    expect(row(page, name).locator(".state")).to_have_text("✓ Saved", timeout=within)
