"""The content security policy: no page of ours asks for more than it allows."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from components.ui.page_registry import PLACES
from tests.browser.windows import Windows

DONE = "[data-testid=stApp][data-test-script-state=notRunning]"


def test_no_page_is_refused_anything(app: str, windows: Windows) -> None:
    page = windows.open(app)
    for place in PLACES:
        page.goto(f"{app}/{place.path}?id=1")
        page.wait_for_selector(DONE, timeout=30_000)
        page.locator(".st-key-top_line").wait_for()
        page.wait_for_load_state("networkidle")
    assert windows.errors == []


@pytest.mark.parametrize(
    "run",
    [
        "document.body.append(Object.assign(document.createElement('script'), {text: 'grin = 1'}))",
        "fetch('http://192.0.2.1/').catch(() => 0)",
        "document.body.append(Object.assign(new Image(), {src: 'http://192.0.2.1/a.png'}))",
        "document.body.append(Object.assign(document.createElement('iframe'), {src: '/'}))",
    ],
)
def test_what_would_leave_or_run_is_refused(
    app: str, windows: Windows, new_page: Callable[..., Page], run: str
) -> None:
    page = new_page(app)
    page.evaluate(run)
    page.wait_for_timeout(200)
    refused = windows.take_back()
    assert refused
    assert all("Content Security Policy" in each for each in refused)
