"""The pages to type in, in light and dark, on a screen and on a phone: for everybody."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from data.company.fields import PersonRow, TeamRow
from data.content.sample import sample_company
from data.exchange.tables import Tables
from data.exchange.write import write
from data.kpis.fields import KpiRow
from data.okrs.fields import KeyResultRow, ObjectiveRow
from models import Cadence, ObjectiveState
from tests.browser import top_line
from tests.browser.axe import SCHEMES, SIZES, in_light_and_dark, scrolls_sideways, shut_out
from tests.browser.standing import Standing
from tests.browser.windows import Windows
from tests.serving import NOW, TODAY

OKRS, TABLE, LIST = ".st-key-okrs", ".st-key-settings", ".st-key-update"
DONE = ".st-key-done"
NAME = "Ines Halvorsen"
DRAFT = {"cycle": "Q4 2026", "team": "Sales", "objective": "Increase conversion by 10 %"}


@pytest.fixture(scope="module")
def app(stand: Callable[[str], Standing]) -> str:
    """Serve the sample's numbers with a draft that the coach has something to say about."""
    tables = sample_company(TODAY)
    tables.objectives.append(ObjectiveRow(**DRAFT, state=ObjectiveState.DRAFT))
    tables.key_results.append(KeyResultRow(**DRAFT, key_result="Launch a campaign"))
    standing = stand(NOW)
    standing.fill(tables)
    return standing.url


@pytest.fixture
def open_page(app: str, windows: Windows) -> Callable[[str], Page]:
    """Give a function that opens a page of the company."""
    return lambda path: windows.open(f"{app}/{path}", name=NAME)


def nobody_is_shut_out(page: Page) -> None:
    for scheme in in_light_and_dark(page):
        # What is there and how it is called is the same in the dark.
        assert shut_out(page, colours_alone=scheme == "dark") == []


def all_right(page: Page) -> None:
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        nobody_is_shut_out(page)
        assert not scrolls_sideways(page)
    # A laptop at 200 %.
    page.set_viewport_size({"width": 683, "height": 384})
    assert not scrolls_sideways(page)
    page.set_viewport_size({"width": 1920, "height": 1080})


def test_the_table_of_objectives(open_page: Callable[[str], Page]) -> None:
    page = open_page("okrs?team=Sales")
    page.locator(f"{OKRS} .entry .remarks li").first.wait_for(timeout=30_000)
    for kind in ("result", "objective"):
        page.locator(f"{OKRS} .entry.{kind}:not(.new) .more").first.click()
    page.locator(f"{OKRS} .panel select").first.wait_for()
    all_right(page)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_opens_over_the_table(
    app: str, windows: Windows, scheme: Literal["light", "dark"]
) -> None:
    # Streamlit leaves the words of what stands open as they were when the scheme changes.
    page = windows.open(f"{app}/okrs?team=Human+Resources", scheme=scheme, name=NAME)
    opened = {"Use an example": "What does the team do?", "Copy what was left": "Copy as"}
    for name, said in opened.items():
        page.get_by_role("button", name=name).click()
        page.get_by_test_id("stPopoverBody").get_by_text(said).first.wait_for()
        assert shut_out(page, colours_alone=True) == []
        page.keyboard.press("Escape")


def test_the_alignment_tree(open_page: Callable[[str], Page]) -> None:
    page = open_page("okrs?view=tree")
    page.get_by_role("treeitem").first.wait_for(timeout=30_000)
    all_right(page)
    page.get_by_role("treeitem").nth(1).press("Space")
    all_right(page)


