"""The database goes away while people type: the screen stays, and so does what they typed."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import Engine, select

from data.core.database import open_database
from data.exchange.importing import import_tables
from models import Base
from tests.browser.gauge_cards import gauge
from tests.browser.update_list import LIST, NOW, bakery, row, safe, value
from tests.browser.windows import KEYS, Windows
from tests.outage import out_of_reach
from tests.serving import ROOT, serving

TOLD = ".st-key-unreachable"
TOAST = ".st-key-toast"


@dataclass(frozen=True)
class Shop:
    """A served company on a PostgreSQL that can be put out of reach."""

    engine: Engine
    url: str
    postgres: str
    windows: Windows

    def open(self, path: str, part: str) -> Page:
        page = self.windows.open(f"{self.url}/{path}", name="Ana")
        page.locator(part).first.wait_for(timeout=30_000)
        return page

    def values(self, kpi: str) -> list[float]:
        """Give what people recorded of a KPI."""
        kpis, readings = Base.metadata.tables["kpi"], Base.metadata.tables["reading"]
        mine = select(readings.c.value).join(kpis, kpis.c.id == readings.c.kpi_id)
        with self.engine.connect() as connection:
            found = mine.where(kpis.c.name == kpi, ~readings.c.imported)
            return list(connection.execute(found).scalars())

    def out_of_reach(self) -> AbstractContextManager[None]:
        return out_of_reach(self.postgres, self.engine)


@pytest.fixture
def shop(postgres: str, postgres_url: str, tmp_path: Path, windows: Windows) -> Iterator[Shop]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MILEPOST_NOW", NOW)
        engine = open_database(postgres_url)
        import_tables(engine, bakery())
        with serving(postgres_url, tmp_path / "log") as url:
            KEYS[url] = ROOT / "cookie.key"
            yield Shop(engine, url, postgres, windows)
    engine.dispose()
    assert "Traceback" not in (tmp_path / "log").read_text()


def told(page: Page) -> Locator:
    return page.locator(TOLD)


def test_a_gauge_keeps_what_is_typed_while_the_database_is_away(shop: Shop) -> None:
    page = shop.open("", ".st-key-gauges .card")
    crust = gauge(page, "Crust")
    with shop.out_of_reach():
        crust.locator("button.number").click()
        page.keyboard.type("7.7")
        page.keyboard.press("Enter")
        expect(crust.locator("[role=alert]")).to_contain_text(
            "Not saved yet: the database cannot be reached. What you typed is still here"
        )
        expect(told(page)).to_contain_text("cannot be reached: this is as of 09:00")
        expect(page.locator(".st-key-gauges .card")).to_have_count(3)
        expect(crust.locator("input").first).to_have_value("7.7")
        expect(page.get_by_text("Traceback")).to_have_count(0)
    expect(told(page)).to_have_count(0)
    expect(crust.locator("input").first).to_have_value("7.7")
    crust.locator("input").first.press("Enter")
    expect(page.locator(TOAST)).to_contain_text("Saved 7.7")
    assert shop.values("Crust") == [7.7]


def test_a_list_saves_by_itself_once_the_database_is_back(shop: Shop) -> None:
    page = shop.open("update", f"{LIST} .head")
    with shop.out_of_reach():
        value(page, "Crust").fill("7.7")
        value(page, "Crust").press("Enter")
        expect(told(page)).to_be_visible()
        expect(row(page, "Crust").locator(".state")).to_contain_text("sent again by itself")
        assert value(page, "Crust").input_value() == "7.7"
    safe(page, "Crust", within=40_000)
    expect(told(page)).to_have_count(0)
    assert shop.values("Crust") == [7.7]


def test_a_file_that_cannot_be_made_is_asked_for_again(shop: Shop) -> None:
    page = shop.open("history", ".st-key-done")
    button = page.get_by_role("button", name="Download CSV")
    beside = page.get_by_test_id("stDownloadButtonError")
    with shop.out_of_reach():
        button.click()
        expect(beside).to_have_text("No file yet. The database cannot be reached. Try again later.")
        expect(page.locator(".st-key-done")).to_contain_text("rows from a file")
    with page.expect_download() as taken:
        button.click()
    assert taken.value.suggested_filename == "history.csv"
    assert "import" in taken.value.path().read_text(encoding="utf-8-sig")


def test_what_was_not_looked_at_before_is_said_to_be_out_of_reach(
    shop: Shop,
) -> None:
    page = shop.open("", ".st-key-gauges .card")
    with shop.out_of_reach():
        page.goto(f"{shop.url}/history")
        expect(told(page)).to_contain_text("The database cannot be reached")
        expect(page.get_by_text("Traceback")).to_have_count(0)
    expect(told(page)).to_have_count(0)
    expect(page.get_by_text("rows from a file")).to_be_visible()


def test_what_is_typed_is_there_again_after_a_reload(shop: Shop) -> None:
    page = shop.open("", ".st-key-gauges .card")
    gauge(page, "Crust").locator("button.number").click()
    page.keyboard.type("7.7")
    regulars = page.locator(".key-result", has=page.locator("h4", has_text="Regulars"))
    regulars.locator("button.number").click()
    page.keyboard.type("31")
    regulars.get_by_label("Comment").fill("A queue at nine")
    page.reload()
    expect(gauge(page, "Crust").locator("input").first).to_have_value("7.7")
    expect(regulars.get_by_label("Value")).to_have_value("31")
    expect(regulars.get_by_label("Comment")).to_have_value("A queue at nine")
    gauge(page, "Crust").locator("input").first.press("Enter")
    expect(page.locator(TOAST)).to_contain_text("Saved 7.7")
    assert shop.values("Crust") == [7.7]
    regulars.get_by_role("button", name="Cancel").click()
    page.reload()
    gauge(page, "Crust").wait_for()
    expect(page.locator("form.editor")).to_have_count(0)
