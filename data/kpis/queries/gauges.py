"""KPIs as a wall shows them: those with a range as gauges, the others as indicators."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from analytics.forecast.possible import is_percent, possible
from analytics.periods import late_for
from analytics.scale import gauge_scale, needle
from data.actions.queries import still_open
from data.kpis.queries.assessment import Assessed
from data.kpis.queries.decision_status import decision_on, undecided_days
from data.kpis.queries.first_here import Stretch, began_on
from data.kpis.views.gauges import Freshness, Gauge, Indicator
from models import Better, Cadence, Health

SHOWN_PERIODS = 26

Values = NDArray[np.float64]


def gauges(found: Assessed, kpi_ids: Sequence[int], day: date) -> tuple[Gauge, ...]:
    """Give the gauges of those KPIs that have a range, in the order asked for."""
    shown = [found.row(key) for key in kpi_ids]
    shown = [row for row in shown if found.health[row] != Health.INDICATOR]
    if not shown:
        return ()
    at = np.array(shown)
    known, low, high = found.readings.values[at], found.low[at], found.high[at]
    values = known[:, -SHOWN_PERIODS:]
    lower, upper = gauge_scale(low, high, values, _is_percent(found, at))
    share, off = needle(found.value[at], lower, upper)
    outside = [found.stretches[row] for row in shown]
    scales = zip(lower.tolist(), upper.tolist(), _optional(share), off.tolist(), strict=True)
    limits = zip(_optional(found.lower_limit[at]), _optional(found.upper_limit[at]), strict=True)
    columns = (shown, scales, limits, map(tuple, _optional(values)), outside)
    return tuple(_gauge(found, day, *drawn) for drawn in zip(*columns, strict=True))


def _is_percent(found: Assessed, at: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which are shares of a hundred: a growth rate in percent may be below or above."""
    percent = [is_percent(found.kpis[row].unit) for row in at]
    ends = possible(found.readings.values[at], found.low[at], found.high[at], percent)
    return np.asarray(np.isfinite(ends.lowest) & np.isfinite(ends.highest))


def _gauge(
    found: Assessed,
    day: date,
    row: int,
    scale: tuple[float, float, float | None, int],
    limits: tuple[float | None, float | None],
    series: tuple[float | None, ...],
    stretch: Stretch,
) -> Gauge:
    kpi, period = found.kpis[row], found.readings.latest[row]
    lower, upper, share, off = scale
    level, signal = Health(found.health[row]), found.signals.get(kpi.id)
    since = began_on(stretch, period, kpi.cadence)
    outside_since = since if level is Health.OUT_OF_RANGE else None
    said, actions = found.decisions.get(kpi.id), found.actions.get(kpi.id, ())
    decision = decision_on(signal, said, actions, outside_since, before=stretch.before)
    return Gauge(
        kpi_id=kpi.id,
        name=kpi.name,
        team=kpi.team,
        unit=kpi.unit,
        cadence=Cadence(kpi.cadence),
        better=Better(kpi.better),
        owner=kpi.owner,
        value=series[-1],
        previous=_previous(series),
        period=period,
        low=kpi.low,
        high=kpi.high,
        health=level,
        freshness=cast(Freshness, found.freshness[row]),
        late_days=late_for(period, day, kpi.cadence),
        since=since,
        since_before=stretch.before,
        severity=float(found.severity[row]),
        scale_lower=lower,
        scale_upper=upper,
        needle=share,
        off=off,
        series=series,
        limit_lower=limits[0],
        limit_upper=limits[1],
        signal=signal,
        decision=decision,
        undecided_days=undecided_days(
            signal, decision, outside_since, day, here=found.here.get(kpi.id)
        ),
        departure=found.departures.get(kpi.id),
        smallest_change=kpi.smallest_change,
        is_pending=kpi.id in found.pending,
        actions=still_open(actions, day),
        split=found.splits.get(kpi.id),
        recovery=found.recoveries.get(kpi.id),
    )


def _optional(values: Values) -> list[Any]:
    """Give plain numbers in the same order, None for NaN."""
    plain = values.astype(object)
    plain[np.isnan(values)] = None
    return list(plain.tolist())


def _previous(series: Sequence[float | None]) -> float | None:
    return next((value for value in series[-2::-1] if value is not None), None)


def indicators(found: Assessed, kpi_ids: Sequence[int]) -> tuple[Indicator, ...]:
    """Give those of the KPIs that have no range."""
    return tuple(
        _indicator(found, row)
        for row in map(found.row, kpi_ids)
        if found.health[row] == Health.INDICATOR
    )


def _indicator(found: Assessed, row: int) -> Indicator:
    kpi, series = found.kpis[row], _optional(found.readings.values[row])
    return Indicator(
        kpi_id=kpi.id,
        name=kpi.name,
        team=kpi.team,
        unit=kpi.unit,
        cadence=Cadence(kpi.cadence),
        value=series[-1],
        previous=_previous(series),
        period=found.readings.latest[row],
        freshness=cast(Freshness, found.freshness[row]),
    )
