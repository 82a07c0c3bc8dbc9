"""What a person looks after, with what is due: their KPIs, their key results and their actions.

Nine statements, whatever is shown: the data's version; the KPIs; the key results; which readings
were dismissed; the latest reading of each KPI; the readings on offer; the check-ins; the
milestones; the actions.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    BindParameter,
    Connection,
    Date,
    Engine,
    Integer,
    and_,
    bindparam,
    case,
    select,
)

from analytics.periods import GRACE_DAYS, freshness, late_for, recent_periods
from data.actions.queries import my_actions
from data.company.check_in_days import last_check_in_day
from data.company.queries import company
from data.core.as_of import DAY, MOMENT, any_of, in_force, live, oldest_first, table
from data.core.database import snapshot, version_seen
from data.core.team_versions import KeptViews
from data.kpis.queries.readings import latest_readings
from data.kpis.signals.dismissals import dismissed_by
from data.kpis.views.gauges import Freshness
from data.okrs.queries.feeds import takes_value
from data.okrs.queries.objectives import CHECK_INS, MILESTONES, grouped_by, last_of_each_day
from data.okrs.queries.progress import is_done
from data.screens.views.update import Feed, Mine, MyKeyResult, MyKpi, MyStep, Told
from models import Cadence, Confidence, KeyResultKind, ObjectiveState

PERIODS_OFFERED = 26
WEEKS_OFFERED = 13
UNDER_WAY = (ObjectiveState.ACTIVE.value, ObjectiveState.PROBATION.value)

_kpi, _kpi_terms, _team = table("kpi"), table("kpi_terms"), table("team")
_objective, _objective_terms = table("objective"), table("objective_terms")
_key_result, _key_result_terms = table("key_result"), table("key_result_terms")
_reading, _cycle = table("reading"), table("cycle")
_PERSON: BindParameter[int] = bindparam("person", type_=Integer)

# Whoever owned it at some time: a short list, of which the terms in force are then asked for.
_EVER_MINE = select(_kpi_terms.c.kpi_id).where(_kpi_terms.c.owner_id == _PERSON)
KPIS = (
    select(
        _kpi.c.id,
        _kpi.c.name,
        _kpi.c.unit,
        _kpi.c.cadence,
        _kpi.c.team_id,
        _team.c.name.label("team"),
    )
    .select_from(_kpi)
    .join(_kpi_terms, in_force(_kpi_terms, _kpi.c.id))
    .join(_team, _team.c.id == _kpi.c.team_id)
    .where(_kpi.c.id.in_(_EVER_MINE), _kpi_terms.c.owner_id == _PERSON, live(_kpi))
    .order_by(_kpi.c.name, _kpi.c.id)
)
_feeding = _kpi.alias()
_KEY_RESULTS_EVER_MINE = select(_key_result_terms.c.key_result_id).where(
    _key_result_terms.c.owner_id == _PERSON
)
KEY_RESULTS = (
    select(
        _key_result.c.id,
        _key_result.c.name,
        _key_result.c.kind,
        _key_result.c.unit,
        _key_result.c.kpi_id,
        _objective.c.name.label("objective"),
        _objective.c.team_id,
        _team.c.name.label("team"),
        _team.c.check_in_day,
        _cycle.c.starts_on,
        _feeding.c.name.label("fed_by"),
        _feeding.c.unit.label("fed_unit"),
        _feeding.c.cadence.label("fed_cadence"),
        _feeding.c.team_id.label("fed_team_id"),
    )
    .select_from(_key_result)
    .join(_key_result_terms, in_force(_key_result_terms, _key_result.c.id))
    .join(_objective, _objective.c.id == _key_result.c.objective_id)
    .join(_objective_terms, in_force(_objective_terms, _objective.c.id))
    .join(_cycle, _cycle.c.id == _objective.c.cycle_id)
    .join(_team, _team.c.id == _objective.c.team_id)
    .outerjoin(_feeding, _feeding.c.id == _key_result.c.kpi_id)
    .where(
        _key_result.c.id.in_(_KEY_RESULTS_EVER_MINE),
        _key_result_terms.c.owner_id == _PERSON,
        _objective_terms.c.state.in_(UNDER_WAY),
        _cycle.c.starts_on <= DAY,
        _cycle.c.ends_on >= DAY,
        live(_key_result),
        live(_objective),
        live(_cycle),
    )
    .order_by(_key_result.c.name, _key_result.c.id)
)
_OLDEST = {cadence.value: bindparam(f"from_{cadence.value}", type_=Date) for cadence in Cadence}
READINGS = (
    select(_reading.c.kpi_id, _reading.c.period, _reading.c.value, _reading.c.note)
    .select_from(_kpi)
    .join(
        _reading,
        and_(
            _reading.c.kpi_id == _kpi.c.id,
            _reading.c.period >= case(_OLDEST, value=_kpi.c.cadence),
            _reading.c.known_at <= MOMENT,
        ),
    )
    .where(_kpi.c.id.in_(any_of("kpis")))
    .order_by(_reading.c.kpi_id, _reading.c.period, *oldest_first(_reading.c))
)

Latest = Mapping[int, tuple[date, float | None]]


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
        kpis = connection.execute(KPIS, at).all()
        key_results = connection.execute(KEY_RESULTS, at).all()
        keys = {"key_results": [row.id for row in key_results], **at}
        cadences = {row.kpi_id: row.fed_cadence for row in key_results if row.kpi_id}
        cadences |= {row.id: row.cadence for row in kpis}
        refused = dismissed_by(connection, cadences, moment)
        latest = latest_readings(connection, list(cadences), moment, refused.reading_ids)
        readings = _readings(connection, [row.id for row in kpis], day, moment)
        check_ins = grouped_by("key_result_id", connection.execute(CHECK_INS, keys))
        milestones = grouped_by("key_result_id", connection.execute(MILESTONES, keys))
        actions = my_actions(connection, person_id, day, moment)
    my_kpis = [
        _my_kpi(row, latest, readings[row.id], refused.periods.get(row.id, ()), day) for row in kpis
    ]
    my_key_results = [
        _my_key_result(row, latest, check_ins.get(row.id, ()), milestones.get(row.id, ()), day)
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
    latest: Latest,
    readings: Mapping[date, Told],
    refused: Collection[date],
    day: date,
) -> MyKpi:
    period, value = latest.get(row.id, (None, None))
    periods = recent_periods(day, row.cadence, PERIODS_OFFERED)
    newest = max(readings, default=None)
    counting = {start: told for start, told in readings.items() if start not in refused}
    return MyKpi(
        kpi_id=row.id,
        name=row.name,
        team=row.team,
        unit=row.unit,
        cadence=Cadence(row.cadence),
        value=value,
        period=period,
        freshness=cast(Freshness, freshness(period, day, row.cadence)),
        late_days=late_for(period, day, row.cadence),
        periods=periods,
        told=tuple(map(counting.get, periods)),
        dismissed=newest if newest in refused else None,
    )


def _my_key_result(
    row: Any, latest: Latest, check_ins: Sequence[Any], milestones: Sequence[Any], day: date
) -> MyKeyResult:
    said = {each.date: _told(each) for each in last_of_each_day(check_ins)}
    valued = [(on, told.value) for on, told in said.items() if told.value is not None]
    confidences = [told.confidence for told in said.values() if told.confidence]
    steps = tuple(_step(each, day) for each in milestones)
    days = _days(row, said, day)
    typed = takes_value(row.kind, row.kpi_id)
    waits = _waits(row, [on for on, _ in valued] if typed else list(said), steps, day)
    return MyKeyResult(
        key_result_id=row.id,
        name=row.name,
        objective=row.objective,
        team=row.team,
        unit=row.unit,
        kind=KeyResultKind(row.kind),
        takes_value=typed,
        value=valued[-1][1] if valued else None,
        checked_on=valued[-1][0] if valued else None,
        confidence=confidences[-1] if confidences else None,
        freshness=_check_in_freshness(waits),
        late_days=max(waits, 0),
        days=days,
        told=tuple(map(said.get, days)),
        series=tuple(value for _, value in valued[-PERIODS_OFFERED:]),
        fed_by=_feed(row, latest),
        steps=steps,
    )


def _told(row: Any) -> Told:
    confidence = Confidence(row.confidence) if row.confidence else None
    return Told(row.value, row.note, confidence, row.blocked_by)


def _step(row: Any, day: date) -> MyStep:
    return MyStep(row.id, row.step, row.done_on if is_done(row, day) else None)


def _feed(row: Any, latest: Latest) -> Feed | None:
    if row.kpi_id is None:
        return None
    period, value = latest.get(row.kpi_id, (None, None))
    return Feed(row.kpi_id, row.fed_by, row.fed_unit, Cadence(row.fed_cadence), value, period)


def _days(row: Any, said: Iterable[date], day: date) -> tuple[date, ...]:
    """Give the days that can be checked in, the latest first: today, earlier ones that were due."""
    last = last_check_in_day(day, row.check_in_day)
    due = {last - timedelta(days=7 * weeks) for weeks in range(WEEKS_OFFERED)}
    offered = {day, *due, *(on for on in said if on >= min(due))}
    return tuple(sorted((on for on in offered if on >= row.starts_on), reverse=True))


def _waits(row: Any, said: Sequence[date], steps: Sequence[MyStep], day: date) -> int:
    """Count the days since the check-in after the last news was due, below 0 before it is.

    A KPI brings its own news, and where every step is done no more is awaited.
    """
    reached = [step.done_on for step in steps if step.done_on]
    if row.kpi_id or (steps and len(reached) == len(steps)):
        return -1
    last = max([*said, *reached, row.starts_on - timedelta(days=1)])
    return (day - last_check_in_day(last + timedelta(days=7), row.check_in_day)).days


def _check_in_freshness(waits: int) -> Freshness:
    if waits < 0:
        return "fresh"
    return "due" if waits < GRACE_DAYS[Cadence.WEEKLY] else "late"
