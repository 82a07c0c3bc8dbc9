"""KPIs as they are on a day: their ranges and readings, judged in one pass of arrays."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, and_, bindparam, or_, select

from analytics.health import health, severity
from analytics.periods import freshness
from analytics.variation import natural_limits
from data.actions.views import ActionView
from data.core.as_of import any_of, in_force, live, table
from data.core.rows import named
from data.kpis.queries.feed_readings import Feed, cut_short, fed
from data.kpis.queries.first_here import Stretch, days_here, stretches_outside
from data.kpis.queries.kpi_rows import KpiRows
from data.kpis.queries.outlook import departures
from data.kpis.queries.readings import Readings, current
from data.kpis.queries.recoveries import Recovery, recoveries, with_pursued
from data.kpis.queries.recovery_views import seen
from data.kpis.signals.dismissals import Dismissed
from data.kpis.views.recovery import RecoveryView
from data.kpis.views.signals import DecisionView, Departure, SignalView
from data.kpis.views.why import Split
from models import Health

Values = NDArray[np.float64]

_kpi, _terms, _team, _pin = (table(name) for name in ("kpi", "kpi_terms", "team", "pin"))
_owner = table("person")
_is_tied = _kpi.c.id.in_(any_of("tied"))

KPIS = (
    select(
        _kpi.c.id,
        _kpi.c.name,
        _kpi.c.unit,
        _kpi.c.cadence,
        _kpi.c.better,
        _kpi.c.smallest_change,
        _kpi.c.team_id,
        _kpi.c.driven_by,
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
        # By indexes of KPIs alone, so that the terms of all others are not looked up.
        or_(_kpi.c.team_id.in_(any_of("teams")), _kpi.c.id.in_(any_of("also")), _is_tied),
        or_(and_(live(_kpi), _terms.c.id.is_not(None)), _is_tied),
    )
    .order_by(_kpi.c.name, _kpi.c.id)
)
"""KPIs of teams, and others by key, with their range and owner on the day."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """KPIs with their readings and what follows from them, each array (kpis,).

    `fed` are the readings that count for the key results that some of them feed, by feed. `here`
    counts the days for which what is the matter with one can be known here. `splits` are what the
    drifts come from, where that was asked for. `recoveries` are those that some KPIs have.
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
    actions: Mapping[int, Sequence[ActionView]]
    dismissed: Mapping[int, Collection[date]]
    departures: Mapping[int, Departure | None]
    fed: Readings
    stretches: Sequence[Stretch]
    here: Mapping[int, int]
    pending: Collection[int]
    splits: Mapping[int, Split] = field(default_factory=dict)
    recoveries: Mapping[int, RecoveryView] = field(default_factory=dict)

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
    return named(connection.execute(KPIS, {**keys, "day": day, "moment": moment}))


def bounds(kpis: Sequence[Any]) -> tuple[Values, Values]:
    """Give the bounds of KPIs' ranges, NaN where there is none."""
    return (
        np.array([kpi.low for kpi in kpis], np.float64),
        np.array([kpi.high for kpi in kpis], np.float64),
    )


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How KPIs behave, what was said that lets each wait, which readings were dismissed, and who
    does what about them.

    The signals of those `pending` are being computed. `recoveries` are the latest of those that
    somebody rerouted.
    """

    signals: Mapping[int, SignalView]
    decisions: Mapping[int, DecisionView]
    dismissed: Dismissed = field(default_factory=Dismissed)
    pending: Collection[int] = ()
    actions: Mapping[int, Sequence[ActionView]] = field(default_factory=dict)
    recoveries: Mapping[int, Recovery] = field(default_factory=dict)


def behaviour_of(rows: KpiRows, kpis: Sequence[Any], *, day: date) -> Behaviour:
    """Read how KPIs behave, what was said of them and what is done about them."""
    shown, said = rows.signals(kpis), rows.said(kpis)
    actions = rows.actions([kpi.id for kpi in kpis])
    found = recoveries(rows.connection, said.recoveries, day=day, moment=rows.moment)
    decisions = with_pursued(said.decisions, found)
    return Behaviour(shown.signals, decisions, said.dismissed, shown.pending, actions, found)


def assessed(
    connection: Connection,
    kpis: Sequence[Any],
    *,
    day: date,
    moment: datetime,
    behaviour: Behaviour | None = None,
    feeds: Collection[Feed] = (),
    rows: KpiRows | None = None,
) -> Assessed:
    """Read KPIs' last readings, and judge them in one pass of arrays; `feeds` are of some of them.

    Their behaviour is read too where it was not read before. A dismissed reading is none.
    """
    kpis = sorted(kpis, key=lambda kpi: int(kpi.id))
    rows = rows or KpiRows(connection, moment)
    behaviour = behaviour or behaviour_of(rows, kpis, day=day)
    cadences = {kpi.id: kpi.cadence for kpi in kpis}
    dismissed = behaviour.dismissed.periods
    written = rows.written(cadences, dismissed, cut_short(feeds, day))
    readings = current(written)
    low, high = bounds(kpis)
    limits = natural_limits(readings.values)
    value = readings.values[:, -1]
    ages = [
        freshness(latest, day, kpi.cadence)
        for kpi, latest in zip(kpis, readings.latest, strict=True)
    ]
    sigma = np.asarray(limits.sigma)
    signals, stretches = behaviour.signals, stretches_outside(readings.values, low, high)
    silent = {kpi.id for kpi, age in zip(kpis, ages, strict=True) if age == "no data"}
    recovering = seen(behaviour.recoveries, kpis, readings, low, high, signals, silent)
    here = days_here(connection, kpis, readings, signals, stretches, moment)
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
        actions=behaviour.actions,
        dismissed=dismissed,
        departures=departures(kpis, readings, low, high, signals),
        fed=fed(written, feeds),
        stretches=stretches,
        here=_since_relapse(here, recovering, day),
        pending=behaviour.pending,
        recoveries=recovering,
    )


def _since_relapse(
    here: Mapping[int, int], recovering: Mapping[int, RecoveryView], day: date
) -> Mapping[int, int]:
    """Count from the relapse of a KPI where an older alarm was dealt with before."""
    relapses = {key: each.relapsed_on for key, each in recovering.items() if each.relapsed_on}
    return {
        kpi_id: min(days, (day - relapses[kpi_id]).days) if kpi_id in relapses else days
        for kpi_id, days in here.items()
    }


def recoveries_seen(
    connection: Connection, kpi_ids: Collection[int], *, day: date, moment: datetime
) -> Mapping[int, RecoveryView]:
    """Read how far the recoveries of KPIs are, by key, whatever became of them; none for none."""
    if not kpi_ids:
        return {}
    at: dict[str, Any] = {"day": day, "moment": moment}
    found = kpis_of(connection, team_id=0, teams=[], also=[], tied=sorted(kpi_ids), **at)
    return assessed(connection, found, **at).recoveries


def health_of(found: Assessed, kpi_ids: Sequence[int]) -> Mapping[int, Health]:
    """Give the health of KPIs by key."""
    return {key: Health(found.health[found.row(key)]) for key in kpi_ids}
