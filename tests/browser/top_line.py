"""What the top line of a page says, and how somebody picks something there."""

from playwright.sync_api import Locator, Page

TOP = ".st-key-top_line"


def said(page: Page, name: str) -> Locator:
    """Give the words of a picker: `team`, `cycle`, `day` or `person`."""
    return page.locator(f"{TOP} .drop.{name} .words")


def pick(page: Page, name: str, text: str) -> None:
    """Open a picker, type a part of what is meant, and press Enter."""
    page.locator(f"{TOP} .drop.{name} .opens").click()
    page.locator(f"{TOP} .drop.{name} [role=combobox]").fill(text)
    page.keyboard.press("Enter")


def options(page: Page, name: str) -> Locator:
    """Give what an open picker offers, or the search found."""
    return page.locator(f"{TOP} .drop.{name} [role=option]")
