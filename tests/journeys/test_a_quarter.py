"""A quarter of the scripted year at the screen: slipped, rerouted, certified, confirmed, closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import Engine

from data.core.database import open_database
from data.okrs.fields import CheckInRow, KeyResultRow, ObjectiveRow
from tests.browser.windows import KEYS, Windows
from tests.data.builders import Clock, bring, rows
from tests.data.okrs.scripted_year import NAMES, Year, begin, expected
from tests.journeys.counting import WithMouse
from tests.serving import serving

SLIPPED, CERTIFIED, OVER = 28, 30, 39
"""The Mondays on which people come to the screen."""

SAYS = {
    "undecided": "out of range for",
    "relapsed": "slipped again · second time",
    "under way": "weeks held",
    "certified": "certified, to be confirmed",
    "on probation": "weeks held once more",
    "calm": "since the week before",
}
"""What a gauge says of each state of the table that was written by hand."""

OF = {"cycle": "Q3", "team": "Shop", "objective": "More come back"}


class Quarter:
    """The year up to a quarter, and those who look at it on some Mondays."""

    def __init__(self, engine: Engine, clock: Clock, windows: Windows) -> None:
        self.engine, self.windows = engine, windows
        self.folder = Path(engine.url.database or "").parent
        self.year = Year(engine, clock)
        begin(engine)
        self.year.read(0)
        for week in range(SLIPPED):
            self.year.act(week)
            self.year.read(week + 1)
        grow = KeyResultRow(**OF, key_result="Orders", start=20, target=80, owner="Ana")
        bring(engine, objectives=[ObjectiveRow(**OF, owner="Ana")], key_results=[grow])

    @contextmanager
    def screen(self) -> Iterator[str]:
        """Serve the company on the Monday that it is; give the address."""
        with serving(self.engine.url.render_as_string(), self.folder / "log") as url:
            KEYS[url] = self.folder / "cookie.key"
            yield url
            assert self.windows.take_back() == []

    def look(self, address: str) -> Page:
        return self.windows.open(address, name="Ana")


@pytest.fixture
def file(sqlite_url: str) -> Iterator[Engine]:
    """Give an open database with empty tables."""
    engine = open_database(sqlite_url)
    yield engine
    engine.dispose()


def gauge(page: Page, name: str) -> Locator:
    return page.locator(".st-key-gauges .card", has=page.locator("h3", has_text=name))


def card(page: Page, name: str) -> Locator:
    return page.locator(".st-key-decisions .card", has=page.locator("h3", has_text=name))


def stands_as_written(page: Page, week: int, **since: str) -> None:
    """Hold that each gauge says what the table says of that Monday, but where people acted."""
    for name in NAMES:
        expect(gauge(page, name)).to_contain_text(
            SAYS[since.get(name) or expected(name, week)], timeout=30_000
        )


def test_a_quarter_from_a_relapse_to_a_closed_cycle(
    file: Engine, monkeypatch: pytest.MonkeyPatch, windows: Windows
) -> None:
    quarter = Quarter(file, Clock(monkeypatch), windows)
    with quarter.screen() as url:
        reroute(quarter.look(f"{url}/?team=Shop"))
        aim_on_the_way(quarter.look(f"{url}/okrs?team=Shop&cycle=Q3"))
    for week in range(SLIPPED + 1, CERTIFIED + 1):
        quarter.year.read(week)
    with quarter.screen() as url:
        confirm_and_dismiss(quarter.look(f"{url}/?team=Shop"))
    for week in range(CERTIFIED + 1, OVER + 1):
        quarter.year.read(week)
        if week < OVER:
            quarter.year.act(week)
    last = CheckInRow(**OF, key_result="Orders", date=date(2026, 9, 29), value=65)
    bring(file, check_ins=[last])
    with quarter.screen() as url:
        close(quarter.look(f"{url}/okrs?team=Shop&cycle=Q3&view=closing"))
        judge(quarter.look(f"{url}/drift?team=Shop"))
    states = quarter.year.states(OVER)
    assert states == {name: expected(name, OVER) for name in NAMES}
    (score,) = rows(file, "key_result_score")
    assert (score["score"], score["reason"]) == (0.8, "Two came late.")
    assert [row["helped"] for row in rows(file, "learning") if row["helped"]] == ["We rang."]


def reroute(page: Page) -> None:
    """Reroute what slipped again, in two clicks and without a word typed."""
    hands = WithMouse(page)
    stands_as_written(page, SLIPPED)
    hands.click(card(page, "Returns").get_by_role("button", name="Reroute"))
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_label("Weeks to hold")).to_have_value("12")
    hands.click(drawer.get_by_role("button", name="Create the recovery"))
    expect(page.locator(".st-key-toast")).to_contain_text("has begun", timeout=20_000)
    expect(drawer).to_have_count(0)
    lanes = page.locator(".st-key-key_results")
    expect(lanes).to_contain_text("Returns comes back and stays")
    expect(lanes).to_contain_text("0 of 12 weeks held")
    stands_as_written(page, SLIPPED, Returns="under way")
    assert hands.clicks <= 2, hands
    assert hands.keys == 0, hands


def aim_on_the_way(page: Page) -> None:
    """Give a key result a target on its way."""
    page.get_by_role("button", name="Targets on the way").click(timeout=30_000)
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("year, By, target 1").click()
    page.keyboard.type("20260815")
    drawer.get_by_label("To be at, target 1").fill("50")
    drawer.get_by_role("button", name="Save the targets").click()
    expect(drawer).to_have_count(0, timeout=20_000)


def confirm_and_dismiss(page: Page) -> None:
    """Dismiss a typing error, and confirm that something is back."""
    stands_as_written(page, CERTIFIED)
    lanes = page.locator(".st-key-key_results")
    expect(lanes).to_contain_text("50 by 15 Aug")
    leads = card(page, "Leads")
    leads.get_by_role("button", name="Act").click()
    leads.locator(".kinds").get_by_role("button", name="Dismiss").click()
    page.keyboard.type("a typo")
    leads.get_by_role("button", name="Dismiss reading").click()
    expect(page.locator(".st-key-toast")).to_contain_text("Dismissed")
    card(page, "Answers").get_by_role("button", name="Confirm it is back").click()
    stands_as_written(page, CERTIFIED, Leads="calm", Answers="on probation")


def close(page: Page) -> None:
    """Score what is over, and write down what was learned."""
    # What recovers is scored here as well, each in a form of its own.
    objective = page.locator('[class*="st-key-card-closing"]').filter(has_text=OF["objective"])
    expect(objective.get_by_text("score 0.75")).to_be_visible(timeout=30_000)
    score = objective.get_by_role("spinbutton")
    score.fill("0.8")
    score.press("Tab")
    objective.get_by_label("Why, if it is another").fill("Two came late.")
    objective.get_by_label("What helped").fill("We rang.")
    objective.get_by_role("button", name="Close it with this").click()
    expect(page.get_by_text("score 0.80")).to_be_visible(timeout=30_000)


def judge(page: Page) -> None:
    """Say whether a drift that is over was real."""
    asked = page.get_by_text("Drifts that are over: were they real?")
    expect(asked).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="It was real").click()
    expect(asked).to_have_count(0)
