"""A quarter drafted in a table by keys alone, while others write in the same table."""

import re

from playwright.sync_api import Page, expect

from data.core.database import data_version
from data.identity.people import introduce
from data.okrs.commands.key_results import add_key_result, amend_key_result, archive_key_result
from data.okrs.fields import ObjectiveRow
from models import KeyResultKind
from tests.browser.okr_table import (
    ROAD,
    TABLE,
    Serve,
    all_safe,
    around,
    bakery,
    cell,
    entry,
    safe,
    under_way,
)

QUARTER = {
    "People cross town for our bread": (
        ("Regulars a week", "metric", "120", "200", "people", "Ana", ""),
        ("Loaves that are gone by noon", "metric", "40", "70", "%", "Bo", ""),
        ("Crust back where it was", "hold", "6", "", "", "Ana", "Crust"),
        ("A second oven", "milestone", "Bought; Built in; First batch", "", "", "Bo", ""),
    ),
    "Nobody bakes at midnight alone": (
        ("Night shifts with two", "metric", "3", "7", "nights", "Ana", ""),
        ("Shifts swapped a week before", "metric", "10", "60", "%", "Bo", ""),
        ("Sick days a month", "metric", "9", "4", "days", "Bo", ""),
        ("Bakers who would come again", "metric", "55", "80", "%", "Ana", ""),
    ),
    "Nothing good is thrown away": (
        ("Waste", "metric", "14", "6", "%", "Ana", "Waste"),
        ("Bread given on", "metric", "5", "60", "loaves", "Bo", ""),
        ("Orders known the day before", "metric", "20", "50", "%", "Ana", ""),
        ("Flour left over", "metric", "30", "10", "kg", "Bo", ""),
    ),
}


def write_key_result(page: Page, cells: tuple[str, ...]) -> None:
    """Type a row from its name on, a Tab from cell to cell, and go on to the next row."""
    name, kind, first, second, unit, owner, kpi = cells
    keys = page.keyboard
    keys.type(name)
    keys.press("Tab")
    # A list of choices forgets the letters typed before a pause, and arrows never.
    for _ in range([each.value for each in KeyResultKind].index(kind)):
        keys.press("ArrowDown")
    keys.press("Tab")
    keys.type(first)
    keys.press("Tab")
    if kind == "metric":
        for typed in (second, unit):
            keys.type(typed)
            keys.press("Tab")
    keys.press("Tab")
    keys.type(owner)
    keys.press("Tab")
    keys.type(kpi)
    keys.press("Tab")


def test_an_empty_quarter_from_start_to_active_in_one_sitting(
    serve_bakery: Serve,
) -> None:
    served = serve_bakery(bakery())
    page = served.open()
    expect(page.locator(f"{TABLE} .empty")).to_contain_text("Type the first one below")
    for name, key_results in QUARTER.items():
        last = page.locator(f"{TABLE} .entry.objective.new .row.objective [data-field='name']").last
        last.focus()
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        for cells in key_results:
            blank = around(page, "objective", name).locator(".entry.result.new [data-field='name']")
            blank.last.focus()
            write_key_result(page, cells)
    first = next(iter(QUARTER))
    cell(page, first, "supports").fill("Be the town's table")
    cell(page, first, "supports").press("Enter")
    cell(page, first, "guardrails").fill("Waste")
    cell(page, first, "guardrails").press("Enter")
    all_safe(page)
    rows = served.asked(
        "SELECT objective.name, key_result.name, kind, start, target, hold_periods, person.name"
        " FROM key_result JOIN objective ON objective.id = objective_id"
        " JOIN (SELECT max(id) AS id, key_result_id FROM key_result_terms GROUP BY key_result_id)"
        " AS last ON last.key_result_id = key_result.id"
        " JOIN key_result_terms AS terms ON terms.id = last.id"
        " LEFT JOIN person ON person.id = terms.owner_id ORDER BY objective.position,"
        " key_result.position"
    )
    assert [(row[0], row[1]) for row in rows] == [
        (name, cells[0]) for name, key_results in QUARTER.items() for cells in key_results
    ]
    assert rows[0][2:] == ("metric", 120, 200, None, "Ana")
    assert rows[2][2:] == ("hold", None, None, 6, "Ana")
    owners = "SELECT DISTINCT name FROM person JOIN objective_terms ON owner_id = person.id"
    assert served.asked(owners) == [("Ana",)]
    assert served.asked("SELECT step FROM milestone ORDER BY position") == [
        ("Bought",),
        ("Built in",),
        ("First batch",),
    ]
    assert served.asked("SELECT count(*) FROM alignment") == [(1,)]
    assert served.asked("SELECT count(*) FROM guardrail") == [(1,)]
    page.get_by_role("button", name="Start the cycle with these").press("Enter")
    expect(page.locator(f"{TABLE} .now", has_text="● active")).to_have_count(3, timeout=15_000)
    page.reload()
    expect(page.locator(f"{TABLE} .now", has_text="● active")).to_have_count(3, timeout=15_000)


