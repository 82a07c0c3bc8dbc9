"""The table of KPIs: headings, and on a laptop what drives a KPI, its tools and the scrollbar."""

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


def test_a_laptop_shows_what_matters_of_a_kpi_and_the_way_to_the_rest(served: Bakery) -> None:
    page = served.open()
    page.set_viewport_size({"width": 1440, "height": 900})
    scroll, tools = page.locator(f"{TABLE} .scroll"), row_of(page, "Tin 00").locator(".tools")
    driven, description = (cell(page, "Tin 00", name) for name in ("driven by", "description"))

    def is_whole(part: Locator) -> None:
        right = scroll.evaluate(RIGHT)
        gaps = [right - button.evaluate(RIGHT) for button in tools.locator("button").all()]
        assert 0 <= min(gaps) < 48
        assert part.evaluate(RIGHT) <= tools.evaluate(LEFT)

    def can_be_scrolled_in_sight() -> None:
        assert scroll.evaluate("node => node.scrollWidth > node.clientWidth")
        assert scroll.evaluate("node => node.getBoundingClientRect().bottom") < 900

    soon(page, lambda: is_whole(driven))
    soon(page, can_be_scrolled_in_sight)
    description.focus()
    soon(page, lambda: is_whole(description))


def test_no_heading_is_wider_than_its_column(served: Bakery) -> None:
    page = served.open()
    page.set_viewport_size({"width": 1920, "height": 1080})
    headings = page.locator(f"{TABLE} th:not(:has(.unseen))")

    def fits(heading: Locator) -> None:
        assert heading.evaluate("node => node.scrollWidth <= node.clientWidth")

    for heading in headings.all():
        soon(page, partial(fits, heading))
    assert headings.count() == 14
