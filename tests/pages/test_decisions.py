"""What a person decides on the cockpit: kept as a decision, and the card calms down."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from data.company.fields import PersonRow, TeamRow
from data.core.database import data_version, open_database
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from data.kpis.views.edits import AcknowledgeEdit
from models import Cadence, Role
from pages.shared.decisions import save_acknowledgement
from pages.shared.dispatch import NAME_FIRST
from pages.shared.edits import take_back
from tests.elements import sent_to

APP = str(Path(__file__).parents[2] / "app.py")
AGAIN = date(2026, 12, 6)


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path / 'milepost.db'}"
    monkeypatch.setenv("MILEPOST_DATABASE_URL", url)
    monkeypatch.setenv("MILEPOST_NOW", "2026-11-22T09:00:00+00:00")
    engine = open_database(url)
    kpi: dict[str, Any] = {"team": "Bakery", "kpi": "Waste"}
    import_tables(
        engine,
        Tables(
            teams=[TeamRow(team="Bakery")],
            people=[PersonRow(person="Ana", team="Bakery", role=Role.LEAD)],
            kpis=[KpiRow(**kpi, unit="%", high=5, cadence=Cadence.WEEKLY)],
            readings=[ReadingRow(**kpi, date=date(2026, 11, 9), value=7)],
        ),
    )
    yield engine
    engine.dispose()


def edit(reason: str = "The new oven comes.", again: date = AGAIN) -> AcknowledgeEdit:
    return AcknowledgeEdit(kpi_id=1, reason=reason, look_again=again)


def card() -> dict[str, Any]:
    """Give the one card that the cockpit shows."""
    app = AppTest.from_file(APP, default_timeout=30).run()
    assert not app.exception
    (found,) = sent_to(app, "decisions")["cards"]
    return dict(found)


def test_an_acknowledgement_is_kept_and_calms_the_card(engine: Engine) -> None:
    waiting = card()
    assert (waiting["kind"], waiting["decided"]) == ("out-of-range", False)
    assert waiting["acknowledge"] is True
    saved = save_acknowledgement(engine, "Ana", edit())
    assert (saved.kind, saved.target, saved.id) == ("saved", "kpi", 1)
    assert saved.message == "Acknowledged: look again 6\u00a0Dec."
    with engine.connect() as connection:
        (row,) = connection.execute(
            text(
                "SELECT decision, reason, look_again, name FROM decision"
                " JOIN person ON by_id = person.id"
            )
        ).all()
    assert tuple(row) == ("acknowledge", "The new oven comes.", "2026-12-06", "Ana")
    calm = card()
    assert (calm["decided"], calm["acknowledge"]) == (True, False)
    assert calm["text"].startswith("acknowledged by Ana until 6\u00a0Dec: The new oven comes.")


def test_an_acknowledgement_can_be_taken_back(engine: Engine) -> None:
    saved = save_acknowledgement(engine, "Ana", edit())
    assert saved.command_id is not None
    assert take_back(engine, "Ana", saved.command_id).message == "Taken back."
    assert card()["decided"] is False


@pytest.mark.parametrize(
    ("name", "wrong", "message"),
    [
        (None, edit(), NAME_FIRST),
        ("Ana", edit(reason="  "), "Say why: those who look later will want to know."),
        ("Ana", edit(again=date(2026, 11, 22)), "Choose a day ahead, at most a year from now."),
        ("Ana", edit(again=date(2028, 1, 1)), "Choose a day ahead, at most a year from now."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    engine: Engine, name: str | None, wrong: AcknowledgeEdit, message: str
) -> None:
    before = data_version(engine)
    outcome = save_acknowledgement(engine, name, wrong)
    assert (outcome.kind, outcome.message) == ("refused", message)
    assert data_version(engine) == before