def test_others_add_and_remove_rows_and_what_i_type_stays_mine(
    serve_bakery: Serve,
) -> None:
    served = serve_bakery(under_way())
    page = served.open()
    engine, bo = served.engine, introduce(served.engine, "Bo")
    cell(page, "Parties", "target").fill("6")
    objective = served.key("objective", ROAD["objective"])
    add_key_result(
        engine,
        person_id=bo,
        objective_id=objective,
        name="Weddings",
        base_version=data_version(engine),
    )
    archive_key_result(
        engine,
        person_id=bo,
        key_result_id=served.key("key_result", "Regulars"),
        base_version=data_version(engine),
    )
    cell(page, "Tastings", "unit").fill("guests")
    cell(page, "Tastings", "unit").press("Tab")
    safe(page, "Tastings")
    expect(entry(page, "Weddings")).to_be_visible()
    expect(entry(page, "Regulars")).to_have_count(0)
    expect(cell(page, "Parties", "target")).to_have_value("6")
    cell(page, "Parties", "target").press("End")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    safe(page, "Parties")
    assert served.asked(
        "SELECT name, target FROM key_result JOIN key_result_terms AS terms"
        " ON terms.key_result_id = key_result.id WHERE terms.id IN"
        " (SELECT max(id) FROM key_result_terms GROUP BY key_result_id) AND withdrawn_at IS NULL"
        " ORDER BY position"
    ) == [("Tastings", 50), ("Parties", 65), ("Weddings", None)]


def test_a_row_that_is_taken_away_keeps_what_i_typed(
    serve_bakery: Serve,
) -> None:
    served = serve_bakery(under_way())
    page = served.open()
    engine, bo = served.engine, introduce(served.engine, "Bo")
    cell(page, "Parties", "name").fill("Parties in the yard")
    archive_key_result(
        engine,
        person_id=bo,
        key_result_id=served.key("key_result", "Parties"),
        base_version=data_version(engine),
    )
    cell(page, "Tastings", "unit").fill("guests")
    cell(page, "Tastings", "unit").press("Tab")
    gone = page.locator(f"{TABLE} .entry.result", has=page.locator(".message:not(:empty)"))
    expect(gone).to_contain_text("took this row away")
    expect(gone.locator("[data-field='name']")).to_have_value("Parties in the yard")
    gone.get_by_role("button", name="Add it as a new row").click()
    all_safe(page)
    assert served.asked(
        "SELECT name FROM key_result WHERE withdrawn_at IS NULL ORDER BY position"
    ) == [("Regulars",), ("Tastings",), ("Parties in the yard",)]


def test_the_same_cell_is_contested_with_both_values(
    serve_bakery: Serve,
) -> None:
    served = serve_bakery(under_way())
    page = served.open()
    engine, bo = served.engine, introduce(served.engine, "Bo")
    cell(page, "Parties", "target").fill("60")
    amend_key_result(
        engine,
        person_id=bo,
        key_result_id=served.key("key_result", "Parties"),
        said={"target": "70", "owner": "Bo"},
        base_version=data_version(engine),
    )
    cell(page, "Parties", "target").press("Enter")
    asked = around(page, "result", "Parties")
    expect(asked.locator("[role=alert]")).to_contain_text("Bo has changed “to” to 70 meanwhile")
    expect(asked.locator("[role=alert]")).to_contain_text("You typed 60")
    asked.get_by_role("button", name="Save 60").click()
    safe(page, "Parties")
    expect(cell(page, "Parties", "owner")).to_have_value("Bo")


