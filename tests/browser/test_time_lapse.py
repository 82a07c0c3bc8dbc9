"""The cycle so far, played week by week on the cockpit, and back to now."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.gauge_cards import gauge

KPI = "First response time"


def test_the_cycle_so_far_is_played_and_left(app: str, new_page: Callable[..., Page]) -> None:
    page = new_page(f"{app}?since=check-in", name="Ines Halvorsen")
    changes = page.locator(".notice[role=status]")
    bar = page.get_by_role("group", name="The cycle so far")
    number, title = gauge(page, KPI).locator(".number b"), page.get_by_role("heading", level=1)
    now, said = number.inner_text(), title.inner_text()
    page.get_by_role("button", name="Play the cycle so far").click()
    expect(bar).to_be_visible()
    bar.get_by_role("button", name="Pause").click()
    week = bar.get_by_role("slider", name="Week")
    week.press("Home")
    expect(bar).to_contain_text("week 1 of 13 · 7 Oct")
    expect(title).to_contain_text("7 Oct: ")
    expect(changes).to_have_count(0)
    expect(number).not_to_have_text(now)
    # Of a day that has passed nothing is typed over or decided.
    expect(gauge(page, KPI).locator("button.number")).to_have_count(0)
    assert page.locator(".st-key-decisions").evaluate("node => node.inert")
    week.press("ArrowRight")
    expect(bar).to_contain_text("week 2 of 13")
    bar.get_by_role("button", name="Play").click()
    expect(bar.get_by_role("button", name="Play")).to_be_visible(timeout=20_000)
    expect(number).to_have_text(now)
    page.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    expect(title).to_have_text(said)
    expect(changes).to_contain_text("since the check-in of")
    expect(gauge(page, KPI).locator("button.number")).to_be_visible()
    assert not page.locator(".st-key-decisions").evaluate("node => node.inert")
