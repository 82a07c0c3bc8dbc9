"""The table of objectives under quick hands: nothing typed is lost, nothing jumps, all is asked."""

from datetime import date

from playwright.sync_api import Page, expect

from data.company.fields import CycleRow
from data.core.database import data_version
from data.exchange.tables import Tables
from data.identity.people import introduce
from data.kpis.fields import KpiRow
from data.okrs.commands.key_results import amend_key_result
from data.okrs.fields import CheckInRow, KeyResultRow, ObjectiveRow
from models import Ambition, Better, Cadence, ObjectiveState
from tests.browser.axe import scrolls_sideways, shut_out
from tests.browser.okr_table import (
    ROAD,
    TABLE,
    Bakery,
    Serve,
    all_safe,
    around,
    bakery,
    cell,
    entry,
    safe,
    under_way,
)
from tests.browser.top_line import pick

TOAST = ".st-key-toast"
HEAD = f"{TABLE} .head"
DRAFT = {"cycle": "Q4", "team": "Bakery", "objective": "Sourdough for all"}
STATES = (
    "SELECT state FROM objective_terms AS terms JOIN objective ON objective.id = objective_id"
    " WHERE terms.id IN (SELECT max(id) FROM objective_terms GROUP BY objective_id)"
    " AND objective.name = '{}'"
)


def drafted() -> Tables:
    tables = bakery()
    tables.objectives.append(ObjectiveRow(**DRAFT, state=ObjectiveState.DRAFT))
    tables.key_results.append(
        KeyResultRow(**DRAFT, key_result="Loaves", start=1, unit="loaves", owner="Ana")
    )
    return tables


def last_quarter() -> Tables:
    tables = bakery()
    tables.cycles.append(
        CycleRow(cycle="Q3", starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30))
    )
    for name, value, ambition in (
        ("Open a second shop", 58, Ambition.ASPIRATIONAL),
        ("Bake less, sell more", 88, Ambition.COMMITTED),
    ):
        place = {"cycle": "Q3", "team": "Bakery", "objective": name}
        tables.objectives.append(ObjectiveRow(**place, ambition=ambition))
        tables.key_results.append(
            KeyResultRow(**place, key_result=f"Guests of {name}", start=0, target=100)
        )
        tables.check_ins.append(
            CheckInRow(**place, key_result=f"Guests of {name}", date=date(2026, 9, 20), value=value)
        )
    return tables


def state_of(served: Bakery, name: str) -> object:
    return served.asked(STATES.format(name))[0][0]


def more_of(page: Page, name: str) -> None:
    entry(page, name).locator("[data-field='name']").press("Alt+Enter")


def pick_name(page: Page, name: str) -> None:
    pick(page, "person", name)


def test_what_was_typed_before_a_name_was_picked_is_saved_then(serve_bakery: Serve) -> None:
    served = serve_bakery(under_way())
    page = served.open()
    page.context.clear_cookies()
    page.reload()
    cell(page, "Parties", "target").fill("65")
    cell(page, "Parties", "target").press("Enter")
    blank = page.locator(f"{TABLE} .entry.objective.new .row.objective [data-field='name']")
    blank.fill("Nobody bakes alone")
    blank.press("Enter")
    asked = page.locator(f"{TABLE} .objectives [role=alert]", has_text="Pick your name")
    expect(asked).to_have_count(2, timeout=15_000)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    pick_name(page, "Ana")
    safe(page, "Parties")
    safe(page, "Nobody bakes alone")
    assert served.asked("SELECT target FROM key_result_terms ORDER BY id DESC LIMIT 1") == [(65,)]
    assert served.asked("SELECT name FROM objective ORDER BY id DESC LIMIT 1") == [
        ("Nobody bakes alone",)
    ]


def test_the_cycle_starts_after_what_was_typed_is_saved(serve_bakery: Serve) -> None:
    served = serve_bakery(drafted())
    page = served.open()
    start = page.get_by_role("button", name="Start the cycle with these")
    start.click()
    told = page.locator(f"{HEAD} [role=alert]")
    expect(told).to_contain_text("still needs a target for “Loaves”.", timeout=15_000)
    page.locator(HEAD).get_by_role("button", name="Go to the first").click()
    expect(cell(page, "Loaves", "target")).to_be_focused()
    cell(page, "Loaves", "target").fill("9")
    start.click()
    expect(entry(page, DRAFT["objective"])).to_contain_text("● active", timeout=15_000)
    expect(told).to_have_text("")
    expect(start).to_have_count(0)
    expect(page.locator(TOAST)).to_contain_text("The cycle has started.")
    page.locator(TOAST).get_by_role("button", name="Undo").click()
    expect(entry(page, DRAFT["objective"])).to_contain_text("◌ draft", timeout=15_000)


