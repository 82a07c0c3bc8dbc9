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
from sqlalchemy import Connection, exists, func, select

from analytics.periods import freshness, ordinal
from analytics.progress import milestone_progress
from analytics.scores import hold_scores, last_runs, metric_scores, weighted_means
from data.core.as_of import (
    DAY,
    MOMENT,
    any_of,
    in_force,
    known_after,
    latest_first,
    live,
    table,
)
from data.kpis.queries.feed_readings import Feed, fed
from data.kpis.queries.gauges import bounds, kpis_of
from data.kpis.queries.readings import PERIODS, Readings, written_since
from data.kpis.queries.signals import said_about
from data.okrs.queries.closing import over_since, stands_on
from data.okrs.queries.feeds import feed_of, oldest
from models import KeyResultKind

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]

BACK = np.arange(PERIODS - 1, -1, -1)
"""How many periods before the latest each column of readings is."""

_key_result, _terms, _milestone = table("key_result"), table("key_result_terms"), table("milestone")
_objective, _cycle = table("objective"), table("cycle")
_objective_terms = table("objective_terms")
_said = table("check_in")
_later = _said.alias()

SAID_AGAIN = exists().where(
    _later.c.key_result_id == _said.c.key_result_id,
    _later.c.date == _said.c.date,
    _later.c.known_at <= MOMENT,
    known_after(_later.c, _said.c),
)
LAST_SAID = (
    select(_said.c.value)
    .where(
        _said.c.key_result_id == _key_result.c.id,
        _said.c.date <= func.coalesce(over_since(_objective_terms), DAY),
        _said.c.date <= _cycle.c.ends_on,
        _said.c.known_at <= MOMENT,
        _said.c.value.is_not(None),
        _said.c.withdrawn.is_(False),
        ~SAID_AGAIN,
    )
    .order_by(_said.c.date.desc(), *latest_first(_said.c))
    .limit(1)
    .correlate(_key_result, _cycle, _objective_terms)
    .scalar_subquery()
)
"""The value of the last check-in that stands and counts, by index."""

KEY_RESULTS = (
    select(
        *(_key_result.c[name] for name in ("id", "objective_id", "kind", "kpi_id")),
        *(_terms.c[name] for name in ("start", "target", "weight", "hold_periods")),
        LAST_SAID.label("value"),
    )
    .select_from(_key_result)
    .join(_terms, in_force(_terms, _key_result.c.id))
    .join(_objective, _objective.c.id == _key_result.c.objective_id)
    .join(_objective_terms, in_force(_objective_terms, _objective.c.id))
    .join(_cycle, _cycle.c.id == _objective.c.cycle_id)
    .where(_key_result.c.objective_id.in_(any_of("objectives")), live(_key_result))
    .order_by(_key_result.c.position, _key_result.c.id)
)
STEPS = (
    select(*(_milestone.c[name] for name in ("key_result_id", "share", "done_on")))
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
    scores = _scores(connection, rows, [objectives[each] for each in place], cycles, at)
    progress = weighted_means(scores, _numbers(rows, "weight"), place, len(objectives))
    return progress.tolist(), np.bincount(place, minlength=len(objectives)).tolist()


def _scores(
    connection: Connection,
    rows: Sequence[Any],
    objectives: Sequence[Any],
    cycles: Mapping[int, Any],
    at: Mapping[str, Any],
) -> Numbers:
    """Give the score of each key result; `objectives` are theirs, `cycles` all by key."""
    kind = np.array([row.kind for row in rows], np.str_)
    is_fed = np.array([row.kpi_id is not None for row in rows], np.bool_)
    feeding = [
        (feed_of(objective, row.kpi_id, cycle, at["day"]), cycle)
        for row, objective in zip(rows, objectives, strict=True)
        if row.kpi_id is not None and (cycle := cycles[objective.cycle_id])
    ]
    told = _fed(connection, feeding, at)
    value, held = _numbers(rows, "value"), np.zeros(len(rows), np.int64)
    value[is_fed], held[is_fed] = told.value, told.held
    scores = metric_scores(_numbers(rows, "start"), _numbers(rows, "target"), value)
    periods = np.array([row.hold_periods or 0 for row in rows], np.int64)
    holds, steps = kind == KeyResultKind.HOLD.value, kind == KeyResultKind.MILESTONE.value
    scores[holds] = hold_scores(held, periods)[holds]
    stepped = {
        row.id: stands_on(objective, at["day"])
        for row, objective, each in zip(rows, objectives, steps, strict=True)
        if each
    }
    scores[steps] = _step_scores(connection, stepped, at)
    return scores


def _step_scores(
    connection: Connection, key_results: Mapping[int, date], at: Mapping[str, Any]
) -> list[float]:
    """Give the share of the steps that were done by the day given for each key result."""
    steps: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for key, share, done_on in connection.execute(STEPS, {"key_results": list(key_results), **at}):
        steps[key].append((share, done_on is not None and done_on <= key_results[key]))
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
    connection: Connection, feeding: Sequence[tuple[Feed, Any]], at: Mapping[str, Any]
) -> _Fed:
    """Read what each feed says; with each is the cycle of its key result."""
    moment = at["moment"]
    tied = sorted({feed.kpi_id for feed, _ in feeding})
    found = kpis_of(connection, team_id=0, teams=[], also=[], tied=tied, **at)
    kpis = {kpi.id: kpi for kpi in sorted(found, key=lambda kpi: int(kpi.id))}
    dismissed = said_about(connection, list(kpis.values()), moment).dismissed
    cadences = {key: kpi.cadence for key, kpi in kpis.items()}
    begun = [min(cycle.starts_on, oldest(feed, cadences[feed.kpi_id])) for feed, cycle in feeding]
    since = min([at["day"], *begun])
    written = written_since(connection, cadences, since, moment, dismissed)
    if not feeding:
        return _Fed(np.empty(0), np.empty(0, np.int64))
    feeds, cycles = zip(*feeding, strict=True)
    return _told(fed(written, feeds), feeds, [kpis[feed.kpi_id] for feed in feeds], cycles)


def _told(
    readings: Readings, feeds: Sequence[Feed], kpis: Sequence[Any], cycles: Sequence[Any]
) -> _Fed:
    """Read off what each feed says of its key result; its KPI and cycle are in the same order."""
    at = [readings.rows[feed] for feed in feeds]
    low, high = (bound[:, None] for bound in bounds(kpis))
    values, latest = readings.values[at], [readings.latest[each] for each in at]
    number = _numbers_of(kpis, latest)[:, None] - BACK
    first = _numbers_of(kpis, [cycle.starts_on for cycle in cycles])[:, None]
    inside = ~np.isnan(values) & ~(values < low) & ~(values > high)
    held = last_runs(inside, (number >= first) & ~readings.dismissed[at])
    rangeless = np.isnan(low[:, 0]) & np.isnan(high[:, 0])
    silent = [
        freshness(period, feed.until, kpi.cadence) == "no data"
        for kpi, feed, period in zip(kpis, feeds, latest, strict=True)
    ]
    return _Fed(values[:, -1], np.where(rangeless | silent, 0, held))


def _numbers_of(kpis: Sequence[Any], days: Sequence[date | None]) -> Counts:
    """Number the periods of KPIs that days fall in; the first of all for no day."""
    return np.array(
        [ordinal(day or date.min, kpi.cadence) for kpi, day in zip(kpis, days, strict=True)],
        np.int64,
    )


def _numbers(rows: Sequence[Any], name: str) -> Numbers:
    return np.array([getattr(row, name) for row in rows], np.float64)
