"""A newcomer on the sample company: the first drift is found, understood and decided."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser import top_line
from tests.browser.windows import Windows
from tests.journeys.counting import WithMouse
from tests.serving import serving

DRIFTING = "First response time"
WHO, REASON = "Ines Halvorsen", "new farms settle"


def test_a_newcomer_finds_understands_and_decides(tmp_path: Path, windows: Windows) -> None:
    with serving(f"sqlite:///{tmp_path / 'milepost.db'}", tmp_path / "log") as url:
        page = windows.open(url, width=1366, height=768)
        hands = WithMouse(page)
        # What is invented is said, and what drifts is in sight without a scroll.
        expect(page.get_by_text("Sample company")).to_be_in_viewport(timeout=60_000)
        cards = page.locator(".st-key-decisions")
        card = cards.locator(".card").filter(has_text=DRIFTING).first
        acknowledge = card.get_by_role("button", name="Acknowledge")
        expect(acknowledge).to_be_in_viewport()
        # How do we know? One click shows the whole history and the numbers.
        how = card.get_by_role("link", name="How do we know?")
        hands.click(how.or_(card.get_by_role("button", name="Look closer")).first)
        expect(page).to_have_url(re.compile("/kpi"), timeout=30_000)
        expect(page.get_by_text("Rising from 2.2 to 2.9").first).to_be_in_viewport()
        expect(page.get_by_text("standard errors above").first).to_be_visible()
        hands.go_back()
        expect(acknowledge).to_be_visible(timeout=30_000)
        hands.click(page.locator(f"{top_line.TOP} .drop.person .opens"))
        hands.write(WHO.split()[0])
        hands.press("Enter")
        expect(top_line.said(page, "person")).to_have_text(WHO)
        hands.click(acknowledge)
        hands.write(REASON)
        hands.press("Enter")
        expect(page.locator(".st-key-toast")).to_contain_text("Acknowledged: look again")
    assert hands.clicks <= 3, hands
    assert hands.keys <= len(WHO.split()[0]) + len(REASON) + 3, hands
