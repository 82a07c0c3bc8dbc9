"""KPIs of one name in several teams, and numbered ones of one: told apart, and seen as one."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from data.company.fields import PersonRow, TeamRow
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from models import Cadence
from tests.browser.axe import scrolls_sideways
from tests.browser.standing import Served, Standing
from tests.browser.windows import Windows
from tests.serving import NOW

CARDS, WALL = ".st-key-decisions", ".st-key-gauges"
TEAMS, LIST = ".st-key-teams", ".st-key-drift"
TOP, PLANTS, PATIENCE = "Works", ("North", "South", "East"), 15_000
LINES = [f"Line {number} scrap rate" for number in (1, 2, 3, 4)]


def readings(**values: float) -> Tables:
    """Give the readings of lines that are read last, by line."""
    return Tables(
        readings=[
            ReadingRow(
                team=TOP,
                kpi=f"Line {name.removeprefix('line_')} scrap rate",
                date=date(2026, 11, 9),
                value=value,
            )
            for name, value in values.items()
        ]
    )


def works() -> Tables:
    """Give a company of which three cards of their own are the worst, then lines, then costs."""
    pinned: dict[str, Any] = {"cadence": Cadence.WEEKLY, "pinned": (TOP,)}
    told = [(TOP, name, 90 - at) for at, name in enumerate(("Churn", "Defects", "Returns"))]
    told += [(TOP, name, 40 - at) for at, name in enumerate(LINES)]
    told += [(team, "Cost per unit", 20 - at) for at, team in enumerate(PLANTS)]
    return Tables(
        teams=[TeamRow(team=TOP)]
        + [TeamRow(team=team, parent=TOP) for team in (*PLANTS, "House", "New")],
        people=[PersonRow(person="Ana", team=TOP)],
        kpis=[KpiRow(team=team, kpi=kpi, unit="€", high=10, **pinned) for team, kpi, _ in told]
        + [KpiRow(team="House", kpi="Visitors", **pinned)],
        readings=[
            ReadingRow(team=team, kpi=kpi, date=date(2026, 11, 9), value=value)
            for team, kpi, value in told
        ],
    )


@pytest.fixture
def company(stand: Callable[[str], Standing], windows: Windows) -> Served:
    """Serve the company anew."""
    return Served(stand(NOW), windows, works())


def cockpit(company: Served, query: str = "") -> Page:
    return company.look(query, f"{WALL} .root > *", "Ana")


def fold(page: Page, title: str) -> Locator:
    return page.locator(f"{CARDS} .fold", has=page.locator("h3", has_text=title))


def lines(page: Page) -> Locator:
    named = page.locator("h3 .name", has_text="scrap rate")
    return page.locator(f"{CARDS} .card:not(.fold)", has=named)


def test_what_is_hidden_is_counted_in_cards_of_one_and_of_many(company: Served) -> None:
    page = cockpit(company)
    expect(page.locator(f"{CARDS} .more")).to_have_text("7 more, in 2 cards")
    page.locator(f"{CARDS} .more").press("Enter")
    expect(fold(page, "4 lines: scrap rate")).to_contain_text("The worst is Line 1 scrap rate.")
    expect(fold(page, "3 teams: Cost per unit")).to_contain_text("The worst is North.")


def test_one_card_of_many_is_counted_as_one(company: Served) -> None:
    import_tables(company.engine, readings(line_1=5, line_2=5))
    page = cockpit(company)
    expect(page.locator(f"{CARDS} .more")).to_have_text("5 more, in 3 cards")
    import_tables(company.engine, readings(line_3=5, line_4=5))
    expect(page.locator(f"{CARDS} .more")).to_have_text("3 more, in 1 card", timeout=PATIENCE)


def test_what_is_unfolded_stays_so_while_cards_come_and_go(company: Served) -> None:
    page = cockpit(company)
    page.locator(f"{CARDS} .more").press("Enter")
    turn = fold(page, "lines: scrap rate").get_by_role("button")
    turn.press("Enter")
    expect(lines(page)).to_have_count(4)
    import_tables(company.engine, readings(line_4=5))
    expect(fold(page, "3 lines: scrap rate")).to_be_visible(timeout=PATIENCE)
    expect(lines(page)).to_have_count(3)
    expect(turn).to_have_text("Fold again")
    expect(turn).to_be_focused()
    # Now they are the worst of all, and come first.
    import_tables(company.engine, readings(line_4=400))
    expect(page.locator(f"{CARDS} .card h3").first).to_have_text(
        "4 lines: scrap rate", timeout=PATIENCE
    )
    expect(lines(page)).to_have_count(4)
    expect(turn).to_be_focused()
    expect(fold(page, "4 lines: scrap rate")).to_contain_text("The worst is Line 4 scrap rate.")
    turn.press("Enter")
    expect(turn).to_have_accessible_name("Show all: 4 lines: scrap rate")


def test_what_was_gone_comes_back_folded(company: Served) -> None:
    page = cockpit(company)
    page.locator(f"{CARDS} .more").press("Enter")
    turn = fold(page, "lines: scrap rate").get_by_role("button")
    turn.press("Enter")
    import_tables(company.engine, readings(line_3=5, line_4=5))
    expect(fold(page, "lines: scrap rate")).to_have_count(0, timeout=PATIENCE)
    import_tables(company.engine, readings(line_3=30, line_4=30))
    expect(turn).to_have_text("Show all 4", timeout=PATIENCE)
    expect(lines(page)).to_have_count(0)


def test_one_sees_which_teams_number_one_types(company: Served) -> None:
    page = cockpit(company)
    wall = page.locator(WALL)
    value = wall.get_by_role("button", name="Cost per unit, North: 20\u00a0€. Enter a reading")
    value.press("Enter")
    form = wall.get_by_role("form", name="Enter a reading for Cost per unit, North")
    expect(form.locator(".about")).to_have_text("Cost per unit, North")
    own = wall.get_by_role("button", name="Line 1 scrap rate: 40\u00a0€. Enter a reading")
    expect(own).to_be_visible()
    expect(wall.locator(".indicators li")).to_contain_text("VisitorsHouse")
    page.goto(f"{company.url}/?team=North")
    value = wall.get_by_role("button", name="Cost per unit: 20\u00a0€. Enter a reading")
    expect(value).to_be_visible()


def test_one_sees_which_teams_drift_one_decides_in_the_list(company: Served) -> None:
    page = company.look("drift", f"{LIST} .name", "Ana")
    page.get_by_role("button", name="Acknowledge: Cost per unit, South").click()
    form = page.get_by_role("form", name="Decide about Cost per unit, South")
    expect(form.locator(".about")).to_have_text("Cost per unit, South")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=f"Act: Line 1 scrap rate, {TOP}")).to_be_visible()


@pytest.mark.parametrize("team", ["New", "House"])
def test_a_table_of_no_gauges_has_no_heads(company: Served, team: str) -> None:
    page = company.look(f"?team={team}&gauges=table", f"{WALL} .head", "Ana")
    said = ".empty" if team == "New" else ".indicators"
    expect(page.locator(f"{WALL} {said}")).to_be_visible()
    expect(page.locator(f"{WALL} .heads")).to_have_count(0)
    expect(page.locator(f"{WALL} .surface")).to_have_count(0)
    expect(page.get_by_role("table")).to_have_count(0)
    page.goto(f"{company.url}/?team=North&gauges=table")
    expect(page.locator(f"{WALL} [role=table] [role=row]")).to_have_count(2)


def test_a_team_of_indicators_alone_has_no_kpi_with_a_range(company: Served) -> None:
    page = cockpit(company)
    row = page.locator(f"{TEAMS} .rows li", has=page.get_by_role("link", name="House"))
    expect(row.locator(".count")).to_have_text("no KPI with a range")
    expect(row.get_by_role("img", name="House: no KPI with a range")).to_be_visible()
    for width in (390, 700, 1100):
        page.set_viewport_size({"width": width, "height": 800})
        assert not scrolls_sideways(page)
