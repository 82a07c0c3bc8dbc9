"""One's own numbers in a minute: keys alone, nothing lost, nothing overwritten unseen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from tests.browser.axe import SIZES, scrolls_sideways, shut_out
from tests.browser.standing import Standing
from tests.browser.update_list import (
    BEFORE_LAST,
    KPIS,
    LIST,
    NOW,
    Bakery,
    bakery,
    row,
    safe,
    value,
)
from tests.browser.windows import Windows

TOAST = ".st-key-toast"


@pytest.fixture
def shop(stand: Callable[[str], Standing], windows: Windows) -> Bakery:
    return Bakery(stand(NOW), windows, bakery())


def keys_counted(page: Page) -> Callable[[str], None]:
    page.evaluate("window.pressed = []")
    page.evaluate("addEventListener('keydown', (event) => pressed.push(event.key), true)")
    return page.keyboard.press


def test_five_updates_take_a_key_each_beside_what_is_typed(shop: Bakery) -> None:
    page = shop.open()
    expect(page.locator(f"{LIST} section.due h3")).to_have_text("Due (3)")
    expect(page.locator(f"{LIST} section.late h3")).to_have_text("Late (2)")
    expect(value(page, "Crust")).to_be_focused()
    press = keys_counted(page)
    for typed in ("9.1", "9,2", "=", "24", "25"):
        page.keyboard.type(typed)
        press("Enter")
    for name in (*KPIS, "Regulars", "Tastings"):
        safe(page, name)
    assert shop.values() == [
        ("Crust", 9.1),
        ("Margin", 9.2),
        ("Regulars", 24),
        ("Tastings", 25),
        ("Waste", 9.0),
    ]
    pressed = page.evaluate("pressed.filter((key) => key.length > 1)")
    assert len(pressed) <= 12, pressed
    expect(page.locator(f"{LIST} .sentence")).to_contain_text("Nothing of yours is due")
    page.reload()
    expect(page.locator(f"{LIST} section.later h3")).to_have_text("Later (5)")


def test_tab_goes_through_the_cells_and_each_is_saved_as_it_is_left(shop: Bakery) -> None:
    page = shop.open()
    value(page, "Regulars").fill("24")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(row(page, "Regulars").get_by_label("confidence")).to_be_focused()
    page.keyboard.type("lik")
    page.keyboard.press("Tab")
    page.keyboard.type("New sign")
    page.keyboard.press("Tab")
    page.keyboard.type("Rain")
    page.keyboard.press("Tab")
    safe(page, "Regulars")
    with shop.engine.connect() as connection:
        said = connection.execute(
            text("SELECT value, confidence, note, blocked_by FROM check_in ORDER BY id DESC")
        ).first()
    assert said is not None
    assert tuple(said) == (24, "likely", "New sign", "Rain")


def test_an_unlikely_value_is_asked_about(shop: Bakery) -> None:
    page = shop.open()
    page.keyboard.type("9100")
    page.keyboard.press("Enter")
    crust = row(page, "Crust")
    expect(crust.locator("[role=alert]")).to_contain_text("Really 9100?")
    assert shop.values() == []
    # Enter has led on, and what is asked leads back: to the answer that does no harm.
    expect(crust.get_by_role("button", name="Change it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(value(page, "Crust")).to_be_focused()
    value(page, "Crust").fill("0.091")
    page.keyboard.press("Enter")
    expect(crust.locator("[role=alert]")).to_contain_text("share of one")
    crust.get_by_role("button", name="Save 0.091").click()
    expect(value(page, "Crust")).to_be_focused()
    safe(page, "Crust")
    assert shop.values() == [("Crust", 0.091)]


def test_a_bad_number_says_so_and_stays_typed(shop: Bakery) -> None:
    page = shop.open()
    page.keyboard.type("many")
    page.keyboard.press("Enter")
    page.keyboard.type("9.3")
    page.keyboard.press("Enter")
    safe(page, "Margin")
    expect(row(page, "Crust").locator("[role=alert]")).to_contain_text("“many” is not a number")
    expect(value(page, "Crust")).to_have_value("many")


def test_the_same_cell_is_contested_and_another_is_not(shop: Bakery) -> None:
    first, second = shop.open(), shop.open()
    value(second, "Regulars").fill("30")
    value(first, "Regulars").fill("24")
    value(first, "Regulars").press("Enter")
    safe(first, "Regulars")
    value(second, "Regulars").press("Enter")
    regulars = row(second, "Regulars")
    expect(regulars.locator("[role=alert]")).to_contain_text("Ana saved 24")
    regulars.get_by_role("button", name="Type another").click()
    expect(value(second, "Regulars")).to_be_focused()
    value(second, "Regulars").fill("27")
    value(second, "Regulars").press("Enter")
    safe(second, "Regulars")
    note = row(first, "Regulars").get_by_label("comment")
    note.fill("Sunny")
    note.press("Enter")
    expect(value(first, "Regulars")).to_have_value("27")
    safe(first, "Regulars")


def test_a_tab_that_is_killed_loses_at_most_the_cell_being_typed(shop: Bakery) -> None:
    page = shop.open()
    for typed in ("9.1", "9.2"):
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
    safe(page, "Margin")
    page.keyboard.type("9.3")
    page.close()
    safely, being_typed = shop.values()[:2], shop.values()[2:]
    assert safely == [("Crust", 9.1), ("Margin", 9.2)]
    # A tab that goes may just say in time that its cell was left: whole, or not at all.
    assert being_typed in ([], [("Waste", 9.3)])


def test_what_is_typed_outlives_the_server_and_a_reload(shop: Bakery) -> None:
    page = shop.open()
    page.keyboard.type("9.4")
    shop.stop()
    page.keyboard.press("Enter")
    page.keyboard.type("9.5")
    shop.start()
    # Streamlit waits longer before each time it tries to come back.
    safe(page, "Crust", within=60_000)
    expect(value(page, "Margin")).to_have_value("9.5")
    assert shop.values() == [("Crust", 9.4)]
    page.reload()
    expect(value(page, "Margin")).to_have_value("9.5")
    expect(row(page, "Margin").locator(".state")).to_have_text("◌ Not saved yet")
    value(page, "Margin").press("Enter")
    safe(page, "Margin")
    assert shop.values() == [("Crust", 9.4), ("Margin", 9.5)]


def test_a_step_is_ticked_off_and_taken_back(shop: Bakery) -> None:
    page = shop.open("Bo")
    step = row(page, "A second oven").get_by_label("Built in")
    step.check()
    safe(page, "A second oven")
    expect(row(page, "A second oven")).to_contain_text("1 of 2 steps")
    page.locator(".st-key-toast").get_by_role("button", name="Undo").click()
    expect(row(page, "A second oven")).to_contain_text("0 of 2 steps")
    expect(step).not_to_be_checked()


def test_an_action_is_ticked_off_with_what_happened_by_keys_and_taken_back(shop: Bakery) -> None:
    page = shop.open("Bo")
    action = row(page, "Weigh the bins")
    expect(action).to_contain_text("about Waste")
    expect(action.locator(".state")).to_have_text("○ due 27\u00a0Nov")
    done = action.get_by_label("Done")
    done.focus()
    page.keyboard.press("Space")
    safe(page, "Weigh the bins")
    expect(page.locator(TOAST)).to_contain_text("Ticked off.")
    action.get_by_label("What happened").fill("half of it is crust")
    page.keyboard.press("Enter")
    expect(page.locator(TOAST)).to_contain_text("Saved.")
    page.reload()
    expect(action.locator(".state")).to_have_text("done 24\u00a0Nov")
    expect(action.get_by_label("What happened")).to_have_value("half of it is crust")
    done.uncheck()
    safe(page, "Weigh the bins")
    page.locator(TOAST).get_by_role("button", name="Undo").click()
    expect(done).to_be_checked()


def test_an_action_shuts_nobody_out(shop: Bakery) -> None:
    page = shop.open("Bo")
    expect(row(page, "Weigh the bins")).to_be_visible()
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert shut_out(page) == []
        assert not scrolls_sideways(page)


def test_an_earlier_period_can_be_filled_in(shop: Bakery) -> None:
    page = shop.open()
    waste = row(page, "Waste")
    waste.locator("select.day").select_option("week of 9\u00a0Nov")
    expect(value(page, "Waste")).to_have_value("9")
    # What stands is never taken for the value of the week before.
    expect(waste.get_by_role("button", name="still")).to_have_count(0)
    value(page, "Waste").fill("=")
    value(page, "Waste").press("Enter")
    expect(value(page, "Waste")).to_have_value("9")
    value(page, "Waste").fill("9.2")
    value(page, "Waste").press("Enter")
    safe(page, "Waste")
    expect(page.locator(f"{LIST} section.due h3")).to_have_text("Due (3)")


def test_missed_weeks_are_fields_one_below_the_other(
    stand: Callable[[str], Standing], windows: Windows
) -> None:
    tables = bakery()
    last = BEFORE_LAST - timedelta(weeks=2)
    tables.readings[:] = [row for row in tables.readings if row.kpi != "Waste" or row.date <= last]
    shop = Bakery(stand(NOW), windows, tables)
    page = shop.open()
    waste = row(page, "Waste")
    fields = waste.locator("input.value")
    expect(fields).to_have_count(3)
    labels = [field.get_attribute("aria-label") for field in fields.all()]
    assert [each and each.split(":")[0] for each in labels] == [
        "Waste, week of 2\u00a0Nov",
        "Waste, week of 9\u00a0Nov",
        "Waste",
    ]
    fields.first.click()
    for typed in ("9.3", "9.4"):
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
    expect(waste.locator(".state")).to_have_text(["✓ Saved", "✓ Saved", "◌ missing"])
    expect(fields.nth(2)).to_be_focused()
    expect(page.locator(f"{LIST} section.late h3")).to_have_text("Late (3)")
    waste.get_by_role("button", name="still 9.4\u00a0%").click()
    expect(waste.locator(".state").last).to_have_text("✓ Saved")
    assert shop.values() == [("Waste", 9.3), ("Waste", 9.4), ("Waste", 9.4)]
    page.reload()
    expect(fields).to_have_count(1)


def test_the_past_is_for_reading(shop: Bakery) -> None:
    page = shop.open(query="?as_of=2026-11-17")
    expect(page.get_by_text("Looking back")).to_be_visible()
    expect(value(page, "Crust").first).to_be_disabled()


def test_without_a_name_it_says_what_to_do_and_one_click_is_enough(shop: Bakery) -> None:
    page = shop.open("")
    expect(page.locator(LIST)).to_contain_text("Pick your name to see what is yours")
    page.locator(LIST).get_by_role("button", name="Ana has 5 due").click()
    expect(page.locator(f"{LIST} .sentence")).to_have_text("5 things are due, 2 of them late.")
    expect(page.locator(f"{LIST} section.due h3")).to_have_text("Due (3)")


def test_a_thumb_finds_every_target_on_a_phone(shop: Bakery) -> None:
    page = shop.open(width=390, height=844)
    expect(value(page, "Crust")).to_be_visible()
    targets = page.locator(f"{LIST} :is(button, input:not([type=checkbox]), select):visible")
    boxes = [target.bounding_box() for target in targets.all()]
    assert len(boxes) > 15
    assert [box for box in boxes if box is None or box["height"] < 44] == []
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    row(page, "Crust").get_by_role("button", name="still 9 %").click()
    safe(page, "Crust")
