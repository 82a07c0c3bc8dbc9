"""The page of all that was done, and the way back for one's own."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from data.company.fields import PersonRow, TeamRow
from data.core.database import data_version, open_database
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.identity.people import introduce
from data.kpis.commands.readings import record_reading
from data.kpis.fields import KpiRow, ReadingRow
from models import Cadence

PAGE = str(Path(__file__).parents[2] / "app.py")
WEEK = date(2026, 11, 9)
Open = Callable[..., AppTest]


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    url = f"sqlite:///{tmp_path / 'milepost.db'}"
    monkeypatch.setenv("MILEPOST_DATABASE_URL", url)
    monkeypatch.setenv("MILEPOST_NOW", "2026-11-21T09:00:00+00:00")
    engine = open_database(url)
    import_tables(
        engine,
        Tables(
            teams=[TeamRow(team="Bakery")],
            people=[PersonRow(person="Ana"), PersonRow(person="Bo")],
            kpis=[KpiRow(team="Bakery", kpi="Waste", unit="%", high=5, cadence=Cadence.WEEKLY)],
            readings=[ReadingRow(team="Bakery", kpi="Waste", date=date(2026, 11, 2), value=4)],
        ),
    )
    monkeypatch.setenv("MILEPOST_NOW", "2026-11-22T09:00:00+00:00")
    return engine


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


def written(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def take_back(app: AppTest) -> list[str]:
    return [button.key or "" for button in app.button if button.label == "Take back"]


def test_all_that_was_done_stands_latest_first(engine: Engine, open_page: Open) -> None:
    record(engine, 5.5)
    app = open_page()
    assert not app.exception
    text = written(app)
    assert "Ana · recorded a reading · **Waste** · Bakery · week of 9\u00a0Nov: 5.5\u00a0%" in text
    assert text.index("recorded a reading") < text.index("from a file · imported")
    assert not take_back(app)


def test_what_somebody_built_on_stays(engine: Engine, open_page: Open) -> None:
    record(engine, 5.5)
    record(engine, 6.5)
    record(engine, 7.5, who="Bo")
    app = open_page(name="Ana")
    assert len(take_back(app)) == 2
    app.button(key=take_back(app)[0]).click().run()
    assert [warning.value for warning in app.warning] == [
        "Bo has built on this since: it cannot be taken back any more."
    ]
    assert len(take_back(app)) == 2


def test_one_s_own_goes_back_step_by_step(engine: Engine, open_page: Open) -> None:
    record(engine, 5.5)
    record(engine, 6.5)
    app = open_page(name="Ana")
    first = take_back(app)[1]
    app.button(key=first).click().run()
    assert [warning.value for warning in app.warning] == [
        "You have built on this since: take that back first."
    ]
    for left in (1, 0):
        app.button(key=take_back(app)[0]).click().run()
        assert [success.value for success in app.success] == ["Taken back."]
        assert len(take_back(app)) == left
    assert "6.5 → 5.5" in written(app)
    assert "↶ taken back: ~~" in written(app)


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
    assert any("Nothing was done that fits" in info.value for info in app.info)


def test_a_look_back_shows_what_was_done_by_then(engine: Engine, open_page: Open) -> None:
    record(engine, 5.5)
    app = open_page(name="Ana", as_of="2026-11-21")
    assert "recorded a reading" not in written(app)
    assert "imported" in written(app)
    assert not take_back(app)


def test_older_comes_when_it_is_asked_for(
    engine: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    for value in range(55):
        record(engine, value)
    app = open_page()
    assert "imported" not in written(app)
    next(button for button in app.button if button.label == "Show older").click().run()
    assert "imported" in written(app)
    assert "Show older" not in [button.label for button in app.button]


def test_the_drawer_of_a_kpi_tells_its_changes_and_takes_back(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(engine, 5.5)
    app = AppTest.from_file(PAGE, default_timeout=30)
    app.session_state["looked_at"] = "1"
    app.session_state["person"] = "Ana"
    app.run()
    next(button for button in app.button if button.label == "History").click().run()
    assert not app.exception
    assert "recorded a reading · week of 9\u00a0Nov: 5.5\u00a0%" in written(app)
    (key,) = take_back(app)
    app.button(key=key).click().run()
    assert not app.exception
