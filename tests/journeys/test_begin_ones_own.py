"""A newcomer begins with a company of their own, sees what is still to be done, and goes back."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import top_line
from tests.browser.axe import scrolls_sideways, shut_out
from tests.browser.walking import cut_or_colliding
from tests.browser.windows import Windows, soon
from tests.journeys.counting import WithMouse
from tests.serving import serving

COMPANY, NAME, TEAM = "Brotwerk", "Ines", "Bakery"
WIDTHS = (1920, 1366, 683, 390)
OWN = "Begin with your own company"


def whole(page: Page) -> None:
    def holds() -> None:
        assert cut_or_colliding(page) == []
        assert not scrolls_sideways(page)

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 1080 if width > 390 else 844})
        soon(page, holds)
    page.set_viewport_size({"width": 1366, "height": 768})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        soon(page, lambda: _shuts_nobody_out(page))


def _shuts_nobody_out(page: Page) -> None:
    assert shut_out(page, colours_alone=True) == []


def test_a_newcomer_begins_with_three_names(tmp_path: Path, windows: Windows) -> None:
    with serving(f"sqlite:///{tmp_path / 'milepost.db'}", tmp_path / "log") as url:
        page = windows.open(url, width=1366, height=768)
        hands = WithMouse(page)
        expect(page.get_by_text("Sample company")).to_be_in_viewport(timeout=60_000)
        hands.click(page.get_by_role("link", name=OWN))
        company = page.get_by_label("What is your company called?")
        expect(company).to_be_visible(timeout=30_000)
        whole(page)
        hands.click(company)
        for text in (COMPANY, NAME, TEAM):
            hands.write(text)
            hands.press("Enter" if text == TEAM else "Tab")
        # Nobody's invented name was picked, and none was taken for it.
        expect(page.get_by_text("First steps: 1 of 5 done")).to_be_in_viewport(timeout=30_000)
        expect(top_line.said(page, "person")).to_have_text(NAME)
        expect(top_line.said(page, "team")).to_have_text(COMPANY)
        expect(page.get_by_text("Sample company")).to_have_count(0)
        assert hands.clicks <= 2, hands
        assert hands.keys <= len(COMPANY + NAME + TEAM) + 3, hands
        whole(page)
        # Each step leads to where it is done.
        hands.click(page.get_by_role("link", name="Add a gauge"))
        expect(page).to_have_url(re.compile("/settings"), timeout=30_000)
        expect(page.get_by_role("radio", name="KPIs")).to_be_checked(timeout=30_000)
        hands.click(page.get_by_role("link", name="Cockpit"))
        hands.click(page.get_by_role("link", name="List your colleagues"))
        expect(page.get_by_role("radio", name="People")).to_be_checked(timeout=30_000)
        hands.click(page.get_by_role("link", name="Cockpit"))
        hands.click(page.get_by_role("button", name="Put away"))
        expect(page.get_by_text("First steps")).to_have_count(0)
        page.reload()
        expect(page.get_by_text("Nothing is measured here yet.")).to_be_visible(timeout=30_000)
        expect(page.get_by_text("First steps")).to_have_count(0)
        # All of it is one step, and one step back.
        page.goto(f"{url}/history")
        expect(page.get_by_text("began the company")).to_be_visible(timeout=30_000)


def test_a_newcomer_takes_it_back_or_drops_a_spreadsheet(tmp_path: Path, windows: Windows) -> None:
    with serving(f"sqlite:///{tmp_path / 'milepost.db'}", tmp_path / "log") as url:
        page = windows.open(f"{url}/begin", width=1366, height=768)
        company = page.get_by_label("What is your company called?")
        # The sample company is made first.
        expect(company).to_be_visible(timeout=60_000)
        company.fill(COMPANY)
        page.get_by_label("What is your name?").fill(NAME)
        page.get_by_role("button", name="Begin", exact=True).click()
        toast = page.locator(".st-key-toast")
        expect(toast).to_contain_text("Brotwerk has begun.", timeout=60_000)
        toast.get_by_role("button", name="Undo").click()
        hands = WithMouse(page)
        own = page.get_by_role("link", name=OWN)
        expect(own).to_be_visible(timeout=30_000)
        hands.click(own)
        page.get_by_label("What is your name?").fill(NAME)
        hands.click(page.get_by_role("button", name="Drop a spreadsheet instead"))
        expect(page).to_have_url(re.compile("/import"), timeout=30_000)
        expect(top_line.said(page, "person")).to_have_text(NAME)
        assert hands.clicks == 2
