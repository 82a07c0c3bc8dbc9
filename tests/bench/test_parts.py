"""Each part of `make bench`, at its smallest: what is timed is a page with what it should show."""

import contextlib
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime

from bench import __main__ as bench
from bench.browser import browser
from bench.company import QUICK, TODAY
from bench.long_road import length_of
from bench.meeting import meeting
from bench.script import script
from bench.server import server
from bench.serving import served
from bench.session import Session, named
from bench.sessions import sessions
from bench.shaping import EMPTIES, PAGES, shaping
from bench.spreadsheet import spreadsheet
from bench.table import Table
from tests.chromium import chromium_path

TIME = re.compile(r"(\d+\.\d) ms")

pytestmark = pytest.mark.usefixtures("bench_cache")


def cells(table: Table, column: str) -> dict[str, str]:
    """Give the first of the columns of that name, by page."""
    at = table.columns.index(column)
    return {row[0]: row[at] for row in table.rows}


def times(table: Table) -> list[float]:
    """Give all times of a table."""
    return [float(found[1]) for row in table.rows for cell in row if (found := TIME.match(cell))]


def gauges_and_times(table: Table) -> None:
    """See that each page shows as many KPIs as it should."""
    expected = {"empty page": "0"} | {
        f"{page} {shown}": str(shown) for page in ("cockpit", "Plotly") for shown in QUICK.shown
    }
    assert cells(table, "named") == expected
    assert times(table)


def test_a_run_without_parts_runs_these() -> None:
    named = "query drift corrections import spreadsheet server shaping script sessions meeting"
    assert " ".join(bench.PARTS) == f"{named} browser"


def test_people_who_act_at_once_all_get_their_views() -> None:
    views, saves = sessions(QUICK, rounds=1).rows
    assert int(views[1]) >= 3 * 5 > int(saves[1]) >= 3


def test_all_screens_of_a_check_in_follow_each_save(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.meeting.PAUSE", (0.1, 0.2))
    followed, look, empty, _ = meeting(QUICK, rounds=3).rows
    # Two check-ins of three people: each saves once, the two others look.
    assert int(followed[1]) == 2 * 3 * 2
    assert float(look[2].split()[0]) > 0
    assert empty[4] == "1.00 ×"


def test_a_spreadsheet_comes_in_while_others_look() -> None:
    alone, preview, quiet, beside = spreadsheet(QUICK, rounds=1).rows
    assert alone[2] == "1"
    assert float(preview[2].split()[0]) > 1
    assert "40 views" in quiet[0]
    assert "views, beside it" in beside[0]


def test_what_a_browser_has_is_not_sent_again(tmp_path: Path) -> None:
    script = tmp_path / "large.py"
    script.write_text("import streamlit as st\nst.text('KPI 1 ' * 1_000)")
    with contextlib.ExitStack() as stack:
        session = Session(stack, stack.enter_context(served(script, tmp_path / "none.db")))
        session.rerun()
        assert session.sent > 6_000
        for _ in range(2):
            session.rerun()
            assert session.sent < 6_000
            assert named(session.received) == 1


def test_the_server_sends_all_gauges_as_they_are_today(monkeypatch: pytest.MonkeyPatch) -> None:
    sessions: list[Session] = []

    class Noted(Session):
        def __init__(self, *given: Any, **asked: str) -> None:
            super().__init__(*given, **asked)
            sessions.append(self)

    monkeypatch.setattr("bench.server.Session", Noted)
    gauges_and_times(server(QUICK, rounds=1))
    cockpits = [b"".join(each.received) for each in sessions[1 : 1 + len(QUICK.shown)]]
    assert all(str(TODAY).encode() in sent for sent in cockpits)
    # On any later day readings are missing.
    assert not any(b"no reading" in sent for sent in cockpits)


def test_the_script_alone_shows_all_gauges_as_they_are_today(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Runtime, "_instance", None)
    gauges_and_times(script(QUICK, rounds=1))


def test_the_pages_of_objectives_and_settings_are_full() -> None:
    table = shaping(QUICK, rounds=1)
    length = length_of(QUICK)
    named = {page: int(shown) for page, shown in cells(table, "named").items()}
    assert list(named) == ["bare script", *EMPTIES, *PAGES]
    assert {named[page] for page in ("bare script", *EMPTIES)} == {0}
    listed = length.people + length.teams
    assert [named[f"settings, {kind}"] for kind in ("teams", "people", "cycles")] == [listed] * 3
    assert named["settings, KPIs"] == listed + length.kpis
    assert named["okrs, the tree"] == listed + length.objectives
    for table_of in ("a team", "the top"):
        assert named[f"okrs, {table_of}'s table"] > listed + length.kpis
    assert times(table)


def test_a_page_with_an_error_is_not_counted(tmp_path: Path) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text("raise LookupError")
    with contextlib.ExitStack() as stack:
        session = Session(stack, stack.enter_context(served(broken, tmp_path / "none.db")))
        session.rerun()
    with pytest.raises(LookupError, match="shows an error"):
        named(session.received)


def test_a_page_that_is_not_there_is_not_counted() -> None:
    message = ForwardMsg()
    message.page_not_found.page_name = "nowhere"
    with pytest.raises(LookupError, match="not there"):
        named([message.SerializeToString()])


def test_the_browser_sees_all_gauges_after_a_load_and_a_change_of_team_and_a_chart() -> None:
    chromium_path()
    # Not on this thread, where other tests may have a browser open.
    with ThreadPoolExecutor(1) as threads:
        table = threads.submit(browser, QUICK, 1).result()
    few, many = QUICK.shown[:2]
    assert [row[0] for row in table.rows] == [
        "load",
        f"another team, {few} → {many}",
        "first load of a KPI",
        "load of a KPI",
        "a KPI to be explored",
    ]
    assert len([each for each in times(table) if each > 0]) == 10
