"""All keys that do something are listed where somebody presses “?”."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import settle

TOP = ".st-key-top_line"


def test_a_question_mark_lists_the_keys_and_esc_gives_the_focus_back(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app, name="Ines Halvorsen")
    settle(page)
    link = page.locator(TOP).get_by_role("link", name="Drift")
    link.focus()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("Save what is typed")
    expect(keys.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("?")
    expect(keys).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(f"{TOP} dialog")).to_have_count(0)
    expect(link).to_be_focused()


def test_a_question_mark_that_is_typed_is_a_letter(app: str, new_page: Callable[..., Page]) -> None:
    page = new_page(app, name="Ines Halvorsen")
    settle(page)
    page.keyboard.press("/")
    page.keyboard.type("churn?")
    expect(page.locator(f"{TOP} .search input")).to_have_value("churn?")
    expect(page.locator(f"{TOP} dialog")).to_have_count(0)