def test_the_cycle_does_not_start_past_what_was_refused(serve_bakery: Serve) -> None:
    served = serve_bakery(drafted())
    page = served.open()
    cell(page, "Loaves", "target").fill("many")
    page.get_by_role("button", name="Start the cycle with these").click()
    expect(page.locator(f"{HEAD} [role=alert]")).to_contain_text("not saved yet", timeout=15_000)
    assert state_of(served, DRAFT["objective"]) == "draft"


def test_who_types_in_a_row_and_puts_it_away_is_no_rival_of_oneself(serve_bakery: Serve) -> None:
    served = serve_bakery(under_way())
    page = served.open()
    more_of(page, "Parties")
    panel = around(page, "result", "Parties").locator(".panel")
    panel.get_by_role("button", name="Archive").click()
    expect(panel).to_contain_text("Archive it? It leaves the table; History keeps it.")
    panel.get_by_role("button", name="Keep it").click()
    expect(panel).to_be_hidden()
    more_of(page, "Parties")
    panel.get_by_role("button", name="Archive").click()
    cell(page, "Parties", "weight").fill("3")
    panel.get_by_role("button", name="Archive").click()
    expect(entry(page, "Parties")).to_have_count(0, timeout=15_000)
    assert served.asked("SELECT withdrawn_at IS NULL FROM key_result WHERE name = 'Parties'") == [
        (0,)
    ]


def test_what_somebody_else_changed_is_asked_before_a_row_goes(serve_bakery: Serve) -> None:
    served = serve_bakery(under_way())
    page = served.open()
    more_of(page, "Parties")
    panel = around(page, "result", "Parties").locator(".panel")
    panel.get_by_role("button", name="Archive").click()
    amend_key_result(
        served.engine,
        person_id=introduce(served.engine, "Bo"),
        key_result_id=served.key("key_result", "Parties"),
        said={"target": "70"},
        base_version=data_version(served.engine),
    )
    cell(page, "Parties", "weight").fill("3")
    panel.get_by_role("button", name="Archive").click()
    asked = around(page, "result", "Parties").locator("[role=alert]")
    expect(asked).to_contain_text("Bo has changed “to” to 70 meanwhile", timeout=15_000)
    assert served.asked("SELECT count(*) FROM key_result WHERE withdrawn_at IS NULL") == [(3,)]


