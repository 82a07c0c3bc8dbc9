"""When key results arrive and how likely by the cycle's end, for all of them in a few passes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from analytics.forecast.arrival import (
    EVEN,
    Arrival,
    arrival_of_steps,
    arrivals_of_holds,
    arrivals_of_values,
)
from analytics.periods import last_day, ordinal
from data.company.views import CycleView
from data.kpis.queries.assessment import Assessed
from data.kpis.queries.feed_readings import Feed
from data.kpis.queries.outlook import going_on
from data.okrs.queries.progress_forecasts import basis, elapsed, possible_values, progress_forecasts
from data.okrs.views.key_results import Basis, KeyResultView
from models import KeyResultKind

FEWEST_DAYS = 28
"""Steps of which nothing was said are too early to judge before so much of the cycle has gone."""
BEYOND = timedelta(weeks=13)
"""How far past the cycle's end an arrival is looked for, or as far as the cycle is long."""

Values = NDArray[np.float64]
Counts = NDArray[np.int64]
Said = Sequence[tuple[date, float]]


def with_arrivals(
    key_results: Sequence[KeyResultView],
    said: Mapping[int, Said],
    feeds: Mapping[int, Feed],
    kpis: Assessed,
    cycle: CycleView,
    day: date,
) -> dict[int, KeyResultView]:
    """Give key results by key, with when they arrive; `said` are their values, oldest first.

    Where a target on the way is in force, its chance and its day are told; what is expected at the
    end is that of the whole way.
    """
    found = _with_arrivals(key_results, said, feeds, kpis, cycle, day)
    ahead: dict[date, list[KeyResultView]] = defaultdict(list)
    for each in key_results:
        if (step := each.next_target) is not None:
            ahead[step.day].append(replace(each, target=step.target))
    for last, group in ahead.items():
        told = _with_arrivals(group, said, feeds, kpis, replace(cycle, ends_on=last), day)
        for key, each in told.items():
            found[key] = replace(found[key], chance=each.chance, arrives_on=each.arrives_on)
    return found


def _with_arrivals(
    key_results: Sequence[KeyResultView],
    said: Mapping[int, Said],
    feeds: Mapping[int, Feed],
    kpis: Assessed,
    cycle: CycleView,
    day: date,
) -> dict[int, KeyResultView]:
    """Give key results by key, with when they arrive at their targets.

    What is over has nothing ahead; what is silent or has no value is not forecast.
    """
    found = {key_result.key_result_id: key_result for key_result in key_results}
    if day > cycle.ends_on:
        return found
    groups: dict[tuple[str, KeyResultKind, bool], list[KeyResultView]] = defaultdict(list)
    for key_result in key_results:
        if key_result.is_over:
            continue
        if key_result.standing == "done":
            found[key_result.key_result_id] = replace(key_result, chance=1.0)
        elif key_result.standing not in ("silent", "no value"):
            is_fed = key_result.fed_by_id is not None
            groups[key_result.cadence or "weekly", key_result.kind, is_fed].append(key_result)
    for (cadence, kind, is_fed), group in groups.items():
        if kind is KeyResultKind.MILESTONE:
            told: Iterable[KeyResultView] = (
                _of_steps(key_result, cycle, day) for key_result in group
            )
        elif not is_fed:
            told = _of_check_ins(group, said, kpis, cycle, day)
        else:
            told = list(_of_readings(group, said, feeds, kpis, cycle, day))
            few = [
                key_result
                for key_result in told
                if key_result.chance is None and kind is KeyResultKind.METRIC
            ]
            told += _of_check_ins(few, _ended(few, said, cadence, day), kpis, cycle, day)
        found.update((key_result.key_result_id, key_result) for key_result in told)
    return found


def _of_steps(key_result: KeyResultView, cycle: CycleView, day: date) -> KeyResultView:
    """Tell when the steps that are left are done: time is counted in days.

    Nothing is told before the first check-in or step in the first weeks.
    """
    gone = (day - cycle.starts_on).days + 1
    left = [step.share for step in key_result.steps if step.done_on is None]
    total = sum(step.share for step in key_result.steps)
    done = sum(
        step.done_on is not None and step.done_on >= cycle.starts_on for step in key_result.steps
    )
    begun = gone >= FEWEST_DAYS or done or key_result.checked_on is not None
    if not begun or not left or total <= 0:
        return key_result
    days = [day + timedelta(days=more) for more in range(1, (_farthest(cycle) - day).days + 1)]
    arrival = arrival_of_steps(
        done,
        [share / total for share in left],
        gone=key_result.progress,
        elapsed=elapsed(cycle, day),
        moments=np.array([1.0, *(elapsed(cycle, each) for each in days)]),
    )
    arrives_on = None if arrival.step is None else days[arrival.step - 1]
    return _told(key_result, arrival, arrives_on, basis(cycle, done, day))


def _of_check_ins(
    key_results: Sequence[KeyResultView],
    said: Mapping[int, Said],
    kpis: Assessed,
    cycle: CycleView,
    day: date,
) -> Iterator[KeyResultView]:
    """Tell when key results arrive by progress and time elapsed; none arrives in the past."""
    forecasts = progress_forecasts(key_results, said, kpis, cycle, _farthest(cycle))
    for key_result, found in zip(key_results, forecasts, strict=True):
        if found is None:
            yield key_result
            continue
        arrives_on = None if found.arrives_on is None else max(found.arrives_on, day)
        yield _told(key_result, found.arrival, arrives_on, found.rests_on)


