"""A team checks in by keyboard alone: two screens, from Start to the minutes."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from data.content.sample import sample_company
from tests.browser.standing import Standing
from tests.browser.windows import Windows
from tests.serving import NOW, TODAY

FOLLOWS = 2_000
"""Milliseconds within which every screen shows what the driver shows."""

SMALLEST, SHARE = 20, 1 / 12
"""What can be read from 4 metres: pixels of any text, and the value's share of the height."""

SMALL = """smallest => [...document.querySelectorAll("*")].flatMap((host) =>
  [...(host.shadowRoot?.querySelectorAll(".stage *") ?? [])].filter((node) =>
    node.getClientRects().length && !node.matches(".unseen, option") &&
    [...node.childNodes].some((text) => text.nodeType === 3 && text.textContent.trim()) &&
    parseFloat(getComputedStyle(node).fontSize) < smallest)
  .map((node) => `${node.className} ${node.textContent}`))"""


def heading(page: Page) -> str:
    return page.locator(".stage h1").inner_text()


def test_a_check_in_by_keyboard_is_followed_on_a_phone_and_ends_in_minutes(
    stand: Callable[[str], Standing], windows: Windows
) -> None:
    standing = stand(NOW)
    standing.fill(sample_company(TODAY))
    url = f"{standing.url}/check-in"
    screen = windows.open(url, name="Ines Halvorsen", scheme="dark")
    phone = windows.open(url, name="Leila Haddad", width=390, height=844)
    screen.locator(".start").press("Enter", timeout=60_000)
    expect(screen.locator(".stage h1")).to_be_visible()
    expect(phone.locator(".stage h1")).to_have_text(heading(screen))
    keys = screen.keyboard

    expect(screen.locator(".bar")).to_contain_text("2 here")
    for _ in range(12):
        if "Key results" in screen.locator(".bar").inner_text():
            break
        if screen.locator(".chart").count():
            value = screen.locator(".stage .number b").bounding_box()
            assert value is not None
            assert value["height"] >= 1080 * SHARE
        assert screen.evaluate(SMALL, SMALLEST) == []
        before = heading(screen)
        keys.press("ArrowRight")
        expect(screen.locator(".stage h1")).not_to_have_text(before)
        # Nothing else of the page goes on meanwhile: half of it is the phone's own time.
        expect(phone.locator(".stage h1")).to_have_text(heading(screen), timeout=2 * FOLLOWS)

    # Somebody types on their phone; nobody disturbs them.
    phone.keyboard.press("n")
    phone.keyboard.type("From the phone")
    keys.press("v")
    expect(phone.locator(".ballot")).to_be_visible()
    expect(phone.locator(".editor input")).to_have_value("From the phone")
    phone.keyboard.press("Enter")
    expect(screen.locator(".said")).to_have_text("“From the phone”")
    phone.keyboard.press("1")
    keys.press("4")
    expect(screen.locator(".ballot")).to_contain_text("2 of 2 in")
    keys.press("v")
    expect(phone.locator(".votes")).to_contain_text("1sure1doubtful")

    keys.press("a")
    keys.type("Ring the depot")
    keys.press("Enter")
    expect(screen.locator(".editor")).to_have_count(0)
    # What was agreed by mistake is taken back by one key.
    expect(screen.locator(".told")).to_contain_text("Agreed: to be done by")
    keys.press("z")
    expect(screen.locator(".told")).to_have_text("Taken back.")
    keys.press("a")
    keys.type("Ring the shops")
    keys.press("Enter")
    expect(screen.locator(".told")).to_contain_text("Agreed: to be done by")
    before = heading(screen)
    keys.press("k")
    expect(screen.locator(".stage h1")).not_to_have_text(before)
    for _ in range(12):
        if screen.get_by_role("button", name="End the check-in").count():
            break
        before = heading(screen)
        keys.press("ArrowRight")
        expect(screen.locator(".stage h1")).not_to_have_text(before)
    keys.press("ArrowRight")
    minutes = screen.locator(".minutes")
    expect(minutes).to_contain_text(re.compile(r"Check-in of Alderquay"))
    for said in ("From the phone", "1 sure, 1 doubtful", "Ring the shops", "parked for next time"):
        expect(minutes).to_contain_text(said)
    expect(minutes).not_to_contain_text("Ring the depot")
    expect(phone.locator(".minutes")).to_contain_text("Ring the shops")
