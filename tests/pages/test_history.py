"""The page of all that was done, and the way back for one's own."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from components.ui.page_registry import HISTORY
from data.company.fields import PersonRow, TeamRow
from data.core.database import data_version
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.history.queries import SHOWN, Asked
from data.identity.people import introduce
from data.kpis.commands.readings import record_reading
from data.kpis.fields import KpiRow, ReadingRow
from models import Cadence
from pages.shared.edits import take_back
from tests.elements import records, sent_to

PAGE = str(Path(__file__).parents[2] / "app.py")
WEEK = date(2026, 11, 9)
Open = Callable[..., AppTest]


@pytest.fixture
def engine(new_company: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setenv("MILEPOST_NOW", "2026-11-21T09:00:00+00:00")
    import_tables(
        new_company,
        Tables(
            teams=[TeamRow(team="Bakery")],
            people=[PersonRow(person="Ana"), PersonRow(person="Bo")],
            kpis=[KpiRow(team="Bakery", kpi="Waste", unit="%", high=5, cadence=Cadence.WEEKLY)],
            readings=[ReadingRow(team="Bakery", kpi="Waste", date=date(2026, 11, 2), value=4)],
        ),
    )
    monkeypatch.setenv("MILEPOST_NOW", "2026-11-22T09:00:00+00:00")
    return new_company


@pytest.fixture
def open_page(engine: Engine) -> Open:
    def open_page(*, name: str = "", **query: str) -> AppTest:
        app = AppTest.from_file(PAGE, default_timeout=30)
        if name:
            app.session_state["person"] = name
        # Only a run tells which pages there are.
        app.run().switch_page("pages/history/page.py")
        for key, value in query.items():
            app.query_params[key] = value
        return app.run()

    return open_page


def record(engine: Engine, value: float, who: str = "Ana") -> None:
    record_reading(
        engine,
        person_id=introduce(engine, who),
        kpi_id=1,
        period=WEEK,
        value=value,
        base_version=data_version(engine),
    )


def deeds(app: AppTest) -> list[dict[str, Any]]:
    assert not app.exception
    sent = sent_to(app, "history")["deeds"]
    return records(sent) if isinstance(sent, dict) else sent


def written(app: AppTest) -> str:
    """Give all that is listed, a line each deed."""
    lines = []
    for deed in deeds(app):
        told = [
            " · ".join(line[part] for part in ("name", "team", "said") if line[part])
            for line in deed["lines"]
        ]
        back = "↶ taken back" if deed["taken_back"] else ""
        lines.append(" · ".join([back, f"{deed['who']} {deed['did']}", *told, deed["why"]]))
    return "\n".join(lines)


def own(app: AppTest) -> list[int]:
    return [deed["id"] for deed in deeds(app) if deed["mine"]]


def test_all_that_was_done_stands_latest_first(engine: Engine, open_page: Open) -> None:
    record(engine, 5.5)
    app = open_page()
    assert not app.exception
    text = written(app)
    assert "Ana recorded a reading · Waste · Bakery · week of 9\u00a0Nov: 5.5\u00a0%" in text
    assert text.index("recorded a reading") < text.index("rows from a file imported")
    assert deeds(app)[0]["lines"][0]["leads"]["target"] == "kpi"
    assert [deed["folded"] for deed in deeds(app)] == [False, True]
    assert not own(app)


def test_what_somebody_built_on_stays(engine: Engine, open_page: Open) -> None:
    record(engine, 5.5)
    record(engine, 6.5)
    record(engine, 7.5, who="Bo")
    mine = own(open_page(name="Ana"))
    assert len(mine) == 2
    assert take_back(engine, "Ana", mine[0]).message == (
        "Bo has built on this since: it cannot be taken back any more."
    )
    assert own(open_page(name="Ana")) == mine


def test_one_s_own_goes_back_step_by_step(engine: Engine, open_page: Open) -> None:
    record(engine, 5.5)
    record(engine, 6.5)
    assert take_back(engine, "Ana", own(open_page(name="Ana"))[1]).message == (
        "You have built on this since: take that back first."
    )
    for left in (1, 0):
        assert take_back(engine, "Ana", own(open_page(name="Ana"))[0]).message == "Taken back."
        app = open_page(name="Ana")
        assert len(own(app)) == left
    assert "6.5 → 5.5" in written(app)
    assert "↶ taken back · Ana recorded" in written(app)


def test_a_filter_from_the_url_narrows(engine: Engine, open_page: Open) -> None:
    record(engine, 5.5)
    record(engine, 6.5, who="Bo")
    assert "Ana" not in written(open_page(who="Bo"))
    assert "imported" not in written(open_page(did="recorded a reading"))
    assert "imported" not in written(open_page(**{"from": "2026-11-22"}))
    assert "recorded" not in written(open_page(to="2026-11-21"))
    assert "team added" not in written(open_page(about="wast"))


def test_what_nothing_fits_is_said(open_page: Open) -> None:
    app = open_page(about="no such name")
    assert "Nothing was done that fits" in sent_to(app, "history")["empty"]


def test_a_look_back_shows_what_was_done_by_then(engine: Engine, open_page: Open) -> None:
    record(engine, 5.5)
    app = open_page(name="Ana", as_of="2026-11-21")
    assert "recorded a reading" not in written(app)
    assert "imported" in written(app)
    assert not own(app)
    assert "is not shown" in sent_to(app, "history")["note"]
    assert "by 20\u00a0Nov" in sent_to(open_page(as_of="2026-11-20"), "history")["empty"]


def test_older_comes_when_it_is_asked_for(
    engine: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    for value in range(55):
        record(engine, value)
    app = open_page()
    assert "imported" not in written(app)
    assert sent_to(app, "history")["older"]
    app.session_state["older"] = (Asked(), 2 * SHOWN)
    app.run()
    assert "imported" in written(app)
    assert not sent_to(app, "history")["older"]


def test_the_drawer_of_a_kpi_tells_its_changes(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(engine, 5.5)
    app = AppTest.from_file(PAGE, default_timeout=30)
    app.session_state["looked_at"] = "1"
    app.session_state["person"] = "Ana"
    app.run()
    next(button for button in app.button if button.label == "History").click().run()
    assert "Ana recorded a reading · week of 9\u00a0Nov: 5.5\u00a0%" in written(app)
    assert len(own(app)) == 1


def test_the_road_so_far_is_of_a_team(own_company: Engine, open_place: Open) -> None:
    app = open_place(HISTORY, view="timeline", team="Procurement")
    assert not app.exception
    shown = sent_to(app, "timeline")
    graduated = [
        (chapter["title"], event["name"])
        for chapter in shown["chapters"]
        for event in chapter["events"]
        if event["kind"] == "graduated"
    ]
    assert graduated == [("Q3 2026", "Stock cover")]
    assert shown["chapters"][1]["as_of"] == "2026-09-30"