def test_closing_asks_with_the_score_and_says_it(serve_bakery: Serve) -> None:
    served = serve_bakery(last_quarter())
    page = served.open(query="team=Bakery&cycle=Q3&over=yes")
    page.emulate_media(reduced_motion="reduce")
    name = "Open a second shop"
    close = entry(page, name).get_by_role("button", name="Close")
    panel = around(page, "objective", name).locator("> .panel")
    close.click()
    expect(panel).to_contain_text("Close with a score of 0.58? Aspirational: 0.7 is success.")
    expect(panel.get_by_role("button", name="Keep it open")).to_be_focused()
    page.set_viewport_size({"width": 390, "height": 844})
    assert shut_out(page) == []
    assert not scrolls_sideways(page)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.keyboard.press("Escape")
    expect(close).to_be_focused()
    assert state_of(served, name) == "active"
    close.click()
    panel.get_by_role("button", name="Close with 0.58").click()
    expect(entry(page, name)).to_contain_text("■ closed · score 0.58", timeout=15_000)
    expect(page.locator(TOAST)).to_contain_text("Closed with a score of 0.58.")
    said = entry(page, name).locator(".now small")
    assert said.evaluate("(small) => small.scrollWidth <= small.clientWidth")
    assert shut_out(page) == []
    # The focus stays on what can be done next, though it would stand below by now.
    expect(entry(page, name).get_by_role("button", name="Reopen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(close).to_be_focused(timeout=15_000)
    close.click()
    panel.get_by_role("button", name="Close with 0.58").click()
    expect(entry(page, name)).to_contain_text("■ closed", timeout=15_000)
    page.goto(page.url.replace("&over=yes", ""))
    fold = page.locator(f"{TABLE} .fold")
    expect(fold).to_have_text("▸ 1 closed", timeout=20_000)
    expect(entry(page, name)).to_have_count(0)
    fold.press("Enter")
    expect(entry(page, name)).to_contain_text("■ closed · score 0.58", timeout=15_000)
    expect(fold).to_be_focused()
    assert "over=yes" in page.url
    reopen = entry(page, name).get_by_role("button", name="Reopen")
    reopen.focus()
    page.keyboard.press("Enter")
    expect(close).to_be_focused(timeout=15_000)
    expect(fold).to_have_count(0)


def test_a_cycle_that_is_over_is_closed_at_once_and_reopened_at_once(serve_bakery: Serve) -> None:
    served = serve_bakery(last_quarter())
    page = served.open(query="team=Bakery&cycle=Q3&over=yes")
    page.get_by_role("button", name="Close the cycle").press("Enter")
    asked = page.locator(f"{HEAD} .panel")
    expect(asked).to_contain_text("Q3 ended on 30\u00a0Sep. Close each of these with its score?")
    expect(asked.get_by_role("listitem")).to_have_text(
        [
            "Open a second shop · score 0.58 · Aspirational: 0.7 is success.",
            "Bake less, sell more · score 0.88 · Committed: 1.0 is expected.",
        ]
    )
    assert shut_out(page) == []
    asked.get_by_role("button", name="Close all 2").click()
    expect(page.locator(f"{TABLE} .now", has_text="■ closed")).to_have_count(2, timeout=15_000)
    expect(page.get_by_role("button", name="Close the cycle")).to_have_count(0)
    page.locator(TOAST).get_by_role("button", name="Undo").click()
    expect(page.locator(f"{TABLE} .now", has_text="● active")).to_have_count(2, timeout=15_000)


def test_what_nobody_checked_in_can_be_a_draft_again(serve_bakery: Serve) -> None:
    served = serve_bakery(under_way())
    page = served.open()
    more_of(page, ROAD["objective"])
    page.get_by_role("button", name="Back to draft").press("Enter")
    expect(entry(page, ROAD["objective"])).to_contain_text("◌ draft", timeout=15_000)
    start = entry(page, ROAD["objective"]).get_by_role("button", name="Start")
    start.press("Enter")
    close = entry(page, ROAD["objective"]).get_by_role("button", name="Close")
    expect(close).to_be_focused(timeout=15_000)


def test_an_action_is_added_beside_a_row_and_ticked_off(serve_bakery: Serve) -> None:
    served = serve_bakery(under_way())
    page = served.open()
    more_of(page, "Parties")
    row = around(page, "result", "Parties")
    row.get_by_role("button", name="Add an action").press("Enter")
    form = row.get_by_role("form")
    expect(form.get_by_label("Who")).to_have_value("Ana")
    form.get_by_label("What").press("Enter")
    expect(form.get_by_role("alert")).to_contain_text("Say what will be done")
    page.keyboard.type("Ask the baker next door")
    form.get_by_label("By when").fill("2026-10-16")
    assert shut_out(page) == []
    form.get_by_role("button", name="Add action").click()
    tick = row.get_by_role("checkbox", name="Ana: Ask the baker next door, by 16\u00a0Oct")
    expect(tick).to_be_visible(timeout=15_000)
    expect(row.get_by_role("button", name="Add an action")).to_be_focused()
    expect(entry(page, "Parties").locator(".now")).to_contain_text("1 to do")
    tick.press("Space")
    expect(tick).to_have_count(0, timeout=15_000)
    expect(row.get_by_role("button", name="Add an action")).to_be_focused()
    expect(page.locator(TOAST)).to_contain_text("Ticked off.")
    page.locator(TOAST).get_by_role("button", name="Undo").click()
    expect(tick).to_be_visible(timeout=15_000)


def test_a_tab_leads_to_the_next_row_and_the_arrows_to_the_rest(serve_bakery: Serve) -> None:
    served = serve_bakery(under_way())
    page = served.open()
    cell(page, ROAD["objective"], "guardrails").press("Tab")
    expect(cell(page, "Regulars", "name")).to_be_focused()
    cell(page, "Regulars", "kpi").press("Tab")
    expect(cell(page, "Tastings", "name")).to_be_focused()
    cell(page, "Regulars", "kpi").press("ArrowRight")
    more = entry(page, "Regulars").get_by_role("button", name="More for Regulars")
    expect(more).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(cell(page, "Regulars", "kpi")).to_be_focused()
    page.keyboard.press("Alt+Enter")
    expect(page.get_by_role("button", name="↑ Up")).to_be_focused()
    page.keyboard.press("Escape")
    expect(cell(page, "Regulars", "kpi")).to_be_focused()
    expect(more).to_have_attribute("title", "Alt + Enter")


def test_the_tick_and_the_toast_cover_nothing(serve_bakery: Serve) -> None:
    served = serve_bakery(under_way())
    page = served.open(height=420)
    target = cell(page, "Parties", "target")
    target.fill("12345")
    target.press("Enter")
    safe(page, "Parties")
    tick = entry(page, "Parties").locator(".cell.target .tick")
    expect(tick).to_have_text("✓")
    text = target.evaluate(
        "(input) => { const box = input.getBoundingClientRect(),"
        " size = parseFloat(getComputedStyle(input).fontSize);"
        " return box.top + (box.height - size) / 2 }"
    )
    box = tick.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= text
    last = page.locator(f"{TABLE} .entry.objective.new [data-field='name']")
    last.press("Home")
    typed, toast = last.bounding_box(), page.locator(f"{TOAST} .toast").bounding_box()
    assert typed is not None
    assert toast is not None
    assert typed["y"] + typed["height"] <= toast["y"]


def test_no_line_moves_under_who_is_typing(serve_bakery: Serve) -> None:
    served = serve_bakery(drafted())
    page = served.open()
    around(page, "objective", DRAFT["objective"]).locator(".result.new .name input").focus()
    for key in ("Regular guests", "Tab", "Tab", "5", "Tab", "Tab"):
        page.keyboard.press("Tab") if key == "Tab" else page.keyboard.type(key)
    row = around(page, "result", "Regular guests")
    safe(page, "Regular guests")
    before = row.bounding_box()
    assert before is not None
    page.keyboard.type("guests")
    page.keyboard.press("Tab")
    all_safe(page)
    page.wait_for_timeout(600)
    expect(row.locator(".remarks li")).to_have_count(0)
    assert row.bounding_box() == before
    # Who goes on finds the remark, and the cell they went to where it was.
    below = page.locator(f"{TABLE} .entry.objective.new .row.objective")
    page.set_viewport_size({"width": 1920, "height": 400})
    below.scroll_into_view_if_needed()
    name = below.locator(".name input")
    stood = name.bounding_box()
    name.click()
    expect(row.locator(".remarks li")).to_contain_text("still needs a target")
    now = name.bounding_box()
    assert stood is not None
    assert now is not None
    assert abs(now["y"] - stood["y"]) < 1
    # What is said of a row follows what was saved last, wherever one went meanwhile.
    loaves = around(page, "result", "Loaves").locator(".remarks li")
    expect(loaves.first).to_contain_text("target")
    cell(page, "Loaves", "target").fill("9")
    cell(page, "Loaves", "target").press("Enter")
    expect(cell(page, "Regular guests", "target")).to_be_focused()
    expect(loaves.filter(has_text="still needs a target")).to_have_count(0)


def test_the_next_name_of_a_list_is_offered_behind_the_first(serve_bakery: Serve) -> None:
    tables = under_way()
    tables.kpis.append(
        KpiRow(
            team="Bakery", kpi="Salt; sugar", better=Better.LOWER, high=5, cadence=Cadence.WEEKLY
        )
    )
    served = serve_bakery(tables)
    page = served.open()
    guards = cell(page, ROAD["objective"], "guardrails")

    def offered() -> list[str]:
        return guards.evaluate("(input) => [...input.list.options].map(({ value }) => value)")

    guards.focus()
    assert offered() == ["Crust", '"Salt; sugar"', "Waste"]
    page.keyboard.type("Crust; ")
    assert offered() == ['Crust; "Salt; sugar"', "Crust; Waste"]
    page.keyboard.type('"Salt; sugar";W')
    assert offered() == ['Crust; "Salt; sugar";Waste']
    guards.fill('Crust; "Salt; sugar"; Waste')
    guards.press("Enter")
    safe(page, ROAD["objective"])
    assert served.asked("SELECT count(*) FROM guardrail") == [(3,)]
