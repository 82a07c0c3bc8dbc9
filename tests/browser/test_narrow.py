"""Where there is little room: one row at the top on a laptop, and no label in vain on a phone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.top_line import options, pick, said
from tests.browser.windows import soon

TOP = ".st-key-top_line"
PARTS = """line => [line, ...line.querySelectorAll(".root > * > *")]
  .filter(part => part.getClientRects().length)
  .map(part => {
    const { left, right, top, bottom } = part.getBoundingClientRect();
    return [left, right, (top + bottom) / 2];
  })"""
CUT = """line => [...line.querySelectorAll(".words, a")]
  .filter(one => one.clientWidth && one.scrollWidth > one.clientWidth)
  .map(one => one.textContent)"""
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
LETTERS = "[...document.fonts].some(face => face.family === 'Inter' && face.status === 'loaded')"
HEIGHT = "line => line.getBoundingClientRect().bottom"


def one_row(page: Page) -> None:
    _, *parts = page.locator(f"{TOP} .root").evaluate(PARTS)
    middles = [middle for _, _, middle in parts]
    assert max(middles) - min(middles) <= 2


def check_one_row(page: Page) -> None:
    line = page.locator(f"{TOP} .root")

    def is_one_row() -> None:
        whole, *parts = line.evaluate(PARTS)
        middles = [middle for _, _, middle in parts]
        assert max(middles) - min(middles) <= 1
        sides = [side for left, right, _ in parts for side in (left, right)]
        assert sides == sorted(sides)
        assert whole[0] <= sides[0]
        assert sides[-1] <= whole[1] + 1
        assert line.evaluate(CUT) == []

    soon(page, is_one_row)


def test_the_top_line_is_one_row_on_a_laptop(app: str, new_page: Callable[..., Page]) -> None:
    page = new_page(f"{app}/?as_of=2025-11-13&cycle=Q4+2026", width=1920)
    expect(page.locator(f"{TOP} .far")).to_have_text("begins 1\u00a0Oct")
    for width in (1920, 1440, 1366, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        check_one_row(page)
    # What drops down moves nothing.
    line = page.locator(f"{TOP} .root")
    before = line.evaluate(PARTS)
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Search KPIs")).to_be_focused()
    assert line.evaluate(PARTS) == before
    for path in ("drift", "update"):
        page.goto(f"{app}/{path}?team=Sales")
        said(page, "person").wait_for()
        check_one_row(page)
        # The letters that are shipped, on whatever page one begins.
        assert page.evaluate(LETTERS)


def test_the_top_line_leaves_a_phone_its_screen(app: str, new_page: Callable[..., Page]) -> None:
    page = new_page(app, width=390, height=844)
    line = page.locator(f"{TOP} .root")
    # It took 215 of 844 pixels.
    assert line.evaluate(HEIGHT) <= 215 * 2 / 3
    assert line.evaluate(CUT) == []
    page.goto(f"{app}/update")
    pick(page, "person", "Ines Halvorsen")
    # With neither a team nor a cycle it is one row.
    soon(page, lambda: one_row(page))
    page.goto(app)
    page.get_by_role("button", name="Cockpit").click()
    page.get_by_role("link", name="Drift").click()
    expect(page).to_have_url(f"{app}/drift")
    assert page.evaluate(SIDEWAYS) == 0


def test_by_keyboard_one_skips_to_the_page_and_looks_back(
    app: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(app)
    # Streamlit's own way past what is above, and the page itself, come first.
    for _ in range(3):
        page.keyboard.press("Tab")
    skip = page.get_by_role("button", name="Skip to the page")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    within = "() => Boolean(document.activeElement?.closest('.st-key-top_line'))"
    assert not page.evaluate(within)

    page.get_by_role("button", name="As of today: look back").press("Enter")
    day = page.get_by_label("As it was known at the end of")
    day.fill("2026-11-10")
    day.press("Enter")
    expect(said(page, "day")).to_have_text("as of 10\u00a0Nov")
    expect(page).to_have_url(f"{app}/?as_of=2026-11-10")

    search = page.get_by_role("button", name="Search", exact=True)
    search.press("Enter")
    box = page.get_by_role("combobox", name="Search KPIs")
    expect(box).to_be_focused()
    page.keyboard.type("churn")
    expect(options(page, "search").first).to_contain_text("churn")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(search).to_be_focused()
    # What was asked before is there at once.
    page.keyboard.press("/")
    page.keyboard.type("churn")
    expect(options(page, "search").first).to_contain_text("churn")
    page.keyboard.press("Escape")

    pick(page, "person", "leila")
    expect(said(page, "person")).to_have_text("Leila Haddad")
    expect(page.get_by_role("button", name="You are Leila Haddad")).to_be_focused()
    page.keyboard.press("Escape")
    expect(said(page, "person")).to_have_text("Leila Haddad")


def test_a_phone_shows_no_label_without_a_value(app: str, new_page: Callable[..., Page]) -> None:
    page = new_page(app, width=390, height=844)
    page.goto(f"{app}/settings?table=people")
    cells = page.locator(".row > td.shown")
    # One row at a time is unfolded; who has a role elsewhere says it, who has none has no label.
    for name, roles in (("Sofia Marchetti", 1), ("Clara Beaumont", 0)):
        brief = page.locator(".brief").filter(has_text=name)
        brief.click()
        field = page.get_by_label(f"{name}: address", exact=True)
        expect(field).to_be_visible()
        expect(page.locator(".row").filter(visible=True)).to_have_count(1)
        expect(cells.filter(visible=True)).to_have_count(roles)
        assert "" not in cells.filter(visible=True).all_inner_texts()
        assert page.evaluate(SIDEWAYS) == 0
    field.fill("clara@example.com")
    # What is not saved yet stays in sight.
    brief.click()
    expect(field).to_be_visible()
    field.press("Escape")
    expect(field).to_be_hidden()
