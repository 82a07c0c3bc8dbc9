"""A KPI's recovery: it is rerouted, confirmed, and graduates."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Engine

from data.company.commands.roles import check_permitted
from data.core.errors import CommandRejected
from data.core.fact_store import check_live, still_here
from data.core.terms import amend_terms
from data.core.unit_of_work import UnitOfWork, command
from data.core.validators import checked_name
from data.kpis.commands.decisions import decide, rebase_in
from data.kpis.recovery_rules import check_follows, role_for
from data.kpis.views.recovery import RecoveryPlan, RecoveryView
from data.names.lookup import person_named
from data.names.name_check import check_free
from data.okrs.commands.key_result_rows import (
    TERMS,
    live_with_terms,
)
from data.okrs.commands.objectives import (
    SAME_NAME,
    live_objective,
    write_terms,
)
from data.okrs.commands.recovering import RecoveringKpi, is_under_way, recovering_kpi
from data.okrs.commands.recovery_rows import write_recovery
from data.okrs.commands.reopening import reopen
from models import (
    Cycle,
    DecisionKind,
    Health,
    KeyResult,
    KeyResultTerms,
    Objective,
    ObjectiveState,
    Person,
    Signal,
)

FEWEST, MOST = 4, 520
"""For so few periods a recovery may be held, and for so many."""

WRONG = (Signal.DRIFTING, Signal.RECOVERING)


class Rerouted(NamedTuple):
    """What was done: the command's key, and the recovery objective."""

    command_id: int
    objective_id: int


def reroute(engine: Engine, *, person_id: int, kpi_id: int, plan: RecoveryPlan) -> Rerouted:
    """Take on a KPI that drifts or is out of range: an objective to bring it back and hold it.

    One that slipped again in the cycle of its recovery reopens that; in a later one, a new
    objective goes on. Raises `CommandRejected` where nothing is the matter, a recovery is under
    way already, or the plan cannot be kept; and has then changed nothing.
    """
    objective = checked_name(plan.objective, "objective")
    key_result = checked_name(plan.key_result, "key result")
    with command(engine, "reroute", person_id=person_id) as work:
        kpi = _may_recover(work, kpi_id)
        terms = {
            "hold_periods": _checked_periods(plan.periods),
            "owner_id": person_named(work.connection, plan.owner),
        }
        return _taken_on(work, kpi, plan.cycle_id, (objective, key_result), terms, plan.reason)


def reroute_again(
    engine: Engine, *, person_id: int, kpi_id: int, cycle_id: int, reason: str
) -> Rerouted:
    """Take on a KPI that slipped after it was confirmed once more, all as it was before.

    Raises `CommandRejected` as `reroute` does, or where it has not slipped.
    """
    with command(engine, "reroute", person_id=person_id) as work:
        kpi = _may_recover(work, kpi_id)
        before = kpi.recovery
        if before is None or before.phase != "relapsed":
            raise CommandRejected("reroute", "It has not slipped again: plan its recovery first.")
        held = live_with_terms(work, before.key_result_id)
        owner_id = still_here(work.connection, Person, held.owner_id)
        terms = {"hold_periods": held.hold_periods, "owner_id": owner_id}
        return _taken_on(work, kpi, cycle_id, (before.objective, held.name), terms, reason)


def confirm_recovery(engine: Engine, *, person_id: int, kpi_id: int, reason: str) -> int:
    """Confirm that a KPI is back, as its certificate says: it is on probation from now on.

    Gives the command's key. Raises `CommandRejected` where nothing is certified, or the person
    may not, and has then changed nothing.
    """
    with command(engine, "confirm recovery", person_id=person_id) as work:
        recovery = _in_phase(work, kpi_id, "confirm")
        _write_state(work, recovery, ObjectiveState.PROBATION)
        return decide(work, kpi_id, DecisionKind.CONFIRM, reason, day=work.today)


def graduate_recovery(engine: Engine, *, person_id: int, kpi_id: int, reason: str) -> int:
    """Let a recovery that was held through its probation graduate: it is just a gauge again.

    Gives the command's key. Raises `CommandRejected` before the probation is through, or where the
    person may not, and has then changed nothing.
    """
    with command(engine, "graduate recovery", person_id=person_id) as work:
        recovery = _in_phase(work, kpi_id, "graduate")
        _write_state(work, recovery, ObjectiveState.GRADUATED)
        return decide(work, kpi_id, DecisionKind.GRADUATE, reason, day=work.today)


