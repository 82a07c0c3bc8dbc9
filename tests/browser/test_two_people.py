"""Two people at two machines at once: what one saves, the other sees, answers or builds on."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from data.okrs.fields import CheckInRow
from tests.browser.gauge_cards import gauge, type_into
from tests.browser.standing import Standing
from tests.browser.update_list import KPIS, NOW, ROAD, Bakery, bakery, row, safe, value
from tests.browser.windows import Windows

MONDAY = date(2026, 11, 16)
TOAST = ".st-key-toast"


@pytest.fixture(scope="module")
def shop(stand: Callable[[str], Standing], windows: Windows) -> Bakery:
    """Serve one bakery to all tests of this file: each has rows of its own."""
    shop = Bakery(stand(NOW), windows, bakery())
    import_tables(shop.engine, more())
    return shop


PLACES = ("Bread", "Rolls", "Cakes", "Pies", "Tarts", "Buns", "Oats", "Rye")


def more() -> Tables:
    """Give a KPI of Ana's for each test that wants one of its own."""
    return Tables(
        kpis=[
            KpiRow(team="Bakery", kpi=name, unit="%", low=5, cadence="weekly", owner="Ana")  # type: ignore[arg-type]
            for name in PLACES
        ],
        readings=[
            ReadingRow(team="Bakery", kpi=name, date=date(2026, 11, 9), value=9) for name in PLACES
        ],
    )


def cockpit(shop: Bakery, name: str) -> Page:
    page = shop.open(name)
    page.goto(f"{shop.url}/?all_kpis=true")
    page.locator(".st-key-gauges .card").first.wait_for()
    return page


def kept(shop: Bakery, name: str) -> list[float]:
    """Give what was recorded of a KPI or a key result, oldest first."""
    return [number for kept_name, number in shop.values() if kept_name == name]


def saved(page: Page, text: str) -> None:
    expect(page.locator(TOAST)).to_contain_text(text)


def test_a_gauge_two_people_change_shows_both_values(shop: Bakery) -> None:
    ana, ben = cockpit(shop, "Ana"), cockpit(shop, "Bo")
    gauge(ben, "Bread").locator("button.number").click()
    type_into(ana, "Bread", "8.8")
    saved(ana, "Saved 8.8")
    ben.keyboard.type("9.3")
    ben.keyboard.press("Enter")
    alert = gauge(ben, "Bread").locator("[role=alert]")
    expect(alert).to_contain_text("Ana saved 8.8")
    expect(alert).to_contain_text("You typed 9.3")
    assert kept(shop, "Bread") == [8.8]
    gauge(ben, "Bread").get_by_role("button", name="Save 9.3").click()
    saved(ben, "Saved 9.3")
    assert kept(shop, "Bread") == [8.8, 9.3]


def test_a_gauge_left_to_the_other_keeps_theirs(shop: Bakery) -> None:
    ana, ben = cockpit(shop, "Ana"), cockpit(shop, "Bo")
    gauge(ben, "Rolls").locator("button.number").click()
    type_into(ana, "Rolls", "8.7")
    saved(ana, "Saved 8.7")
    ben.keyboard.type("9.4")
    ben.keyboard.press("Enter")
    expect(gauge(ben, "Rolls").locator("[role=alert]")).to_contain_text("Ana saved 8.7")
    ben.keyboard.press("Escape")
    expect(gauge(ben, "Rolls").locator(".number")).to_contain_text("8.7")
    assert kept(shop, "Rolls") == [8.7]


def test_two_gauges_beside_each_other_are_no_conflict(shop: Bakery) -> None:
    ana, ben = cockpit(shop, "Ana"), cockpit(shop, "Bo")
    gauge(ben, "Pies").locator("button.number").click()
    type_into(ana, "Cakes", "8.6")
    saved(ana, "Saved 8.6")
    ben.keyboard.type("9.5")
    ben.keyboard.press("Enter")
    saved(ben, "Saved 9.5")
    expect(gauge(ben, "Cakes").locator(".number")).to_contain_text("8.6")
    assert (kept(shop, "Cakes"), kept(shop, "Pies")) == ([8.6], [9.5])


def test_the_same_value_from_both_is_no_conflict(shop: Bakery) -> None:
    ana, ben = cockpit(shop, "Ana"), cockpit(shop, "Bo")
    gauge(ben, "Tarts").locator("button.number").click()
    type_into(ana, "Tarts", "8.5")
    saved(ana, "Saved 8.5")
    ben.keyboard.type("8.5")
    ben.keyboard.press("Enter")
    saved(ben, "This stands already")
    assert kept(shop, "Tarts") == [8.5]


