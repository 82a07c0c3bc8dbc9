"""What a page is on paper: all that it says, nothing that acts, and light where it is dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.windows import soon

PAPER = {"width": 718, "height": 1020}
"""The room on a sheet of A4 between its margins, in pixels."""
DEEP = """() => {
    const all = (root) => [...root.querySelectorAll("*")].flatMap((node) =>
        [node, ...(node.shadowRoot ? all(node.shadowRoot) : [])]);
    const seen = all(document.body).filter((node) => node.checkVisibility());
    const acts = seen.filter((node) =>
        node.matches("form, input, select, textarea, button:not(.name, .link, .number)"));
    const beyond = seen.filter((node) => node.matches(".surface, .card, svg, [class*=st-key-card]"))
        .filter((node) => node.getBoundingClientRect().right > innerWidth + 1);
    const scrolled = seen.filter((node) => node.scrollHeight > node.clientHeight + 1 &&
        ["auto", "scroll"].includes(getComputedStyle(node).overflowY));
    const told = (nodes) => nodes.map((node) => node.outerHTML.slice(0, 90));
    return [acts, beyond, scrolled].map(told);
}"""
COLOURS = """() => {
    const root = [...document.querySelectorAll("[class*=st-key-gauge] *")]
        .find((node) => node.shadowRoot).shadowRoot.querySelector(".root");
    const main = document.querySelector(".stMain");
    return [getComputedStyle(root).color, getComputedStyle(main).backgroundColor];
}"""


def put_on_paper(page: Page) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER["width"], "height": PAPER["height"]})
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")


def check_paper(page: Page) -> None:
    soon(page, lambda: check(page.evaluate(DEEP) == [[], [], []]))
    assert page.evaluate(DEEP) == [[], [], []]
    expect(page.locator(".st-key-top_line")).not_to_be_visible()
    assert page.evaluate(COLOURS) == ["rgb(15, 28, 43)", "rgb(255, 255, 255)"]


def check(holds: bool) -> None:
    assert holds


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_cockpit_and_a_kpi_are_whole_on_paper(
    app: str, new_page: Callable[..., Page], scheme: str
) -> None:
    page = new_page(app, scheme=scheme)
    put_on_paper(page)
    check_paper(page)
    page.emulate_media(media="screen")
    page.locator(".st-key-gauges .name", has_text="First response time").first.click()
    page.locator('[class*="st-key-chart-"] .js-line').first.wait_for()
    page.evaluate("() => { window.print = () => { window.asked = true; }; }")
    page.get_by_role("button", name="Print or PDF").click()
    assert page.evaluate("() => window.asked")
    put_on_paper(page)
    check_paper(page)
    chart = page.locator(".printed")
    expect(chart.locator(".readings")).to_be_visible()
    expect(page.locator(".js-line").first).not_to_be_visible()
    expect(page.get_by_text("standard errors above")).to_be_visible()
    expect(page.locator(".st-key-card-readings tbody tr").last).to_be_visible()
