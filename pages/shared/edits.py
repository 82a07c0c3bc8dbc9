"""What a person changes: sent as commands, told as outcomes."""

from collections.abc import Callable
from typing import Literal

from sqlalchemy import Engine

from components import words
from data.commands.check_ins import check_in
from data.commands.errors import Conflict, Refused
from data.commands.people import introduce
from data.commands.readings import record_reading
from data.commands.typed import typed_number
from data.commands.undo import undo
from data.views import CheckInEdit, Outcome, ReadingEdit
from models import Confidence

PERIODS_OFFERED = 26
NAME_FIRST = "Pick your name at the top right first, then save again."


def save_reading(engine: Engine, name: str | None, edit: ReadingEdit, unit: str = "") -> Outcome:
    """Record what was typed into a gauge."""

    def command(person_id: int) -> tuple[int | None, str]:
        value = typed_number(edit.typed, unit=unit)
        command_id = record_reading(
            engine,
            person_id=person_id,
            kpi_id=edit.kpi_id,
            period=edit.period,
            value=value,
            note=edit.note,
            seen=edit.seen,
        )
        return command_id, words.with_unit(words.exact(value), unit)

    return _outcome("kpi", edit.kpi_id, engine, name, command)


def save_check_in(engine: Engine, name: str | None, edit: CheckInEdit, unit: str = "") -> Outcome:
    """Check in what was typed into a lane."""

    def command(person_id: int) -> tuple[int | None, str]:
        value = typed_number(edit.typed, unit=unit) if edit.typed.strip() else None
        command_id = check_in(
            engine,
            person_id=person_id,
            key_result_id=edit.key_result_id,
            day=edit.date,
            value=value,
            confidence=Confidence(edit.confidence) if edit.confidence else None,
            note=edit.note,
            seen=edit.seen,
        )
        return command_id, "" if value is None else words.with_unit(words.exact(value), unit)

    return _outcome("key result", edit.key_result_id, engine, name, command)


def take_back(engine: Engine, name: str | None, command_id: int) -> str:
    """Undo a command; say what became of it."""
    if not name:
        return NAME_FIRST
    try:
        undo(engine, command_id, person_id=introduce(engine, name))
    except Refused as refused:
        return refused.message
    return "Taken back."


def _outcome(
    target: Literal["kpi", "key result"],
    key: int,
    engine: Engine,
    name: str | None,
    command: Callable[[int], tuple[int | None, str]],
) -> Outcome:
    if not name:
        return Outcome("refused", target, key, NAME_FIRST)
    try:
        command_id, value = command(introduce(engine, name))
    except Refused as refused:
        return Outcome("refused", target, key, refused.message)
    except Conflict as conflict:
        return Outcome("conflict", target, key, "", theirs=conflict.theirs)
    if command_id is None:
        return Outcome("saved", target, key, "This stands already.")
    return Outcome(
        "saved", target, key, f"Saved {value}.".replace(" .", "."), command_id=command_id
    )
