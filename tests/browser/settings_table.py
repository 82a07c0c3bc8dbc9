"""The tables of the settings of a bakery, found as a person's hands and eyes find them."""

from datetime import date, timedelta

from playwright.sync_api import Locator, Page
from sqlalchemy import text

from data.company.fields import PersonRow, TeamRow
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from models import Better, Cadence
from tests.browser.standing import Served

NOW = "2026-11-24T09:00:00+00:00"
TABLE = ".st-key-settings"


def bakery() -> Tables:
    """Give two teams with KPIs, one of them computed from two others and read for a year."""
    return Tables(
        teams=[TeamRow(team="Bakery"), TeamRow(team="Ovens", parent="Bakery")],
        people=[PersonRow(person="Ana"), PersonRow(person="Bo")],
        kpis=[
            KpiRow(team="Bakery", kpi=name, unit="%", better=Better.HIGHER, cadence=Cadence.WEEKLY)
            for name in ("Crust", "Margin", "Waste")
        ],
        readings=[
            ReadingRow(
                team="Bakery",
                kpi=name,
                date=date(2026, 11, 16) - timedelta(weeks=week),
                value=9 + (week * 7 % 5) / 10,
            )
            for name in ("Crust", "Margin")
            for week in range(40)
        ],
    )


class Bakery(Served):
    """A served company, and its KPIs."""

    def open(self, name: str = "Ana", query: str = "table=kpis") -> Page:
        return self.look(f"settings?{query}", f"{TABLE} .row", name)

    def id_of(self, kpi: str) -> int:
        return int(self.one("SELECT id FROM kpi WHERE name = :name AND withdrawn_at IS NULL", kpi))

    def one(self, query: str, name: str = "") -> str:
        with self.engine.connect() as connection:
            return str(connection.execute(text(query), {"name": name}).scalar())

    def range_of(self, kpi: str) -> tuple[float | None, float | None]:
        query = "SELECT low, high FROM kpi_terms WHERE kpi_id = :id ORDER BY id DESC LIMIT 1"
        with self.engine.connect() as connection:
            low, high = connection.execute(text(query), {"id": self.id_of(kpi)}).one()
        return low, high


def cell(page: Page, row: str, column: str) -> Locator:
    return page.locator(TABLE).get_by_label(f"{row}: {column}", exact=True)


def state(page: Page, row: str) -> Locator:
    return row_of(page, row).locator(".state")


def row_of(page: Page, row: str) -> Locator:
    return page.locator(f"{TABLE} .row").filter(has=page.get_by_label(f"{row}: kpi", exact=True))
