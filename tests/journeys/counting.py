"""A person at a page, who counts what it takes: taps and keys, each as the page gets it."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page


@dataclass
class Hands:
    """The hands of somebody on a phone, with what they have done so far."""

    page: Page
    taps: int = 0
    keys: int = 0

    def tap(self, target: Locator) -> None:
        """Touch something once."""
        target.tap()
        self.taps += 1

    def write(self, text: str) -> None:
        """Type into what has the focus, a key a sign."""
        self.page.keyboard.type(text)
        self.keys += len(text)

    def press(self, key: str) -> None:
        """Press one key."""
        self.page.keyboard.press(key)
        self.keys += 1
