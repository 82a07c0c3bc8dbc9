"""Somebody on a train: five numbers are due, and two minutes are left."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import scrolls_sideways
from tests.browser.standing import Standing
from tests.browser.update_list import LIST, NOW, Bakery, bakery, row, safe, value
from tests.browser.windows import Windows
from tests.journeys.counting import Hands

NUMBERS = {"Crust": "9.1", "Margin": "9.2", "Regulars": "24", "Tastings": "25"}


def save(page: Page, name: str) -> Locator:
    return row(page, name).get_by_role("button", name="Save", exact=True)


def tops(page: Page) -> list[float]:
    """Give where each name stands, from the first of them down."""
    tops = [box["y"] for name in page.locator(f"{LIST} h4").all() if (box := name.bounding_box())]
    return [round(top - tops[0]) for top in tops]


def test_five_updates_on_a_phone(stand: Callable[[str], Standing], windows: Windows) -> None:
    shop = Bakery(stand(NOW), windows, bakery())
    page = shop.look("update", f"{LIST} .entry", "Ana", width=390, height=844, touch=True)
    sentence = page.locator(f"{LIST} .sentence")
    expect(sentence).to_have_text("5 things are due, 2 of them late.")
    expect(row(page, "Crust")).to_contain_text("ideal from 5\u00a0%")
    expect(row(page, "Regulars")).to_contain_text("target 50\u00a0people")
    before, hands = tops(page), Hands(page)
    hands.tap(value(page, "Crust"))
    for name, number in NUMBERS.items():
        expect(value(page, name)).to_be_focused()
        hands.write(number)
        button = save(page, name).bounding_box()
        assert button is not None
        assert button["height"] >= 44
        # What is as it was is said in one tap, which saves what is being typed too.
        still = row(page, "Waste").get_by_role("button", name="still 9 %")
        hands.tap(still if name == "Margin" else save(page, name))
    for name in (*NUMBERS, "Waste"):
        safe(page, name)
    expect(sentence).to_contain_text("Nothing of yours is due")
    expect(page.locator(f"{LIST} section h3")).to_have_text(
        ["Due: all done ✓", "Late: all done ✓", "Later (0)"]
    )
    assert sorted(shop.values()) == sorted(
        (*((name, float(text)) for name, text in NUMBERS.items()), ("Waste", 9.0))
    )
    # A tap into the first field, one after each number that is typed, and a key a sign.
    assert hands.taps <= 5, hands
    assert hands.keys <= 10, hands
    assert tops(page) == before
    assert not scrolls_sideways(page)
