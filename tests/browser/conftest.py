"""A real server and a real Chromium for whole journeys."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sqlalchemy.engine import make_url

from data.commands.importing import import_tables
from data.database import open_database
from data.exchange.sample import sample_company
from data.signing import signed
from pages.shared.who import PERSON_COOKIE
from tests.browser.standing import Standing
from tests.serving import TODAY, serving

# Debian has Chromium also without what draws its own windows, which loads a page in half the time.
PROGRAMS = ("chromium-headless-shell", "chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Several browsers and servers may share two cores.
expect.set_options(timeout=15_000)

KEYS: dict[str, Path] = {}
"""Where each server keeps the key of its cookies, by its address."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Chromium; without one, skip, unless the run insists on it."""
    path = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if path is None:
        if os.environ.get("MILEPOST_REQUIRE_BROWSER") == "1":
            pytest.fail("MILEPOST_REQUIRE_BROWSER=1, and there is no chromium on this machine")
        pytest.skip("there is no chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


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


@pytest.fixture(scope="session")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Standing]]:
    """Give a function that gives the standing server of a clock."""
    standing: dict[str, Standing] = {}

    def stand(now: str) -> Standing:
        if now not in standing:
            standing[now] = Standing(tmp_path_factory.mktemp("standing"), now)
        return standing[now]

    yield stand
    for each in standing.values():
        each.close()


@pytest.fixture(scope="module")
def app(serve: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Serve a company of its own for a module: the sample's numbers as a team's own."""
    database_url = f"sqlite:///{tmp_path_factory.mktemp('company') / 'milepost.db'}"
    engine = open_database(database_url)
    import_tables(engine, sample_company(TODAY))
    engine.dispose()
    return serve(database_url)


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Give a function that opens a window of somebody new; none may report an error."""
    contexts = []
    errors: list[str] = []

    def open_page(
        url: str, *, width: int = 1920, height: int = 1080, scheme: str = "light", name: str = ""
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        if name:
            key_file = KEYS["{0.scheme}://{0.netloc}".format(urlsplit(url))]
            token = signed(name, purpose=PERSON_COOKIE, key_file=key_file)
            context.add_cookies([{"name": PERSON_COOKIE, "value": quote(token), "url": url}])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(url)
        settle(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not errors


def settle(page: Page) -> None:
    """Wait until the page has run and its wall is drawn."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=30_000)
    page.locator(".st-key-gauges .root > *").first.wait_for(timeout=30_000)


def search(page: Page, text: str) -> None:
    """Press “/” and type into the search box, once it listens."""
    box = page.locator(".st-key-search input")
    box.wait_for()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type(text)
