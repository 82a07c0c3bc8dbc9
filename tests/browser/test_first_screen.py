"""How much of a company a laptop shows of it before anybody scrolls."""

from playwright.sync_api import Locator, Page

from tests.browser.windows import Windows, soon

HEIGHT = 768
WHOLE = {
    "decisions": (".st-key-decisions article.card", 3),
    "teams": (".st-key-teams .rows > li", 5),
    "key results": (".st-key-key_results .key-result", 1),
}
"""What stands whole on the first screen of the sample company, and how many of each."""


def is_whole(part: Locator) -> bool:
    box = part.bounding_box()
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= HEIGHT


def shown_whole(page: Page, selector: str) -> int:
    return sum(is_whole(part) for part in page.locator(selector).all())


def test_a_laptop_shows_so_many_whole(app: str, windows: Windows) -> None:
    page = windows.open(app, width=1366, height=HEIGHT)
    for selector, _ in WHOLE.values():
        page.locator(selector).first.wait_for(timeout=30_000)

    def holds() -> None:
        for kind, (selector, least) in WHOLE.items():
            assert shown_whole(page, selector) >= least, kind

    soon(page, holds)
