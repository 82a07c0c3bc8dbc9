"""The table of objectives of a bakery, found as a person's hands and eyes find it."""

from collections.abc import Callable
from datetime import date

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import text

from data.company.fields import CycleRow, PersonRow, TeamRow
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow
from data.okrs.fields import KeyResultRow, ObjectiveRow
from models import Better, Cadence
from tests.browser.standing import Served
from tests.browser.windows import wait_until

NOW = "2026-10-05T09:00:00+00:00"
TABLE = ".st-key-okrs"
ROAD = {"cycle": "Q4", "team": "Bakery", "objective": "Bread people walk for"}


def bakery() -> Tables:
    """Give a company of a bakery with two KPIs, a goal for the year and an empty quarter."""
    return Tables(
        teams=[TeamRow(team="Mill & Co"), TeamRow(team="Bakery", parent="Mill & Co")],
        people=[PersonRow(person="Ana"), PersonRow(person="Bo")],
        cycles=[
            CycleRow(cycle="2026", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)),
            CycleRow(cycle="Q4", starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31)),
        ],
        kpis=[
            KpiRow(
                team="Bakery",
                kpi=name,
                unit="%",
                better=Better.HIGHER,
                low=5,
                cadence=Cadence.WEEKLY,
            )
            for name in ("Crust", "Waste")
        ],
        objectives=[ObjectiveRow(cycle="2026", team="Mill & Co", objective="Be the town's table")],
    )


class Bakery(Served):
    """A served company, and what it holds."""

    def open(self, name: str = "Ana", query: str = "team=Bakery&cycle=Q4", **options: int) -> Page:
        return self.look(f"okrs?{query}", f"{TABLE} .objectives .entry", name, **options)

    def asked(self, query: str) -> list[tuple[object, ...]]:
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def key(self, table: str, name: str) -> int:
        with self.engine.connect() as connection:
            query = text(f"SELECT id FROM {table} WHERE name = :name")
            return int(connection.execute(query, {"name": name}).scalar_one())


Serve = Callable[[Tables], Bakery]
"""Serves a bakery with what tables hold."""


def entry(page: Page, name: str) -> Locator:
    return page.locator(f"{TABLE} .row[aria-label='{name}']")


def around(page: Page, kind: str, name: str) -> Locator:
    return page.locator(f"{TABLE} .entry.{kind}", has=page.locator(f".row[aria-label='{name}']"))


def cell(page: Page, name: str, field: str) -> Locator:
    return entry(page, name).locator(f"[data-field='{field}']")


def safe(page: Page, name: str) -> None:
    expect(entry(page, name).locator(".state")).to_have_text("✓ Saved", timeout=20_000)


def all_safe(page: Page) -> None:
    wait_until(
        page,
        "() => ![...document.querySelectorAll('.st-key-okrs *')].some((node) => node.shadowRoot &&"
        " [...node.shadowRoot.querySelectorAll('.state')].some((state) =>"
        " /Saving|Not saved|Kept/.test(state.textContent)))",
        within=90,
    )


def under_way() -> Tables:
    tables = bakery()
    tables.objectives.append(ObjectiveRow(**ROAD))
    tables.key_results.extend(
        KeyResultRow(**ROAD, key_result=name, start=10, target=50, unit="people")
        for name in ("Regulars", "Tastings", "Parties")
    )
    return tables
