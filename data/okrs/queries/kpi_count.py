"""How many KPIs a team watches; an indicator, without a range, is free."""

from typing import NamedTuple

from sqlalchemy import Engine, bindparam, func, or_, select

from analytics.coach.counts import MOST_KPIS
from data.company.queries import company
from data.core.as_of import in_force, live, table
from data.core.database import snapshot
from data.core.team_versions import KeptViews
from data.okrs.queries.drafts import OkrLook

_kpi, _terms = table("kpi"), table("kpi_terms")

WATCHED = (
    select(func.count())
    .select_from(_kpi)
    .join(_terms, in_force(_terms, _kpi.c.id))
    .where(
        _kpi.c.team_id == bindparam("team"),
        live(_kpi),
        or_(_terms.c.low.is_not(None), _terms.c.high.is_not(None)),
    )
)


class KpiCount(NamedTuple):
    """How many KPIs a team watches, and how many it can keep in mind at most."""

    kpis: int
    most: int


_kept: KeptViews[OkrLook, KpiCount] = KeptViews(32)


def watched(engine: Engine, version: int, look: OkrLook) -> KpiCount:
    """Count the KPIs of a team on a day, whatever is read or said of them."""
    return _kept.get(engine, version, look, lambda: (_watched(engine, version, look), ()))


def _watched(engine: Engine, version: int, look: OkrLook) -> KpiCount:
    moment = company(engine, version).end_of(look.day)
    with snapshot(engine) as connection:
        said = {"team": look.team.id, "day": look.day, "moment": moment}
        return KpiCount(int(connection.execute(WATCHED, said).scalar_one()), MOST_KPIS)
