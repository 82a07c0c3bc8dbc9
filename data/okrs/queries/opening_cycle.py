"""The cycle that a cockpit begins with."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, and_, bindparam, or_, select

from data.company.queries import Company, company, seen_from
from data.company.views import CycleView
from data.core.as_of import DAY, MOMENT, live, table
from data.core.database import snapshot
from data.core.team_versions import KeptViews

FIRST_WEEK = timedelta(days=7)

_objective, _key_result, _check_in = map(table, ("objective", "key_result", "check_in"))
_later = table("check_in").alias("later")
_IS_CORRECTED = (
    select(_later.c.id)
    .where(
        _later.c.key_result_id == _check_in.c.key_result_id,
        _later.c.date == _check_in.c.date,
        _later.c.known_at <= MOMENT,
        or_(
            _later.c.known_at > _check_in.c.known_at,
            and_(_later.c.known_at == _check_in.c.known_at, _later.c.id > _check_in.c.id),
        ),
    )
    .exists()
)
CHECKED_IN = (
    select(_check_in.c.id)
    .join(_key_result, _key_result.c.id == _check_in.c.key_result_id)
    .join(_objective, _objective.c.id == _key_result.c.objective_id)
    .where(
        _objective.c.cycle_id == bindparam("cycle"),
        _check_in.c.date <= DAY,
        _check_in.c.known_at <= MOMENT,
        _check_in.c.withdrawn.is_(False),
        live(_objective),
        live(_key_result),
        ~_IS_CORRECTED,
    )
    .limit(1)
)

_kept: KeptViews[date, CycleView | None] = KeptViews(8)


def cycle_to_open(engine: Engine, version: int, day: date) -> CycleView | None:
    """Give the cycle to begin with on a day: the one it is in, unless that is still bare.

    In its first week, until somebody has checked in, it is the one before, where there is one in
    which somebody did: at most two statements, in that week alone.
    """
    here = company(engine, version)
    current = here.cycle_named(None, day)
    if current is None or day >= current.starts_on + FIRST_WEEK:
        return current
    # Whoever checks in first changes it for all.
    teams = [team.id for team in here.teams]
    return _kept.get(engine, version, day, lambda: (_to_open(engine, here, current, day), teams))


def _to_open(engine: Engine, here: Company, current: CycleView, day: date) -> CycleView:
    before = [row for row in here.cycles if row.ends_on < current.starts_on]
    last = max(before, key=lambda row: (row.ends_on, row.starts_on), default=None)
    if last is None:
        return current
    at = {"day": day, "moment": here.end_of(day)}
    with snapshot(engine) as connection:
        if _has_news(connection, current.id, at) or not _has_news(connection, last.id, at):
            return current
    return seen_from(last, day)


def _has_news(connection: Connection, cycle_id: int, at: dict[str, Any]) -> bool:
    return connection.execute(CHECKED_IN, {"cycle": cycle_id, **at}).first() is not None
