"""An objective's life: it starts, closes and reopens, moves, and is put away."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, or_, select
from sqlmodel import col

from data.actions.commands import follow_objectives
from data.company.commands.roles import check_permitted
from data.core.conflicts import check_conflicts
from data.core.errors import CommandRejected
from data.core.fact_store import check_live
from data.core.positions import next_position
from data.core.ties import Ties, untie_others
from data.core.unit_of_work import UnitOfWork, command
from data.names.lookup import names_here
from data.names.name_check import check_free
from data.okrs.commands.completeness import check_measurable
from data.okrs.commands.key_result_rows import has_progress, key_results_of, withdraw
from data.okrs.commands.objectives import (
    GUARDRAILS,
    SUPPORTS,
    check_permitted_for_objective,
    editable_objective,
    live_objective,
    write_terms,
)
from data.okrs.commands.recovering import (
    check_no_other_recovery,
    check_no_recovery,
    is_under_way,
    recovery_of,
)
from data.okrs.commands.recovery_rows import carry_over_recovery
from data.okrs.commands.reopening import reopen
from data.okrs.fields import ObjectiveRow
from models import OVER, Alignment, Cycle, Objective, ObjectiveState, Role, Team

STATES = {
    "start": (ObjectiveState.ACTIVE, (ObjectiveState.DRAFT,)),
    "close": (ObjectiveState.CLOSED, (ObjectiveState.ACTIVE, ObjectiveState.PROBATION)),
    "reopen": (ObjectiveState.ACTIVE, OVER),
    "back to draft": (ObjectiveState.DRAFT, (ObjectiveState.ACTIVE,)),
}
"""What may be done with a state: the state after it, and those that it may come from.

A recovery has rules of its own besides: `data.kpis.recovery_rules`.
"""

ENDS = "confirm it once it is certified, or set a new normal; closing the cycle takes it along"


def start_objectives(
    engine: Engine, *, person_id: int, objective_ids: Sequence[int], base_version: int
) -> int | None:
    """Start drafts, all or none: from today on they are active.

    Raises `CommandRejected` where one has no key result or one that could not be measured.
    """
    with command(engine, "start objectives", person_id=person_id) as work:
        return _take(work, objective_ids, "start", base_version)


def close_objectives(
    engine: Engine, *, person_id: int, objective_ids: Sequence[int], base_version: int
) -> int | None:
    """Close objectives, all or none, as at a cycle's end; what still recovers goes on in the next.

    A recovery on probation stays where it is. Raises `CommandRejected` where no cycle follows.
    """
    with command(engine, "close objectives", person_id=person_id) as work:
        recovering = {key: recovery_of(work, key) for key in objective_ids}
        going_on = {key: each for key, each in recovering.items() if is_under_way(each)}
        for key, recovery in going_on.items():
            check_permitted_for_objective(work, live_objective(work, key))
            if recovery is not None and recovery.is_open:
                carry_over_recovery(work, recovery)
        closing = [key for key in objective_ids if key not in going_on]
        closed = _take(work, closing, "close", base_version)
        return work.command_id if work.changes else closed


def change_state(
    engine: Engine, *, person_id: int, objective_id: int, step: str, base_version: int
) -> int | None:
    """Take a step of `STATES` with an objective: start, close, reopen or back to draft.

    Whoever was archived owns nothing that is reopened. Raises `CommandRejected` where the step does
    not fit, or what the objective hangs on is archived.
    """
    if step not in STATES:
        raise CommandRejected("state", f"Choose {', '.join(STATES)}.")
    name = "edit objective" if step == "back to draft" else f"{step} objective"
    with command(engine, name, person_id=person_id) as work:
        return _take(work, [objective_id], step, base_version)


def move_objective(
    engine: Engine,
    *,
    person_id: int,
    objective_id: int,
    team_id: int,
    cycle_id: int,
    base_version: int,
) -> int | None:
    """Move an objective to a team and a cycle, to their end, and what is done about it with it.

    What no longer fits is untied.
    """
    with command(engine, "move objective", person_id=person_id) as work:
        row = editable_objective(work, objective_id)
        check_live(work.connection, Team, team_id, what="team")
        check_live(work.connection, Cycle, cycle_id, what="cycle")
        place = {"team_id": team_id, "cycle_id": cycle_id}
        stands = {name: getattr(row, name) for name in place}
        if stands == place:
            return None
        check_permitted(work, Role.LEAD, team_id=team_id)
        if cycle_id != row.cycle_id:
            check_no_recovery(work, objective_id, "it goes on when this cycle is closed")
        check_conflicts(work, ObjectiveRow, objective_id, place, stands, base_version)
        taken = f"There is an objective called “{row.name}” already."
        check_free(work.connection, Objective, row.name, taken, **place)
        position = next_position(work, Objective, place)
        work.alter(Objective, objective_id, **place, position=position)
        follow_objectives(work, [objective_id])
        _untie_what_no_longer_fits(work, objective_id)
        return work.command_id


def archive_objective(
    engine: Engine, *, person_id: int, objective_id: int, base_version: int
) -> tuple[int | None, str]:
    """Put an objective away: one that nobody has checked in is withdrawn, another is closed.

    Check-ins are never deleted. Also gives which it became: `archived` or `closed`.
    """
    with command(engine, "archive objective", person_id=person_id) as work:
        row = live_objective(work, objective_id)
        check_permitted_for_objective(work, row)
        check_no_recovery(work, objective_id, ENDS)
        if _has_check_ins(work, objective_id):
            if row.state in OVER:
                return None, "closed"
            _check_state_is_seen(work, row, ObjectiveState.CLOSED, base_version)
            write_terms(work, row, state=ObjectiveState.CLOSED)
            return work.command_id, "closed"
        if row.state in OVER:
            raise CommandRejected("state", f"“{row.name}” is {row.state} and stays as it is.")
        for key in key_results_of(work.connection, objective_id):
            withdraw(work, key)
        for ties in (GUARDRAILS, SUPPORTS, Ties(Alignment, "supports_id", "objective_id")):
            untie_others(work, ties, objective_id, ())
        work.alter(Objective, objective_id, withdrawn_at=work.at)
        return work.command_id, "archived"


def _take(
    work: UnitOfWork, objective_ids: Sequence[int], step: str, base_version: int
) -> int | None:
    """Take a step with each; give the command's key, None where all stand there already."""
    taken = [key for key in objective_ids if _change_state(work, key, step, base_version)]
    if step == "start":
        check_measurable(work.connection, taken)
    return work.command_id if taken else None


