"""Every name on the list of one's own leads to where the thing stands, as a link does."""

import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from data.company.fields import TeamRow
from tests.browser.standing import Standing
from tests.browser.update_list import NOW, ROAD, Bakery, bakery, row
from tests.browser.windows import Windows

OBJECTIVE = ".st-key-key_results .objective"


@pytest.fixture
def shop(stand: Callable[[str], Standing], windows: Windows) -> Bakery:
    """Give a bakery below another team: what is looked at is not what a name leads to."""
    teams = [TeamRow(team="Guild"), TeamRow(team="Bakery", parent="Guild")]
    return Bakery(stand(NOW), windows, replace(bakery(), teams=teams))


def looked_at(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_a_key_result_opens_in_a_new_tab_on_its_team_cycle_and_day(shop: Bakery) -> None:
    page = shop.open(query="?as_of=2026-11-17")
    named = row(page, "Regulars").get_by_role("link", name="Regulars")
    # The page leaves the cycle out of its address, which is the one that it opens by itself.
    expect(named).to_have_attribute("href", re.compile(r"\?team=Bakery&cycle=Q4&focus=key"))
    with page.context.expect_page() as opened:
        named.click(modifiers=["ControlOrMeta"])
    expect(opened.value.locator(OBJECTIVE)).to_contain_text("Regulars", timeout=30_000)
    assert looked_at(opened.value) == {
        "team": ["Bakery"],
        "as_of": ["2026-11-17"],
        "focus": [f"key result {shop.key_result('Regulars')}"],
    }
    expect(page).to_have_url(re.compile("/update"))


def test_a_plain_click_takes_no_key_result_for_the_kpi_of_its_number(shop: Bakery) -> None:
    page = shop.open(query="?as_of=2026-11-17")
    row(page, "Regulars").get_by_role("link", name="Regulars").click()
    expect(page.locator(OBJECTIVE)).to_contain_text("Regulars", timeout=30_000)
    expect(page).to_have_url(re.compile("focus=key"))
    query = looked_at(page)
    assert query["focus"] == [f"key result {shop.key_result('Regulars')}"]
    assert (query["team"], query["as_of"]) == (["Bakery"], ["2026-11-17"])


def test_an_objective_and_a_team_lead_to_their_cockpit(shop: Bakery) -> None:
    page = shop.open()
    row(page, "Tastings").get_by_role("link", name=ROAD["objective"]).click()
    expect(page.locator(OBJECTIVE)).to_contain_text("Tastings", timeout=30_000)
    expect(page).to_have_url(re.compile("focus=objective"))
    page = shop.open()
    row(page, "Crust").get_by_role("link", name="Bakery").click()
    expect(page.locator(".st-key-gauges")).to_contain_text("Crust", timeout=30_000)
    expect(page).to_have_url(re.compile("team=Bakery"))
