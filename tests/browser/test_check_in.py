"""The shared screen of a check-in: each kind of item can be read from 4 metres."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import Engine, select

from data.core.as_of import table
from data.meetings.commands import start
from data.meetings.views import PlannedItem
from models import AgendaReason
from tests.browser.standing import Standing
from tests.browser.windows import Windows
from tests.serving import NOW

SMALLEST, SHARE = 20, 1 / 12
"""What can be read from 4 metres: pixels of any text, and the value's share of the height."""

SMALL = """smallest => [...document.querySelectorAll("*")].flatMap((host) =>
  [...(host.shadowRoot?.querySelectorAll(".stage *") ?? [])].filter((node) =>
    node.getClientRects().length && !node.matches(".unseen, option") &&
    [...node.childNodes].some((text) => text.nodeType === 3 && text.textContent.trim()) &&
    parseFloat(getComputedStyle(node).fontSize) < smallest)
  .map((node) => `${node.className} ${node.textContent}`))"""


def key_of(engine: Engine, thing: str, name: str) -> int:
    """Give the key of the first thing of a name."""
    named = table(thing)
    column = named.c.what if thing == "action" else named.c.name
    with engine.connect() as connection:
        return int(connection.execute(select(named.c.id).where(column == name)).scalars().first())


def agenda(engine: Engine) -> list[PlannedItem]:
    """Plan an item of each kind."""
    action = key_of(engine, "action", "Ask our carrier for prices by mail instead of by letter")
    drifting = key_of(engine, "kpi", "First response time")
    guarded = key_of(engine, "objective", "A problem solved is a problem gone")
    waited_for = key_of(engine, "key_result", "Visitors who ask for the new sensor")
    settled = key_of(engine, "kpi", "Cost per lead")
    return [
        PlannedItem(AgendaReason.ACTION_DUE, action_id=action),
        PlannedItem(AgendaReason.DRIFTING, kpi_id=drifting),
        PlannedItem(AgendaReason.NOT_UPDATED, key_result_id=waited_for),
        PlannedItem(AgendaReason.GUARDRAIL_BROKEN, kpi_id=drifting, objective_id=guarded),
        PlannedItem(AgendaReason.SETTLED_BETTER, kpi_id=settled),
        PlannedItem(AgendaReason.ARRIVED, key_result_id=waited_for),
        PlannedItem(AgendaReason.OPEN_FLOOR),
    ]


def readable(page: Page) -> None:
    """Hold that no text is too small on all that is in sight."""
    assert page.evaluate(SMALL, SMALLEST) == []


def test_each_kind_of_item_can_be_read_from_four_metres(
    app: str, stand: Callable[[str], Standing], windows: Windows
) -> None:
    engine = stand(NOW).engine
    planned = agenda(engine)
    team = {"team_id": key_of(engine, "team", "Alderquay")}
    start(engine, person_id=key_of(engine, "person", "Ines Halvorsen"), **team, agenda=planned)
    page = windows.open(f"{app}/check-in", name="Ines Halvorsen")
    stage = page.locator(".stage")
    for at, item in enumerate(planned, start=1):
        expect(stage.locator(".bar")).to_contain_text(f"{at} of {len(planned)}", timeout=30_000)
        readable(page)
        number = stage.locator(".number b")
        assert number.count() == (item.reason is not AgendaReason.OPEN_FLOOR)
        if number.count():
            size = number.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
            assert size >= 1080 * SHARE
        if at < len(planned):
            page.keyboard.press("ArrowRight")
    for key, part in (("a", ".editor"), ("?", ".help")):
        page.keyboard.press(key)
        expect(stage.locator(part)).to_be_visible()
        readable(page)
        page.keyboard.press("Escape")
    page.keyboard.press("ArrowLeft")
    expect(stage.locator(".bar")).to_contain_text(f"{len(planned) - 1} of")
    page.keyboard.press("v")
    expect(stage.locator(".ballot")).to_be_visible()
    readable(page)
