"""Checking in a key result: its value, how sure one is, and a word on why."""

from datetime import date
from typing import Any

from sqlalchemy import Engine, Row, select
from sqlmodel import col

from data.commands.errors import Refused
from data.commands.facts import check_live, check_seen, checked_note, current, said_now
from data.commands.typed import checked_number
from data.commands.writing import Writing, command
from models import CheckIn, Confidence, Cycle, KeyResult, KeyResultKind, Objective


def check_in(
    engine: Engine,
    *,
    person_id: int,
    key_result_id: int,
    day: date,
    value: float | None,
    confidence: Confidence | None,
    seen: int,
    note: str = "",
) -> int | None:
    """Check in a key result on a day; correct the check-in of that day where one stands.

    A key result that a KPI feeds, or that counts milestones, takes no value of its own.
    Gives the command's key, None where the same check-in stands already. Raises `Refused` or
    `Conflict`, and has then changed nothing.
    """
    note = checked_note(note)
    value = None if value is None else checked_number(value)
    with command(engine, "check in", person_id=person_id) as writing:
        key_result = check_live(writing.connection, KeyResult, key_result_id, what="key result")
        _check_value(key_result, value)
        if value is None and confidence is None and not note:
            raise Refused("confidence", "Choose how sure you are, or write a comment first.")
        _check_day(writing, key_result, day)
        key = {"key_result_id": key_result_id, "date": day}
        standing = current(writing.connection, CheckIn, key)
        said = {"value": value, "confidence": confidence, "note": note}
        if standing is not None and not standing.withdrawn and _says(standing, said):
            return None
        check_seen(standing, seen)
        writing.add(CheckIn, [{**key, **said, **said_now(writing, standing)}])
        return writing.command_id


def takes_value(kind: str, kpi_id: int | None) -> bool:
    """Tell whether a person types a key result's value, or something else gives it."""
    return kind == KeyResultKind.METRIC and kpi_id is None


def _says(standing: Row[Any], said: dict[str, Any]) -> bool:
    """Tell whether a check-in says all that already; no comment takes none away."""
    same = (standing.value, standing.confidence) == (said["value"], said["confidence"])
    return same and said["note"] in ("", standing.note)


def _check_value(key_result: Row[Any], value: float | None) -> None:
    typed = takes_value(key_result.kind, key_result.kpi_id)
    if typed and value is None:
        raise Refused("value", "Type a number first.")
    if not typed and value is not None:
        raise Refused("value", "This value follows by itself: leave it empty.")


def _check_day(writing: Writing, key_result: Row[Any], day: date) -> None:
    if day > writing.today:
        raise Refused("date", "Choose today or an earlier day: this one lies ahead.")
    starts_on = writing.connection.execute(
        select(col(Cycle.starts_on))
        .join(Objective, col(Objective.cycle_id) == col(Cycle.id))
        .where(col(Objective.id) == key_result.objective_id)
    ).scalar_one()
    if day < starts_on:
        raise Refused("date", f"The cycle began on {starts_on.isoformat()}: choose a later day.")
