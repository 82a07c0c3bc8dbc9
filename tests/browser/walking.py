"""Walking all that a page shows, to see that nothing is cut and nothing lies over another."""

from pathlib import Path

from playwright.sync_api import Page

WALK = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def cut_or_colliding(page: Page) -> list[str]:
    """Give each text that is cut, outside of the window, or over another one."""
    page.evaluate(WALK)
    found: list[str] = page.evaluate("walk()")
    return found
