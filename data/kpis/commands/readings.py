"""Recording what a KPI read, and correcting it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine

from analytics.periods import first_day, ordinal
from analytics.periods import period as period_of
from data.company.commands.roles import check_permitted
from data.core.as_of import oldest_first, table_of
from data.core.errors import CommandRejected
from data.core.fact_conflicts import UNSET, Unset, check_cells, current_cells, set_cells
from data.core.fact_store import check_live, fact_origin, told
from data.core.number_parsing import checked_number
from data.core.plausibility import LOOKED_AT, check_likely
from data.core.unit_of_work import command
from data.core.validators import checked_day, checked_note
from models import Kpi, KpiTerms, Reading, Role


def record_reading(
    engine: Engine,
    *,
    person_id: int,
    kpi_id: int,
    period: date,
    value: float | Unset,
    base_version: int,
    note: str | Unset = "",
    confirmed: bool = True,
) -> int | None:
    """Record a KPI's value for the period that a day falls in; correct it where one stands.

    What is UNSET stays as it stands; with a value, no note takes none away. `base_version` is the
    data's version the person looked at. Gives the command's key, None where the same reading stands
    already. Raises `CommandRejected`, `Conflict` or, unless `confirmed`, `NeedsConfirmation`, and
    has then changed nothing.
    """
    cells = _checked_cells(value, note)
    with command(engine, "record reading", person_id=person_id) as work:
        kpi = check_live(work.connection, Kpi, kpi_id, what="KPI")
        owner_of = (KpiTerms, kpi.id)
        check_permitted(work, Role.MEMBER, team_id=kpi.team_id, owner_of=owner_of)
        start = _checked_period(period, kpi.cadence, work.today)
        key = {"kpi_id": kpi_id, "period": start}
        around = _around(work.connection, kpi, start)
        standing = next((row for row in reversed(around) if row.period == start), None)
        stood = current_cells(standing, "value", "note")
        said = {**stood, **cells}
        if said == stood:
            return None
        if said["value"] is None:
            raise CommandRejected("value", "Type the number first: the note goes with it.")
        check_cells(work.connection, Reading, key, standing, cells, base_version)
        if not confirmed and said["value"] != stood["value"]:
            known = {row.period: row.value for row in around if row.period != start}
            values = [value for value in known.values() if value is not None]
            check_likely(said["value"], values, kpi.unit)
        work.add(Reading, [{**key, **said, **fact_origin(work, standing)}])
        return work.command_id


def _checked_cells(value: float | Unset, note: str | Unset) -> dict[str, Any]:
    if value is not UNSET:
        value = checked_number(value)
    if note is not UNSET:
        note = checked_note(note)
        if value is not UNSET and not note:
            note = UNSET
    return set_cells({"value": value, "note": note})


def _checked_period(day: date, cadence: str, today: date) -> date:
    if checked_day(day, "period") > today:
        raise CommandRejected("period", "Choose a period that has begun: this one lies ahead.")
    return period_of(day, cadence)


def _around(connection: Connection, kpi: Any, start: date) -> Sequence[Any]:
    """Give what was said of a KPI's period and of those around it, oldest first."""
    since = first_day(ordinal(start, kpi.cadence) - LOOKED_AT, kpi.cadence)
    columns = table_of(Reading).c
    found = (
        told(Reading)
        .where(columns.kpi_id == kpi.id, columns.period >= since)
        .order_by(columns.period, *oldest_first(columns))
    )
    return connection.execute(found).all()