def test_what_is_undone_by_one_is_open_again_to_the_other_who_types(shop: Bakery) -> None:
    ana = cockpit(shop, "Ana")
    type_into(ana, "Buns", "8.4")
    saved(ana, "Saved 8.4")
    ben = cockpit(shop, "Bo")
    expect(gauge(ben, "Buns").locator(".number")).to_contain_text("8.4")
    gauge(ben, "Buns").locator("button.number").click()
    ana.locator(TOAST).get_by_role("button", name="Undo").click()
    saved(ana, "Taken back")
    ben.keyboard.type("9.6")
    ben.keyboard.press("Enter")
    # What Ben saw is gone: he is told, and says his all the same.
    expect(gauge(ben, "Buns").locator("[role=alert]")).to_be_visible()
    gauge(ben, "Buns").get_by_role("button", name="Save 9.6").click()
    saved(ben, "Saved 9.6")
    assert kept(shop, "Buns")[-1] == 9.6


def test_nobody_takes_back_what_somebody_has_built_on(shop: Bakery) -> None:
    ana = cockpit(shop, "Ana")
    type_into(ana, "Oats", "8.3")
    saved(ana, "Saved 8.3")
    ben = cockpit(shop, "Bo")
    type_into(ben, "Oats", "9.7")
    saved(ben, "Saved 9.7")
    ana.locator(TOAST).get_by_role("button", name="Undo").click()
    saved(ana, "Bo has built on this since")
    expect(gauge(ana, "Oats").locator(".number")).to_contain_text("9.7")
    assert kept(shop, "Oats") == [8.3, 9.7]


def test_a_list_and_a_cockpit_meet_in_the_same_reading(shop: Bakery) -> None:
    ana, ben = shop.open("Ana"), cockpit(shop, "Bo")
    value(ana, "Rye").fill("9.8")
    type_into(ben, "Rye", "8.2")
    saved(ben, "Saved 8.2")
    value(ana, "Rye").press("Enter")
    expect(row(ana, "Rye").locator("[role=alert]")).to_contain_text("Bo saved 8.2")
    expect(value(ana, "Rye")).to_have_value("9.8")
    assert kept(shop, "Rye") == [8.2]


def test_the_page_of_a_kpi_and_a_cockpit_meet_in_the_same_reading(shop: Bakery) -> None:
    ana, ben = cockpit(shop, "Ana"), cockpit(shop, "Bo")
    gauge(ana, "Waste").locator("h3 a").click()
    number = ana.locator(".st-key-gauge .card button.number")
    number.click()
    type_into(ben, "Waste", "8.0")
    saved(ben, "Saved 8")
    ana.keyboard.type("9.2")
    ana.keyboard.press("Enter")
    expect(ana.locator(".st-key-gauge [role=alert]")).to_contain_text("Bo saved 8")
    ana.locator(".st-key-gauge").get_by_role("button", name="Save 9.2").click()
    saved(ana, "Saved 9.2")
    assert kept(shop, "Waste")[-2:] == [8, 9.2]


def test_other_cells_of_one_row_are_both_kept(shop: Bakery) -> None:
    first, second = shop.open("Ana"), shop.open("Ana")
    value(first, "Regulars").fill("24")
    note = row(second, "Regulars").get_by_label("comment")
    note.fill("Sunny")
    value(first, "Regulars").press("Enter")
    safe(first, "Regulars")
    note.press("Enter")
    safe(second, "Regulars")
    expect(value(second, "Regulars")).to_have_value("24")
    assert kept(shop, "Regulars")[-1] == 24


def test_rows_that_an_import_adds_meanwhile_move_nothing_that_is_typed(shop: Bakery) -> None:
    ana = shop.open("Ana")
    value(ana, "Tastings").fill("33")
    new = {"team": "Bakery", "kpi": "Aaa new"}
    import_tables(
        shop.engine,
        Tables(
            kpis=[KpiRow(**new, low=1, owner="Ana")],
            check_ins=[CheckInRow(**ROAD, key_result="Tastings", date=MONDAY, value=20)],
        ),
    )
    value(ana, "Crust").fill("9.1")
    value(ana, "Crust").press("Enter")
    safe(ana, "Crust")
    expect(row(ana, "Aaa new")).to_be_visible()
    expect(value(ana, "Tastings")).to_have_value("33")
    value(ana, "Tastings").press("Enter")
    safe(ana, "Tastings")
    assert kept(shop, "Tastings")[-1] == 33


def test_a_reading_imported_meanwhile_is_contested_like_a_persons(shop: Bakery) -> None:
    ben = cockpit(shop, "Bo")
    gauge(ben, KPIS[1]).locator("button.number").click()
    brought = ReadingRow(team="Bakery", kpi=KPIS[1], date=MONDAY, value=8.1)
    import_tables(shop.engine, Tables(readings=[brought]))
    ben.keyboard.type("9.9")
    ben.keyboard.press("Enter")
    alert = gauge(ben, KPIS[1]).locator("[role=alert]")
    expect(alert).to_contain_text("8.1")
    assert 9.9 not in kept(shop, KPIS[1])
    gauge(ben, KPIS[1]).get_by_role("button", name="Save 9.9").click()
    saved(ben, "Saved 9.9")
