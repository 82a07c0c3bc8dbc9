"""What a person looks after, with what is due: their KPIs, their key results and their actions.

Nine statements, whatever is shown: the data's version; the KPIs; the key results; which readings
were dismissed; the last readings of each KPI; what was told in the periods on offer; the
check-ins; the milestones; the actions. Where a key result holds a recovery, how that is comes
besides.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import isnan
from typing import Any, cast

import numpy as np
from sqlalchemy import Connection, Engine

from analytics.periods import freshness, late_for, recent_periods
from analytics.variation import natural_limits
from data.actions.queries import my_actions
from data.company.queries import company
from data.core.database import snapshot, version_seen
from data.core.team_versions import KeptViews
from data.kpis.queries.assessment import recoveries_seen
from data.kpis.queries.readings import last_readings
from data.kpis.signals.dismissals import Dismissed, dismissed_by
from data.kpis.views.gauges import Freshness
from data.okrs.queries.feeds import takes_value
from data.okrs.queries.objectives import CHECK_INS, MILESTONES, grouped_by, last_of_each_day
from data.okrs.queries.progress import is_done
from data.okrs.queries.targets import in_force, pace_of
from data.screens.check_ins_due import days_on_offer, freshness_of, waits
from data.screens.update_rows import MY_KEY_RESULTS, MY_KPIS, READINGS
from data.screens.views.update import Feed, Mine, MyKeyResult, MyKpi, MyStep, Told
from models import Cadence, Confidence, KeyResultKind

PERIODS_OFFERED = 26
MOST_MISSING = 5
"""How many periods without a reading are asked for at once; earlier ones are offered."""


@dataclass(frozen=True, slots=True)
class _Lately:
    """The last readings of a KPI that count: `series` ends with that of `period`."""

    period: date | None
    series: tuple[float | None, ...]
    limits: tuple[float, float] | None

    @property
    def value(self) -> float | None:
        return self.series[-1] if self.period else None


Lately = Mapping[int, _Lately]

_kept: KeptViews[tuple[int, date], Mine] = KeptViews(64)


def mine(engine: Engine, version: int, person_id: int, day: date) -> Mine:
    """Give what is a person's own at a version of the data."""
    asked = (person_id, day)
    return _kept.get(engine, version, asked, lambda: _mine(engine, version, *asked))


def _mine(engine: Engine, version: int, person_id: int, day: date) -> tuple[Mine, Collection[int]]:
    """Read what is a person's own, and of which teams it is."""
    moment = company(engine, version).end_of(day)
    at = {"person": person_id, "day": day, "moment": moment}
    with snapshot(engine) as connection:
        base_version = version_seen(connection)
        kpis = connection.execute(MY_KPIS, at).all()
        key_results = connection.execute(MY_KEY_RESULTS, at).all()
        keys = {"key_results": [row.id for row in key_results], **at}
        cadences = {row.kpi_id: row.fed_cadence for row in key_results if row.kpi_id}
        cadences |= {row.id: row.cadence for row in kpis}
        refused = dismissed_by(connection, cadences, moment)
        lately = _lately(connection, cadences, moment, refused)
        readings = _readings(connection, [row.id for row in kpis], day, moment)
        check_ins = grouped_by("key_result_id", connection.execute(CHECK_INS, keys))
        milestones = grouped_by("key_result_id", connection.execute(MILESTONES, keys))
        actions = my_actions(connection, person_id, day, moment)
        held = {row.kpi_id for row in key_results if row.kpi_id} & {
            row.origin_kpi_id for row in key_results
        }
        recoveries = recoveries_seen(connection, held, day=day, moment=moment)
        recovering = {each.key_result_id: each for each in recoveries.values()}
    my_kpis = [
        _my_kpi(row, lately[row.id], readings[row.id], refused.periods.get(row.id, ()), day)
        for row in kpis
    ]
    my_key_results = [
        replace(
            _my_key_result(row, lately, check_ins.get(row.id, ()), milestones.get(row.id, ()), day),
            recovery=recovering.get(row.id),
        )
        for row in key_results
    ]
    view = Mine(
        version=base_version,
        day=day,
        kpis=tuple(sorted(my_kpis, key=lambda kpi: -kpi.late_days)),
        key_results=tuple(sorted(my_key_results, key=lambda key_result: -key_result.late_days)),
        actions=actions,
    )
    feeding = {row.fed_team_id for row in key_results if row.kpi_id}
    return view, feeding | {row.team_id for row in (*kpis, *key_results)}


