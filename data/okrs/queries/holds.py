"""Since when a KPI is held, and how it behaved until its objective was closed, if it was."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Date, and_, bindparam, func, or_, select

from data.core.as_of import DAY, MOMENT, any_of, in_force, live, table
from data.kpis.queries.ranges import HeldRange, ranges_held
from data.kpis.signals.evidence import unpacked
from data.okrs.queries.closing import over_since, over_version
from models import DecisionKind, Instant, KeyResultKind

_key_result, _objective, _terms = table("key_result"), table("objective"), table("objective_terms")
_decision, _signal = table("decision"), table("kpi_signal")
_newest = _signal.alias()


def _rerouted(until: ColumnElement[bool]) -> ColumnElement[date | None]:
    """Give the last day on which a KPI was rerouted that is the origin of what holds it."""
    return (
        select(func.max(_decision.c.date))
        .where(
            _decision.c.kpi_id == _key_result.c.kpi_id,
            _decision.c.kpi_id == _objective.c.origin_kpi_id,
            _decision.c.decision == DecisionKind.REROUTE.value,
            _decision.c.known_at <= MOMENT,
            until,
            live(_decision),
        )
        .correlate(_key_result, _objective, _terms)
        .scalar_subquery()
    )


# What ends one recovery may begin the next, on the same day: that is no day of the first.
REROUTED = func.coalesce(
    _rerouted(_decision.c.date < over_since(_terms)),
    _rerouted(_decision.c.date <= func.coalesce(over_since(_terms), DAY)),
    type_=Date,
)
"""The day on which a KPI was rerouted, for the objective that holds it."""
SHOWN = (
    select(_newest.c.known_at)
    .where(
        _newest.c.kpi_id == _key_result.c.kpi_id,
        _newest.c.known_at <= bindparam("instant", type_=Instant),
        or_(over_version(_terms).is_(None), _newest.c.version <= over_version(_terms)),
    )
    .order_by(_newest.c.known_at.desc())
    .limit(1)
    .correlate(_key_result, _terms)
    .scalar_subquery()
)
HOLDS = (
    select(
        _key_result.c.id,
        REROUTED.label("since"),
        _signal.c.evidence,
        _signal.c.history,
    )
    .select_from(_key_result)
    .join(_objective, _objective.c.id == _key_result.c.objective_id)
    .join(_terms, in_force(_terms, _objective.c.id))
    .outerjoin(_signal, and_(_signal.c.kpi_id == _key_result.c.kpi_id, _signal.c.known_at == SHOWN))
    .where(_key_result.c.id.in_(any_of("key_results")))
)
"""What holds a KPI, with what was shown of it: now, or when its objective was closed."""


class Hold(NamedTuple):
    """A KPI that is held: since which day, and the letters of its signals until `period`.

    Where no recovery holds it, or nobody rerouted it, it is held since the cycle began. `ranges`
    are those that it had.
    """

    since: date | None
    period: date | None
    letters: str
    ranges: Sequence[HeldRange]


def holds_of(
    connection: Connection, key_results: Iterable[Any], at: Mapping[str, Any]
) -> dict[int, Hold]:
    """Read what holds KPIs, by key: two statements, none where no KPI is held."""
    held = {
        row.id: row.kpi_id
        for row in key_results
        if row.kind == KeyResultKind.HOLD and row.kpi_id is not None
    }
    if not held:
        return {}
    asked = {"key_results": list(held), "instant": at["moment"], **at}
    rows = connection.execute(HOLDS, asked).all()
    ranges = ranges_held(connection, {*held.values()}, day=at["day"], moment=at["moment"])
    told = [row for row in rows if row.evidence is not None]
    shown = unpacked([row.evidence for row in told], [row.history for row in told])
    signals = {row.id: signal for row, signal in zip(told, shown, strict=True)}
    return {
        row.id: Hold(
            row.since,
            signals[row.id].period if row.id in signals else None,
            signals[row.id].history if row.id in signals else "",
            ranges.get(held[row.id], ()),
        )
        for row in rows
    }


def bringing_back(objectives: Iterable[Any], key_results: Iterable[Any]) -> dict[int, set[int]]:
    """Give those of the objectives that came from a KPI and hold it, by KPI."""
    origins = {row.id: row.origin_kpi_id for row in objectives}
    found: dict[int, set[int]] = {}
    for row in key_results:
        held = row.kpi_id if row.kind == KeyResultKind.HOLD else None
        if held is not None and held == origins.get(row.objective_id):
            found.setdefault(held, set()).add(row.objective_id)
    return found
