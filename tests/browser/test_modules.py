"""Modules and styles in a real browser: each is loaded once, wherever the app is served."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, expect

from components.ui import frontend, preloads
from tests.browser.conftest import settle
from tests.browser.windows import Windows
from tests.serving import serving

VALUE = ".st-key-gauges .number b"


@pytest.fixture
def loaded() -> Counter[str]:
    return Counter()


@pytest.fixture
def watched(windows: Windows, app: str, loaded: Counter[str]) -> Iterator[Page]:
    """Open a page whose modules are counted, those that come from the browser's own cache too."""
    page = windows.open("about:blank")

    def count(response: Response) -> None:
        _, is_ours, name = response.url.partition(f"{frontend.ENTRY}/")
        if is_ours:
            loaded[name] += 1

    page.on("response", count)
    page.goto(app)
    settle(page)
    yield page
    page.remove_listener("response", count)


def test_modules_and_styles_are_loaded_once(watched: Page, loaded: Counter[str]) -> None:
    watched.get_by_role("link", name="OKRs").click()
    watched.locator(".st-key-okrs [data-field]").first.wait_for()
    watched.get_by_role("link", name="Cockpit").click()
    settle(watched)
    names = {name.removeprefix(f"{frontend.version()}/") for name in loaded}
    assert {"mount.js", "gauges/index.js", "gauges/gauges.css", "okrs/okrs.css"} <= names
    unversioned = {name for name in loaded if not name.startswith(frontend.version())}
    assert unversioned == {"mount.js", preloads.FONT, preloads.FACES}
    assert set(loaded.values()) == {1}


def test_gauges_have_their_style_as_soon_as_they_are_there(watched: Page) -> None:
    watched.add_init_script(
        """new MutationObserver(() => {
            const card = [...document.querySelectorAll(".st-key-gauges *")]
                .map(node => node.shadowRoot?.querySelector("article")).find(Boolean);
            if (card) window.seen ??= getComputedStyle(card).display;
        }).observe(document, { childList: true, subtree: true });"""
    )
    watched.reload()
    settle(watched)
    now = watched.locator(".st-key-gauges article").first.evaluate(
        "card => [getComputedStyle(card).display, window.seen]"
    )
    assert now[0] == "grid"
    assert now[1] in (None, "grid")


def test_the_modules_of_an_app_below_a_path_are_found(
    windows: Windows, tmp_path: Path, one_clock: Callable[[], None]
) -> None:
    database = f"sqlite:///{tmp_path / 'milepost.db'}"
    with serving(database, tmp_path / "log", below="deep/er") as url:
        page = windows.open(f"{url}/update")
        page.get_by_role("link", name="Cockpit").click()
        expect(page.locator(VALUE).first).to_be_visible()


def test_a_tab_has_our_icon(watched: Page, app: str) -> None:
    icon = watched.evaluate("document.querySelector('link[rel~=icon]').href")
    found = watched.request.get(icon)
    ours = frontend.FOLDER / "page" / "milepost.png"
    assert icon.startswith(app.rstrip("/"))
    assert found.body() == ours.read_bytes()