def _lately(
    connection: Connection, cadences: Mapping[int, str], moment: datetime, refused: Dismissed
) -> Lately:
    """Give the last readings of KPIs, with the limits that a gauge draws behind them."""
    found = last_readings(connection, cadences, moment, refused.periods)
    limits = natural_limits(found.values)
    ends = np.stack([np.asarray(limits.lower), np.asarray(limits.upper)], axis=-1).tolist()
    series = found.values[:, -PERIODS_OFFERED:].tolist()
    return {
        kpi_id: _Lately(
            found.latest[row],
            tuple(None if isnan(value) else value for value in series[row]),
            None if isnan(ends[row][0]) else (ends[row][0], ends[row][1]),
        )
        for kpi_id, row in found.rows.items()
    }


def _readings(
    connection: Connection, kpi_ids: Sequence[int], day: date, moment: datetime
) -> Mapping[int, Mapping[date, Told]]:
    """Give what stands in the periods on offer; one that was taken back does not."""
    oldest = {
        f"from_{cadence.value}": recent_periods(day, cadence, PERIODS_OFFERED)[-1]
        for cadence in Cadence
    }
    found: dict[int, dict[date, Told]] = {kpi_id: {} for kpi_id in kpi_ids}
    parameters = {"kpis": kpi_ids, "moment": moment, **oldest}
    for kpi_id, period, value, note in connection.execute(READINGS, parameters).all():
        found[kpi_id][period] = Told(value, note)
    return {
        kpi_id: {period: told for period, told in rows.items() if told.value is not None}
        for kpi_id, rows in found.items()
    }


def _my_kpi(
    row: Any,
    lately: _Lately,
    readings: Mapping[date, Told],
    refused: Collection[date],
    day: date,
) -> MyKpi:
    period = lately.period
    periods = recent_periods(day, row.cadence, PERIODS_OFFERED)
    newest = max(readings, default=None)
    counting = {start: told for start, told in readings.items() if start not in refused}
    return MyKpi(
        kpi_id=row.id,
        name=row.name,
        team=row.team,
        unit=row.unit,
        cadence=Cadence(row.cadence),
        low=row.low,
        high=row.high,
        value=lately.value,
        period=period,
        freshness=cast(Freshness, freshness(period, day, row.cadence)),
        late_days=late_for(period, day, row.cadence),
        periods=periods,
        told=tuple(map(counting.get, periods)),
        missing=_missing(periods, period),
        dismissed=newest if newest in refused else None,
        series=lately.series,
        limits=lately.limits,
    )


def _missing(periods: tuple[date, ...], last: date | None) -> tuple[date, ...]:
    """Give the periods since the last reading, the oldest first; without any the one due now."""
    count = 1 if last is None else sum(start > last for start in periods)
    return periods[: min(count, MOST_MISSING)][::-1]


def _my_key_result(
    row: Any, lately: Lately, check_ins: Sequence[Any], milestones: Sequence[Any], day: date
) -> MyKeyResult:
    said = {each.date: _told(each) for each in last_of_each_day(check_ins)}
    valued = [(on, told.value) for on, told in said.items() if told.value is not None]
    confidences = [told.confidence for told in said.values() if told.confidence]
    steps = tuple(_step(each, day) for each in milestones)
    days = days_on_offer(row, said, day)
    typed = takes_value(row.kind, row.kpi_id)
    news = [on for on, _ in valued] if typed else list(said)
    waited = waits(row, news, [step.done_on for step in steps], day)
    return MyKeyResult(
        key_result_id=row.id,
        name=row.name,
        objective_id=row.objective_id,
        objective=row.objective,
        team=row.team,
        cycle=row.cycle,
        unit=row.unit,
        kind=KeyResultKind(row.kind),
        takes_value=typed,
        start=row.start,
        target=row.target,
        hold_periods=row.hold_periods,
        pace=pace_of(row, row, day),
        on_the_way=in_force(row, row),
        value=valued[-1][1] if valued else None,
        checked_on=valued[-1][0] if valued else None,
        confidence=confidences[-1] if confidences else None,
        freshness=freshness_of(waited),
        late_days=max(waited, 0),
        days=days,
        told=tuple(map(said.get, days)),
        series=tuple(value for _, value in valued[-PERIODS_OFFERED:]),
        fed_by=_feed(row, lately),
        steps=steps,
    )


def _told(row: Any) -> Told:
    confidence = Confidence(row.confidence) if row.confidence else None
    return Told(row.value, row.note, confidence, row.blocked_by)


def _step(row: Any, day: date) -> MyStep:
    return MyStep(row.id, row.step, row.done_on if is_done(row, day) else None)


def _feed(row: Any, lately: Lately) -> Feed | None:
    if row.kpi_id is None:
        return None
    read, cadence = lately[row.kpi_id], Cadence(row.fed_cadence)
    return Feed(row.kpi_id, row.fed_by, row.fed_unit, cadence, read.value, read.period)
