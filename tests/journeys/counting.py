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


@dataclass
class WithMouse(Hands):
    """The hands of somebody at a desk."""

    clicks: int = 0

    def click(self, target: Locator) -> None:
        """Click something once."""
        target.click()
        self.clicks += 1

    def go_back(self) -> None:
        """Press Alt and the left arrow, which a browser without a window does not hear."""
        self.page.go_back()
        self.keys += 1
