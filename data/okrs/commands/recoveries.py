"""A KPI's recovery: it is rerouted, confirmed, graduates, and goes on from cycle to cycle."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Engine, select

from data.company.commands.roles import check_permitted
from data.core.as_of import table_of
from data.core.errors import CommandRejected
from data.core.fact_store import check_live, still_here
from data.core.terms import amend_terms
from data.core.ties import tie, tied
from data.core.unit_of_work import UnitOfWork, command
from data.core.validators import checked_name
from data.kpis.commands.decisions import decide, rebase_in
from data.kpis.recovery_rules import check_follows, role_for
from data.kpis.views.recovery import RecoveryPlan, RecoveryView
from data.names.lookup import person_named
from data.names.name_check import check_free, named
from data.okrs.commands.key_result_rows import (
    TERMS,
    live_with_terms,
    write_key_result,
)
from data.okrs.commands.objectives import (
    GUARDRAILS,
    SAME_NAME,
    live_objective,
    write_objective,
    write_terms,
)
from data.okrs.commands.recovering import RecoveringKpi, is_under_way, recovering_kpi
from data.okrs.commands.reopening import reopen
from models import (
    Ambition,
    Cycle,
    DecisionKind,
    Health,
    KeyResult,
    KeyResultKind,
    KeyResultTerms,
    Kpi,
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
        kpi = recovering_kpi(work, kpi_id)
        check_permitted(work, role_for("reroute"), team_id=kpi.row.team_id)
        _check_may_recover(kpi)
        cycle = _cycle_ahead(work, plan.cycle_id)
        owner_id = person_named(work.connection, plan.owner)
        terms = {
            "start": float(kpi.judged.value[0]),
            "hold_periods": _checked_periods(plan.periods),
            "owner_id": owner_id,
        }
        before = kpi.recovery
        if before is not None and before.phase == "relapsed" and before.cycle_id == cycle.id:
            key = _reopened(work, before, (objective, key_result), terms)
        else:
            if before is not None and before.phase == "relapsed":
                write_terms(
                    work, live_objective(work, before.objective_id), state=ObjectiveState.CLOSED
                )
            key = _written(work, kpi.row, cycle.id, (objective, key_result), terms)
        decide(
            work,
            kpi_id,
            DecisionKind.REROUTE,
            plan.reason,
            day=work.today,
            look_again=_until(cycle),
        )
        return Rerouted(work.command_id, key)


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


def carry_over_recovery(work: UnitOfWork, recovery: RecoveryView) -> int:
    """Close a recovery in its cycle, with its score, and go on with it in the next; give its key.

    The decision to reroute holds with it. Raises `CommandRejected` where no cycle follows.
    """
    check_follows("carry over", recovery.phase, recovery.objective)
    row = live_objective(work, recovery.objective_id)
    cycle = _next_cycle(work, row, recovery)
    write_terms(work, row, state=ObjectiveState.CLOSED)
    held = live_with_terms(work, recovery.key_result_id)
    terms = {name: getattr(held, name) for name in TERMS}
    terms["owner_id"] = still_here(work.connection, Person, held.owner_id)
    kpi = check_live(work.connection, Kpi, recovery.kpi_id, what="KPI")
    names = _free_name(work, row.name, cycle.id, row.team_id), held.name
    return _written(work, kpi, cycle.id, names, terms, row)


def _check_may_recover(kpi: RecoveringKpi) -> None:
    """Reject it where nothing is the matter, nothing could be held, or it recovers already."""
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


def _written(
    work: UnitOfWork,
    kpi: Any,
    cycle_id: int,
    names: tuple[str, str],
    terms: dict[str, Any],
    before: Any = None,
) -> int:
    """Write a recovery objective with what holds its KPI; it goes on with the one `before`."""
    objective, key_result = names
    place = {"cycle_id": cycle_id, "team_id": kpi.team_id if before is None else before.team_id}
    check_free(work.connection, Objective, objective, SAME_NAME, **place)
    row = {**place, "name": objective, "origin_kpi_id": kpi.id}
    owner_id = terms["owner_id"]
    if before is not None:
        owner_id = still_here(work.connection, Person, before.owner_id)
    key = write_objective(
        work,
        row if before is None else {**row, "scope": before.scope},
        ambition=Ambition.COMMITTED if before is None else before.ambition,
        owner_id=owner_id,
        state=ObjectiveState.ACTIVE,
    )
    holds = {
        "objective_id": key,
        "name": key_result,
        "kind": KeyResultKind.HOLD,
        "unit": kpi.unit,
        "kpi_id": kpi.id,
    }
    write_key_result(work, holds, **terms)
    if before is not None:
        tie(work, GUARDRAILS, key, _guards(work, before.id))
    return key


def _guards(work: UnitOfWork, objective_id: int) -> list[int]:
    held = tied(work.connection, GUARDRAILS, objective_id)
    return [key for key in held if still_here(work.connection, Kpi, key) is not None]


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


def _next_cycle(work: UnitOfWork, row: Any, recovery: RecoveryView) -> Any:
    """Give the cycle that follows the one of a recovery: the first to begin, then the shortest."""
    cycles = table_of(Cycle)
    later = (
        select(cycles)
        .where(cycles.c.starts_on > recovery.ends_on, cycles.c.withdrawn_at.is_(None))
        .order_by(cycles.c.starts_on, cycles.c.ends_on, cycles.c.id)
        .limit(1)
    )
    if (found := work.connection.execute(later).first()) is None:
        told = f"“{row.name}” still recovers and goes on in the next cycle"
        raise CommandRejected("cycle", f"{told}: add the one after {recovery.cycle} first.")
    return found


def _free_name(work: UnitOfWork, name: str, cycle_id: int, team_id: int) -> str:
    place = {"cycle_id": cycle_id, "team_id": team_id}
    taken = named(work.connection, Objective, name, **place) is not None
    return f"{name} (goes on)" if taken else name
