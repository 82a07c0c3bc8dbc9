"""A real server and a real Chromium for whole journeys."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from data.commands.importing import import_tables
from data.database import open_database
from data.exchange.sample import sample_company

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Chromium; without one, skip, unless the run insists on it."""
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("MILEPOST_REQUIRE_BROWSER") == "1":
            pytest.fail("MILEPOST_REQUIRE_BROWSER=1, and there is no chromium on this machine")
        pytest.skip("there is no chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answers(url: str, *, within: float = 60) -> None:
    """Wait until a server answers."""
    end = time.monotonic() + within
    while True:
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=2).read()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Give a function that serves a database on a port of its own until the run ends."""
    running: list[subprocess.Popen[bytes]] = []

    def start(database_url: str) -> str:
        port = free_port()
        log = tmp_path_factory.mktemp("server") / "log"
        environment = {
            **os.environ,
            "MILEPOST_DATABASE_URL": database_url,
            "MILEPOST_NOW": f"{TODAY}T09:00:00+00:00",
        }
        command = [sys.executable, "-m", "streamlit", "run", "server.py", f"--server.port={port}"]
        with log.open("wb") as output:
            running.append(
                subprocess.Popen(
                    command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
                )
            )
        url = f"http://127.0.0.1:{port}"
        answers(url)
        return url

    yield start
    for process in running:
        process.terminate()
    for process in running:
        process.wait(timeout=20)


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
            context.add_cookies([{"name": "milepost_person", "value": name, "url": url}])
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
