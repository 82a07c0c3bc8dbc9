"""A leader gets a link: what is wrong there, why, and who does what about it by when."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from data.content.sample import sample_company
from tests.browser.standing import Standing
from tests.browser.windows import Windows
from tests.journeys.counting import WithMouse
from tests.serving import NOW, TODAY

DEED = "Ring the trial farms"


@pytest.fixture
def company(stand: Callable[[str], Standing]) -> str:
    """Serve the sample's numbers as a team's own; give its address."""
    standing = stand(NOW)
    standing.fill(sample_company(TODAY))
    return standing.url


def test_from_a_link_to_a_decision(company: str, windows: Windows) -> None:
    link = f"{company}/?team=Technical+Support"
    page = windows.open(link, name="Ines Halvorsen", width=1366, height=768)
    hands = WithMouse(page)
    worst = page.locator(".st-key-decisions .card").first
    expect(worst).to_contain_text("First response time", timeout=30_000)
    hands.click(worst.get_by_role("link", name="How do we know?"))
    head = page.locator(".st-key-head")
    first = head.get_by_text("Rising from 2.2 to 2.9")
    expect(first).to_be_in_viewport()
    expect(first).to_contain_text("nearly all from Hours trial farms waited")
    assert "team=Technical+Support" in page.url
    expect(head.get_by_text("standard errors above")).to_be_in_viewport()
    expect(page.get_by_text("Nobody has decided")).to_be_visible()
    hands.click(page.get_by_role("button", name="Act", exact=True))
    form = page.get_by_test_id("stPopoverBody")
    # Who and by when are filled in: the owner, a day by which readings can tell.
    expect(form.get_by_label("Who")).to_have_value("Leila Haddad")
    hands.click(form.get_by_label("What", exact=True))
    hands.write(DEED)
    hands.press("Enter")
    expect(page.locator(".st-key-toast")).to_contain_text("Agreed: to be done by")
    expect(page.locator(".st-key-card-actions")).to_contain_text(f"Leila Haddad: {DEED}, by")
    expect(page.get_by_text("Nobody has decided")).to_have_count(0)
    assert hands.clicks <= 3, hands
    assert hands.keys <= len(DEED) + 1, hands
