"""The gauges on the cockpit, found and typed into as a person does."""

from playwright.sync_api import Locator, Page

WALL = ".st-key-gauges"


def gauge(page: Page, name: str) -> Locator:
    """Give the card of a gauge."""
    return page.locator(f"{WALL} .card", has=page.locator("h3", has_text=name))


def type_into(page: Page, name: str, value: str) -> None:
    """Click a gauge's value, type another and press Enter."""
    gauge(page, name).locator("button.number").click()
    page.keyboard.type(value)
    page.keyboard.press("Enter")
