"""A page that stays open shows what others save, and disturbs nobody who types."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.gauge_cards import gauge, type_into

PATIENCE = 15_000
LOOKS = 4_500
"""Milliseconds in which a page has looked twice for what others saved."""


def test_what_another_saves_is_shown_or_offered_to_who_types(
    app: str, new_page: Callable[..., Page]
) -> None:
    saving, looking = new_page(app, name="Leila Haddad"), new_page(app)
    number = gauge(looking, "Recruitment time").locator(".number")
    type_into(saving, "Recruitment time", "47")
    expect(number).to_contain_text("47", timeout=PATIENCE)

    gauge(looking, "Conversion rate").locator("button.number").click()
    looking.keyboard.type("12")
    type_into(saving, "Recruitment time", "46")
    expect(looking.get_by_text("There are newer numbers.")).to_be_visible(timeout=PATIENCE)
    expect(number).to_contain_text("47")
    field = gauge(looking, "Conversion rate").locator("form input").first
    expect(field).to_be_focused()
    expect(field).to_have_value("12")

    looking.get_by_role("button", name="Show them").click()
    expect(number).to_contain_text("46", timeout=PATIENCE)
    expect(field).to_have_value("12")
    expect(looking.get_by_text("There are newer numbers.")).to_be_hidden()

    # A drawer that somebody reads is not closed over it.
    looking.keyboard.press("Escape")
    looking.locator(".st-key-key_results h4 .name").first.click()
    drawer = looking.get_by_role("dialog")
    expect(drawer).to_be_visible()
    type_into(saving, "Recruitment time", "45")
    expect(gauge(saving, "Recruitment time").locator(".number")).to_contain_text("45")
    looking.wait_for_timeout(LOOKS)
    expect(drawer).to_be_visible()
    expect(number).to_contain_text("46")
    looking.keyboard.press("Escape")
    expect(number).to_contain_text("45", timeout=PATIENCE)
