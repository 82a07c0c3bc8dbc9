"""What becomes of an edit: saved, refused with its remedy, or contested."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from data.company.fields import CycleRow, PersonRow, TeamRow
from data.core import typed_text
from data.core.database import data_version
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow
from data.kpis.views.edits import ReadingEdit
from data.okrs.fields import KeyResultRow, ObjectiveRow
from data.okrs.views.edits import CheckInEdit
from data.screens.views.update import CellEdit, StepEdit
from pages.shared.dispatch import NAME_FIRST
from pages.shared.edits import (
    save_cells,
    save_check_in,
    save_reading,
    save_step,
    take_back,
)

WEEK = date(2026, 11, 9)


@pytest.fixture
def engine(new_company: Engine) -> Engine:
    objective = {"cycle": "Q4", "team": "Bakery", "objective": "Bread people walk for"}
    import_tables(
        new_company,
        Tables(
            teams=[TeamRow(team="Bakery")],
            people=[PersonRow(person="Ana"), PersonRow(person="Bo")],
            cycles=[CycleRow(cycle="Q4", starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31))],
            kpis=[KpiRow(team="Bakery", kpi="Waste", unit="%", high=5, cadence="weekly")],  # type: ignore[arg-type]
            objectives=[ObjectiveRow(**objective)],
            key_results=[KeyResultRow(**objective, key_result="Regulars", start=10, target=50)],
        ),
    )
    return new_company


def reading(engine: Engine, typed: str, *, base_version: int | None = None) -> ReadingEdit:
    return ReadingEdit(
        1, WEEK, typed, "", data_version(engine) if base_version is None else base_version
    )


def check_in(engine: Engine, typed: str, confidence: str = "") -> CheckInEdit:
    return CheckInEdit(1, date(2026, 11, 20), typed, confidence, "", data_version(engine))


def test_a_saved_reading_can_be_taken_back(engine: Engine) -> None:
    saved = save_reading(engine, "Ana", reading(engine, "4,5 %"), "%")
    assert (saved.kind, saved.message) == ("saved", "Saved 4.5\u00a0%.")
    assert saved.command_id is not None
    assert take_back(engine, "Ana", saved.command_id) == (True, "Taken back.")
    assert "already" in take_back(engine, "Ana", saved.command_id).message


def test_without_a_name_nothing_is_saved(engine: Engine) -> None:
    outcome = save_reading(engine, None, reading(engine, "4.5"))
    assert (outcome.kind, outcome.message) == ("refused", NAME_FIRST)
    assert take_back(engine, None, 1) == (False, NAME_FIRST)


@pytest.mark.parametrize("typed", ["", "many", "1,234", "1e999", "nan", "9" * 30])
def test_a_bad_number_is_refused_and_changes_nothing(engine: Engine, typed: str) -> None:
    before = data_version(engine)
    outcome = save_reading(engine, "Ana", reading(engine, typed))
    assert outcome.kind == "refused"
    assert outcome.message
    assert data_version(engine) == before


def test_the_second_person_is_told_what_the_first_one_saved(engine: Engine) -> None:
    base_version = data_version(engine)
    save_reading(engine, "Ana", reading(engine, "4.5"))
    outcome = save_reading(engine, "Bo", reading(engine, "4.6", base_version=base_version))
    assert outcome.kind == "conflict"
    assert outcome.theirs is not None
    assert (outcome.theirs.value, outcome.theirs.who) == (4.5, "Ana")
    again = save_reading(engine, "Bo", reading(engine, "4.6", base_version=outcome.theirs.version))
    assert again.kind == "saved"


def test_the_same_value_twice_is_one_change(engine: Engine) -> None:
    save_reading(engine, "Ana", reading(engine, "4.5"))
    before = data_version(engine)
    assert save_reading(engine, "Ana", reading(engine, "4.5")).command_id is None
    assert data_version(engine) == before


@pytest.mark.parametrize("value", [49.70831471102996, 0.1 + 0.2, 2.8e-9, 581577604362048.0, -1e15])
def test_what_stands_in_a_field_and_is_left_writes_nothing(engine: Engine, value: float) -> None:
    stands = replace(reading(engine, typed_text.number(value)), confirmed=True)
    assert save_reading(engine, "Ana", stands, "%").command_id is not None
    version = data_version(engine)
    assert save_reading(engine, "Ana", stands, "%").command_id is None
    assert data_version(engine) == version
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT value FROM reading ORDER BY id DESC")).scalar()
    assert kept == value


def test_a_forged_confidence_is_refused(engine: Engine) -> None:
    refused = save_check_in(engine, "Bo", check_in(engine, "23", "certain"))
    assert (refused.kind, refused.message[:6]) == ("refused", "Choose")


def test_a_check_in_keeps_value_confidence_and_who(engine: Engine) -> None:
    assert save_check_in(engine, "Bo", check_in(engine, "23", "unsure")).kind == "saved"
    with engine.connect() as connection:
        row = connection.execute(
            text(
                "SELECT value, confidence, name FROM check_in"
                " JOIN person ON person.id = recorded_by_id"
            )
        ).one()
    assert tuple(row) == (23, "unsure", "Bo")


def test_a_new_name_becomes_a_person(engine: Engine) -> None:
    assert save_check_in(engine, "  Cleo  Petit ", check_in(engine, "23")).kind == "saved"
    with engine.connect() as connection:
        people = connection.execute(text("SELECT name FROM person ORDER BY id")).scalars().all()
    assert people == ["Ana", "Bo", "Cleo Petit"]


def test_an_unlikely_value_is_doubted_until_one_is_sure(engine: Engine) -> None:
    for week in range(1, 9):
        edit = ReadingEdit(1, WEEK - timedelta(weeks=week), "4.5", "", data_version(engine))
        assert save_reading(engine, "Ana", edit, "%").kind == "saved"
    doubted = save_reading(engine, "Ana", reading(engine, "4500"), "%")
    assert doubted.kind == "doubtful"
    assert doubted.message.startswith("4\u202f500\u00a0% is not of the size of the usual 4.5")
    edit = replace(reading(engine, "4500"), confirmed=True)
    assert save_reading(engine, "Ana", edit, "%").kind == "saved"


def cell(engine: Engine, **cells: str) -> CellEdit:
    return CellEdit("key result", 1, date(2026, 11, 20), data_version(engine), **cells)  # type: ignore[arg-type]


def test_cells_are_kept_one_by_one(engine: Engine) -> None:
    assert save_cells(engine, "Bo", cell(engine, typed="23"), "people").message == (
        "Saved 23\u00a0people."
    )
    for edit in ({"confidence": "unsure"}, {"note": "Rain"}, {"blocked_by": "The roof"}):
        assert save_cells(engine, "Bo", cell(engine, **edit)).kind == "saved"
    with engine.connect() as connection:
        row = connection.execute(
            text("SELECT value, confidence, note, blocked_by FROM check_in ORDER BY id DESC")
        ).first()
    assert row is not None
    assert tuple(row) == (23, "unsure", "Rain", "The roof")
    assert save_cells(engine, "Bo", cell(engine, typed="many")).kind == "refused"


def test_a_note_of_a_reading_keeps_its_value(engine: Engine) -> None:
    save_reading(engine, "Ana", reading(engine, "4.5"))
    edit = CellEdit("kpi", 1, WEEK, data_version(engine), note="Rain")
    assert save_cells(engine, "Ana", edit).kind == "saved"
    with engine.connect() as connection:
        query = text("SELECT value, note FROM reading ORDER BY id DESC")
        assert connection.execute(query).first() == (4.5, "Rain")


def test_a_step_that_is_not_here_is_refused(engine: Engine) -> None:
    outcome = save_step(engine, "Ana", StepEdit(7, True, 9), date(2026, 11, 22))
    assert (outcome.kind, outcome.target) == ("refused", "step")


def test_an_edit_waits_while_the_database_is_out_of_reach(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit, before = reading(engine, "4.2"), data_version(engine)

    def refuse(*_: object) -> None:
        raise OperationalError("BEGIN", {}, Exception("could not connect to server"))

    with monkeypatch.context() as patch:
        patch.setattr("data.core.database.turn", refuse)
        waiting = save_reading(engine, "Ana", edit)
    assert (waiting.kind, waiting.is_waiting) == ("refused", True)
    assert waiting.message == (
        "Not saved yet: the database cannot be reached. What you typed is still here: try again."
    )
    assert data_version(engine) == before
    assert save_reading(engine, "Ana", edit).kind == "saved"
