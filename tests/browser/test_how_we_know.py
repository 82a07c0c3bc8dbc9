"""A plain sentence comes first; what it rests on unfolds below it, each term with its line."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from components.kpis.terms import TERMS


def test_the_numbers_unfold_and_each_term_opens_its_line(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app)
    page.locator(".st-key-gauges .name", has_text="First response time").first.click()
    first = page.get_by_text("nearly all from Hours trial farms waited")
    expect(first).to_contain_text("Rising from 2.2 to 2.9 hours since")
    numbers = page.get_by_text("standard errors above")
    expect(numbers).not_to_be_visible()
    page.get_by_text("How do we know?").click()
    expect(numbers).to_be_visible()
    term = page.get_by_role("button", name="sigma")
    term.hover()
    expect(page.get_by_text(TERMS["sigma"])).to_be_visible()
    page.mouse.move(0, 0)
    expect(page.get_by_text(TERMS["sigma"])).not_to_be_visible()
    term.click()
    expect(page.locator("[data-testid=stPopoverBody]")).to_contain_text(TERMS["sigma"])
