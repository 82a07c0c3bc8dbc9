"""Takes the pictures of every page under `docs/screens`: `python -m tests.screens`.

A picture shows one screen; the cockpit is also shown of a company of 25 teams, of one with three
gauges, and on a phone; a check-in as it goes on, its minutes, and the wall; the page Import with a
spreadsheet on it; and the first page of one's own. Names, as `wall-*`, take those pictures alone.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import text

from bench.browser import FLAGS
from data.company.fields import TeamRow
from data.content.sample import sample_company
from data.core.database import open_database
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from tests.browser.crowded_company import crowded_tables
from tests.browser.windows import KEYS, Windows
from tests.chromium import chromium_path
from tests.scorecard import scorecard
from tests.serving import NOW, TODAY, serving

FOLDER = Path(__file__).parents[1] / "docs" / "screens"
SCHEMES = ("light", "dark")
WIDE, PHONE = (1920, 1080), (390, 844)
QUALITY = 82
SOMEBODY = "Ines Halvorsen"
WANTED = sys.argv[1:]
PAGES = ("", "drift", "okrs", "update", "check-in", "history", "import", "settings")
THREE = ("Monthly churn", "Sales cycle", "Recruitment time")
DRIFTING = "First response time"
KPI = f"SELECT id FROM kpi WHERE name = '{DRIFTING}'"


def main() -> None:
    """Take all pictures."""
    os.environ["MILEPOST_NOW"] = NOW
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        with served(sample_company(TODAY)) as (url, kpi_id):
            for path in (*PAGES, f"kpi?id={kpi_id}"):
                name = path.partition("?")[0] or "cockpit"
                for scheme in SCHEMES:
                    take(browser, f"{url}/{path}", f"{name}-{scheme}", scheme)
            for path in ("", "update"):
                take(browser, f"{url}/{path}", f"{path or 'cockpit'}-phone", "light", PHONE)
            for scheme in SCHEMES:
                take(browser, f"{url}/check-in", f"check-in-meeting-{scheme}", scheme, act=meet)
                take(browser, f"{url}/check-in?wall=1", f"wall-{scheme}", scheme, act=go_on)
            take(browser, f"{url}/check-in", "check-in-phone", "light", PHONE, act=meet)
            take(browser, f"{url}/check-in", "check-in-minutes", "light", act=finish)
        with served(crowded_tables()) as (url, _):
            take(browser, url, "cockpit-25-teams", "light")
        with served(three_gauges()) as (url, _):
            take(browser, url, "cockpit-3-gauges", "light")
            for scheme in SCHEMES:
                take(browser, f"{url}/import", f"import-mapping-{scheme}", scheme, act=drop)
        with served(Tables()) as (url, _):
            take(browser, f"{url}/begin", "begin", "light")
        browser.close()


def three_gauges() -> Tables:
    """Give a company of one team with three gauges and no objective."""
    whole, team = sample_company(TODAY), "Bakery"
    own = {"team": team, "owner": "", "pinned": (), "driven_by": ""}
    return Tables(
        teams=[TeamRow(team=team)],
        cycles=whole.cycles,
        kpis=[replace(row, **own) for row in whole.kpis if row.kpi in THREE],
        readings=[
            replace(row, team=team, recorded_by="") for row in whole.readings if row.kpi in THREE
        ],
    )


@contextmanager
def served(tables: Tables) -> Iterator[tuple[str, int | None]]:
    """Serve a company; give the address and the key of the KPI that is shown."""
    with tempfile.TemporaryDirectory() as folder:
        database_url = f"sqlite:///{folder}/milepost.db"
        engine = open_database(database_url)
        if tables.teams:
            import_tables(engine, tables)
        with engine.connect() as connection:
            kpi_id = connection.execute(text(KPI)).scalar()
        engine.dispose()
        with serving(database_url, Path(folder) / "log") as url:
            KEYS[url] = Path(folder) / "cookie.key"
            yield url, kpi_id


def drop(page: Page) -> None:
    """Drop a spreadsheet, and see how it is read."""
    file = {"name": "Scorecard.csv", "mimeType": "text/csv", "buffer": scorecard(TODAY)}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Import", exact=True).wait_for()


def meet(page: Page) -> None:
    """Start a check-in, or join it, and go on to the KPI that drifts."""
    start, heading = page.locator(".start"), page.locator(".stage[open] h1")
    start.or_(heading).first.wait_for()
    if start.is_visible():
        start.click()
    heading.wait_for()
    while heading.inner_text() != DRIFTING:
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(1_000)


def finish(page: Page) -> None:
    """Go through a check-in to its end, and look at its minutes."""
    meet(page)
    end = page.get_by_role("button", name="End the check-in")
    while not end.count():
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(1_000)
    end.click()
    page.get_by_text("Today's check-in is done.").wait_for()


def go_on(page: Page) -> None:
    """Go on from the whole to what nobody has decided."""
    page.locator(".wall[open]").wait_for()
    page.keyboard.press("ArrowRight")


def take(
    browser: Browser,
    url: str,
    name: str,
    scheme: str,
    size: tuple[int, int] = WIDE,
    act: Callable[[Page], None] = lambda _page: None,
) -> None:
    """Take the picture of a page once it has drawn itself, and somebody has done something."""
    if WANTED and not any(fnmatch(name, wanted) for wanted in WANTED):
        return
    width, height = size
    windows = Windows(browser)
    page = windows.open(url, name=SOMEBODY, width=width, height=height, scheme=scheme)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_load_state("networkidle")
    act(page)
    page.wait_for_timeout(1_500)
    page.screenshot(path=FOLDER / f"{name}.jpg", type="jpeg", quality=QUALITY)
    page.context.close()


if __name__ == "__main__":
    main()
