"""What a page does to those who see little, hear it read, or have no mouse."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Finding = tuple[str, list[str]]


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
