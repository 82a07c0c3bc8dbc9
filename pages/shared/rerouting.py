"""The drawer in which a KPI is rerouted, and the steps of its recovery, from every page alike."""

from collections.abc import Mapping
from datetime import date

import streamlit as st
from sqlalchemy import Engine

from components.kpis import recovery_words, reroute_form, reroute_words
from components.kpis.reroute_proposal import Proposal
from data.company.queries import company
from data.core.database import data_version, now
from data.core.outcomes import Outcome
from data.kpis.queries.kpi import kpi
from data.kpis.queries.why import why
from data.kpis.views.gauges import Gauge
from data.kpis.views.recovery import RecoveryEdit, RecoveryStep, RerouteEdit
from data.okrs.commands.recoveries import (
    confirm_recovery,
    graduate_recovery,
    reroute,
    reroute_again,
)
from data.okrs.queries.recovery_cycles import recovery_cycles
from data.operations.workspace import Workspace
from pages.shared.dispatch import NO_SENSE, Done, send
from pages.shared.feedback import keep
from pages.shared.workspace import opened

NO_CYCLE = "Add a cycle in Settings first: a recovery is an objective in one."
NO_RANGE = "Give it an ideal range in Settings first: that is where a recovery brings it back to."
DONE: Mapping[RecoveryStep, str] = {
    "confirm": "Confirmed: it is on probation now.",
    "graduate": "Graduated: well held.",
    "reroute": "Taken on again.",
}


def ask_reroute(kpi_id: int) -> None:
    """Have the drawer open in the run that follows: a callback cannot open it."""
    st.session_state.reroute_of = kpi_id


def show_reroute() -> None:
    """Open the drawer where it was asked for; Streamlit keeps it open until somebody closes it."""
    if (kpi_id := st.session_state.pop("reroute_of", None)) is not None:
        drawer = st.dialog(reroute_words.TITLE, width="medium", position="right")(_drawer)
        drawer(kpi_id)


def save_reroute(engine: Engine, name: str | None, edit: RerouteEdit) -> Outcome:
    """Reroute a KPI as planned."""

    def command(person_id: int) -> Done:
        done = reroute(engine, person_id=person_id, kpi_id=edit.kpi_id, plan=edit.plan)
        return Done(done.command_id, f"Rerouted: “{edit.plan.objective}” has begun.")

    return send(engine, name, "kpi", edit.kpi_id, command)


def save_recovery(engine: Engine, name: str | None, edit: RecoveryEdit) -> Outcome:
    """Confirm a recovery, or let it graduate."""
    return send(engine, name, "kpi", edit.kpi_id, lambda person_id: _step(engine, person_id, edit))


def proposed(workspace: Workspace, kpi_id: int, today: date) -> Proposal | str:
    """Give the recovery that is proposed for a KPI, or what to do before there can be one."""
    view = kpi(workspace.engine, workspace.version, kpi_id, today)
    if view is None or view.gauge is None:
        return NO_RANGE
    cycles = recovery_cycles(workspace.company, view.cadence, today)
    if cycles is None:
        return NO_CYCLE
    found = why(workspace.engine, workspace.version, kpi_id, today)
    gauge = view.gauge._replace(split=found.split if found else None)
    return Proposal(view, gauge, cycles)


def recovery_step(engine: Engine, person_id: int, gauge: Gauge | None) -> Done:
    """Take the step that the recovery of a gauge waits for, in the words that are proposed."""
    step = recovery_words.step(gauge.recovery) if gauge and gauge.recovery else None
    if gauge is None or step is None:
        return Done(None, "", otherwise=NO_SENSE)
    return _step(engine, person_id, RecoveryEdit(gauge.kpi_id, step, recovery_words.REASONS[step]))


def _step(engine: Engine, person_id: int, edit: RecoveryEdit) -> Done:
    if edit.step == "reroute":
        return _again(engine, person_id, edit)
    take = {"confirm": confirm_recovery, "graduate": graduate_recovery}[edit.step]
    done = take(engine, person_id=person_id, kpi_id=edit.kpi_id, reason=edit.reason)
    return Done(done, DONE[edit.step])


def _again(engine: Engine, person_id: int, edit: RecoveryEdit) -> Done:
    """Take on what slipped again: in its own cycle, or in the one that is proposed now."""
    here = company(engine, version := data_version(engine))
    today = here.today(now())
    view = kpi(engine, version, edit.kpi_id, today)
    recovery = view.gauge.recovery if view and view.gauge else None
    cycles = recovery_cycles(here, view.cadence, today) if view else None
    if recovery is None or cycles is None:
        return Done(None, "", otherwise=NO_CYCLE)
    own = recovery.ends_on >= today
    cycle_id = recovery.cycle_id if own else cycles.offered[cycles.proposed][1]
    by = {"person_id": person_id, "kpi_id": edit.kpi_id, "cycle_id": cycle_id}
    done = reroute_again(engine, **by, reason=edit.reason)
    return Done(done.command_id, DONE[edit.step])


def _drawer(kpi_id: int) -> None:
    workspace = opened()
    today = workspace.company.today(now())
    found = proposed(workspace, kpi_id, today)
    if isinstance(found, str):
        st.info(found)
        return
    people = [person.name for person in workspace.company.people]

    def on_send(edit: RerouteEdit) -> Outcome:
        outcome = save_reroute(workspace.engine, st.session_state.get("person"), edit)
        if outcome.kind == "saved":
            keep(outcome)
        return outcome

    key = f"reroute {kpi_id}"
    parts = (found.view, found.gauge, found.cycles)
    if reroute_form.show(*parts, people, today=today, key=key, on_send=on_send):
        # The whole page runs again, without the drawer.
        st.rerun()
