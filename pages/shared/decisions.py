"""What a person decides about a KPI: sent as commands, told as outcomes."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import Engine

from components.ui import formatting
from data.core.outcomes import Outcome
from data.kpis.commands.decisions import acknowledge, annotate, dismiss, rebase
from data.kpis.views.edits import AcknowledgeEdit
from pages.shared.dispatch import Done, send


def save_acknowledgement(engine: Engine, name: str | None, edit: AcknowledgeEdit) -> Outcome:
    """Say that a drift is known, why nothing is done now, and when to look again."""
    again = formatting.day(edit.look_again, edit.look_again)
    return _decided(
        engine,
        name,
        edit.kpi_id,
        f"Acknowledged: look again {again}.",
        lambda person_id: acknowledge(
            engine,
            person_id=person_id,
            kpi_id=edit.kpi_id,
            reason=edit.reason,
            look_again=edit.look_again,
        ),
    )


def save_rebase(engine: Engine, name: str | None, kpi_id: int, since: date, reason: str) -> Outcome:
    """Say that a KPI's readings from a period on are its new normal."""
    return _decided(
        engine,
        name,
        kpi_id,
        f"Rebased: the new normal begins {formatting.day(since, since)}.",
        lambda person_id: rebase(
            engine, person_id=person_id, kpi_id=kpi_id, since=since, reason=reason
        ),
    )


def save_dismissal(
    engine: Engine, name: str | None, kpi_id: int, period: date, reason: str
) -> Outcome:
    """Say that a KPI's reading of a period is wrong, so that no signal comes of it."""
    return _decided(
        engine,
        name,
        kpi_id,
        f"Dismissed the reading of {formatting.day(period, period)}.",
        lambda person_id: dismiss(
            engine, person_id=person_id, kpi_id=kpi_id, period=period, reason=reason
        ),
    )


def save_event(engine: Engine, name: str | None, kpi_id: int, day: date, text: str) -> Outcome:
    """Note an event that explains a KPI's readings around a day."""
    return _decided(
        engine,
        name,
        kpi_id,
        f"Noted an event on {formatting.day(day, day)}.",
        lambda person_id: annotate(engine, person_id=person_id, kpi_id=kpi_id, day=day, text=text),
    )


def _decided(
    engine: Engine,
    name: str | None,
    kpi_id: int,
    message: str,
    command: Callable[[int], int],
) -> Outcome:
    return send(engine, name, "kpi", kpi_id, lambda person_id: Done(command(person_id), message))
