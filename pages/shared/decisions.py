"""What a person decides about a KPI: sent as commands, told as outcomes."""

from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Engine

from components.ui import formatting
from data.actions.commands import act, amend_action, tick_off, withdraw_action
from data.actions.views import ActionEdit
from data.core.fact_conflicts import UNSET
from data.core.outcomes import Outcome, OutcomeTarget
from data.kpis.commands.decisions import acknowledge, annotate, dismiss
from data.kpis.commands.ranges import plan_range, withdraw_range
from data.kpis.views.edits import DecisionEdit
from data.kpis.views.ranges import RangeEdit
from data.kpis.views.signals import ACT
from data.okrs.commands.recoveries import set_new_normal
from models import DecisionKind
from pages.shared.dispatch import Done, change, send


def save_decision(engine: Engine, name: str | None, edit: DecisionEdit) -> Outcome:
    """Decide about a KPI: act on it, put it off, set a new normal, or call a reading wrong."""
    about: dict[str, Any] = {"kpi_id": edit.kpi_id}
    when = formatting.day(edit.day, edit.day)
    message, command = {
        ACT: (
            f"Agreed: to be done by {when}.",
            partial(act, engine, **about, owner=edit.owner, what=edit.text, due=edit.day),
        ),
        DecisionKind.ACKNOWLEDGE: (
            f"Acknowledged: look again {when}.",
            partial(acknowledge, engine, **about, reason=edit.text, look_again=edit.day),
        ),
        DecisionKind.REBASE: (
            f"The new normal begins {when}.",
            partial(set_new_normal, engine, **about, since=edit.day, reason=edit.text),
        ),
        DecisionKind.DISMISS: (
            f"Dismissed the reading of {when}.",
            partial(dismiss, engine, **about, period=edit.day, reason=edit.text),
        ),
    }[edit.kind]
    return change(engine, name, "kpi", edit.kpi_id, command, message)


def save_action(
    engine: Engine, name: str | None, edit: ActionEdit, today: date, target: OutcomeTarget = "kpi"
) -> Outcome:
    """Tick an action off, change it or withdraw it."""

    def command(person_id: int) -> Done:
        about: dict[str, Any] = {"action_id": edit.action_id, "base_version": edit.base_version}
        if edit.did == "withdraw":
            done = withdraw_action(engine, person_id=person_id, **about)
            return Done(done, "Withdrawn.")
        if edit.did == "change":
            said = {"owner": edit.owner, "what": edit.what, "due": edit.due}
            about |= {field: value for field, value in said.items() if value is not None}
            return Done(amend_action(engine, person_id=person_id, **about), "Changed.")
        ticked = {None: UNSET, True: today, False: None}[edit.done]
        note = UNSET if edit.note is None else edit.note
        command_id = tick_off(engine, person_id=person_id, **about, done_on=ticked, note=note)
        return Done(command_id, "Ticked off." if edit.done else "Saved.")

    return send(engine, name, target, edit.action_id, command)


def save_event(engine: Engine, name: str | None, kpi_id: int, day: date, text: str) -> Outcome:
    """Note an event that explains a KPI's readings around a day."""
    noted = partial(annotate, engine, kpi_id=kpi_id, day=day, text=text)
    told = f"Noted an event on {formatting.day(day, day)}."
    return change(engine, name, "kpi", kpi_id, noted, told)


def save_range(engine: Engine, name: str | None, edit: RangeEdit) -> Outcome:
    """Plan the ideal range of a KPI from a day on, or withdraw what is planned."""
    when = formatting.day(edit.starts_on, edit.starts_on)
    about: dict[str, Any] = {
        "kpi_id": edit.kpi_id,
        "starts_on": edit.starts_on,
        "base_version": edit.base_version,
    }
    command = partial(plan_range, engine, **about, low=edit.low, high=edit.high)
    told = f"Planned: it holds from {when}."
    if edit.withdrawn:
        command = partial(withdraw_range, engine, **about)
        told = f"Nothing changes on {when} any more."
    return change(engine, name, "kpi", edit.kpi_id, command, told)
