"""Where there is little room: one row at the top on a laptop, and no label in vain on a phone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.windows import soon

TOP = ".st-key-top_line"
PARTS = """line => [line, ...line.children].map(part => {
  const { left, right, top, bottom } = part.getBoundingClientRect();
  return [left, right, (top + bottom) / 2];
})"""
CUT = """line => [...line.querySelectorAll("input, .st-key-places a")]
  .filter(one => one.clientWidth && one.scrollWidth > one.clientWidth)
  .map(one => one.value || one.placeholder || one.textContent)"""
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"


def check_one_row(page: Page) -> None:
    def is_one_row() -> None:
        line, *parts = page.locator(TOP).evaluate(PARTS)
        middles = [middle for _, _, middle in parts]
        assert max(middles) - min(middles) <= 1
        sides = [side for left, right, _ in parts for side in (left, right)]
        assert sides == sorted(sides)
        assert line[0] <= sides[0]
        assert sides[-1] <= line[1] + 1
        assert page.locator(TOP).evaluate(CUT) == []

    soon(page, is_one_row)


def test_the_top_line_is_one_row_on_a_laptop(app: str, new_page: Callable[..., Page]) -> None:
    page = new_page(f"{app}/?as_of=2025-11-13&cycle=Q4+2026", width=1920)
    expect(page.locator(f"{TOP} [data-testid=stProgress]")).to_contain_text("begins 1\u00a0Oct")
    page.locator(f"{TOP} .st-key-search input").wait_for()
    for width in (1920, 1440, 1366, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        check_one_row(page)
    # Whoever searches sees what they type, and nothing moves for it.
    before = page.locator(TOP).evaluate(PARTS)
    box = page.locator(f"{TOP} .st-key-search input")
    box.click()

    def has_room_and_nothing_moved() -> None:
        assert box.evaluate("box => box.clientWidth") > 200
        assert page.locator(TOP).evaluate(PARTS) == before

    soon(page, has_room_and_nothing_moved)
    for path in ("drift", "update"):
        page.goto(f"{app}/{path}?team=Sales")
        page.locator(f"{TOP} .st-key-person input").wait_for()
        check_one_row(page)


def test_a_phone_shows_no_label_without_a_value(app: str, new_page: Callable[..., Page]) -> None:
    page = new_page(app, width=390, height=844)
    page.goto(f"{app}/settings?table=people")
    cells = page.locator(".row > td.shown")
    expect(cells.filter(visible=True).first).to_be_visible()

    def no_label_is_in_vain() -> None:
        assert "" not in cells.filter(visible=True).all_inner_texts()
        assert cells.count() > cells.filter(visible=True).count() > 0
        assert page.evaluate(SIDEWAYS) == 0

    soon(page, no_label_is_in_vain)
