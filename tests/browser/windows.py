"""Windows of a real browser: of somebody new each, or of who goes by a name."""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Error, Page

from data.identity.signing import signed
from pages.shared.who import PERSON_COOKIE

SECONDS = 15
"""How long a page may take to draw itself."""

KEYS: dict[str, Path] = {}
"""Where each server keeps the key of its cookies, by its address."""


def soon(page: Page, check: Callable[[], None], *, within: float = SECONDS) -> None:
    """Check until it holds, for as long as a page may take to draw what it was sent."""
    end = time.monotonic() + within
    while True:
        try:
            return check()
        except AssertionError:
            if time.monotonic() > end:
                raise
        page.wait_for_timeout(100)


def wait_until(page: Page, expression: str, arg: object = None, *, within: float = SECONDS) -> None:
    """Wait until something holds in a page.

    Playwright's own way compiles words in the page, which its policy forbids.
    """

    def check() -> None:
        assert page.evaluate(expression, arg)

    soon(page, check, within=within)


class Windows:
    """Lends windows, and lends them again emptied: they still know the pages' programs."""

    def __init__(self, chromium: Browser) -> None:
        self.chromium = chromium
        self.free: list[BrowserContext] = []
        self.lent: list[BrowserContext] = []
        self.touched: list[BrowserContext] = []
        self.errors: list[str] = []

    def open(
        self,
        url: str,
        *,
        name: str = "",
        width: int = 1920,
        height: int = 1080,
        scheme: str = "light",
        touch: bool = False,
    ) -> Page:
        """Open an address in a window of its own, its person known by name; of a phone by touch."""
        if touch:
            context = self.chromium.new_context(has_touch=True, is_mobile=True)
            self.touched.append(context)
        else:
            context = self.free.pop() if self.free else self.chromium.new_context()
            self.lent.append(context)
        if name:
            server = "{0.scheme}://{0.netloc}".format(urlsplit(url))
            token = signed(name, purpose=PERSON_COOKIE, key_file=KEYS[server])
            context.add_cookies([{"name": PERSON_COOKIE, "value": quote(token), "url": server}])
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", self._refuse)
        page.on("console", self._note)
        page.goto(url)
        return page

    def _note(self, message: ConsoleMessage) -> None:
        # What the server's policy forbids is told by nothing else.
        if "Content Security Policy" in message.text:
            self.errors.append(message.text)

    def _refuse(self, dialog: Dialog) -> None:
        # No page of ours opens one: words of people that run would.
        self.errors.append(dialog.message)
        dialog.dismiss()

    def take_back(self) -> list[str]:
        """Close what was opened and forget who looked; give the errors that there were."""
        errors, self.errors = self.errors, []
        while self.touched:
            self.touched.pop().close()
        while self.lent:
            context = self.lent.pop()
            for page in context.pages:
                # A page whose server is gone keeps nothing.
                with contextlib.suppress(Error):
                    page.evaluate("localStorage.clear()")
                page.close()
            context.clear_cookies()
            self.free.append(context)
        return errors
