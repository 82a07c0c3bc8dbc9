"""What a person changes: sent as commands, told as outcomes."""

from collections.abc import Callable
from datetime import date
from typing import Literal, cast

from sqlalchemy import Engine

from components import words
from data.commands.cells import KEEP
from data.commands.check_ins import amend_check_in, check_in
from data.commands.errors import Conflict, Doubtful, Refused
from data.commands.milestones import reach_milestone
from data.commands.readings import record_reading
from data.commands.typed import typed_number
from data.commands.undo import undo
from data.views import CellEdit, CheckInEdit, Outcome, ReadingEdit, StepEdit
from models import Confidence
from pages.shared.who import person_key

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
            sure=edit.sure,
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
            confidence=_confidence(edit.confidence),
            note=edit.note,
            seen=edit.seen,
            sure=edit.sure,
        )
        return command_id, "" if value is None else words.with_unit(words.exact(value), unit)

    return _outcome("key result", edit.key_result_id, engine, name, command)


def save_cells(engine: Engine, name: str | None, edit: CellEdit, unit: str = "") -> Outcome:
    """Keep what was typed into cells of one's list; the others stay as they stand."""

    def command(person_id: int) -> tuple[int | None, str]:
        value = KEEP if edit.typed is None else typed_number(edit.typed, unit=unit)
        note = KEEP if edit.note is None else edit.note
        if edit.target == "kpi":
            command_id = record_reading(
                engine,
                person_id=person_id,
                kpi_id=edit.id,
                period=edit.day,
                value=value,
                note=note,
                seen=edit.seen,
                sure=edit.sure,
            )
        else:
            command_id = amend_check_in(
                engine,
                person_id=person_id,
                key_result_id=edit.id,
                day=edit.day,
                value=value,
                confidence=KEEP if edit.confidence is None else _confidence(edit.confidence),
                note=note,
                blocked_by=KEEP if edit.blocked_by is None else edit.blocked_by,
                seen=edit.seen,
                sure=edit.sure,
            )
        return command_id, "" if value is KEEP else words.with_unit(words.exact(value), unit)

    return _outcome(edit.target, edit.id, engine, name, command)


def save_step(engine: Engine, name: str | None, edit: StepEdit, today: date) -> Outcome:
    """Tick off a step of a key result, or take the tick away."""

    def command(person_id: int) -> tuple[int | None, str]:
        command_id = reach_milestone(
            engine,
            person_id=person_id,
            milestone_id=edit.milestone_id,
            done_on=today if edit.done else None,
            seen=edit.seen,
        )
        return command_id, ""

    return _outcome("step", edit.milestone_id, engine, name, command)


def take_back(engine: Engine, name: str | None, command_id: int) -> str:
    """Undo a command; say what became of it."""
    if not name:
        return NAME_FIRST
    try:
        undo(engine, command_id, person_id=person_key(engine, name))
    except Refused as refused:
        return refused.message
    return "Taken back."


def _confidence(word: str) -> Confidence | None:
    # The command refuses what is no word of the vocabulary.
    return cast(Confidence, word) if word else None


def _outcome(
    target: Literal["kpi", "key result", "step"],
    key: int,
    engine: Engine,
    name: str | None,
    command: Callable[[int], tuple[int | None, str]],
) -> Outcome:
    if not name:
        return Outcome("refused", target, key, NAME_FIRST)
    try:
        command_id, value = command(person_key(engine, name))
    except Refused as refused:
        return Outcome("refused", target, key, refused.message)
    except Doubtful as doubtful:
        return Outcome("doubtful", target, key, doubtful.message)
    except Conflict as conflict:
        return Outcome("conflict", target, key, "", theirs=conflict.theirs)
    if command_id is None:
        return Outcome("saved", target, key, "This stands already.")
    return Outcome(
        "saved", target, key, f"Saved {value}.".replace(" .", "."), command_id=command_id
    )
