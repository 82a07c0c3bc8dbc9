"""What a person decides on the cockpit: kept as a decision, and the card calms down."""

from datetime import date
from pathlib import Path
from typing import Any, Literal

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from data.actions.commands import SAY_WHAT, SAY_WHEN, SAY_WHO
from data.actions.views import ActionEdit
from data.company.fields import PersonRow, TeamRow
from data.core.database import data_version
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from data.kpis.views.edits import DecisionEdit
from data.kpis.views.signals import ACT
from models import Cadence, DecisionKind, Role
from pages.shared.decisions import save_action, save_decision
from pages.shared.dispatch import NAME_FIRST
from pages.shared.edits import take_back
from tests.elements import sent_to

APP = str(Path(__file__).parents[2] / "app.py")
AGAIN = date(2026, 12, 6)


@pytest.fixture
def engine(new_company: Engine) -> Engine:
    kpi: dict[str, Any] = {"team": "Bakery", "kpi": "Waste"}
    import_tables(
        new_company,
        Tables(
            teams=[TeamRow(team="Bakery")],
            people=[PersonRow(person="Ana", team="Bakery", role=Role.LEAD)],
            kpis=[KpiRow(**kpi, unit="%", high=5, cadence=Cadence.WEEKLY)],
            readings=[ReadingRow(**kpi, date=date(2026, 11, 9), value=7)],
        ),
    )
    return new_company


def edit(reason: str = "The new oven comes.", again: date = AGAIN) -> DecisionEdit:
    return DecisionEdit(1, DecisionKind.ACKNOWLEDGE, reason, again)


def action(what: str = "Clean the oven", owner: str = "Ana", due: date = AGAIN) -> DecisionEdit:
    return DecisionEdit(1, ACT, what, due, owner)


def card() -> dict[str, Any]:
    """Give the one card that the cockpit shows."""
    app = AppTest.from_file(APP, default_timeout=30).run()
    assert not app.exception
    (found,) = sent_to(app, "decisions")["cards"]
    return dict(found)


def test_an_acknowledgement_is_kept_and_calms_the_card(engine: Engine) -> None:
    waiting = card()
    assert (waiting["kind"], waiting["decided"]) == ("out-of-range", False)
    assert waiting["decide"]["owner"] == ""
    saved = save_decision(engine, "Ana", edit())
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
    assert (calm["decided"], calm["decide"]) == (True, None)
    assert calm["age"].startswith("acknowledged by Ana until 6\u00a0Dec: The new oven comes.")


def test_an_acknowledgement_can_be_taken_back(engine: Engine) -> None:
    saved = save_decision(engine, "Ana", edit())
    assert saved.command_id is not None
    assert take_back(engine, "Ana", saved.command_id).message == "Taken back."
    assert card()["decided"] is False


def test_an_action_is_kept_and_calms_the_card(engine: Engine) -> None:
    saved = save_decision(engine, "Ana", action())
    assert (saved.kind, saved.message) == ("saved", "Agreed: to be done by 6\u00a0Dec.")
    calm = card()
    assert (calm["decided"], calm["decide"]) == (True, None)
    assert calm["age"].startswith("Ana: Clean the oven, by 6\u00a0Dec")
    assert saved.command_id is not None
    assert take_back(engine, "Ana", saved.command_id).message == "Taken back."
    assert card()["decided"] is False


def test_a_new_normal_and_bad_data_are_decided_alike(engine: Engine) -> None:
    read = date(2026, 11, 9)
    normal = DecisionEdit(1, DecisionKind.REBASE, "A second oven", read)
    assert save_decision(engine, "Ana", normal).message.startswith("The new normal begins")
    wrong = DecisionEdit(1, DecisionKind.DISMISS, "A broken scale", read)
    assert save_decision(engine, "Ana", wrong).message == "Dismissed the reading of 9\u00a0Nov."


def test_an_action_is_ticked_off_changed_and_withdrawn(engine: Engine) -> None:
    save_decision(engine, "Ana", action())
    today = date(2026, 11, 22)

    def did(what: Literal["tick", "change", "withdraw"], **said: Any) -> tuple[str, str]:
        changed = ActionEdit(1, what, data_version(engine), **said)
        outcome = save_action(engine, "Ana", changed, today)
        return outcome.kind, outcome.message

    assert did("change", due=today) == ("saved", "Changed.")
    assert did("change", owner="Dora")[0] == "refused"
    assert did("tick", done=True, note="It shines") == ("saved", "Ticked off.")
    assert did("tick", done=False) == ("saved", "Saved.")
    assert did("withdraw") == ("saved", "Withdrawn.")
    assert did("tick", done=True) == ("refused", "This action is no longer here: reload the page.")


@pytest.mark.parametrize(
    ("name", "wrong", "message"),
    [
        (None, edit(), NAME_FIRST),
        (None, action(), NAME_FIRST),
        ("Ana", action(what=" "), SAY_WHAT),
        ("Ana", action(owner=""), SAY_WHO),
        ("Ana", action(due=date(2026, 11, 21)), SAY_WHEN),
        ("Ana", edit(reason="  "), "Say why: those who look later will want to know."),
        ("Ana", edit(again=date(2026, 11, 22)), "Choose a day ahead, at most a year from now."),
        ("Ana", edit(again=date(2028, 1, 1)), "Choose a day ahead, at most a year from now."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    engine: Engine, name: str | None, wrong: DecisionEdit, message: str
) -> None:
    before = data_version(engine)
    outcome = save_decision(engine, name, wrong)
    assert (outcome.kind, outcome.message) == ("refused", message)
    assert data_version(engine) == before
