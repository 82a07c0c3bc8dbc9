"""Names of every kind on the pages to type in: shown as they are typed, and nothing runs."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from data.company.fields import CycleRow, PersonRow, TeamRow
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from data.okrs.fields import CheckInRow, KeyResultRow, MilestoneRow, ObjectiveRow
from models import Better, Cadence, KeyResultKind, ObjectiveState
from tests.browser.axe import scrolls_sideways
from tests.browser.standing import Standing
from tests.browser.windows import Windows, soon
from tests.serving import NOW

IMAGE = "<img src=x onerror=window.pwned=1>"
MARKED = "**bold** [link](javascript:alert(1))"
LONG = "Wald" * 45
WORDS = (
    IMAGE,
    MARKED,
    "$x^2$ :red[x] :material/home:",
    '=HYPERLINK("http://x")',
    LONG,
    "\u202eevila\u202c שלום עולם",
    "👩‍👩‍👧‍👦 `code` ~~gone~~ &amp; #1",
)
ROOT = "Root ![alt](http://x/y.png)"
CYCLE, EARLIER = "Q4 _2026_ <b>", "Q3 **2026** <b>"
ME = f"Me {MARKED}"
LAST_WEEK, NEXT_YEAR = date(2026, 11, 9), date(2027, 1, 1)


def company() -> Tables:
    """Give a company in which every word is a name of everything, and mine to update."""
    tables = Tables(
        teams=[TeamRow(team=ROOT)],
        people=[PersonRow(person=ME)],
        cycles=[
            CycleRow(cycle=EARLIER, starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30)),
            CycleRow(cycle=CYCLE, starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31)),
        ],
    )
    for word in WORDS:
        goal: dict[str, Any] = {"cycle": CYCLE, "team": ROOT, "objective": word}
        tables.teams.append(TeamRow(team=word, parent=ROOT))
        tables.people.append(PersonRow(person=word))
        tables.cycles.append(CycleRow(cycle=word, starts_on=NEXT_YEAR, ends_on=NEXT_YEAR))
        tables.kpis.append(
            KpiRow(
                team=ROOT,
                kpi=word,
                unit=word[:40],
                better=Better.HIGHER,
                low=5,
                cadence=Cadence.WEEKLY,
                owner=ME,
                description=word,
            )
        )
        tables.readings += [
            ReadingRow(
                team=ROOT, kpi=word, date=LAST_WEEK - timedelta(weeks=week), value=9, note=word
            )
            for week in range(3)
        ]
        tables.objectives.append(ObjectiveRow(**goal, owner=word, guardrails=(word,)))
        tables.key_results += [
            KeyResultRow(**goal, key_result=word, unit=word[:40], start=0, target=9, owner=ME),
            KeyResultRow(**goal, key_result=f"{word}!", kind=KeyResultKind.MILESTONE, owner=ME),
        ]
        tables.milestones.append(MilestoneRow(**goal, key_result=f"{word}!", step=word, share=1))
        said = {"value": 3.0, "note": word, "blocked_by": word, "recorded_by": word}
        tables.check_ins.append(CheckInRow(**goal, key_result=word, date=LAST_WEEK, **said))
    past: dict[str, Any] = {"cycle": EARLIER, "team": ROOT, "objective": MARKED}
    tables.objectives.append(ObjectiveRow(**past))
    tables.key_results.append(KeyResultRow(**past, key_result=IMAGE, start=0, target=9))
    draft: dict[str, Any] = {"cycle": CYCLE, "team": ROOT, "objective": f"Draft {MARKED}"}
    tables.objectives.append(ObjectiveRow(**draft, state=ObjectiveState.DRAFT))
    tables.key_results.append(KeyResultRow(**draft, key_result=f"{IMAGE} **b**"))
    return tables


@pytest.fixture(scope="module")
def app(stand: Callable[[str], Standing]) -> str:
    """Serve the company of words."""
    standing = stand(NOW)
    standing.fill(company())
    return standing.url


@pytest.fixture
def open_page(app: str, windows: Windows) -> Callable[..., Page]:
    """Give a function that opens a page of the company on a phone, and waits for a part of it."""

    def open_at(path: str, part: str) -> Page:
        page = windows.open(f"{app}/{path}", width=390, height=844, name=ME)
        page.locator(part).first.wait_for(state="attached", timeout=30_000)
        return page

    return open_at


SHOWN = """() => {
  const texts = [];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return texts.push(node.data);
    if (node.matches?.("style, script")) return;
    if (node.value) texts.push(node.value);
    for (const inner of [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes]) walk(inner);
    if (node.matches?.("p, td, li, button, label")) texts.push("\\n");
  };
  walk(document.body);
  return texts.join(" ").replaceAll("\\u2060", "");
}"""


def harmless(page: Page, words: Iterable[str] = WORDS) -> None:
    """Check that words stand there as they are typed, that none is more, and that all fits."""
    expected = list(words)

    def stand_there() -> None:
        shown = page.evaluate(SHOWN)
        assert [word for word in expected if word not in shown] == []

    soon(page, stand_there)
    assert page.evaluate("window.pwned") is None
    made = "img[src='x'], img[src*='y.png'], a[href^='javascript'], .katex, del"
    expect(page.locator(made)).to_have_count(0)
    assert not scrolls_sideways(page)


def test_the_table_of_objectives(open_page: Callable[..., Page]) -> None:
    page = open_page("okrs", ".st-key-okrs .entry")
    page.get_by_role("button", name="Copy what was left").click()
    page.get_by_test_id("stPopoverBody").get_by_role("button").first.wait_for()
    harmless(page, (*WORDS, ROOT, CYCLE, EARLIER))
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Start the cycle with these").click()
    expect(page.get_by_text(f"for “{IMAGE} **b**”").first).to_be_visible()
    harmless(page)


def test_the_panel_of_a_row_and_what_it_did(open_page: Callable[..., Page]) -> None:
    page = open_page("okrs", ".st-key-okrs .entry")
    row = page.locator(".st-key-okrs .entry.objective:not(.new)").nth(1)
    row.locator(".more").first.click()
    page.locator(".st-key-okrs .panel select").first.wait_for()
    harmless(page)
    name = row.locator("[data-field='name']").first
    name.fill(f"{MARKED} {IMAGE}")
    name.press("Enter")
    expect(page.locator(".st-key-toast")).to_contain_text("Undo", timeout=15_000)
    harmless(page)


def test_the_alignment_tree(open_page: Callable[..., Page]) -> None:
    page = open_page("okrs?view=tree", "[role=treeitem]")
    harmless(page, (*WORDS, ROOT))


@pytest.mark.parametrize("table", ["kpis", "teams", "people", "cycles"])
def test_the_settings(open_page: Callable[..., Page], table: str) -> None:
    page = open_page(f"settings?table={table}", ".st-key-settings .row")
    harmless(page)
    page.locator(".st-key-settings .brief", has_text=IMAGE).first.click()
    page.get_by_role("button", name=f"Archive {IMAGE}").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-settings .about .primary:visible")).to_have_count(1)
    page.keyboard.press("Escape")
    harmless(page)


def test_the_readings_of_a_kpi(open_page: Callable[..., Page]) -> None:
    page = open_page("kpi?id=1", ".st-key-readings-table table")
    expect(page.locator(".st-key-readings-table .note")).to_have_text([WORDS[0]] * 3)
    harmless(page, WORDS[:1])


def test_ones_own_list(open_page: Callable[..., Page]) -> None:
    harmless(open_page("update", ".st-key-update .row"))


def file(name: str, content: str) -> Any:
    return {"name": name, "mimeType": "text/csv", "buffer": content.encode()}


def quoted(*cells: str) -> str:
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)


def begun(words: Iterable[str]) -> list[str]:
    """Give words as they begin in a cell that has room for 120 characters."""
    return [word[:100] for word in words]


def test_what_an_import_would_do(open_page: Callable[..., Page]) -> None:
    page = open_page("import", "input[type=file]")
    kpis = [quoted("team", "kpi", "low", "description")]
    kpis += [quoted(ROOT, f"New {word}"[:200], "1", word) for word in WORDS]
    odd = file(f"{MARKED.replace('/', '')} <i>.csv", "a,b\n")
    page.locator("input[type=file]").set_input_files([file("kpis.csv", "\n".join(kpis)), odd])
    page.get_by_role("button", name="Import 7 rows").wait_for(timeout=30_000)
    page.get_by_text("is left out").wait_for()
    harmless(page, [*begun(f"New {word}" for word in WORDS), "**bold** [link](javascript"])


def test_what_is_wrong_with_a_file(open_page: Callable[..., Page]) -> None:
    page = open_page("import", "input[type=file]")
    goals = [quoted("cycle", "team", "objective", "supports", "owner")]
    goals += [quoted(CYCLE, f"Not {word}"[:200], word, "", "") for word in WORDS]
    readings = ["team,kpi,date,value", *(quoted(ROOT, word, "2026-11-16", word) for word in WORDS)]
    files = [
        file("objectives.csv", "\n".join(goals)),
        file("readings.csv", "\n".join(readings)),
    ]
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_role("button", name="Download the list").wait_for(timeout=30_000)
    page.get_by_text("is not a number").first.wait_for()
    harmless(page, [f"value {word}"[:30] for word in WORDS[:4]])
    harmless(page, [f"unknown team “Not {word}"[:50] for word in WORDS])


def test_a_pasted_table(open_page: Callable[..., Page]) -> None:
    page = open_page("import", "input[type=file]")
    rows = ["KPI\tUnit\tJan 26", *(f"{word}\t{word[:8]}\t4" for word in WORDS[:4])]
    page.get_by_role("textbox", name="Or paste a table").fill("\n".join(rows))
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("region", name="The first rows").wait_for(timeout=30_000)
    harmless(page, [IMAGE[:30], MARKED[:30]])


def test_what_is_taken_along_is_no_formula(open_page: Callable[..., Page]) -> None:
    page = open_page("import", "input[type=file]")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert [line for line in lines if "HYPERLINK" in line] == [
        f'"\'=HYPERLINK(""http://x"")",{ROOT},Monday,'
    ]
