"""What the company has already, as a spreadsheet is read against it."""

import math
from typing import Any

from sqlalchemy import Connection, Engine, select

from data.company.queries import SETTINGS
from data.core.as_of import in_force_on, table
from data.core.database import now, snapshot
from data.core.fields import columns
from data.core.plausibility import LOOKED_AT
from data.exchange.spreadsheets.mapping import Known, KnownKpi
from data.kpis.fields import KpiRow
from data.kpis.queries.readings import last_readings

_team, _kpi, _terms = table("team"), table("kpi"), table("kpi_terms")
_person = table("person")
OWNER = next(column.stored for column in columns(KpiRow) if column.name == "owner")

TEAMS = select(_team.c.name).where(_team.c.withdrawn_at.is_(None)).order_by(_team.c.name)
PEOPLE = select(_person.c.name).where(_person.c.withdrawn_at.is_(None)).order_by(_person.c.name)


def known_company(engine: Engine) -> Known:
    """Read the names of teams and people, and the KPIs with their newest values: six statements."""
    with snapshot(engine) as connection:
        settings = connection.execute(SETTINGS).one()
        return Known(
            teams=tuple(connection.execute(TEAMS).scalars()),
            people=tuple(connection.execute(PEOPLE).scalars()),
            kpis=_kpis(connection),
            fiscal_year_starts=settings.fiscal_year_starts,
        )


def _kpis(connection: Connection) -> tuple[KnownKpi, ...]:
    today = now().date()
    kpis = connection.execute(
        select(
            *(_kpi.c[name] for name in ("id", "name", "unit", "cadence", "better")),
            *(_terms.c[name] for name in ("low", "high")),
            _team.c.name.label("team"),
            _person.c.name.label("owner"),
        )
        .join(_team, _team.c.id == _kpi.c.team_id)
        .outerjoin(_terms, in_force_on(_terms, _kpi.c.id, today))
        .outerjoin(_person, _person.c.id == _terms.c[OWNER])
        .where(_kpi.c.withdrawn_at.is_(None), _team.c.withdrawn_at.is_(None))
        .order_by(_team.c.name, _kpi.c.name)
    ).all()
    read = last_readings(connection, {row.id: row.cadence for row in kpis}, now(), {})
    return tuple(_known(row, read.values[read.rows[row.id], -LOOKED_AT:].tolist()) for row in kpis)


def _known(row: Any, values: list[float]) -> KnownKpi:
    return KnownKpi(
        team=row.team,
        kpi=row.name,
        unit=row.unit,
        cadence=row.cadence,
        better=row.better,
        low=row.low,
        high=row.high,
        owner=row.owner or "",
        latest=tuple(value for value in values if not math.isnan(value)),
    )