def _of_readings(
    key_results: Sequence[KeyResultView],
    said: Mapping[int, Said],
    feeds: Mapping[int, Feed],
    kpis: Assessed,
    cycle: CycleView,
    day: date,
) -> Iterator[KeyResultView]:
    """Tell when key results of one kind and cadence arrive that KPIs feed: one outlook for all.

    A period's value is there when it has ended, so that is the day of an arrival.
    """
    cadence = key_results[0].cadence or "weekly"
    periods = [said[key_result.key_result_id][-1][0] for key_result in key_results]
    latest = [ordinal(period, cadence) for period in periods]
    last_period = ordinal(cycle.ends_on, cadence)
    end = np.array([max(last_period - last, 0) for last in latest])
    until = np.array([ordinal(_farthest(cycle), cadence) - last for last in latest])
    values = kpis.fed.values[
        [kpis.fed.rows[feeds[key_result.key_result_id]] for key_result in key_results]
    ]
    values = values[:, int((~np.isnan(values)).any(axis=0).argmax()) :]
    begun = [_begun(key_result, cycle) for key_result in key_results]
    begin = np.array(
        [ordinal(day, cadence) - last for day, last in zip(begun, latest, strict=True)]
    )
    found = _fed(key_results, values, periods, kpis, begin=begin, end=end, until=until)
    for key_result, arrival, last in zip(key_results, found, latest, strict=True):
        if arrival is None:
            yield key_result
            continue
        number = last + (arrival.step or 0)
        ends_on = last_day(number, cadence)
        if number <= last_period:
            ends_on = min(ends_on, cycle.ends_on)
        yield _told(key_result, arrival, max(ends_on, day) if arrival.step else None)


def _begun(key_result: KeyResultView, cycle: CycleView) -> date:
    """Give the day from which periods count: a recovery's since it was rerouted."""
    return cycle.starts_on if key_result.recovery is None else key_result.recovery.since


def _ended(
    key_results: Sequence[KeyResultView], said: Mapping[int, Said], cadence: str, day: date
) -> dict[int, Said]:
    """Give the values of KPIs by the days on which they were complete."""
    return {
        key_result.key_result_id: [
            (min(last_day(ordinal(when, cadence), cadence), day), value)
            for when, value in said[key_result.key_result_id]
        ]
        for key_result in key_results
    }


def _farthest(cycle: CycleView) -> date:
    length = cycle.ends_on - cycle.starts_on + timedelta(days=1)
    return cycle.ends_on + min(max(length, BEYOND), date.max - cycle.ends_on)


def _told(
    key_result: KeyResultView,
    arrival: Arrival,
    arrives_on: date | None,
    rests_on: Basis | None = None,
) -> KeyResultView:
    standing = key_result.standing
    if key_result.kind is KeyResultKind.HOLD:
        # A run begins anew any time, so only what is still likely tells how it goes.
        standing = "on pace" if arrival.chance >= EVEN else "behind pace"
    return replace(
        key_result,
        standing=standing,
        chance=arrival.chance,
        arrives_on=arrives_on,
        expected=arrival.expected,
        span=(arrival.lower, arrival.upper),
        rests_on=rests_on,
    )


def _fed(
    key_results: Sequence[KeyResultView],
    values: Values,
    periods: Sequence[date],
    kpis: Assessed,
    *,
    begin: Counts,
    end: Counts,
    until: Counts,
) -> list[Arrival | None]:
    """Give the arrivals of key results of one kind, by the values that feed them until `periods`.

    `begin` is the first step that counts where a KPI is to stay in its range; None without one.
    """
    at = [kpis.row(each.fed_by_id) for each in key_results if each.fed_by_id is not None]
    feeding = [kpis.kpis[row] for row in at]
    signals = [kpis.signals.get(kpi.id) for kpi in feeding]
    cadences = [kpi.cadence for kpi in feeding]
    ahead = going_on(values, cadences, periods, signals, int(until.max()))
    possible = possible_values(key_results, values, kpis)
    if key_results[0].kind is not KeyResultKind.HOLD:
        return arrivals_of_values(
            ahead,
            values[:, -1],
            np.array([key_result.start for key_result in key_results], np.float64),
            np.array([key_result.target for key_result in key_results], np.float64),
            end=end,
            until=until,
            lowest=possible.lowest,
            highest=possible.highest,
        )
    low, high = kpis.low[at], kpis.high[at]
    found = arrivals_of_holds(
        ahead,
        *possible.bounds(low, high),
        held=np.array([key_result.held for key_result in key_results]),
        periods=np.array([key_result.hold_periods or 0 for key_result in key_results]),
        end=end,
        until=until,
        stays=ahead.stays,
        lasting=ahead.lasting,
        begin=begin,
    )
    ranged = ~(np.isnan(low) & np.isnan(high))
    return [each if known else None for each, known in zip(found, ranged, strict=True)]
