"""A real server and a real Chromium for whole journeys."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.engine import make_url

from data.content.sample import sample_company
from tests.browser import okr_table
from tests.browser.okr_table import Bakery, Serve
from tests.browser.standing import Standing
from tests.browser.windows import KEYS, Windows
from tests.serving import NOW, TODAY, serving


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Give a function that serves a database on a port of its own until the run ends."""
    with ExitStack() as running:

        def start(database_url: str) -> str:
            log = tmp_path_factory.mktemp("server") / "log"
            url = running.enter_context(serving(database_url, log))
            KEYS[url] = Path(make_url(database_url).database or "").parent / "cookie.key"
            return url

        yield start


@pytest.fixture(scope="module", autouse=True)
def _one_clock(one_clock: pytest.MonkeyPatch) -> None:
    """Let every module here have one clock, for its pages and for what it changes in-process."""


@pytest.fixture(scope="module")
def app(stand: Callable[[str], Standing]) -> str:
    """Serve a company of its own for a module: the sample's numbers as a team's own."""
    standing = stand(NOW)
    standing.fill(sample_company(TODAY))
    return standing.url


@pytest.fixture
def serve_bakery(stand: Callable[[str], Standing], windows: Windows) -> Serve:
    """Give a function that serves a bakery's table of objectives."""
    return lambda tables: Bakery(stand(okr_table.NOW), windows, tables)


@pytest.fixture
def new_page(windows: Windows) -> Callable[..., Page]:
    """Give a function that opens the cockpit in a window of somebody new."""

    def open_page(url: str, **options: Any) -> Page:
        page = windows.open(url, **options)
        settle(page)
        return page

    return open_page


def settle(page: Page) -> None:
    """Wait until the page has run and its wall is drawn."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=30_000)
    page.locator(".st-key-gauges .root > *").first.wait_for(timeout=30_000)


def search(page: Page, text: str) -> None:
    """Press “/” and type into the search box, once it listens."""
    page.locator(".st-key-top_line .search .opens").wait_for()
    page.keyboard.press("/")
    box = page.locator(".st-key-top_line .search [role=combobox]")
    expect(box).to_be_focused()
    page.keyboard.type(text)
