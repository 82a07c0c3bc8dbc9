"""What a page does to those who see little, hear it read, or have no mouse."""

from collections.abc import Iterator
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.windows import wait_until

Finding = tuple[str, list[str]]
SIZES = ((1920, 1080), (390, 844))
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
IS_SHOWN_IN = """
    scheme => getComputedStyle(document.querySelector("[data-testid=stApp]")).colorScheme === scheme
"""
IS_AT_REST = """
    () => document.getAnimations().every(each => !(each instanceof CSSTransition))
"""


def in_light_and_dark(page: Page) -> Iterator[str]:
    """Show a page in light and in dark, once it is drawn so; give which of them it is."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        wait_until(page, IS_SHOWN_IN, arg=scheme)
        wait_until(page, IS_AT_REST)
        yield scheme


def in_every_look(page: Page) -> Iterator[str]:
    """Show a page on a screen and on a phone, in light and in dark; give which of all it is."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        yield from (f"{width} {scheme}" for scheme in in_light_and_dark(page))


def shut_out(page: Page, *, colours_alone: bool = False) -> list[Finding]:
    """Give what axe finds serious or critical on a page: its rule, and where."""
    rules = {"runOnly": {"type": "rule", "values": ["color-contrast"]}} if colours_alone else {}
    options = {"resultTypes": ["violations"], **rules}
    return [
        (finding["id"], [node["html"][:200] for node in finding["nodes"]])
        for finding in Axe().run(page, options=options).response["violations"]
        if finding["impact"] in {"serious", "critical"}
    ]


def scrolls_sideways(page: Page) -> bool:
    """Tell whether a page is wider than its window."""
    main = page.locator("[data-testid=stMain]")
    return bool(main.evaluate("node => node.scrollWidth > node.clientWidth"))
