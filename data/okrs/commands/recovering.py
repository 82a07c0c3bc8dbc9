"""What a KPI's recovery is at this moment, and what may not be done with its objective."""

from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from data.core.errors import CommandRejected
from data.core.unit_of_work import UnitOfWork
from data.kpis.queries.assessment import Assessed, assessed, kpis_of, recoveries_seen
from data.kpis.views.recovery import RecoveryView
from models import KeyResult, Objective


class RecoveringKpi(NamedTuple):
    """A KPI as it stands within a command: its row, how it is, and its recovery, if any."""

    row: Any
    judged: Assessed
    recovery: RecoveryView | None


def recovering_kpi(work: UnitOfWork, kpi_id: int) -> RecoveringKpi:
    """Give a KPI that is here with its recovery, as they stand now."""
    at: dict[str, Any] = {"day": work.today, "moment": work.at}
    found = kpis_of(work.connection, team_id=0, teams=[], also=[kpi_id], **at)
    if not found:
        raise CommandRejected("KPI", "This KPI is no longer here: reload the page.")
    judged = assessed(work.connection, found, **at)
    return RecoveringKpi(found[0], judged, judged.recoveries.get(kpi_id))


def recovery_of(work: UnitOfWork, objective_id: int) -> RecoveryView | None:
    """Give the recovery that an objective is, as it stands now; None where it is none.

    One that another objective of the same KPI goes on with is over.
    """
    recovery = _of_origin(work, objective_id)
    return recovery if recovery and recovery.objective_id == objective_id else None


def _of_origin(work: UnitOfWork, objective_id: int) -> RecoveryView | None:
    """Give the latest recovery of the KPI that an objective came from."""
    origin = select(col(Objective.origin_kpi_id)).where(col(Objective.id) == objective_id)
    kpi_id = work.connection.execute(origin).scalar()
    if kpi_id is None:
        return None
    seen = recoveries_seen(work.connection, [kpi_id], day=work.today, moment=work.at)
    return seen.get(kpi_id)


def is_under_way(recovery: RecoveryView | None) -> bool:
    """Tell whether a recovery still goes on, its probation included."""
    return recovery is not None and recovery.phase not in ("graduated", "closed")


def goes_on(work: UnitOfWork, objective_id: int) -> bool:
    """Tell whether the KPI that an objective came from is being brought back, by whichever."""
    return is_under_way(_of_origin(work, objective_id))


def check_no_recovery(work: UnitOfWork, objective_id: int, what: str) -> None:
    """Reject it where an objective is a recovery that goes on, and something would end it."""
    recovery = recovery_of(work, objective_id)
    if recovery is not None and is_under_way(recovery):
        raise CommandRejected(
            "state", f"“{recovery.objective}” is a recovery {recovery.phase}: {what}."
        )


def check_holds_no_recovery(work: UnitOfWork, key_result_id: int, what: str) -> None:
    """Reject it where a key result holds a recovery that goes on, and something would end it."""
    of = select(col(KeyResult.objective_id)).where(col(KeyResult.id) == key_result_id)
    recovery = recovery_of(work, work.connection.execute(of).scalar() or 0)
    if is_under_way(recovery) and recovery and recovery.key_result_id == key_result_id:
        raise CommandRejected("key result", f"It holds a recovery {recovery.phase}: {what}.")


def check_no_other_recovery(work: UnitOfWork, objective_id: int) -> None:
    """Reject it where an objective was a recovery of a KPI that another one brings back now."""
    other = _of_origin(work, objective_id)
    if other is not None and is_under_way(other) and other.objective_id != objective_id:
        raise CommandRejected(
            "state", f"“{other.objective}” in {other.cycle} goes on with it: work on that one."
        )
