"""A drift on the cockpit becomes a recovery: filled in from the facts, created in two clicks."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from data.content.sample import sample_company
from tests.browser.standing import Standing
from tests.browser.windows import Windows
from tests.journeys.counting import WithMouse
from tests.serving import NOW, TODAY

KPI = "First response time"


@pytest.fixture
def company(stand: Callable[[str], Standing]) -> str:
    """Serve the sample's numbers as a team's own; give its address."""
    standing = stand(NOW)
    standing.fill(sample_company(TODAY))
    return standing.url


def test_from_a_card_to_a_recovery(company: str, windows: Windows) -> None:
    link = f"{company}/?team=Technical+Support"
    page = windows.open(link, name="Leila Haddad", width=1366, height=768)
    hands = WithMouse(page)
    worst = page.locator(".st-key-decisions .card").first
    expect(worst).to_contain_text(KPI, timeout=30_000)
    hands.click(worst.get_by_role("button", name=f"Reroute: {KPI}"))
    drawer = page.get_by_role("dialog")
    objective = f"{KPI} comes back and stays: begin with Hours trial farms waited"
    expect(drawer.get_by_label("Objective", exact=True)).to_have_value(objective)
    expect(drawer.get_by_label("Weeks to hold")).to_have_value("12")
    expect(drawer).to_contain_text("It is a guardrail of “A problem solved is a problem gone”")
    hands.click(drawer.get_by_role("button", name="Create the recovery"))
    expect(page.locator(".st-key-toast")).to_contain_text("has begun", timeout=20_000)
    expect(drawer).to_have_count(0)
    lanes = page.locator(".st-key-key_results")
    expect(lanes).to_contain_text(objective)
    expect(lanes).to_contain_text("0 of 12 weeks held")
    expect(page.locator(".st-key-gauges")).to_contain_text("rerouted")
    assert hands.clicks <= 2, hands
    assert hands.keys == 0, hands
