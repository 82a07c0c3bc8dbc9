"""Cells of the table of objectives: pasted in many, refused one by one, and never cut."""

from playwright.sync_api import Locator, Page, expect

from data.okrs.fields import KeyResultRow
from tests.browser.okr_table import (
    ROAD,
    TABLE,
    Serve,
    all_safe,
    around,
    cell,
    entry,
    safe,
    under_way,
)
from tests.browser.pasting import paste
from tests.browser.windows import soon

KEPT = (
    "SELECT key_result.name, kind, start, target, weight, hold_periods, person.name"
    " FROM key_result_terms AS terms JOIN key_result ON key_result.id = key_result_id"
    " LEFT JOIN person ON person.id = owner_id WHERE terms.id IN"
    " (SELECT max(id) FROM key_result_terms GROUP BY key_result_id) ORDER BY position"
)

CUT = "(all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.value)"


def none_is_cut(cells: Locator) -> None:
    assert cells.evaluate_all(CUT) == []


def told(page: Page, name: str) -> Locator:
    return around(page, "result", name).locator("[role=alert] span")


def test_copied_cells_go_to_the_right_and_down_into_new_rows(serve_bakery: Serve) -> None:
    served = serve_bakery(under_way())
    page = served.open()
    before = served.asked(KEPT)
    paste(cell(page, "Parties", "weight"), "2\tBo\t\t\tmore")
    expect(told(page, "Parties")).to_contain_text("5 columns do not fit: from here there is room")
    paste(cell(page, "Parties", "name"), *["Party"] * 51)
    expect(told(page, "Parties")).to_contain_text("That is 51 rows: paste up to 50 at a time.")
    expect(entry(page, "Parties").locator(".state")).to_have_text("! Not pasted")
    around(page, "result", "Parties").get_by_role("button", name="Close").click()
    expect(told(page, "Parties")).to_have_count(0)
    expect(entry(page, "Parties").locator(".state")).to_have_text("")
    expect(cell(page, "Parties", "weight")).to_have_value("1")
    paste(
        cell(page, "Parties", "name"),
        'Parties\tmetric\t12\t1.5\t"guests\t""all"""\t3',
        "A second oven\tMilestone\tBought; Built in\t\t\t2\tBo",
        "",
        "Quiet nights\thold\t6\t4\tBo",
    )
    for name in ("Parties", "A second oven", "Quiet nights"):
        safe(page, name)
    all_safe(page)
    assert served.asked(KEPT) == [
        *before[:2],
        ("Parties", "metric", 12, 1.5, 3, None, None),
        ("A second oven", "milestone", None, None, 2, None, "Bo"),
        ("Quiet nights", "hold", None, None, 4, 6, "Bo"),
    ]
    expect(cell(page, "Parties", "unit")).to_have_value('guests "all"')
    expect(cell(page, "A second oven", "steps")).to_have_value("Bought; Built in")
    paste(page.locator(f"{TABLE} .objective.new > .row .name input"), "One goal", "Another goal")
    safe(page, "One goal")
    safe(page, "Another goal")


def test_each_refused_cell_is_marked_until_it_is_put_right(serve_bakery: Serve) -> None:
    served = serve_bakery(under_way())
    page = served.open()
    state = entry(page, "Parties").locator(".state")
    for field, typed in (("start", "few"), ("target", "many")):
        cell(page, "Parties", field).fill(typed)
        cell(page, "Parties", field).press("Enter")
    both = ["From: “few” is not a number", "To: “many” is not a number"]
    expect(told(page, "Parties")).to_contain_text(both)
    cell(page, "Parties", "weight").fill("2")
    cell(page, "Parties", "weight").press("Enter")
    expect(entry(page, "Parties").locator(".weight .tick")).to_have_text("✓")
    expect(state).to_have_text("! Not saved")
    page.reload()
    expect(told(page, "Parties")).to_contain_text(both, timeout=20_000)
    expect(state).to_have_text("! Not saved")
    expect(cell(page, "Parties", "start")).to_have_accessible_description(
        "From: “few” is not a number: type digits, for example 3.4."
    )
    cell(page, "Parties", "start").press("Escape")
    expect(told(page, "Parties")).to_contain_text(["“many” is not a number"])
    expect(cell(page, "Parties", "start")).not_to_have_attribute("aria-invalid", "true")
    expect(cell(page, "Parties", "target")).to_have_attribute("aria-invalid", "true")
    expect(state).to_have_text("! Not saved")
    cell(page, "Parties", "target").fill("60")
    cell(page, "Parties", "target").press("Enter")
    expect(state).to_have_text("✓ Saved")
    expect(told(page, "Parties")).to_have_count(0)


def test_no_number_is_cut_and_a_new_row_begins_with_its_name(serve_bakery: Serve) -> None:
    tables = under_way()
    tables.key_results.append(
        KeyResultRow(**ROAD, key_result="Coins", start=1234567.891, target=123456789012)
    )
    served = serve_bakery(tables)
    page = served.open(width=1280, height=800)
    cells = page.locator(f"{TABLE} .cell:is(.start, .target, .weight) input, {TABLE} .now small")
    for width in (1280, 1440, 1920, 390):
        page.set_viewport_size({"width": width, "height": 900})
        if width == 390:
            # On a phone the cells are folded, and a row is a few lines.
            expect(cell(page, "Coins", "target")).to_be_hidden()
            entry(page, "Coins").get_by_role("button", name="Edit details").click()
        soon(page, lambda: none_is_cut(cells))
    target = cell(page, "Coins", "target")
    expect(target).to_have_value("123\u00a0B")
    target.focus()
    expect(target).to_have_value("123456789012")
    # On a phone a new row has the cells of its kind from the first.
    new = page.locator(f"{TABLE} .result.new .row")
    new.locator(".name input").focus()
    expect(new.locator(".target input")).to_be_visible()
    expect(new.locator(".steps input")).to_be_hidden()
    page.set_viewport_size({"width": 1440, "height": 900})
    cell(page, "Coins", "unit").press("Enter")
    expect(new.locator(".name input")).to_be_focused()
    # Enter that is pressed twice adds one, and leaves an empty row to type into.
    page.keyboard.type("Fairs")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    safe(page, "Fairs")
    assert served.asked("SELECT count(*) FROM key_result WHERE name = 'Fairs'") == [(1,)]
    expect(new.locator(".name input")).to_have_value("")
