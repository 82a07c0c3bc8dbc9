"""How far many objectives are, in one pass of arrays.

Five statements: the key results, each with what was last said of it; steps; the KPIs that feed,
which of their readings were dismissed, and their readings since the cycle began. The figures are
those of the lanes, which tell a great deal more about each key result.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, and_, case, exists, or_, select

from analytics.periods import first_day, freshness, ordinal
from analytics.progress import milestone_progress
from analytics.scores import hold_scores, last_runs, metric_scores, weighted_means
from data.queries.gauges import bounds, kpis_of
from data.queries.readings import PERIODS, Readings, readings_since
from data.queries.signals import said_about
from data.queries.statements import DAY, MOMENT, any_of, in_force, live, table
from models import KeyResultKind

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]

BACK = np.arange(PERIODS - 1, -1, -1)
"""How many periods before the latest each column of readings is."""

_key_result, _terms, _milestone = table("key_result"), table("key_result_terms"), table("milestone")
_objective, _cycle = table("objective"), table("cycle")
_said = table("check_in")
_later = _said.alias()

SAID_AGAIN = exists().where(
    _later.c.key_result_id == _said.c.key_result_id,
    _later.c.date == _said.c.date,
    _later.c.known_at <= MOMENT,
    or_(
        _later.c.known_at > _said.c.known_at,
        and_(_later.c.known_at == _said.c.known_at, _later.c.id > _said.c.id),
    ),
)
LAST_SAID = (
    select(_said.c.value)
    .where(
        _said.c.key_result_id == _key_result.c.id,
        _said.c.date <= DAY,
        _said.c.date <= _cycle.c.ends_on,
        _said.c.known_at <= MOMENT,
        _said.c.value.is_not(None),
        _said.c.withdrawn.is_(False),
        ~SAID_AGAIN,
    )
    .order_by(_said.c.date.desc(), _said.c.known_at.desc(), _said.c.id.desc())
    .limit(1)
    .correlate(_key_result, _cycle)
    .scalar_subquery()
)
"""The value of the last check-in that stands, by index."""

KEY_RESULTS = (
    select(
        *(_key_result.c[name] for name in ("id", "objective_id", "kind", "kpi_id")),
        *(_terms.c[name] for name in ("start", "target", "weight", "hold_periods")),
        LAST_SAID.label("value"),
    )
    .select_from(_key_result)
    .join(_terms, in_force(_terms, _key_result.c.id))
    .join(_objective, _objective.c.id == _key_result.c.objective_id)
    .join(_cycle, _cycle.c.id == _objective.c.cycle_id)
    .where(_key_result.c.objective_id.in_(any_of("objectives")), live(_key_result))
    .order_by(_key_result.c.position, _key_result.c.id)
)
STEPS = (
    select(
        _milestone.c.key_result_id,
        _milestone.c.share,
        case((_milestone.c.done_on <= DAY, 1), else_=0).label("done"),
    )
    .where(_milestone.c.key_result_id.in_(any_of("key_results")), live(_milestone))
    .order_by(_milestone.c.position, _milestone.c.id)
)


def gone(
    connection: Connection,
    objectives: Sequence[Any],
    cycles: Mapping[int, Any],
    at: Mapping[str, Any],
) -> tuple[list[float], list[int]]:
    """Give the progress of each objective, 0..1, and how many key results it has.

    `cycles` by key are what the objectives are in; `at` is the day and the moment.
    """
    keys = {"objectives": [row.id for row in objectives], **at}
    rows = connection.execute(KEY_RESULTS, keys).all()
    places = {row.id: place for place, row in enumerate(objectives)}
    place = np.array([places[row.objective_id] for row in rows], np.int64)
    scores = _scores(connection, rows, [cycles[objectives[each].cycle_id] for each in place], at)
    progress = weighted_means(scores, _numbers(rows, "weight"), place, len(objectives))
    return progress.tolist(), np.bincount(place, minlength=len(objectives)).tolist()


def _scores(
    connection: Connection, rows: Sequence[Any], cycles: Sequence[Any], at: Mapping[str, Any]
) -> Numbers:
    """Give the score of each key result; `cycles` are theirs."""
    kind = np.array([row.kind for row in rows], np.str_)
    is_fed = np.array([row.kpi_id is not None for row in rows], np.bool_)
    fed = _fed(
        connection,
        [row for row, each in zip(rows, is_fed, strict=True) if each],
        [cycle for cycle, each in zip(cycles, is_fed, strict=True) if each],
        at,
    )
    value, held = _numbers(rows, "value"), np.zeros(len(rows), np.int64)
    value[is_fed], held[is_fed] = fed.value, fed.held
    scores = metric_scores(_numbers(rows, "start"), _numbers(rows, "target"), value)
    periods = np.array([row.hold_periods or 0 for row in rows], np.int64)
    holds, steps = kind == KeyResultKind.HOLD.value, kind == KeyResultKind.MILESTONE.value
    scores[holds] = hold_scores(held, periods)[holds]
    stepped = [row.id for row, each in zip(rows, steps, strict=True) if each]
    scores[steps] = _step_scores(connection, stepped, at)
    return scores


def _step_scores(
    connection: Connection, key_results: Sequence[int], at: Mapping[str, Any]
) -> list[float]:
    steps: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for key, share, done in connection.execute(STEPS, {"key_results": key_results, **at}):
        steps[key].append((share, bool(done)))
    return [
        milestone_progress(*(zip(*steps[key], strict=True) if key in steps else ((), ())))
        for key in key_results
    ]


@dataclass(frozen=True, slots=True)
class _Fed:
    """What KPIs say of the key results that they feed: their values, and for how long in range."""

    value: Numbers
    held: Counts


def _fed(
    connection: Connection, rows: Sequence[Any], cycles: Sequence[Any], at: Mapping[str, Any]
) -> _Fed:
    day, moment = at["day"], at["moment"]
    feeding = sorted({row.kpi_id for row in rows})
    found = kpis_of(connection, team_id=0, teams=[], also=[], tied=feeding, **at)
    kpis = sorted(found, key=lambda kpi: int(kpi.id))
    dismissed = said_about(connection, kpis, moment).dismissed
    cadences = {kpi.id: kpi.cadence for kpi in kpis}
    since = min([day, *(cycle.starts_on for cycle in cycles)])
    readings = readings_since(connection, cadences, since, moment, dismissed)
    if not rows:
        return _Fed(np.empty(0), np.empty(0, np.int64))
    at_kpi = np.array([readings.rows[row.kpi_id] for row in rows], np.int64)
    return _told(readings, at_kpi, [kpis[each] for each in at_kpi], cycles, day)


def _told(
    readings: Readings, at_kpi: Counts, kpis: Sequence[Any], cycles: Sequence[Any], day: date
) -> _Fed:
    """Read off what the KPI of each key result says by the end of its cycle, or by the day."""
    low, high = (bound[:, None] for bound in bounds(kpis))
    values, ends = readings.values[at_kpi], [min(day, cycle.ends_on) for cycle in cycles]
    number = _numbers_of(kpis, [readings.latest[each] for each in at_kpi])[:, None] - BACK
    first = _numbers_of(kpis, [cycle.starts_on for cycle in cycles])[:, None]
    last = _numbers_of(kpis, ends)[:, None]
    known = ~np.isnan(values) & (number <= last)
    column = np.where(known, np.arange(PERIODS), -1).max(axis=1)
    row = np.arange(len(kpis))
    value = np.where(column >= 0, values[row, column], np.nan)
    inside = known & ~(values < low) & ~(values > high)
    held = last_runs(inside, (number >= first) & (number <= last) & ~readings.dismissed[at_kpi])
    rangeless = np.isnan(low[:, 0]) & np.isnan(high[:, 0])
    silent = [
        freshness(first_day(period, kpi.cadence), end, kpi.cadence) == "no data"
        for kpi, period, end in zip(kpis, number[row, column].tolist(), ends, strict=True)
    ]
    return _Fed(value, np.where(rangeless | silent, 0, held))


def _numbers_of(kpis: Sequence[Any], days: Sequence[date | None]) -> Counts:
    """Number the periods of KPIs that days fall in; the first of all for no day."""
    return np.array(
        [ordinal(day or date.min, kpi.cadence) for kpi, day in zip(kpis, days, strict=True)],
        np.int64,
    )


def _numbers(rows: Sequence[Any], name: str) -> Numbers:
    return np.array([getattr(row, name) for row in rows], np.float64)
