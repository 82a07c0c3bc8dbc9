"""How far objectives are: their rows, and the readings of the KPIs that feed them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection

from data.company.views import CycleView, TeamView
from data.kpis.queries.feed_readings import Feed, cut_short, fed
from data.kpis.queries.gauges import Assessed, bounds, kpis_of
from data.kpis.queries.readings import current, written_last
from data.kpis.queries.signals import said_about
from data.okrs.queries.key_results import objectives
from data.okrs.queries.objectives import CHECK_INS, GUARDRAILS, KEY_RESULTS, MILESTONES, Road
from data.okrs.views.key_results import ObjectiveView
from models import Health


def road_of(connection: Connection, shown: Sequence[Any], at: Mapping[str, Any]) -> Road:
    """Read what hangs on objectives: four statements. `at` is the day and the moment."""
    keys = {"objectives": [row.id for row in shown], **at}
    key_results = _by("objective_id", connection.execute(KEY_RESULTS, keys))
    below = {"key_results": [row.id for rows in key_results.values() for row in rows], **at}
    return Road(
        objectives=shown,
        key_results=key_results,
        check_ins=_by("key_result_id", connection.execute(CHECK_INS, below)),
        milestones=_by("key_result_id", connection.execute(MILESTONES, below)),
        guardrails=_by("objective_id", connection.execute(GUARDRAILS, keys)),
        more=0,
    )


def standing(
    connection: Connection,
    road: Road,
    *,
    team: TeamView,
    cycle: CycleView | None,
    at: Mapping[str, Any],
) -> tuple[ObjectiveView, ...]:
    """Give objectives with how far they are; what lies ahead is the cockpit's to tell."""
    feeding = {row.kpi_id for rows in road.key_results.values() for row in rows if row.kpi_id}
    guarding = {row.kpi_id for rows in road.guardrails.values() for row in rows}
    tied = sorted(feeding | guarding)
    kpis = kpis_of(connection, team_id=team.id, teams=[], also=[], tied=tied, **at)
    read = _read(connection, kpis, road.feeds(cycle, at["day"]).values(), at)
    return objectives(road, read, cycle, at["day"], ahead=False)


def _read(
    connection: Connection, kpis: Sequence[Any], feeds: Collection[Feed], at: Mapping[str, Any]
) -> Assessed:
    """Read KPIs' last readings and judge nothing: no limits, no signals, nothing ahead."""
    kpis = sorted(kpis, key=lambda kpi: int(kpi.id))
    day, moment = at["day"], at["moment"]
    dismissed = said_about(connection, kpis, moment).dismissed.periods
    cadences = {kpi.id: kpi.cadence for kpi in kpis}
    written = written_last(connection, cadences, moment, dismissed, cut_short(feeds, day))
    readings = current(written)
    low, high = bounds(kpis)
    unknown = np.full(len(kpis), np.nan)
    return Assessed(
        kpis=kpis,
        readings=readings,
        value=readings.values[:, -1],
        low=low,
        high=high,
        lower_limit=unknown,
        upper_limit=unknown,
        freshness=[""] * len(kpis),
        health=np.full(len(kpis), Health.NO_DATA.value),
        severity=unknown,
        signals={},
        decisions={},
        dismissed=dismissed,
        departures=[None] * len(kpis),
        fed=fed(written, feeds),
    )


def _by(owner: str, rows: Iterable[Any]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[getattr(row, owner)].append(row)
    return grouped
