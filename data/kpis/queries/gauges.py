"""KPIs as a wall shows them: ranges and readings become gauges in one pass of arrays."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, and_, bindparam, or_, select

from analytics.forecast.possible import is_percent, possible
from analytics.health import health, severity
from analytics.periods import first_day, freshness, late_for, ordinal
from analytics.scale import gauge_scale, needle
from analytics.variation import natural_limits
from data.core.as_of import any_of, in_force, live, table
from data.kpis.queries.decision_status import standing_decision, undecided_days
from data.kpis.queries.feed_readings import Feed, cut_short, fed
from data.kpis.queries.outlook import departures
from data.kpis.queries.readings import Readings, current, written_last
from data.kpis.queries.signals import said_about, signals_of
from data.kpis.signals.dismissals import Dismissed
from data.kpis.views.gauges import Freshness, Gauge, Indicator
from data.kpis.views.signals import DecisionView, Departure, SignalView
from models import Better, Cadence, Health

SHOWN_PERIODS = 26

Values = NDArray[np.float64]

_kpi, _terms, _team, _pin = (table(name) for name in ("kpi", "kpi_terms", "team", "pin"))
_owner = table("person")

KPIS = (
    select(
        _kpi.c.id,
        _kpi.c.name,
        _kpi.c.unit,
        _kpi.c.cadence,
        _kpi.c.better,
        _kpi.c.smallest_change,
        _kpi.c.team_id,
        _team.c.name.label("team"),
        _owner.c.name.label("owner"),
        _terms.c.low,
        _terms.c.high,
        _pin.c.position.label("pinned"),
        live(_kpi).label("is_live"),
    )
    .select_from(_kpi)
    .outerjoin(_terms, in_force(_terms, _kpi.c.id))
    .join(_team, _team.c.id == _kpi.c.team_id)
    .outerjoin(_owner, _owner.c.id == _terms.c.owner_id)
    .outerjoin(
        _pin, and_(_pin.c.kpi_id == _kpi.c.id, _pin.c.team_id == bindparam("team"), live(_pin))
    )
    .where(
        or_(
            and_(
                or_(_kpi.c.team_id.in_(any_of("teams")), _kpi.c.id.in_(any_of("also"))),
                live(_kpi),
                _terms.c.id.is_not(None),
            ),
            _kpi.c.id.in_(any_of("tied")),
        )
    )
    .order_by(_kpi.c.name, _kpi.c.id)
)
"""KPIs of teams, and others by key, with their range and owner on the day."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """KPIs with their readings and what follows from them, each array (kpis,).

    `fed` are the readings that count for the key results that some of them feed, by feed.
    """

    kpis: Sequence[Any]
    readings: Readings
    value: Values
    low: Values
    high: Values
    lower_limit: Values
    upper_limit: Values
    freshness: Sequence[str]
    health: NDArray[np.str_]
    severity: Values
    signals: Mapping[int, SignalView]
    decisions: Mapping[int, DecisionView]
    dismissed: Mapping[int, Collection[date]]
    departures: Sequence[Departure | None]
    fed: Readings

    def row(self, kpi_id: int) -> int:
        """Give the row of a KPI."""
        return self.readings.rows[kpi_id]


def kpis_of(
    connection: Connection,
    *,
    team_id: int,
    teams: Sequence[int],
    also: Sequence[int],
    tied: Sequence[int] = (),
    day: date,
    moment: datetime,
) -> list[Any]:
    """Give the KPIs of teams and those named, with the terms in force on the day.

    Those `tied` to an objective are given whatever became of them: what is over keeps its past.
    """
    keys = {"team": team_id, "teams": teams, "also": also, "tied": tied}
    return list(connection.execute(KPIS, {**keys, "day": day, "moment": moment}).all())


def bounds(kpis: Sequence[Any]) -> tuple[Values, Values]:
    """Give the bounds of KPIs' ranges, NaN where there is none."""
    return (
        np.array([kpi.low for kpi in kpis], np.float64),
        np.array([kpi.high for kpi in kpis], np.float64),
    )


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How KPIs behave, what was said that lets each wait, and which readings were dismissed."""

    signals: Mapping[int, SignalView]
    decisions: Mapping[int, DecisionView]
    dismissed: Dismissed = field(default_factory=Dismissed)


def behaviour_of(connection: Connection, kpis: Sequence[Any], moment: datetime) -> Behaviour:
    """Read the signals of KPIs and what was said about them."""
    signals, said = signals_of(connection, kpis, moment), said_about(connection, kpis, moment)
    return Behaviour(signals, said.decisions, said.dismissed)


def assessed(
    connection: Connection,
    kpis: Sequence[Any],
    *,
    day: date,
    moment: datetime,
    behaviour: Behaviour | None = None,
    feeds: Collection[Feed] = (),
) -> Assessed:
    """Read KPIs' last readings, and judge them in one pass of arrays; `feeds` are of some of them.

    Their behaviour is read too where it was not read before. A dismissed reading is none.
    """
    kpis = sorted(kpis, key=lambda kpi: int(kpi.id))
    behaviour = behaviour or behaviour_of(connection, kpis, moment)
    cadences = {kpi.id: kpi.cadence for kpi in kpis}
    dismissed = behaviour.dismissed.periods
    written = written_last(connection, cadences, moment, dismissed, cut_short(feeds, day))
    readings = current(written)
    low, high = bounds(kpis)
    limits = natural_limits(readings.values)
    value = readings.values[:, -1]
    ages = [
        freshness(latest, day, kpi.cadence)
        for kpi, latest in zip(kpis, readings.latest, strict=True)
    ]
    sigma = np.asarray(limits.sigma)
    return Assessed(
        kpis=kpis,
        readings=readings,
        value=value,
        low=low,
        high=high,
        lower_limit=np.asarray(limits.lower),
        upper_limit=np.asarray(limits.upper),
        freshness=ages,
        health=health(value, low, high, sigma, np.array([age == "no data" for age in ages], bool)),
        severity=severity(value, low, high, sigma),
        signals=behaviour.signals,
        decisions=behaviour.decisions,
        dismissed=dismissed,
        departures=departures(kpis, readings, low, high, signals=behaviour.signals),
        fed=fed(written, feeds),
    )


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
    outside = _stretches_outside(known, low, high)
    scales = zip(lower.tolist(), upper.tolist(), _optional(share), off.tolist(), strict=True)
    limits = zip(_optional(found.lower_limit[at]), _optional(found.upper_limit[at]), strict=True)
    columns = (shown, scales, limits, map(tuple, _optional(values)), outside)
    return tuple(_gauge(found, day, *drawn) for drawn in zip(*columns, strict=True))


def _is_percent(found: Assessed, at: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which are shares of a hundred: a growth rate in percent may be below or above."""
    percent = [is_percent(found.kpis[row].unit) for row in at]
    ends = possible(found.readings.values[at], found.low[at], found.high[at], percent)
    return np.asarray(np.isfinite(ends.lowest) & np.isfinite(ends.highest))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """How many periods ago a stretch out of range began, None without one.

    `before` tells that nothing read lies ahead of it: it began then or earlier.
    """

    back: int | None
    before: bool


