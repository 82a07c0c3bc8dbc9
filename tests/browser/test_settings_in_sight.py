"""The table of KPIs: its headings, and all of a KPI in sight on a laptop."""

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Locator

from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow
from tests.browser.settings_table import NOW, TABLE, Bakery, bakery, cell, row_of
from tests.browser.standing import Standing
from tests.browser.windows import Windows, soon

LEFT, RIGHT = (f"node => node.getBoundingClientRect().{side}" for side in ("left", "right"))


@pytest.fixture(scope="module")
def served(stand: Callable[[str], Standing], windows: Windows) -> Bakery:
    """Serve a bakery with more KPIs than there is room for."""
    served = Bakery(stand(NOW), windows, bakery())
    tins = [KpiRow(team="Ovens", kpi=f"Tin {number:02}", unit="%") for number in range(30)]
    import_tables(served.engine, Tables(kpis=tins))
    return served


COLUMNS = ("kpi", "team", "owner", "description", "driven by", "pinned for", "kind", "link")


def test_a_laptop_shows_all_of_a_kpi_beside_what_can_be_done_with_it(served: Bakery) -> None:
    page = served.open()
    page.set_viewport_size({"width": 1366, "height": 768})
    scroll, tools = page.locator(f"{TABLE} .scroll"), row_of(page, "Tin 00").locator(".tools")

    def is_whole() -> None:
        right = scroll.evaluate(RIGHT)
        gaps = [right - button.evaluate(RIGHT) for button in tools.locator("button").all()]
        assert 0 <= min(gaps) < 48
        for name in COLUMNS:
            assert cell(page, "Tin 00", name).evaluate(RIGHT) <= tools.evaluate(LEFT)
        assert scroll.evaluate("node => node.scrollWidth <= node.clientWidth")
        assert scroll.evaluate("node => node.getBoundingClientRect().bottom") < 768

    soon(page, is_whole)


def test_what_is_long_stands_below_at_the_edge_of_what_is_above(served: Bakery) -> None:
    page = served.open()
    left = {name: cell(page, "Tin 00", name).evaluate(LEFT) for name in COLUMNS}
    for above, below in (("kpi", "description"), ("team", "driven by"), ("owner", "link")):
        assert abs(left[above] - left[below]) <= 1
        top = cell(page, "Tin 00", above).bounding_box()
        under = cell(page, "Tin 00", below).bounding_box()
        assert top is not None
        assert under is not None
        assert top["y"] < under["y"]


def test_no_heading_is_wider_than_its_column(served: Bakery) -> None:
    page = served.open()
    page.set_viewport_size({"width": 1920, "height": 1080})
    headings = page.locator(f"{TABLE} th:not(:has(.unseen))")

    def fits(heading: Locator) -> None:
        assert heading.evaluate("node => node.scrollWidth <= node.clientWidth")

    for heading in headings.all():
        soon(page, partial(fits, heading))
    assert headings.count() == 14
