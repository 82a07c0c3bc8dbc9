"""How far key results and objectives are, in one pass of arrays, for every page alike."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analytics.periods import freshness, ordinal
from analytics.progress import (
    hold_pace,
    hold_progress,
    last_runs,
    metric_progress,
    scores,
    weighted_means,
)
from analytics.recovery import is_inside
from data.kpis.queries.ranges import bounds_then
from data.kpis.queries.readings import BACK, Readings
from data.okrs.queries import targets
from data.okrs.queries.feeds import Placed, feeds_of
from data.okrs.queries.holds import Hold
from data.okrs.views.key_results import KeyResultView
from models import KeyResultKind

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]

NOTHING_HELD = Hold(None, None, "", ())


class KeyResultProgress(NamedTuple):
    """How far a key result is: its value, and the share of the way that is done, not clamped.

    The share is 0 where nothing says how far it is, unlike where it is `valued`; `held` counts
    the last periods in range, one after the other, of a KPI that is to stay there.
    """

    value: float | None
    done: float
    held: int
    valued: bool


def progress_of(
    placed: Sequence[Placed],
    said: Sequence[float | None],
    steps: Mapping[int, Sequence[Any]],
    readings: Readings,
    kpis: Mapping[int, Any],
    holds: Mapping[int, Hold],
) -> list[KeyResultProgress]:
    """Give how far key results are.

    `said` are the values of their last check-ins, in their order; `steps` are theirs by key;
    `readings` those that count for each feed; `kpis` those that feed, by key; `holds` tell since
    when a KPI is held, by key, and how it behaved.
    """
    rows = [each.row for each in placed]
    kind = np.array([row.kind for row in rows], np.str_)
    kinds = [kind == KeyResultKind.HOLD.value, kind == KeyResultKind.MILESTONE.value]
    is_fed = np.array([each.feed is not None for each in placed], np.bool_)
    value, run = np.array(said, np.float64), np.zeros(len(rows), np.int64)
    value[is_fed], run[is_fed] = _fed(placed, readings, kpis, holds)
    start, target = numbers(rows, "start"), numbers(rows, "target")
    periods = np.array([row.hold_periods or 0 for row in rows], np.int64)
    by_steps, is_planned = _by_steps(placed, steps)
    done = [hold_progress(run, periods), by_steps, metric_progress(start, target, value)]
    valued = [~np.isnan(value), is_planned, ~np.isnan([start, target, value]).any(axis=0)]
    held = np.where(kinds[0], np.minimum(run, periods), 0)
    return list(
        map(
            KeyResultProgress,
            [None if number != number else number for number in value.tolist()],
            np.select(kinds, done[:2], done[2]).tolist(),
            held.tolist(),
            np.select(kinds, valued[:2], valued[2]).tolist(),
        )
    )


def objective_means(
    rows: Sequence[Any], objectives: Sequence[Any], done: Sequence[float]
) -> list[float]:
    """Give how far objectives are, 0..1, by the share of the way of each of their key results."""
    places = {objective.id: place for place, objective in enumerate(objectives)}
    place = np.array([places[row.objective_id] for row in rows], np.int64)
    share = scores(np.array(done, np.float64))
    means = weighted_means(share, numbers(rows, "weight"), place, len(objectives))
    return list(means.tolist())


def objective_scores(
    rows: Sequence[Any], objectives: Sequence[Any], done: Sequence[float]
) -> list[float | None]:
    """Give what objectives score, 0..1, by the scores of their key results; None without any.

    Those are the computed ones, or those that people gave instead.
    """
    given = [row.given_score for row in rows]
    scored = [each if own is None else own for each, own in zip(done, given, strict=True)]
    has_any = {row.objective_id for row in rows}
    means = zip(objectives, objective_means(rows, objectives, scored), strict=True)
    return [mean if row.id in has_any else None for row, mean in means]


def objective_pace(
    rows: Sequence[Any], key_results: Sequence[KeyResultView], elapsed: float
) -> float:
    """Give where an objective should be: the mean of where its key results should, by weight.

    It is what is `elapsed` of the cycle where none of them weighs anything.
    """
    weight = sum(row.weight for row in rows)
    if not weight:
        return elapsed
    due = (row.weight * each.pace for row, each in zip(rows, key_results, strict=True))
    return float(sum(due) / weight)


def pace_of(placed: Placed, latest: date | None) -> float:
    """Give how far a key result should be; of one to hold, how much at least by its latest period.

    So much has to be held already that holding all that is left is enough.
    """
    row, cycle = placed.row, placed.cycle
    if row.kind != KeyResultKind.HOLD or latest is None or row.cadence is None:
        return targets.pace_of(row, cycle, placed.until)
    left = ordinal(cycle.ends_on, row.cadence) - ordinal(latest, row.cadence)
    return hold_pace(left, row.hold_periods or 0)


def is_done(step: Any, day: date) -> bool:
    """Tell whether a step was done by a day."""
    return step.done_on is not None and step.done_on <= day


def numbers(rows: Sequence[Any], name: str) -> Numbers:
    """Give a column of rows, NaN for none."""
    return np.array([getattr(row, name) for row in rows], np.float64)


def _by_steps(
    placed: Sequence[Placed], steps: Mapping[int, Sequence[Any]]
) -> tuple[Numbers, Flags]:
    """Give the shares of steps that are done ÷ those of all, and which key results have any."""
    each = [
        (at, step.share, is_done(step, key_result.stands_on))
        for at, key_result in enumerate(placed)
        for step in steps.get(key_result.row.id, ())
    ]
    at, share, done = np.array(each, np.float64).reshape(-1, 3).T
    group = at.astype(np.int64)
    has_steps = np.bincount(group, minlength=len(placed)) > 0
    return weighted_means(done, share, group, len(placed)), has_steps


def _fed(
    placed: Sequence[Placed],
    readings: Readings,
    kpis: Mapping[int, Any],
    holds: Mapping[int, Hold],
) -> tuple[Numbers, Counts]:
    """Give the last value of each feed, and for how many periods of its cycle it was in range.

    No period counts in which a drift was shown; a recovery counts from when it was rerouted,
    through all its cycles. A dismissed reading neither counts nor ends the run; a KPI without data
    by now holds nothing. Each period has the range that the KPI had then.
    """
    feeds, fed = feeds_of(placed), [each for each in placed if each.feed]
    at = np.array([readings.rows[feed] for feed in feeds], np.int64)
    feeding = [kpis[feed.kpi_id] for feed in feeds]
    values, latest = readings.values[at], [readings.latest[each] for each in at]
    held = [holds.get(each.row.id, NOTHING_HELD) for each in fed]
    first = [hold.since or each.cycle.starts_on for hold, each in zip(held, fed, strict=True)]
    number = _numbers_of(feeding, latest) - BACK
    cadences = [kpi.cadence for kpi in feeding]
    then = bounds_then([hold.ranges for hold in held], cadences, number)
    inside = is_inside(values, *then) & ~_drifting(held, feeding, number)
    counts = (number >= _numbers_of(feeding, first)) & ~readings.dismissed[at]
    each = zip(feeds, feeding, latest, strict=True)
    ages = [freshness(period, feed.until, kpi.cadence) for feed, kpi, period in each]
    holds_nothing = np.array([age == "no data" for age in ages], np.bool_)
    return values[:, -1], np.where(holds_nothing, 0, last_runs(inside, counts))


def _drifting(holds: Sequence[Hold], kpis: Sequence[Any], number: Counts) -> Flags:
    """Tell in which numbered periods (kpis, periods) a drift was shown of a KPI that is held."""
    found = np.zeros(number.shape, np.bool_)
    for row, (hold, kpi) in enumerate(zip(holds, kpis, strict=True)):
        if hold.period is None or "d" not in hold.letters:
            continue
        last = ordinal(hold.period, kpi.cadence)
        drifted = (
            last
            - len(hold.letters)
            + 1
            + np.array([at for at, letter in enumerate(hold.letters) if letter == "d"])
        )
        found[row] = np.isin(number[row], drifted)
    return found


def _numbers_of(kpis: Sequence[Any], days: Sequence[date | None]) -> Counts:
    """Number the periods of KPIs that days fall in, as a column; the first of all for no day."""
    each = zip(kpis, days, strict=True)
    found = [ordinal(day or date.min, kpi.cadence) for kpi, day in each]
    return np.array(found, np.int64)[:, None]
