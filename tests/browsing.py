"""What drives a real Chromium: one for a whole run, windows that it lends, servers that stand."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from bench.browser import FLAGS
from tests.browser.standing import Standing
from tests.browser.windows import Windows
from tests.chromium import chromium_path

# Several browsers and servers may share two cores.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Chromium; without one, skip, unless the run insists on it."""
    path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def windows(chromium: Browser) -> Windows:
    """Give what opens windows."""
    return Windows(chromium)


@pytest.fixture(scope="session")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Standing]]:
    """Give a function that gives the standing server of a clock, which this process goes by."""
    servers: dict[str, Standing] = {}

    def server_of(now: str) -> Standing:
        if now not in servers:
            servers[now] = Standing(tmp_path_factory.mktemp("standing"))
        return servers[now]

    yield server_of
    for each in servers.values():
        each.close()


@pytest.fixture(scope="module")
def stand(
    standing: Callable[[str], Standing], one_clock: pytest.MonkeyPatch
) -> Callable[[str], Standing]:
    """Give a function that gives the standing server of a clock, and sets the module's to it."""
    clocks: set[str] = set()

    def stand(now: str) -> Standing:
        clocks.add(now)
        assert len(clocks) == 1, "a module has one clock, for its pages and for what it changes"
        one_clock.setenv("MILEPOST_NOW", now)
        return standing(now)

    return stand


@pytest.fixture(autouse=True)
def _closing_windows(request: pytest.FixtureRequest) -> Iterator[None]:
    """Take back what a test opened; no window may have reported an error."""
    yield
    if "windows" in request.fixturenames:
        assert request.getfixturevalue("windows").take_back() == []
