"""The page of what is mine: whose list it shows, and what it says where there is none."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components import update_words
from components.places import UPDATE
from data.commands.importing import import_tables
from data.database import open_database
from data.exchange.sample import sample_company

TODAY = date(2026, 11, 22)
APP = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    url = f"sqlite:///{tmp_path / 'milepost.db'}"
    monkeypatch.setenv("MILEPOST_DATABASE_URL", url)
    monkeypatch.setenv("MILEPOST_NOW", f"{TODAY}T09:00:00+00:00")
    import_tables(open_database(url), sample_company(TODAY))

    def open_page(person: str | None, **query: str) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=30)
        app.session_state["person"] = person
        app.run().switch_page(UPDATE.script)
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    return open_page


def sent(app: AppTest) -> dict[str, Any]:
    assert not app.exception
    (found,) = [
        element.proto
        for element in app.get("bidi_component")
        if element.proto.component_name.endswith("milepost_update")
    ]
    data: dict[str, Any] = json.loads(found.json)
    return data


def test_only_what_is_mine_is_there(run: Callable[..., AppTest]) -> None:
    data = sent(run("Samuel Adeyemi"))
    assert data["editable"]
    assert [row["name"] for row in data["rows"] if row["target"] == "kpi"] == [
        "Supplier quality",
        "Supplier lead time",
    ]
    assert data["rows"][0]["section"] == "late"
    assert data["sentence"] == "1 late"


def test_without_a_name_it_says_what_to_do(run: Callable[..., AppTest]) -> None:
    assert sent(run(None))["empty"] == update_words.NOBODY


def test_whoever_owns_nothing_is_told_how_it_would_come_here(run: Callable[..., AppTest]) -> None:
    assert sent(run("Clara Beaumont"))["empty"] == update_words.NOTHING


def test_the_past_is_for_reading(run: Callable[..., AppTest]) -> None:
    app = run("Samuel Adeyemi", as_of="2026-10-14")
    assert not sent(app)["editable"]
    assert any("Looking back" in element.value for element in app.markdown)
