"""The page of one KPI: its history, who said what, and what lies ahead."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from data.commands.importing import import_tables
from data.database import open_database
from data.exchange.sample import sample_company

TODAY = date(2026, 11, 22)
PAGE = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    url = f"sqlite:///{tmp_path / 'milepost.db'}"
    monkeypatch.setenv("MILEPOST_DATABASE_URL", url)
    monkeypatch.setenv("MILEPOST_NOW", f"{TODAY}T09:00:00+00:00")
    engine = open_database(url)
    import_tables(engine, sample_company(TODAY))
    return engine


@pytest.fixture
def open_kpi(engine: Engine) -> Callable[..., AppTest]:
    def open_page(name: str = "", *, key: str = "", as_of: str = "") -> AppTest:
        app = AppTest.from_file(PAGE, default_timeout=30)
        # As a click on the name of a gauge does.
        app.session_state["looked_at"] = key or str(key_of(engine, name))
        if as_of:
            app.query_params["as_of"] = as_of
        return app.run()

    return open_page


def key_of(engine: Engine, name: str) -> int:
    with engine.connect() as connection:
        found = connection.execute(text("SELECT id FROM kpi WHERE name = :name"), {"name": name})
        return int(found.scalar_one())


def chart(app: AppTest) -> dict[str, Any]:
    (found,) = app.get("plotly_chart")
    figure: dict[str, Any] = json.loads(found.proto.spec)
    return figure


def written(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def test_the_whole_history_is_drawn_with_range_limits_and_events(
    open_kpi: Callable[..., AppTest],
) -> None:
    app = open_kpi("First response time")
    assert not app.exception
    figure = chart(app)
    assert len(figure["data"][0]["x"]) > 100
    notes = [note["text"] for note in figure["layout"]["annotations"]]
    assert any(note.startswith("ideal 0–4") for note in notes)
    assert any(note.startswith("⚑") for note in notes)
    assert any(note.startswith("changed ") for note in notes)


def test_every_kpi_of_the_sample_has_a_page(
    engine: Engine, open_kpi: Callable[..., AppTest]
) -> None:
    with engine.connect() as connection:
        keys = connection.execute(text("SELECT id FROM kpi")).scalars().all()
    assert len(keys) == 30
    for key in keys:
        app = open_kpi(key=str(key))
        assert not app.exception
        assert app.get("plotly_chart")


def test_a_correction_shows_what_it_took_the_place_of(open_kpi: Callable[..., AppTest]) -> None:
    table = open_kpi("First response time").table[0].value
    (corrected,) = [row for row in table["Replaced"] if row]
    assert "Leila Haddad" in corrected


def test_decisions_and_objectives_are_named(open_kpi: Callable[..., AppTest]) -> None:
    text_ = written(open_kpi("Sales cycle"))
    assert "Rerouted" in text_
    assert "Feeds “Sales cycle”" in text_


def test_an_earlier_day_shows_what_was_known_then(open_kpi: Callable[..., AppTest]) -> None:
    app = open_kpi("First response time", as_of="2026-06-30")
    assert not app.exception
    assert "Looking back" in written(app)
    assert max(chart(app)["data"][0]["x"]) < "2026-07-01"


@pytest.mark.parametrize("key", ["x", "0", "999999", "9" * 30, "-1", "1; DROP TABLE kpi"])
def test_a_strange_link_says_where_to_go(open_kpi: Callable[..., AppTest], key: str) -> None:
    app = open_kpi(key=key)
    assert not app.exception
    assert "no KPI behind this link" in app.info[0].value


def test_an_event_is_noted_with_ones_name(open_kpi: Callable[..., AppTest]) -> None:
    app = open_kpi("First response time")
    app.text_input[0].set_value("New shift plan")
    app.button[0].click().run()
    assert "Pick your name" in app.error[0].value
    app.selectbox(key="person").set_value("Leila Haddad").run()
    app.text_input[0].set_value("New shift plan")
    app.button[0].click().run()
    assert not app.exception
    assert "New shift plan" in written(app)
