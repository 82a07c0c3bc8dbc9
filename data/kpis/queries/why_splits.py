"""Which drivers the drifts of many KPIs come from, for screens that show many.

Two statements where any is computed from others: the KPIs that its expression names; the
readings around each drift. The page of a KPI tells the same (`why.py`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from analytics.drivers import ExpressionError, parse
from data.company.queries import Company
from data.core.as_of import live, table
from data.kpis.queries.assessment import Assessed
from data.kpis.queries.why_drivers import taken_apart
from data.kpis.queries.why_readings import surroundings_of
from data.names.expressions import drivers_of
from data.names.scopes import TEAM_SIGN, Names
from models import Signal

_kpi = table("kpi")

MOST = 1_000
"""Of so many KPIs at most the drivers are told, the first asked for."""

NAMED = select(_kpi.c.id, _kpi.c.name, _kpi.c.unit, _kpi.c.cadence, _kpi.c.team_id).where(
    _kpi.c.name.in_(bindparam("names", expanding=True)), live(_kpi)
)


@dataclass(frozen=True, slots=True)
class _Driven:
    """A KPI that drifts and is computed from others, as `taken_apart` reads it."""

    id: int
    name: str
    cadence: str
    team_id: int
    driven_by: str
    onset: date
    drivers: list[int] = field(default_factory=list)


def told_apart(
    connection: Connection, here: Company, found: Assessed, moment: datetime
) -> tuple[Assessed, set[int]]:
    """Give what was found with what each drift comes from, and the teams that this hangs on."""
    driven = _driven(found)
    if not driven:
        return found, set()
    names = sorted({name for each in driven for name in _spellings(each.driven_by)})
    rows = connection.execute(NAMED, {"names": names, "moment": moment}).all()
    scopes, kpis = Names.of(here.teams, kpis=rows), {row.id: row for row in rows}
    driven = [
        replace(each, drivers=drivers_of(scopes, each.team_id, each.driven_by)) for each in driven
    ]
    changes = {each.id: (each.onset, _cadences(each, kpis)) for each in driven}
    read = surroundings_of(connection, changes, moment)
    splits = {}
    for each in driven:
        read[each.id].drop(each.id, list(found.dismissed.get(each.id, ())))
        splits[each.id] = taken_apart(each, kpis, scopes, each.onset, read[each.id])
    teams = {kpis[key].team_id for each in driven for key in each.drivers}
    return replace(found, splits=splits), teams


def _driven(found: Assessed) -> list[_Driven]:
    """Give the KPIs that drift and are computed from others."""
    driven = [
        _Driven(kpi.id, kpi.name, kpi.cadence, kpi.team_id, kpi.driven_by, signal.onset)
        for kpi in found.kpis
        if kpi.driven_by
        and (signal := found.signals.get(kpi.id)) is not None
        and signal.signal is Signal.DRIFTING
        and signal.onset is not None
    ]
    return driven[:MOST]


def _spellings(driven_by: str) -> Iterator[str]:
    """Give every name of a KPI that an expression may mean, alone or behind that of a team."""
    try:
        names: Iterable[str] = parse(driven_by).names
    except ExpressionError:
        return
    for name in names:
        parts = name.split(TEAM_SIGN)
        yield from (TEAM_SIGN.join(parts[at:]).strip() for at in range(len(parts)))


def _cadences(each: _Driven, kpis: Mapping[int, Any]) -> dict[int, str]:
    return {each.id: each.cadence, **{key: kpis[key].cadence for key in each.drivers}}
