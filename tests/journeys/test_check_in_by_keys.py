"""Five check in by keyboard alone, from Start to the minutes, with a power cut in the middle."""

import re
from collections.abc import Callable
from statistics import median

from playwright.sync_api import expect

from components.ui import formatting
from data.content.sample import sample_company
from tests.browser.standing import Standing
from tests.browser.windows import Windows
from tests.serving import NOW, TODAY

MEDIAN, MOST = 2_000, 6_000
"""Milliseconds in which other screens show what the driver's does: as a rule, and at most."""

BACK = 60_000
"""Milliseconds in which a screen finds a server again that was gone."""

CONNECTED = "[data-testid=stApp][data-test-connection-state=CONNECTED]"

FOLLOW = """() => {
  window.seen = [];
  setInterval(() => {
    const roots = [...document.querySelectorAll("*")].map((node) => node.shadowRoot);
    const found = roots.map((root) => root?.querySelector(".stage[open] h1"));
    const shown = found.find(Boolean)?.textContent;
    if (shown && shown !== window.seen.at(-1)?.[0]) window.seen.push([shown, Date.now()]);
  }, 50);
}"""
"""Has a page note which item it shows since when."""


class Room:
    """Those who check in, each at a screen of their own; the first one leads."""

    def __init__(self, standing: Standing, windows: Windows) -> None:
        url = f"{standing.url}/check-in"
        self.driver = windows.open(url, name="Ines Halvorsen", scheme="dark")
        self.driver.locator(".start").press("Enter", timeout=60_000)
        self.phone = windows.open(url, name="Leila Haddad", width=390, height=844)
        names = ("Priya Raman", "Sofia Marchetti", "Marek Dvorsky")
        seats = [windows.open(url, name=name, width=1366, height=768) for name in names]
        self.priya, self.sofia, self.marek = seats
        self.others = (self.phone, *seats)
        self.all = (self.driver, *self.others)
        for page in self.all:
            expect(page.locator(".stage h1")).to_be_visible(timeout=30_000)
            page.evaluate(FOLLOW)

    def item(self) -> str:
        return self.driver.locator(".stage h1").inner_text()

    def go(self, key: str = "ArrowRight") -> None:
        """Have the driver go on, and all others follow."""
        before = self.item()
        self.driver.keyboard.press(key)
        expect(self.driver.locator(".stage h1")).not_to_have_text(before)
        self.see(self.item())

    def see(self, item: str, within: float = 15_000) -> None:
        for page in self.all:
            expect(page.locator(".stage h1")).to_have_text(item, timeout=within)

    def waits(self) -> list[float]:
        """Give how long after the driver's each other screen showed each item, milliseconds."""
        led, *followed = [page.evaluate("window.seen") for page in self.all]
        return [
            next(at - since for shown, at in seen if shown == item)
            for item, since in led[1:]
            for seen in followed
        ]


def test_five_check_in_by_keyboard_and_a_power_cut_loses_nothing(
    stand: Callable[[str], Standing], windows: Windows
) -> None:
    standing = stand(NOW)
    standing.fill(sample_company(TODAY))
    room = Room(standing, windows)
    keys = room.driver.keyboard
    expect(room.driver.locator(".bar")).to_contain_text("5 here")

    keys.press("e")
    expect(room.driver.locator(".told")).to_contain_text("Ticked off.")
    for _ in range(3):
        room.go()
    three_type_at_once(room)

    room.go()
    item = room.item()
    keys.press("d")
    keys.type("the new line opens in January")
    keys.press("Enter")
    expect(room.driver.locator(".told")).to_contain_text("Acknowledged")
    # What was agreed by mistake is taken back by one key.
    keys.press("a")
    keys.type("Ring the depot")
    keys.press("Enter")
    expect(room.driver.locator(".told")).to_contain_text("Agreed: to be done by")
    keys.press("z")
    expect(room.driver.locator(".told")).to_have_text("Taken back.")

    standing.kill()
    standing.start()
    # What a session alone knew is gone: what is shown now comes from the database.
    expect(room.driver.locator(".told")).to_have_count(0, timeout=BACK)
    for page in room.all:
        expect(page.locator(CONNECTED)).to_have_count(1, timeout=BACK)
    room.see(item)
    expect(room.driver.locator(".bar")).to_contain_text("you lead · 5 here")

    room.go()
    room.go("k")
    all_vote(room)
    room.go()
    keys.press("ArrowRight")
    for page in room.all:
        minutes = page.locator(".minutes")
        expect(minutes).to_contain_text(re.compile("Check-in of Alderquay"))
        for said in (
            "From the phone, put right twice",
            "Ring the shops",
            "the new line opens in January",
            "4 sure, 1 doubtful",
            "parked for next time",
        ):
            expect(minutes).to_contain_text(said)
        expect(minutes).not_to_contain_text("Ring the depot")

    waits = room.waits()
    assert len(waits) == 7 * len(room.others)
    assert median(waits) <= MEDIAN
    assert max(waits) <= MOST


def three_type_at_once(room: Room) -> None:
    """Have three type while the driver pauses and goes on: nobody is disturbed, nothing lost."""
    value = room.driver.locator(".stage .number b").inner_text()
    newer = str(int(re.sub(r"\D", "", value)) + 1)
    typed = {
        "n": (room.phone, "From the phone"),
        "e": (room.priya, newer),
        "a": (room.sofia, "Ring the shops"),
    }
    for key, (page, text) in typed.items():
        page.keyboard.press(key)
        expect(page.locator(".editor :focus")).to_have_count(1)
        page.keyboard.type(text)
    room.driver.keyboard.press("p")
    for page in room.others:
        expect(page.locator(".times")).to_contain_text("paused")
    for page, text in typed.values():
        expect(page.locator(".editor :focus")).to_have_value(text)
        page.keyboard.press("Enter")
    for page, _ in typed.values():
        expect(page.locator(".editor")).to_have_count(0)
    room.driver.keyboard.press("p")
    said = "From the phone"
    # Nobody is told of a conflict with what they saw.
    for page, more in ((room.marek, ", put right"), (room.sofia, " twice")):
        expect(page.locator(".said")).to_have_text(f"“{said}”")
        page.keyboard.press("n")
        page.keyboard.press("End")
        page.keyboard.type(more)
        page.keyboard.press("Enter")
        said += more
    for page in room.all:
        expect(page.locator(".said")).to_have_text(f"“{said}”")
        expect(page.locator(".stage .number b")).to_have_text(formatting.number(int(newer)))
        expect(page.locator(".times")).not_to_contain_text("paused")


def all_vote(room: Room) -> None:
    """Have all say how confident they are, which is shown once the last one has."""
    keys = room.driver.keyboard
    keys.press("v")
    for page in room.others:
        expect(page.locator(".ballot")).to_be_visible()
        page.keyboard.press("1")
    expect(room.driver.locator(".ballot")).to_contain_text("4 of 5 in")
    expect(room.driver.locator(".votes")).to_have_count(0)
    keys.press("4")
    for page in room.all:
        expect(page.locator(".votes")).to_contain_text("4sure1doubtful")
