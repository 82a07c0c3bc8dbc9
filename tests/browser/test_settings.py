"""Setting up in tables: cells saved as they are left, whatever others add or remove meanwhile."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from data.core.database import data_version
from data.identity.people import introduce
from data.kpis.commands.kpis import add_kpi, amend_kpi, archive_kpi
from tests.browser.settings_table import NOW, TABLE, Bakery, bakery, cell, row_of, state
from tests.browser.standing import Standing
from tests.browser.top_line import pick
from tests.browser.windows import Windows


@pytest.fixture(scope="module")
def served(stand: Callable[[str], Standing], windows: Windows) -> Bakery:
    return Bakery(stand(NOW), windows, bakery())


def test_a_cell_is_saved_as_it_is_left_and_enter_goes_down(served: Bakery) -> None:
    page = served.open()
    cell(page, "Crust", "unit").fill("points")
    page.keyboard.press("Enter")
    expect(cell(page, "Margin", "unit")).to_be_focused()
    expect(state(page, "Crust")).to_have_text("✓ Saved")
    assert served.one("SELECT unit FROM kpi WHERE name = 'Crust'") == "points"
    cell(page, "Margin", "high").fill("high up")
    page.keyboard.press("Tab")
    expect(page.locator(f"{TABLE} .message").filter(has_text="not a number")).to_be_visible()
    expect(cell(page, "Margin", "high")).to_have_attribute("aria-invalid", "true")
    cell(page, "Margin", "high").press("Escape")
    expect(cell(page, "Margin", "high")).to_have_value("")


def test_rows_that_others_add_and_remove_take_nothing_from_what_is_typed(served: Bakery) -> None:
    page = served.open()
    bo = introduce(served.engine, "Bo")
    for name in ("Aroma", "Zest"):
        said = {"name": name, "team": "Bakery"}
        add_kpi(served.engine, person_id=bo, said=said, base_version=data_version(served.engine))
    page.reload()
    cell(page, "Zest", "kpi").wait_for()
    cell(page, "Waste", "description").fill("What is thrown")
    # Meanwhile a row comes above, one goes below, and one that is typed in is gone.
    add_kpi(
        served.engine,
        person_id=bo,
        said={"name": "Butter", "team": "Bakery"},
        base_version=data_version(served.engine),
    )
    archive_kpi(
        served.engine,
        person_id=bo,
        kpi_id=served.id_of("Zest"),
        base_version=data_version(served.engine),
    )
    cell(page, "Crust", "description").fill("Its colour")
    cell(page, "Waste", "description").focus()
    cell(page, "Butter", "kpi").wait_for()
    expect(cell(page, "Zest", "kpi")).to_have_count(0)
    expect(cell(page, "Waste", "description")).to_be_focused()
    expect(cell(page, "Waste", "description")).to_have_value("What is thrown")
    page.keyboard.type(" away")
    page.keyboard.press("Enter")
    expect(state(page, "Waste")).to_have_text("✓ Saved")
    assert served.one("SELECT description FROM kpi WHERE name = 'Waste'") == "What is thrown away"
    cell(page, "Aroma", "unit").fill("noses")
    archive_kpi(
        served.engine,
        person_id=bo,
        kpi_id=served.id_of("Aroma"),
        base_version=data_version(served.engine),
    )
    cell(page, "Crust", "kind").select_option("leading")
    expect(page.locator(f"{TABLE} .message").filter(has_text="no longer")).to_be_visible()
    expect(cell(page, "Aroma", "unit")).to_have_value("noses")


def test_both_see_who_was_first(served: Bakery) -> None:
    page = served.open()
    cell(page, "Margin", "kpi").wait_for()
    amend_kpi(
        served.engine,
        person_id=introduce(served.engine, "Bo"),
        kpi_id=served.id_of("Margin"),
        said={"unit": "k€"},
        base_version=data_version(served.engine),
    )
    cell(page, "Margin", "unit").fill("€")
    page.keyboard.press("Tab")
    expect(page.locator(f"{TABLE} .message").filter(has_text="Bo saved k€")).to_be_visible()
    page.get_by_role("button", name="Save €").click()
    expect(state(page, "Margin")).to_have_text("✓ Saved")
    assert served.one("SELECT unit FROM kpi WHERE name = 'Margin'") == "€"


def test_a_smallest_change_is_proposed_after_the_range_and_is_saved_alone(served: Bakery) -> None:
    page = served.open()
    cell(page, "Crust", "kpi").hover()
    page.get_by_role("button", name="Propose a range: Crust").click()
    page.get_by_role("button", name="Leave it as it was").click()
    expect(cell(page, "Crust", "low")).to_have_value("")
    asked = page.locator(f"{TABLE} .message").filter(has_text="About 2 % of its usual level")
    expect(asked).to_be_visible()
    smallest = cell(page, "Crust", "smallest change")
    expect(smallest).to_have_value("")
    page.get_by_role("button", name="Save smallest change").click()
    expect(state(page, "Crust")).to_have_text("✓ Saved")
    expect(smallest).not_to_have_value("")
    kept = served.one("SELECT smallest_change FROM kpi WHERE name = 'Crust'")
    assert float(kept) == float(smallest.input_value())
    assert served.range_of("Crust") == (None, None)
    smallest.fill("0")
    page.keyboard.press("Enter")
    expect(page.locator(f"{TABLE} .message").filter(has_text="must be above 0")).to_be_visible()
    smallest.press("Escape")


def test_a_proposed_range_is_saved_when_somebody_says_so(served: Bakery) -> None:
    page = served.open()
    cell(page, "Crust", "kpi").hover()
    page.get_by_role("button", name="Propose a range: Crust").click()
    expect(page.locator(f"{TABLE} .message").filter(has_text="natural limits")).to_be_visible()
    low = cell(page, "Crust", "low")
    expect(low).not_to_have_value("")
    assert served.range_of("Crust") == (None, None)
    page.get_by_role("button", name="Save range").click()
    expect(state(page, "Crust")).to_have_text("✓ Saved")
    assert served.range_of("Crust") == (float(low.input_value()), None)


def test_an_expression_is_checked_while_it_is_typed(served: Bakery) -> None:
    page = served.open()
    driven = cell(page, "Waste", "driven by")
    driven.click()
    page.keyboard.type("[Crust] + [Butt")
    note = row_of(page, "Waste").locator(".note.wrong")
    expect(note).to_contain_text("close the name with ]")
    expect(driven).to_be_focused()
    driven.fill("[Crust] + [Margin]")
    right = row_of(page, "Waste").locator(".note.right")
    expect(right).to_contain_text("✓ 18")
    assert served.one("SELECT driven_by FROM kpi WHERE name = 'Waste'") == ""
    page.keyboard.press("Enter")
    expect(state(page, "Waste")).to_have_text("✓ Saved")


def test_a_row_is_added_and_archived_by_keyboard(served: Bakery) -> None:
    page = served.open()
    page.get_by_role("button", name="Add a KPI").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Flour")
    page.reload()
    expect(page.locator(f"{TABLE} .fresh input").first).to_have_value("Flour")
    expect(page.locator(f"{TABLE} .fresh").get_by_label("Owner")).to_have_value("Ana")
    page.locator(f"{TABLE} .fresh input").first.press("Enter")
    cell(page, "Flour", "kpi").wait_for()
    expect(cell(page, "Flour", "owner")).to_have_value("Ana")
    name = page.locator(f"{TABLE} .fresh input").first
    expect(name).to_have_value("")
    name.fill("Yeast")
    last = page.locator(f"{TABLE} .fresh [data-field]").last
    last.press("Enter")
    page.keyboard.press("Enter")
    cell(page, "Yeast", "kpi").wait_for()
    expect(name).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(f"{TABLE} .fresh [role=alert]")).to_be_hidden()
    assert served.one("SELECT count(*) FROM kpi WHERE name = :name", "Yeast") == "1"
    cell(page, "Flour", "kpi").focus()
    page.get_by_role("button", name="Archive Flour").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Archive", exact=True).click()
    expect(cell(page, "Flour", "kpi")).to_have_count(0)


def test_the_past_cannot_be_changed(served: Bakery) -> None:
    page = served.open(query="table=teams&as_of=2026-11-23")
    page.locator(f"{TABLE} .row").first.wait_for()
    expect(cell(page, "Bakery", "team")).to_be_disabled()
    expect(page.get_by_role("button", name="Add a team")).to_be_hidden()


def test_what_is_typed_before_a_name_is_picked_is_kept(served: Bakery) -> None:
    page = served.open(name="")
    cell(page, "Margin", "description").fill("What is left")
    page.keyboard.press("Tab")
    expect(row_of(page, "Margin").locator(".state")).to_have_text("! Not saved")
    pick(page, "person", "Ana")
    expect(row_of(page, "Margin").locator(".state")).to_have_text("◌ Not saved yet")
    expect(cell(page, "Margin", "description")).to_have_value("What is left")
    cell(page, "Margin", "description").press("Enter")
    expect(row_of(page, "Margin").locator(".state")).to_have_text("✓ Saved")