def test_arrows_go_from_cell_to_cell_and_alt_moves_the_row(
    serve_bakery: Serve,
) -> None:
    served = serve_bakery(under_way())
    page = served.open()
    cell(page, "Regulars", "start").focus()
    page.keyboard.press("ArrowDown")
    expect(cell(page, "Tastings", "start")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(cell(page, "Tastings", "target")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    safe(page, "Tastings")
    expect(cell(page, "Tastings", "target")).to_be_focused()
    names = page.locator(f"{TABLE} .entry.result:not(.new) [data-field='name']")
    expect(names.first).to_have_value("Tastings")
    page.keyboard.type("77")
    page.keyboard.press("Escape")
    expect(cell(page, "Tastings", "target")).to_have_value("50")


def test_what_is_typed_outlives_a_reload(serve_bakery: Serve) -> None:
    served = serve_bakery(under_way())
    page = served.open()
    cell(page, "Parties", "target").fill("99")
    blank = page.locator(f"{TABLE} .entry.result.new [data-field='name']")
    blank.fill("Half a thought")
    safe(page, "Parties")
    page.reload()
    expect(blank).to_have_value("Half a thought", timeout=20_000)
    expect(cell(page, "Parties", "target")).to_have_value("99")
    assert served.asked("SELECT count(*) FROM key_result") == [(3,)]


def test_the_tree_is_walked_folded_and_opened_by_keys(
    serve_bakery: Serve,
) -> None:
    tables = under_way()
    tables.objectives[-1] = ObjectiveRow(**ROAD, supports=("Be the town's table",))
    served = serve_bakery(tables)
    page = served.open()
    page.get_by_role("radio", name="Alignment tree").or_(
        page.get_by_role("button", name="Alignment tree")
    ).first.click()
    top = page.get_by_role("treeitem", name="Be the town's table")
    below = page.get_by_role("treeitem", name="Bread people walk for, Bakery")
    expect(below).to_have_attribute("aria-level", "2", timeout=15_000)
    top.focus()
    page.keyboard.press("ArrowLeft")
    expect(top).to_have_attribute("aria-expanded", "false")
    expect(below).to_have_count(0)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(below).to_be_focused()
    link = below.get_by_role("link", name="Bread people walk for")
    expect(link).to_have_attribute("href", re.compile(r"okrs\?team=Bakery"))
    expect(below).to_contain_text("no value yet")
    page.keyboard.press("Enter")
    expect(entry(page, "Bread people walk for")).to_be_visible(timeout=15_000)
    # Nothing is missing in it, so one goes on at its name.
    expect(cell(page, "Bread people walk for", "name")).to_be_focused()
    assert "view=tree" not in page.url


def test_an_example_becomes_a_draft(serve_bakery: Serve) -> None:
    served = serve_bakery(under_way())
    page = served.open()
    page.get_by_role("button", name="Use an example").click()
    page.get_by_role("button", name="Add as a draft").first.click()
    name = "Customers choose us before they compare prices"
    expect(entry(page, name)).to_be_visible(timeout=15_000)
    expect(around(page, "objective", name).locator(".entry.result:not(.new)")).to_have_count(4)
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    # What it still needs first is where one goes on.
    needed = around(page, "objective", name).locator(".result [data-field='start']").first
    expect(needed).to_be_focused()


def test_who_goes_away_while_typing_finds_it_all_again(
    serve_bakery: Serve,
) -> None:
    served = serve_bakery(under_way())
    page = served.open()
    blank = page.locator(f"{TABLE} .entry.result.new [data-field='name']")
    blank.fill("Half a thought")
    # A hand holds the button for a moment.
    page.locator(".st-key-top_line").get_by_role("link", name="History").click(delay=90)
    expect(page.get_by_text("rows from a file")).to_be_visible(timeout=15_000)
    page.go_back()
    expect(entry(page, "Half a thought")).to_have_count(1, timeout=20_000)
    all_safe(page)
    assert served.asked("SELECT name FROM key_result ORDER BY id DESC LIMIT 1") == [
        ("Half a thought",)
    ]


def test_a_cell_is_left_as_a_finger_comes_down_on_a_link(
    serve_bakery: Serve,
) -> None:
    served = serve_bakery(bakery())
    page = served.open(height=844, width=390)
    page.locator(f"{TABLE} .entry.objective.new .name input").fill("Bread that people walk for")
    link = page.get_by_role("link", name="Milepost")
    link.dispatch_event("pointerdown", {"pointerType": "touch"})
    # A quick save may be over before this looks.
    state = entry(page, "Bread that people walk for").locator(".state")
    expect(state).to_have_text(re.compile("Saving|Saved"))
    link.click()
    page.locator(".st-key-gauges .root").wait_for()
    assert "/?team=Bakery" in page.url
    # What was on its way when the page went is kept, and saved once one is back.
    page.go_back()
    expect(entry(page, "Bread that people walk for")).to_have_count(1, timeout=20_000)
    all_safe(page)
    saved = "SELECT count(*) FROM objective WHERE name = 'Bread that people walk for'"
    assert served.asked(saved) == [(1,)]
