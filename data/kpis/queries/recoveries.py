"""The recoveries of KPIs: their objectives, and what people decided of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, select

from data.core.as_of import any_of, in_force, live, table
from data.kpis.queries.ranges import HeldRange, ranges_held
from data.kpis.views.signals import DecisionView
from models import DecisionKind, KeyResultKind, ObjectiveState

_objective, _objective_terms = table("objective"), table("objective_terms")
_key_result, _key_result_terms = table("key_result"), table("key_result_terms")
_cycle, _team = table("cycle"), table("team")

RECOVERIES = (
    select(
        _objective.c.origin_kpi_id.label("kpi_id"),
        _objective.c.id.label("objective_id"),
        _objective.c.name.label("objective"),
        _objective.c.cycle_id,
        _team.c.name.label("team"),
        _cycle.c.name.label("cycle"),
        _cycle.c.ends_on,
        _objective_terms.c.state,
        _key_result.c.id.label("key_result_id"),
        *(_key_result_terms.c[name] for name in ("start", "hold_periods")),
    )
    .select_from(_objective)
    .join(_objective_terms, in_force(_objective_terms, _objective.c.id))
    .join(
        _key_result,
        and_(
            _key_result.c.objective_id == _objective.c.id,
            _key_result.c.kpi_id == _objective.c.origin_kpi_id,
            _key_result.c.kind == KeyResultKind.HOLD.value,
        ),
    )
    .join(_key_result_terms, in_force(_key_result_terms, _key_result.c.id))
    .join(_cycle, _cycle.c.id == _objective.c.cycle_id)
    .join(_team, _team.c.id == _objective.c.team_id)
    .where(
        _objective.c.origin_kpi_id.in_(any_of("kpis")),
        _objective_terms.c.state != ObjectiveState.DRAFT.value,
        live(_objective),
        live(_key_result),
    )
    .order_by(_cycle.c.starts_on, _objective.c.id, _key_result.c.position, _key_result.c.id)
)
"""The recovery objectives of KPIs that were started, the latest last, with what holds each."""

DAY = timedelta(days=1)
UNDER_WAY = (ObjectiveState.ACTIVE, ObjectiveState.PROBATION)


@dataclass(frozen=True, slots=True)
class Recovery:
    """A KPI's recovery as people decided it: its objective's row, and what was said of it.

    `said` are the decisions to reroute, to confirm and to let graduate, oldest first; `ranges`
    those that the KPI had until now.
    """

    row: Any
    said: Sequence[DecisionView]
    ranges: Sequence[HeldRange]

    @property
    def rerouted(self) -> DecisionView:
        """Give the last decision to reroute."""
        return next(each for each in reversed(self.said) if each.kind is DecisionKind.REROUTE)

    @property
    def times(self) -> int:
        """Count how often the KPI was rerouted."""
        return sum(each.kind is DecisionKind.REROUTE for each in self.said)

    @property
    def confirmed_on(self) -> date | None:
        """Give the day on which somebody confirmed it for the last time since it was rerouted."""
        since_then = self.said[self.said.index(self.rerouted) :]
        days = [each.date for each in since_then if each.kind is DecisionKind.CONFIRM]
        return days[-1] if days else None


def recoveries(
    connection: Connection,
    said: Mapping[int, Sequence[DecisionView]],
    *,
    day: date,
    moment: datetime,
) -> dict[int, Recovery]:
    """Read the latest recovery of each KPI that somebody rerouted: two statements, none for none.

    One that is under way comes before what is over, whatever their cycles.
    """
    rerouted = [
        kpi_id
        for kpi_id, each in said.items()
        if any(one.kind is DecisionKind.REROUTE for one in each)
    ]
    if not rerouted:
        return {}
    at = {"kpis": rerouted, "day": day, "moment": moment}
    held = ranges_held(connection, rerouted, day=day, moment=moment)
    found: dict[int, Recovery] = {}
    for row in connection.execute(RECOVERIES, at):
        before = found.get(row.kpi_id)
        if before is None or row.state in UNDER_WAY or before.row.state not in UNDER_WAY:
            found[row.kpi_id] = Recovery(row, said[row.kpi_id], held.get(row.kpi_id, ()))
    return found


def with_pursued(
    decisions: Mapping[int, DecisionView], found: Mapping[int, Recovery]
) -> dict[int, DecisionView]:
    """Give what was said last of KPIs, where a recovery counts as long as it is pursued.

    It comes back after its cycle, until that is closed and it goes on. Once somebody has confirmed
    it, what happens then is to be decided anew.
    """
    standing = dict(decisions)
    for kpi_id, recovery in found.items():
        last = standing.get(kpi_id)
        if recovery.row.state == ObjectiveState.ACTIVE:
            until = min(recovery.row.ends_on, date.max - DAY) + DAY
            pursued = replace(recovery.rerouted, is_pursued=True, look_again=until)
            standing[kpi_id] = max(filter(None, (last, pursued)), key=_until)
        elif last is not None and last.kind is DecisionKind.REROUTE:
            del standing[kpi_id]
    return standing


def _until(said: DecisionView) -> tuple[date, bool]:
    return said.look_again or date.max, said.is_pursued