@pytest.mark.parametrize("table", ["kpis", "teams", "people", "cycles"])
def test_a_table_of_the_settings_with_a_new_row(
    open_page: Callable[[str], Page], table: str
) -> None:
    page = open_page(f"settings?table={table}&team=Sales")
    page.locator(f"{TABLE} .row").first.wait_for(timeout=30_000)
    page.locator(f"{TABLE} .add").click()
    page.locator(f"{TABLE} .fresh input").first.wait_for()
    all_right(page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(f"{TABLE} .brief").first.click()
    page.locator(f"{TABLE} .row input").first.wait_for()
    nobody_is_shut_out(page)
    assert not scrolls_sideways(page)


def test_what_drops_down_from_the_top_line(open_page: Callable[[str], Page]) -> None:
    page = open_page("")
    top_line.said(page, "person").wait_for(timeout=30_000)
    for name in ("team", "cycle", "day", "person", "search"):
        page.locator(f".st-key-top_line .drop.{name} .opens").click()
        page.locator(f".st-key-top_line .drop.{name} .panel").wait_for()
        nobody_is_shut_out(page)
        page.keyboard.press("Escape")


def test_what_was_done(open_page: Callable[[str], Page]) -> None:
    page = open_page("history")
    page.locator(f"{DONE} summary").first.click(timeout=30_000)
    page.locator(f"{DONE} .rest").wait_for()
    all_right(page)


def test_ones_own_list(open_page: Callable[[str], Page]) -> None:
    page = open_page("update")
    page.locator(f"{LIST} .row").first.wait_for(timeout=30_000)
    all_right(page)


def test_the_page_of_a_kpi(open_page: Callable[[str], Page]) -> None:
    page = open_page("drift")
    page.locator(".st-key-drift .list .name").first.click()
    page.locator('[class*="st-key-chart-"] .js-line').first.wait_for(timeout=30_000)
    page.get_by_text("How do we know?").click()
    all_right(page)


def changes() -> Tables:
    """Give rows that would be new, changed and equal."""
    return Tables(
        teams=[
            TeamRow(team="Sales", parent="Alderquay", check_in_time="10:00"),
            TeamRow(team="Export", parent="Sales"),
        ],
        people=[PersonRow(person="Somebody New")],
        kpis=[
            KpiRow(
                team="Sales",
                kpi="Conversion rate",
                unit="per cent",
                low=1,
                high=99,
                cadence=Cadence.WEEKLY,
            )
        ],
    )


def drop(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(path)


def test_what_an_import_would_do(open_page: Callable[[str], Page], tmp_path: Path) -> None:
    page = open_page("import")
    page.locator("input[type=file]").wait_for(state="attached", timeout=30_000)
    all_right(page)
    write(changes(), tmp_path / "changes.xlsx")
    drop(page, tmp_path / "changes.xlsx")
    page.get_by_text("2 rows new, 1 changed").wait_for(timeout=30_000)
    expect(page.get_by_test_id("stTable")).to_have_count(2)
    all_right(page)


def test_what_is_wrong_with_a_file(open_page: Callable[[str], Page], tmp_path: Path) -> None:
    page = open_page("import")
    (tmp_path / "kpis.csv").write_text("team,kpi,low,colour\nNobody,Waste,some,red\n")
    drop(page, tmp_path / "kpis.csv")
    page.get_by_role("button", name="Download the list").wait_for(timeout=30_000)
    all_right(page)


def test_a_table_that_is_pasted(open_page: Callable[[str], Page]) -> None:
    page = open_page("import")
    table = page.get_by_role("textbox", name="Or paste a table")
    table.fill("Date\tWaste\n03/04/2026\t1,234\n05/06/2026\t2,345\n")
    page.get_by_role("button", name="Read it").click()
    page.get_by_text("Which day is it?").wait_for(timeout=30_000)
    all_right(page)


def test_a_spreadsheet_of_any_layout(open_page: Callable[[str], Page]) -> None:
    page = open_page("import")
    table = page.get_by_role("textbox", name="Or paste a table")
    table.fill("KPI\tUnit\tTarget\tJan 26\tFeb 26\nScrap\t%\t< 4.5\t4.1\tn/a\n")
    page.get_by_role("button", name="Read it").click()
    team = page.get_by_role("group", name="Team of").get_by_placeholder("type its name")
    team.wait_for(timeout=30_000)
    all_right(page)
    team.fill("Sales")
    team.press("Enter")
    page.get_by_text("Check the new KPI").click()
    page.get_by_role("textbox", name="Unit of Scrap").wait_for()
    all_right(page)


def test_a_check_in_before_and_while_it_goes_on(open_page: Callable[[str], Page]) -> None:
    page = open_page("check-in?team=Sales")
    start, heading = page.locator(".start"), page.locator(".stage[open] h1")
    start.or_(heading).first.wait_for(timeout=30_000)
    if start.is_visible():
        all_right(page)
        start.click()
    heading.wait_for()
    page.keyboard.press("?")
    page.locator(".help").wait_for()
    all_right(page)
    page.keyboard.press("?")
    page.keyboard.press("n")
    page.locator(".stage .editor").wait_for()
    all_right(page)
