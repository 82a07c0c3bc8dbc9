"""Setting how far a key result is to be by which day, on its way to its target."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import isfinite
from typing import Any

from sqlalchemy import Engine, select

from data.core.as_of import table_of
from data.core.errors import CommandRejected
from data.core.fact_store import check_live
from data.core.unit_of_work import UnitOfWork, command
from data.core.validators import checked_day
from data.okrs.commands.key_result_rows import live_key_result
from data.okrs.commands.objectives import check_permitted_for_objective, live_objective
from models import Cycle, KeyResultKind, TargetStep

NO_METRIC = "Only what is counted has targets on its way."
TWICE = "Two targets are for the same day: take one of them away."
CHANGED = "Somebody has changed them meanwhile: look again."


def set_targets(
    engine: Engine,
    *,
    person_id: int,
    key_result_id: int,
    targets: Sequence[tuple[date, float]],
    base_version: int,
) -> int | None:
    """Let a key result have these targets on its way, each for a day before its cycle's last.

    Gives the command's key, None where they stand already. Raises `CommandRejected` where a day
    lies outside the cycle, or somebody changed them since the data's version that was seen; and
    has then changed nothing.
    """
    with command(engine, "set targets", person_id=person_id) as work:
        row = live_key_result(work.connection, key_result_id)
        objective = live_objective(work, row.objective_id)
        check_permitted_for_objective(work, objective)
        if row.kind != KeyResultKind.METRIC:
            raise CommandRejected("targets", NO_METRIC)
        wanted = _checked_targets(work, objective.cycle_id, targets)
        stands = _standing(work, key_result_id)
        if wanted == {day: step.target for day, step in stands.items()}:
            return None
        if any(step.version > base_version for step in stands.values()):
            raise CommandRejected("targets", CHANGED)
        _write(work, key_result_id, wanted, stands)
        return work.command_id


def _checked_targets(
    work: UnitOfWork, cycle_id: int, targets: Sequence[tuple[date, float]]
) -> dict[date, float]:
    cycle = check_live(work.connection, Cycle, cycle_id, what="cycle")
    wanted = {checked_day(day, "by"): target for day, target in targets}
    if len(wanted) < len(targets):
        raise CommandRejected("by", TWICE)
    if not all(cycle.starts_on <= day < cycle.ends_on for day in wanted):
        within = f"{cycle.starts_on.isoformat()} and before {cycle.ends_on.isoformat()}"
        raise CommandRejected("by", f"Choose days from {within}, the last day of {cycle.name}.")
    if not all(isfinite(target) for target in wanted.values()):
        raise CommandRejected("target", "That is no number: type it again.")
    return wanted


def _standing(work: UnitOfWork, key_result_id: int) -> Mapping[date, Any]:
    columns = table_of(TargetStep).c
    here = columns.key_result_id == key_result_id, columns.withdrawn_at.is_(None)
    return {row.by: row for row in work.connection.execute(select(*columns).where(*here))}


def _write(
    work: UnitOfWork,
    key_result_id: int,
    wanted: Mapping[date, float],
    stands: Mapping[date, Any],
) -> None:
    for day, step in stands.items():
        if day not in wanted:
            work.alter(TargetStep, step.id, withdrawn_at=work.at)
        elif wanted[day] != step.target:
            work.alter(TargetStep, step.id, target=wanted[day])
    new = [day for day in wanted if day not in stands]
    work.add(
        TargetStep,
        [{"key_result_id": key_result_id, "by": day, "target": wanted[day]} for day in sorted(new)],
    )