def _stretches_outside(values: Values, low: Values, high: Values) -> list[_Stretch]:
    """Give the present stretch out of range of each KPI."""
    outside = (values < low[:, None]) | (values > high[:, None])
    inside = ~np.isnan(values) & ~outside
    columns = values.shape[1]
    after = np.where(inside.any(axis=1), columns - np.argmax(inside[:, ::-1], axis=1), 0)
    first = np.where(outside & (np.arange(columns) >= after[:, None]), np.arange(columns), columns)
    never_inside = cast(list[bool], np.asarray(~inside.any(axis=1)).tolist())
    return [
        _Stretch(columns - 1 - start, before) if start < columns else _Stretch(None, False)
        for start, before in zip(first.min(axis=1).tolist(), never_inside, strict=True)
    ]


def _gauge(
    found: Assessed,
    day: date,
    row: int,
    scale: tuple[float, float, float | None, int],
    limits: tuple[float | None, float | None],
    series: tuple[float | None, ...],
    stretch: _Stretch,
) -> Gauge:
    kpi, period = found.kpis[row], found.readings.latest[row]
    lower, upper, share, off = scale
    level, signal = Health(found.health[row]), found.signals.get(kpi.id)
    back = stretch.back
    since = _back(period, kpi.cadence, back) if period and back is not None else None
    outside_since = since if level is Health.OUT_OF_RANGE else None
    said = found.decisions.get(kpi.id)
    decision = standing_decision(signal, said, outside_since, before=stretch.before)
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
        undecided_days=undecided_days(signal, decision, outside_since, day),
        departure=found.departures[row],
        smallest_change=kpi.smallest_change,
    )


def _back(period: date, cadence: str, periods: int) -> date:
    return first_day(ordinal(period, cadence) - periods, cadence)


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


def health_of(found: Assessed, kpi_ids: Sequence[int]) -> Mapping[int, Health]:
    """Give the health of KPIs by key."""
    return {key: Health(found.health[found.row(key)]) for key in kpi_ids}