def _change_state(work: UnitOfWork, key: int, step: str, base_version: int) -> bool:
    row = live_objective(work, key)
    check_permitted_for_objective(work, row)
    after, before = STATES[step]
    if row.state == after:
        return False
    _check_state_is_seen(work, row, after, base_version)
    if row.state not in before:
        raise CommandRejected("state", f"“{row.name}” is {row.state}: it cannot {step} from there.")
    if step == "back to draft" and _has_check_ins(work, key):
        raise CommandRejected("state", f"“{row.name}” has check-ins: close it instead.")
    if step in ("close", "back to draft"):
        check_no_recovery(work, key, ENDS)
    if step == "reopen":
        check_no_other_recovery(work, key)
        reopen(work, row)
    else:
        write_terms(work, row, state=after)
    return True


def _check_state_is_seen(
    work: UnitOfWork, row: Any, after: ObjectiveState, base_version: int
) -> None:
    said, stands = {"state": after}, {"state": row.state}
    check_conflicts(work, ObjectiveRow, row.id, said, stands, base_version)


def _has_check_ins(work: UnitOfWork, objective_id: int) -> bool:
    key_results = key_results_of(work.connection, objective_id)
    return any(has_progress(work.connection, key) for key in key_results)


def _untie_what_no_longer_fits(work: UnitOfWork, objective_id: int) -> None:
    """End the support between objectives of which neither cycle contains the other's."""
    names = names_here(work.connection)
    cycles = {key: place[0] for place, key in names.objectives.items()}
    ties = work.connection.execute(
        select(col(Alignment.id), col(Alignment.objective_id), col(Alignment.supports_id)).where(
            or_(
                col(Alignment.objective_id) == objective_id,
                col(Alignment.supports_id) == objective_id,
            ),
            col(Alignment.withdrawn_at).is_(None),
        )
    ).all()
    for key, mine, other in ties:
        own, above = cycles.get(mine), cycles.get(other)
        if key and own != above and above not in names.wider_cycles.get(own or 0, ()):
            work.alter(Alignment, key, withdrawn_at=work.at)
