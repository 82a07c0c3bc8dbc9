"""A plain sentence comes first; what it rests on unfolds below it, each term with its line."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from components.kpis.terms import TERMS


def test_the_numbers_unfold_with_what_each_term_means(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app)
    page.locator(".st-key-gauges .name", has_text="First response time").first.click()
    first = page.locator(".st-key-head").get_by_text("nearly all from Hours trial farms waited")
    expect(first).to_contain_text("Rising from 2.2 to 2.9 hours since")
    numbers, line = page.get_by_text("standard errors above"), page.get_by_text(TERMS["sigma"])
    expect(numbers).not_to_be_visible()
    expect(line).not_to_be_visible()
    page.get_by_text("How do we know?").press("Enter")
    expect(numbers).to_be_visible()
    expect(line).to_be_visible()
    # What is unfolded stays so when the page runs again.
    page.get_by_text("Show all").click()
    expect(page.get_by_text("Show all")).to_be_visible()
    expect(line).to_be_visible()
