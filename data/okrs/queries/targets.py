"""Targets of key results on their way: which is in force on a day, and what it asks for."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Engine, and_, select

from analytics.progress import pace
from analytics.target_path import Waypoint, expected_share
from data.core.as_of import DAY, any_of, live, table
from data.core.database import snapshot
from data.okrs.views.key_results import TargetOnTheWay


class Spanned(Protocol):
    """What has a first and a last day, as a cycle has."""

    @property
    def starts_on(self) -> date:
        """The first day."""

    @property
    def ends_on(self) -> date:
        """The last day."""


_key_result, _step = table("key_result"), table("target_step")


def _nearest(column: str, when: ColumnElement[bool], *order: ColumnElement[Any]) -> Any:
    return (
        select(_step.c[column])
        .where(and_(_step.c.key_result_id == _key_result.c.id, when, live(_step)))
        .order_by(*order)
        .limit(1)
        .correlate(_key_result)
        .scalar_subquery()
    )


_AHEAD, _BEHIND = _step.c.by >= DAY, _step.c.by < DAY
TARGETS = (
    _nearest("by", _AHEAD, _step.c.by).label("next_day"),
    _nearest("target", _AHEAD, _step.c.by).label("next_target"),
    _nearest("by", _BEHIND, _step.c.by.desc()).label("last_day"),
    _nearest("target", _BEHIND, _step.c.by.desc()).label("last_target"),
)
"""The targets on the way of a key result around the day: the one in force, and the last before."""


LISTED = (
    select(*(_step.c[name] for name in ("key_result_id", "by", "target")))
    .where(_step.c.key_result_id.in_(any_of("key_results")), _step.c.withdrawn_at.is_(None))
    .order_by(_step.c.key_result_id, _step.c.by)
)


def in_force(row: Any, cycle: Spanned) -> TargetOnTheWay | None:
    """Give the target on the way of a key result that is in force; None where that is its last."""
    if row.next_day is None or not _goes_somewhere(row) or row.next_day >= cycle.ends_on:
        return None
    return TargetOnTheWay(row.next_day, row.next_target, _share(row, row.next_target))


def pace_of(row: Any, cycle: Spanned, day: date) -> float:
    """Give the share of the way that should be done, by the targets on it where there are any."""
    if not _goes_somewhere(row) or (row.next_day is None and row.last_day is None):
        return pace(cycle.starts_on, cycle.ends_on, day)
    begun = Waypoint(_day_before(cycle.starts_on), 0.0)
    behind = begun
    if row.last_day is not None and row.last_day >= cycle.starts_on:
        behind = Waypoint(row.last_day, _share(row, row.last_target))
    ahead = Waypoint(cycle.ends_on, 1.0)
    if (step := in_force(row, cycle)) is not None:
        ahead = Waypoint(step.day, step.share)
    return expected_share(behind, ahead, day)


def _goes_somewhere(row: Any) -> bool:
    return None not in (row.start, row.target) and row.start != row.target


def _share(row: Any, target: float) -> float:
    share: float = (target - row.start) / (row.target - row.start)
    return share


def _day_before(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day


def targets_of(
    engine: Engine, key_results: Sequence[int]
) -> Mapping[int, list[tuple[date, float]]]:
    """Give the targets on the way of key results as they stand now, by key, the earliest first."""
    found: dict[int, list[tuple[date, float]]] = {}
    with snapshot(engine) as connection:
        for row in connection.execute(LISTED, {"key_results": list(key_results)}):
            found.setdefault(row.key_result_id, []).append((row.by, row.target))
    return found
