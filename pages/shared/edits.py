"""What a person changes: sent as commands, told as outcomes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple, cast

from sqlalchemy import Engine

from analytics.periods import recent_periods
from components.ui import formatting
from data.core.errors import CommandRejected
from data.core.fact_conflicts import UNSET
from data.core.number_parsing import typed_number
from data.core.outcomes import Outcome
from data.history.undo import undo
from data.kpis.commands.readings import record_reading
from data.kpis.views.edits import ReadingEdit
from data.okrs.commands.check_ins import amend_check_in, check_in
from data.okrs.commands.milestones import reach_milestone
from data.okrs.views.edits import CheckInEdit
from data.screens.views.update import CellEdit, StepEdit
from models import Cadence, Confidence
from pages.shared.dispatch import NAME_FIRST, Done, send
from pages.shared.who import person_key

OFFERED = 26
"""So many periods can be typed for, the one that is due first."""


def periods_offered(day: date, *cadences: Cadence) -> Mapping[Cadence, Sequence[date]]:
    """Give the periods that can be typed for on a day: of all cadences where none is named."""
    return {each: recent_periods(day, each, OFFERED) for each in cadences or Cadence}


def save_reading(engine: Engine, name: str | None, edit: ReadingEdit, unit: str = "") -> Outcome:
    """Record what was typed into a gauge."""

    def command(person_id: int) -> Done:
        value = typed_number(edit.typed, unit=unit)
        command_id = record_reading(
            engine,
            person_id=person_id,
            kpi_id=edit.kpi_id,
            period=edit.period,
            value=value,
            note=edit.note,
            base_version=edit.base_version,
            confirmed=edit.confirmed,
        )
        return _done(command_id, value, unit)

    return send(engine, name, "kpi", edit.kpi_id, command)


def save_check_in(engine: Engine, name: str | None, edit: CheckInEdit, unit: str = "") -> Outcome:
    """Check in what was typed into a key result."""

    def command(person_id: int) -> Done:
        value = typed_number(edit.typed, unit=unit) if edit.typed.strip() else None
        command_id = check_in(
            engine,
            person_id=person_id,
            key_result_id=edit.key_result_id,
            day=edit.date,
            value=value,
            confidence=_confidence(edit.confidence),
            note=edit.note,
            base_version=edit.base_version,
            confirmed=edit.confirmed,
        )
        return _done(command_id, value, unit)

    return send(engine, name, "key result", edit.key_result_id, command)


def save_cells(engine: Engine, name: str | None, edit: CellEdit, unit: str = "") -> Outcome:
    """Keep what was typed into cells of one's list; the others stay as they stand."""

    def command(person_id: int) -> Done:
        value = UNSET if edit.typed is None else typed_number(edit.typed, unit=unit)
        note = UNSET if edit.note is None else edit.note
        if edit.target == "kpi":
            command_id = record_reading(
                engine,
                person_id=person_id,
                kpi_id=edit.id,
                period=edit.day,
                value=value,
                note=note,
                base_version=edit.base_version,
                confirmed=edit.confirmed,
            )
        else:
            command_id = amend_check_in(
                engine,
                person_id=person_id,
                key_result_id=edit.id,
                day=edit.day,
                value=value,
                confidence=UNSET if edit.confidence is None else _confidence(edit.confidence),
                note=note,
                blocked_by=UNSET if edit.blocked_by is None else edit.blocked_by,
                base_version=edit.base_version,
                confirmed=edit.confirmed,
            )
        return _done(command_id, None if value is UNSET else value, unit)

    return send(engine, name, edit.target, edit.id, command)


def save_step(engine: Engine, name: str | None, edit: StepEdit, today: date) -> Outcome:
    """Tick off a step of a key result, or take the tick away."""

    def command(person_id: int) -> Done:
        command_id = reach_milestone(
            engine,
            person_id=person_id,
            milestone_id=edit.milestone_id,
            done_on=today if edit.done else None,
            base_version=edit.base_version,
        )
        return _done(command_id, None)

    return send(engine, name, "step", edit.milestone_id, command)


class TakenBack(NamedTuple):
    """Whether a command was undone, and what to say of it."""

    is_done: bool
    message: str


def take_back(engine: Engine, name: str | None, command_id: int) -> TakenBack:
    """Undo a command; tell what became of it."""
    if not name:
        return TakenBack(False, NAME_FIRST)
    try:
        undo(engine, command_id, person_id=person_key(engine, name))
    except CommandRejected as refused:
        return TakenBack(False, refused.message)
    return TakenBack(True, "Taken back.")


def _confidence(word: str) -> Confidence | None:
    # The command refuses what is no word of the vocabulary.
    return cast(Confidence, word) if word else None


def _done(command_id: int | None, value: float | None, unit: str = "") -> Done:
    saved = "Saved" if value is None else f"Saved {formatting.exact(value, unit)}"
    return Done(command_id, f"{saved}.")
