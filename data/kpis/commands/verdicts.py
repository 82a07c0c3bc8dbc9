"""Saying of a drift that is over whether it was real."""

from datetime import date

from sqlalchemy import Engine, select

from analytics.periods import period as period_of
from data.company.commands.roles import check_permitted
from data.core.as_of import table_of
from data.core.conflicts import changed_cells
from data.core.errors import CommandRejected
from data.core.fact_store import check_live
from data.core.unit_of_work import command
from data.core.validators import checked_day, checked_note
from data.kpis.fields import VerdictRow
from models import DriftVerdict, Kpi, Role, Verdict


def judge_drift(
    engine: Engine,
    *,
    person_id: int,
    kpi_id: int,
    period: date,
    verdict: DriftVerdict,
    note: str = "",
    base_version: int,
) -> int | None:
    """Say whether the drift of a KPI that was first shown with a period was real.

    Gives the command's key, None where that stands already. Raises `CommandRejected` where the
    period is ahead or the person may not, or `Conflict` where somebody said otherwise since the
    data's version that was seen.
    """
    with command(engine, "judge drift", person_id=person_id) as work:
        kpi = check_live(work.connection, Kpi, kpi_id, what="KPI")
        check_permitted(work, Role.MEMBER, team_id=kpi.team_id)
        if checked_day(period, "period") > work.today:
            raise CommandRejected("period", "Choose a drift that is over: this day lies ahead.")
        start = period_of(period, kpi.cadence)
        said = {"verdict": verdict, "note": checked_note(note), "by_id": person_id}
        columns = table_of(Verdict).c
        here = columns.kpi_id == kpi_id, columns.date == start, columns.withdrawn_at.is_(None)
        row = work.connection.execute(select(*columns).where(*here)).first()
        if row is None:
            work.add(Verdict, [{"kpi_id": kpi_id, "date": start, "known_at": work.at, **said}])
            return work.command_id
        stands = {name: getattr(row, name) for name in said}
        if said["verdict"] == stands["verdict"] and said["note"] == stands["note"]:
            return None
        changes = changed_cells(work, VerdictRow, row.id, said, stands, base_version)
        work.alter(Verdict, row.id, **changes)
        return work.command_id
