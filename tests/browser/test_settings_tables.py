"""What a table of settings shows and keeps: roles by team, refusals, widths, heirs, examples."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from data.company.fields import CycleRow, PersonRow, TeamRow
from data.content.library import library
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow
from models import Better, Role
from tests.browser.axe import shut_out
from tests.browser.pasting import paste
from tests.browser.settings_table import NOW, TABLE, Bakery, bakery, cell, row_of, state
from tests.browser.standing import Standing
from tests.browser.windows import Windows, soon

LONG = "What is thrown away of what was baked, by weight, over all the ovens of the house"


@pytest.fixture(scope="module")
def served(stand: Callable[[str], Standing], windows: Windows) -> Bakery:
    """Serve a bakery with an admin, an owner, a team of a long name and many KPIs."""
    served = Bakery(stand(NOW), windows, bakery())
    tins = [f"Tin {number:02}" for number in range(60)]
    import_tables(
        served.engine,
        Tables(
            teams=[TeamRow(team="Technical Support", parent="Bakery")],
            people=[PersonRow(person="Ana", team="Bakery", role=Role.ADMIN)],
            cycles=[CycleRow(cycle="2026", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))],
            kpis=[
                KpiRow(team="Ovens", kpi="Heat", better=Better.HIGHER, owner="Bo"),
                *(
                    KpiRow(team="Technical Support", kpi=tin, description=LONG, pinned=())
                    for tin in tins
                ),
            ],
        ),
    )
    return served


def message(page: Page, words: str) -> None:
    expect(page.locator(f"{TABLE} .message:visible").filter(has_text=words)).to_have_count(1)


def test_a_role_typed_for_one_team_is_none_of_another(served: Bakery) -> None:
    page = served.open(query="table=people&team=Bakery")
    cell(page, "Ana", "role in bakery").select_option("lead")
    message(page, "make somebody else admin first")
    page.goto(f"{served.url}/settings?table=people&team=Ovens")
    role = cell(page, "Ana", "role in ovens")
    role.wait_for(timeout=30_000)
    expect(role).to_have_value("")
    expect(page.get_by_text("◌ Typed and not saved yet in 1 more")).to_be_visible()
    page.goto(f"{served.url}/settings?table=people&team=Bakery")
    expect(cell(page, "Ana", "role in bakery")).to_have_value("lead")


def test_a_refusal_takes_one_back_to_its_cell(served: Bakery) -> None:
    page = served.open(query="table=kpis&team=Bakery&find=Bakery")
    cell(page, "Crust", "low").fill("many")
    page.keyboard.press("Enter")
    message(page, "not a number")
    expect(cell(page, "Crust", "low")).to_be_focused()
    cell(page, "Crust", "low").press("Escape")


def test_who_types_elsewhere_already_stays_there(served: Bakery) -> None:
    page = served.open(query="table=kpis&team=Bakery&find=Bakery")
    cell(page, "Crust", "low").fill("many")
    page.keyboard.press("Enter")
    page.keyboard.type("8")
    message(page, "not a number")
    expect(cell(page, "Margin", "low")).to_be_focused()
    expect(cell(page, "Margin", "low")).to_have_value("8")
    for name in ("Margin", "Crust"):
        cell(page, name, "low").press("Escape")


def test_why_an_expression_is_refused_is_told_once(served: Bakery) -> None:
    page = served.open(query="table=kpis&find=Bakery")
    driven = cell(page, "Waste", "driven by")
    driven.click()
    page.keyboard.type("[Nowhere]")
    note = row_of(page, "Waste").locator("td[data-label='Driven by'] .note")
    expect(note).to_contain_text("no KPI here is called “Nowhere”")
    covered = note.evaluate(
        """node => {
            const field = node.previousElementSibling.querySelector("textarea");
            const style = getComputedStyle(field);
            const ring = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
            return field.getBoundingClientRect().bottom + ring - node.getBoundingClientRect().top;
        }"""
    )
    assert covered <= 1
    page.keyboard.press("Enter")
    message(page, "“Nowhere”: check how it is spelled")
    expect(driven).to_be_focused()
    expect(note).to_be_empty()
    driven.press("Escape")


def test_a_list_of_teams_is_picked_name_by_name(served: Bakery) -> None:
    page = served.open(query="table=kpis&find=Bakery")
    pinned = cell(page, "Margin", "pinned for")
    pinned.click()
    offered = "node => [...node.list.options].map(({ value }) => value)"
    pinned.fill("Ov")
    assert pinned.evaluate(offered) == ["Bakery", "Ovens", "Technical Support"]
    pinned.fill("Ovens; ")
    assert pinned.evaluate(offered) == ["Ovens; Bakery", "Ovens; Technical Support"]
    pinned.press("Escape")


def test_copied_cells_go_to_the_right_and_down(served: Bakery) -> None:
    page = served.open(query="table=kpis&find=Tin 0")
    paste(cell(page, "Tin 02", "unit"), "kg\tlower", "g\tHIGHER")
    both = ("Tin 02", "Tin 03")

    def are_saved() -> None:
        query = "SELECT unit || ' ' || better FROM kpi WHERE name = :name"
        assert [served.one(query, tin).lower() for tin in both] == ["kg lower", "g higher"]

    soon(page, are_saved)
    for tin in both:
        expect(state(page, tin)).to_have_text("✓ Saved")
    last = page.locator(f"{TABLE} .row").last.locator("[aria-label$=': unit']")
    paste(last, "kg", "g")
    message(page, "2 rows do not fit: from here there is room for 1. Use Import for new ones.")
    expect(last).to_have_value("")


def test_names_and_the_description_are_whole_and_take_what_is_left(served: Bakery) -> None:
    page = served.open(query="table=kpis&find=Tin 00")
    description = cell(page, "Tin 00", "description")
    team = row_of(page, "Tin 00").locator(".whole").filter(has_text="Technical Support").first
    expect(team).to_be_visible()
    assert team.evaluate("node => node.scrollWidth <= node.clientWidth")
    said = row_of(page, "Tin 00").locator(".long .whole").first
    assert said.evaluate("node => node.scrollHeight <= node.clientHeight")

    def width() -> float:
        return float(description.evaluate("node => node.getBoundingClientRect().width"))

    before = width()
    page.set_viewport_size({"width": 2400, "height": 1080})

    def takes_what_is_left() -> None:
        assert width() > before + 60

    soon(page, takes_what_is_left)
    tools = row_of(page, "Tin 00").locator(".tools button").first
    assert tools.evaluate(
        "node => node.closest('.scroll').getBoundingClientRect().right"
        " - node.getBoundingClientRect().right < 48"
    )


def test_the_head_stays_in_sight_among_many_rows(served: Bakery) -> None:
    page = served.open(query="table=kpis")
    cell(page, "Tin 59", "low").focus()
    top = page.locator(f"{TABLE} th").nth(4).bounding_box()
    last = cell(page, "Tin 59", "low").bounding_box()
    assert top is not None
    assert last is not None
    assert 0 <= top["y"] < last["y"] < 1080
    page.set_viewport_size({"width": 1100, "height": 800})
    cell(page, "Tin 59", "description").focus()
    name, head = cell(page, "Tin 59", "kpi"), page.locator(f"{TABLE} th").first
    for place in (name.bounding_box(), head.bounding_box()):
        assert place is not None
        assert 0 <= place["x"] < 200


@pytest.mark.parametrize("table", ["kpis", "teams", "people", "cycles"])
def test_what_can_be_done_with_a_row_is_in_sight(served: Bakery, table: str) -> None:
    page = served.open(query=f"table={table}")
    archive = page.locator(f"{TABLE} .tools button").last
    page.mouse.move(0, 0)
    assert (
        archive.evaluate(
            "node => { let seen = 1; for (; node.parentElement; node = node.parentElement)"
            " seen *= Number(getComputedStyle(node).opacity); return seen; }"
        )
        == 1
    )


def test_a_new_team_is_part_of_the_company(served: Bakery) -> None:
    page = served.open(query="table=teams")
    page.get_by_role("button", name="Add a team").click()
    form = page.locator(f"{TABLE} .fresh")
    expect(form.get_by_label("Part of")).to_have_value("Bakery")
    form.get_by_label("Team").fill("Counter")
    page.keyboard.press("Enter")
    cell(page, "Counter", "team").wait_for()
    query = "SELECT p.name FROM team t JOIN team p ON p.id = t.parent_id WHERE t.name = :name"
    assert served.one(query, "Counter") == "Bakery"


def test_what_is_added_is_shown_whatever_was_searched_for(served: Bakery) -> None:
    page = served.open(query="table=kpis&find=Crust")
    page.get_by_role("button", name="Add a KPI").click()
    page.keyboard.type("Rye")
    page.keyboard.press("Enter")
    cell(page, "Rye", "kpi").wait_for()
    expect(state(page, "Rye")).to_have_text("✓ Added")
    assert "find=" not in page.url
    # In a team that is not looked at, it is said to be there.
    page.goto(f"{served.url}/settings?table=kpis&team=Ovens")
    page.get_by_role("button", name="Add a KPI").click()
    page.keyboard.type("Spelt")
    page.locator(f"{TABLE} .fresh").get_by_label("Team").fill("Bakery")
    page.keyboard.press("Enter")
    message(page, "Added. It is not listed here")


def test_who_goes_hands_all_to_somebody_else(served: Bakery) -> None:
    page = served.open(query="table=people")
    page.get_by_role("button", name="Archive Bo").click()
    page.get_by_role("button", name="Archive", exact=True).click()
    message(page, "“Bo” still owns Heat")
    assert shut_out(page) == []
    heir = page.get_by_label("Hand all of Bo to")
    expect(heir).to_be_focused()
    heir.select_option("Ana")
    page.get_by_role("button", name="Hand over").click()
    message(page, "They leave all lists")
    page.get_by_role("button", name="Archive", exact=True).click()
    expect(cell(page, "Bo", "person")).to_have_count(0)
    owner = (
        "SELECT person.name FROM kpi_terms JOIN kpi ON kpi.id = kpi_id"
        " JOIN person ON person.id = owner_id WHERE kpi.name = :name ORDER BY kpi_terms.id DESC"
    )
    assert served.one(owner, "Heat") == "Ana"


def test_a_kpi_begins_from_an_example(served: Bakery) -> None:
    page = served.open(query="table=kpis&team=Ovens")
    page.get_by_role("button", name="Use an example").click()
    page.get_by_text("Added to Ovens").wait_for()
    assert shut_out(page) == []
    add = page.get_by_test_id("stPopoverBody").get_by_role("button", name="Add").first
    example = library()[0].kpis[0]
    add.click()
    cell(page, example.name, "kpi").wait_for()
    assert served.range_of(example.name) == (example.low, example.high)
    expect(page.get_by_text("✓ the team has it")).to_be_visible()
    expect(add).to_be_disabled()
