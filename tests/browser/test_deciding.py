"""Deciding in a card: what drifts is acknowledged where it is seen, or looked at closer."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import shut_out

CARDS, WALL, TOAST = ".st-key-decisions", ".st-key-gauges", ".st-key-toast"
DRIFTING = "First response time"


def card(page: Page, name: str = DRIFTING) -> Locator:
    """Give the card that tells of a KPI."""
    return page.locator(f"{CARDS} .card", has=page.locator("h3", has_text=name))


def gauge(page: Page, name: str = DRIFTING) -> Locator:
    """Give the gauge of a KPI."""
    return page.locator(f"{WALL} .card", has=page.locator("h3", has_text=name))


def test_a_drift_is_a_second_mark_with_a_shape_and_a_word(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app)
    expect(gauge(page).locator(".mark")).to_have_text(["●In range", "▲drifting up"])
    assert "drifting up" in (gauge(page).get_attribute("aria-label") or "")
    assert gauge(page).locator(".line .unusual").count() == 1
    assert gauge(page, "Conversion rate").locator(".line .unusual").count() == 0
    expect(page.locator(".st-key-headline h1")).to_contain_text("3 drift, 1 of them undecided")


def test_esc_leaves_the_form_and_nothing_is_said_without_a_reason(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app, name="Ines Halvorsen")
    card(page).get_by_role("button", name="Acknowledge").click()
    page.keyboard.press("Enter")
    expect(card(page).locator("[role=alert]")).to_contain_text("Say why")
    page.keyboard.press("Escape")
    expect(card(page).locator("form")).to_have_count(0)
    expect(card(page).get_by_role("button", name="Acknowledge")).to_be_focused()


def test_without_a_name_the_reason_is_kept_until_there_is_one(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app)
    card(page).get_by_role("button", name="Acknowledge").click()
    page.keyboard.type("we <b>know</b>")
    page.keyboard.press("Enter")
    expect(card(page).locator("[role=alert]")).to_contain_text("Pick your name")
    expect(card(page).locator("form input").first).to_have_value("we <b>know</b>")


def test_an_open_form_shuts_nobody_out(app: str, new_page: Callable[..., Page]) -> None:
    page = new_page(app, scheme="dark")
    card(page).get_by_role("button", name="Acknowledge").click()
    assert shut_out(page) == []


def test_an_acknowledged_drift_calms_down_and_can_be_taken_back(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app, name="Ines Halvorsen")
    card(page).get_by_role("button", name="Acknowledge").click()
    page.keyboard.type("the new line opens in January")
    page.keyboard.press("Enter")
    expect(page.locator(TOAST)).to_contain_text("Acknowledged: look again")
    expect(gauge(page).locator(".words")).to_contain_text("acknowledged")
    page.locator(f"{CARDS} .more").click()
    expect(card(page)).to_have_attribute("data-decided", "true")
    expect(card(page)).to_contain_text("acknowledged by Ines Halvorsen")
    page.locator(TOAST).get_by_role("button", name="Undo").click()
    expect(card(page)).to_have_attribute("data-decided", "false")


def test_an_action_is_agreed_by_keys_alone_and_calms_the_drift(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app, name="Ines Halvorsen")
    card(page).get_by_role("button", name="Act").press("Enter")
    form = card(page).locator("form")
    expect(form.get_by_label("Who")).to_have_value("Leila Haddad")
    expect(form.get_by_label("What")).to_be_focused()
    page.keyboard.press("Enter")
    expect(form.locator("[role=alert]")).to_contain_text("Say what will be done")
    page.keyboard.type("ask the <b>farms</b>")
    page.keyboard.press("Enter")
    expect(page.locator(TOAST)).to_contain_text("Agreed: to be done by")
    expect(gauge(page).locator(".words")).to_contain_text("Leila Haddad acts by")
    page.locator(f"{CARDS} .more").click()
    expect(card(page)).to_have_attribute("data-decided", "true")
    expect(card(page)).to_contain_text("Leila Haddad: ask the <b>farms</b>, by")
    page.locator(TOAST).get_by_role("button", name="Undo").click()
    expect(card(page)).to_have_attribute("data-decided", "false")


def test_another_decision_keeps_what_was_typed_and_asks_what_it_needs(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app, name="Ines Halvorsen")
    card(page).get_by_role("button", name="Act").click()
    form = card(page).locator("form")
    page.keyboard.type("a new line")
    for kind, label, verb in (
        ("Rebase", "Since", "Set new normal"),
        ("Dismiss", "Which reading", "Dismiss reading"),
        ("Acknowledge", "Look again on", "Acknowledge"),
    ):
        form.locator(".kinds").get_by_role("button", name=kind).click()
        expect(form.get_by_label(label)).to_be_visible()
        expect(form.get_by_label("Why")).to_have_value("a new line")
        expect(form.get_by_label("Who")).to_be_hidden()
        expect(form.locator("[type=submit]")).to_have_text(verb)
    expect(form.locator("[aria-pressed=true]")).to_have_text("Acknowledge")


def test_looking_closer_opens_the_page_of_the_kpi(app: str, new_page: Callable[..., Page]) -> None:
    page = new_page(app)
    card(page).get_by_role("link", name="How do we know?").click()
    page.wait_for_url("**/kpi?id=*")
    expect(page.get_by_text(DRIFTING).first).to_be_visible()
