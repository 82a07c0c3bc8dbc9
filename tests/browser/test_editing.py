"""Changing a number where it is seen: saved, refused, contested, taken back."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.gauge_cards import gauge, type_into
from tests.browser.top_line import pick, said
from tests.browser.windows import wait_until

ROAD, TOAST = ".st-key-key_results", ".st-key-toast"


def key_result(page: Page, name: str) -> Locator:
    """Give the card of a key result."""
    return page.locator(f"{ROAD} .key-result", has=page.locator("h4", has_text=name))


def test_a_value_is_clicked_typed_and_saved(app: str, new_page: Callable[..., Page]) -> None:
    page = new_page(app, name="Ines Halvorsen")
    type_into(page, "Conversion rate", "11,4")
    expect(gauge(page, "Conversion rate").locator(".number")).to_contain_text("11.4")
    expect(page.locator(TOAST)).to_contain_text("Saved 11.4")
    again = new_page(app)
    expect(gauge(again, "Conversion rate").locator(".number")).to_contain_text("11.4")


def test_the_toast_takes_it_back(app: str, new_page: Callable[..., Page]) -> None:
    page = new_page(app, name="Ines Halvorsen")
    before = gauge(page, "Net promoter score").locator(".number b").inner_text()
    type_into(page, "Net promoter score", "44")
    expect(gauge(page, "Net promoter score").locator(".number")).to_contain_text("44")
    page.locator(TOAST).get_by_role("button", name="Undo").click()
    expect(page.locator(TOAST)).to_contain_text("Taken back")
    expect(gauge(page, "Net promoter score").locator(".number b")).to_have_text(before)


def test_a_bad_number_says_so_beside_the_field_and_keeps_what_was_typed(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app, name="Ines Halvorsen")
    card = gauge(page, "Sales cycle")
    type_into(page, "Sales cycle", "fifty")
    expect(card.locator("[role=alert]")).to_contain_text("“fifty” is not a number")
    field = card.locator("form input").first
    expect(field).to_have_value("fifty")
    field.fill("1,234")
    field.press("Enter")
    expect(card.locator("[role=alert]")).to_contain_text("Is that 1234 or 1.234?")
    page.keyboard.type("1234")
    page.keyboard.press("Escape")
    expect(card.locator("form")).to_have_count(0)
    expect(card.locator("button.number")).to_be_focused()
    page.keyboard.press("Enter")
    expect(card.locator("form")).to_have_count(1)
    expect(field).not_to_have_value("1234")


def test_an_earlier_period_can_be_corrected(app: str, new_page: Callable[..., Page]) -> None:
    page = new_page(app, name="Ines Halvorsen")
    card = gauge(page, "First response time")
    now = card.locator(".number b").inner_text()
    card.locator("button.number").click()
    card.locator("form select").select_option(index=2)
    card.locator("form input").first.fill("2.75")
    card.locator("form input").first.press("Enter")
    expect(page.locator(TOAST)).to_contain_text("Saved 2.75")
    expect(card.locator(".number b")).to_have_text(now)
    card.locator("button.number").click()
    options = card.locator("form select option").all_inner_texts()
    assert any("2.75" in option for option in options)
    page.keyboard.press("Escape")


def test_whoever_comes_second_sees_both_values_and_chooses(
    app: str, new_page: Callable[..., Page]
) -> None:
    first = new_page(app, name="Ines Halvorsen")
    second = new_page(app, name="Marek Dvorsky")
    gauge(second, "Service availability").locator("button.number").click()
    type_into(first, "Service availability", "99.7")
    expect(first.locator(TOAST)).to_contain_text("Saved 99.7")
    second.keyboard.type("99.6")
    second.keyboard.press("Enter")
    card = gauge(second, "Service availability")
    expect(card.locator("[role=alert]")).to_contain_text("Ines Halvorsen saved 99.7")
    expect(card.locator("[role=alert]")).to_contain_text("You typed 99.6")
    card.get_by_role("button", name="Save 99.6").click()
    expect(card.locator(".number")).to_contain_text("99.6")
    expect(second.locator(TOAST)).to_contain_text("Saved 99.6")


def test_nobody_changes_anything_without_a_name(app: str, new_page: Callable[..., Page]) -> None:
    page = new_page(app)
    card = gauge(page, "Recruitment time")
    type_into(page, "Recruitment time", "44")
    expect(card.locator("[role=alert]")).to_contain_text("Pick your name")
    pick(page, "person", "Nadia New")
    wait_until(page, "document.cookie.includes('milepost_person')")
    field = card.locator("form input").first
    expect(field).to_have_value("44")
    field.press("Enter")
    expect(page.locator(TOAST)).to_contain_text("Saved 44")
    page.reload()
    expect(said(page, "person")).to_have_text("Nadia New")


def test_a_key_result_is_checked_in_with_confidence_and_comment(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app, name="Ines Halvorsen")
    objective = key_result(page, "Farms that look at their sensors")
    objective.locator("button.number").click()
    objective.locator("form input").first.fill("755")
    objective.locator("form select").select_option("likely")
    objective.get_by_label("Comment").fill("The new dashboard helps")
    objective.locator("form input").first.press("Enter")
    expect(page.locator(TOAST)).to_contain_text("Saved 755")
    expect(objective).to_contain_text("755")
    expect(objective).to_contain_text("likely")


def test_what_is_being_typed_survives_somebody_elses_change(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app, name="Ines Halvorsen")
    card = gauge(page, "Monthly churn")
    card.locator("button.number").click()
    page.keyboard.type("2.5")
    other = new_page(app, name="Marek Dvorsky")
    type_into(other, "Recruitment time", "46")
    expect(other.locator(TOAST)).to_contain_text("Saved 46")
    # Any rerun brings the other's change to this window.
    page.locator(".st-key-gauges .more").click()
    expect(gauge(page, "Recruitment time").locator(".number")).to_contain_text("46")
    expect(card.locator("form input").first).to_have_value("2.5")


def test_an_unlikely_value_is_asked_about_once(app: str, new_page: Callable[..., Page]) -> None:
    page = new_page(app, name="Ines Halvorsen")
    card = gauge(page, "Service availability")
    type_into(page, "Service availability", "0.997")
    expect(card.locator("[role=alert]")).to_contain_text("Really 0.997?")
    card.get_by_role("button", name="Change it").click()
    field = card.locator("form input").first
    expect(field).to_be_focused()
    expect(field).to_have_value("0.997")
    field.press("Enter")
    card.get_by_role("button", name="Save 0.997").click()
    expect(page.locator(TOAST)).to_contain_text("Saved 0.997")