def set_new_normal(engine: Engine, *, person_id: int, kpi_id: int, since: date, reason: str) -> int:
    """Say that a KPI's readings since a period are its new normal: what recovers it, is over.

    Gives the command's key. Raises `CommandRejected` as `rebase` does.
    """
    with command(engine, "rebase", person_id=person_id) as work:
        recovery = recovering_kpi(work, kpi_id).recovery
        done = rebase_in(work, kpi_id, since, reason)
        if recovery is not None and is_under_way(recovery):
            check_follows("rebase", recovery.phase, recovery.objective)
            _write_state(work, recovery, ObjectiveState.CLOSED)
        return done


def _taken_on(
    work: UnitOfWork,
    kpi: RecoveringKpi,
    cycle_id: int,
    names: tuple[str, str],
    terms: dict[str, Any],
    reason: str,
) -> Rerouted:
    """Take on a KPI from where it stands: by the objective that slipped, or by a new one."""
    cycle, before = _cycle_ahead(work, cycle_id), kpi.recovery
    terms = {"start": float(kpi.judged.value[0]), **terms}
    slipped = before if before is not None and before.phase == "relapsed" else None
    if slipped is not None and slipped.cycle_id == cycle.id:
        key = _reopened(work, slipped, names, terms)
    else:
        if slipped is not None:
            row = live_objective(work, slipped.objective_id)
            write_terms(work, row, state=ObjectiveState.CLOSED)
        key = write_recovery(work, kpi.row, cycle.id, names, terms)
    until = _until(cycle)
    decide(work, kpi.row.id, DecisionKind.REROUTE, reason, day=work.today, look_again=until)
    return Rerouted(work.command_id, key)


def _may_recover(work: UnitOfWork, kpi_id: int) -> RecoveringKpi:
    """Give a KPI that may be rerouted.

    Rejected where nothing is the matter, nothing could be held, or it recovers already.
    """
    kpi = recovering_kpi(work, kpi_id)
    check_permitted(work, role_for("reroute"), team_id=kpi.row.team_id)
    recovery, row = kpi.recovery, kpi.row
    if recovery is not None and recovery.phase not in ("relapsed", "graduated", "closed"):
        told = f"“{recovery.objective}” in {recovery.cycle} is {recovery.phase} already"
        raise CommandRejected("reroute", f"{told}: work on it there.")
    if row.low is None and row.high is None:
        raise CommandRejected("reroute", "Give it an ideal range first: that is where it goes.")
    signal = kpi.judged.signals.get(row.id)
    drifts = signal is not None and signal.signal in WRONG
    outside = kpi.judged.health[0] == Health.OUT_OF_RANGE
    if kpi.judged.health[0] == Health.NO_DATA or not (drifts or outside):
        raise CommandRejected("reroute", "It neither drifts nor is it out of range by now.")
    return kpi


def _checked_periods(periods: int) -> int:
    if not FEWEST <= periods <= MOST:
        raise CommandRejected("hold_periods", f"Hold it for {FEWEST} to {MOST} periods.")
    return periods


def _cycle_ahead(work: UnitOfWork, cycle_id: int) -> Any:
    cycle = check_live(work.connection, Cycle, cycle_id, what="cycle")
    if cycle.ends_on < work.today:
        raise CommandRejected("cycle", f"{cycle.name} is over: choose one that is not.")
    return cycle


def _until(cycle: Any) -> date:
    """Give the day on which a reroute is to be looked at again: the one after its cycle."""
    return cycle.ends_on + timedelta(days=1) if cycle.ends_on < date.max else date.max


def _reopened(
    work: UnitOfWork, recovery: RecoveryView, names: tuple[str, str], terms: dict[str, Any]
) -> int:
    """Take up the objective of a recovery again, called as it is wanted now; give its key."""
    objective, key_result = names
    row, held = live_objective(work, recovery.objective_id), recovery.key_result_id
    if objective != row.name:
        place = {"cycle_id": row.cycle_id, "team_id": row.team_id}
        check_free(work.connection, Objective, objective, SAME_NAME, **place)
        work.alter(Objective, row.id, name=objective)
    reopen(work, row)
    write_terms(work, live_objective(work, row.id), owner_id=terms["owner_id"])
    work.alter(KeyResult, held, name=key_result)
    amend_terms(work, KeyResultTerms, TERMS, live_with_terms(work, held), terms)
    return recovery.objective_id


def _in_phase(work: UnitOfWork, kpi_id: int, step: str) -> RecoveryView:
    """Give the recovery of a KPI where a step follows from where it stands, else reject it."""
    recovery = recovering_kpi(work, kpi_id).recovery
    if recovery is None:
        raise CommandRejected("recovery", "Nobody has rerouted this KPI: there is no recovery.")
    check_follows(step, recovery.phase, recovery.objective)
    return recovery


def _write_state(work: UnitOfWork, recovery: RecoveryView, state: ObjectiveState) -> None:
    row = live_objective(work, recovery.objective_id)
    if row.state != state:
        write_terms(work, row, state=state)
