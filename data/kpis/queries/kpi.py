"""One KPI with all that is known of it, as it was known at the end of a day.

Fourteen statements: the data's version; the KPI; its description; its last readings; its signal;
what was said about that, its actions, and since when it can be known; every reading with those it
took the place of; decisions; events; what it guards; what it feeds; its ranges ahead.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import BindParameter, Engine, Integer, Select, bindparam, null, select

from analytics.periods import first_day, ordinal
from analytics.periods import period as period_of
from data.company.queries import Company, company
from data.core.as_of import DAY, MOMENT, live, oldest_first, table
from data.core.database import snapshot, version_seen
from data.core.team_versions import KeptViews
from data.kpis.queries.assessment import Assessed, assessed, kpis_of
from data.kpis.queries.decision_status import act_of, decision_on, undecided_days
from data.kpis.queries.gauges import gauges, indicators
from data.kpis.queries.outlook import ahead, baseline_limits, possible_ends, segments
from data.kpis.queries.ranges import ranges_ahead
from data.kpis.views.kpi import KpiView, ReadingView, Said, Tie
from data.kpis.views.signals import DecisionView, EventView
from models import Better, Cadence, DecisionKind, KpiKind

_kpi, _reading, _person, _team = (table(name) for name in ("kpi", "reading", "person", "team"))
_decision, _annotation, _cycle = table("decision"), table("annotation"), table("cycle")
_objective, _key_result, _guardrail = table("objective"), table("key_result"), table("guardrail")
_KPI: BindParameter[int] = bindparam("kpi", type_=Integer)

ABOUT = select(
    *(_kpi.c[name] for name in ("better", "kind", "description", "driven_by", "link")),
    _kpi.c.smallest_change,
).where(_kpi.c.id == _KPI)
READINGS = (
    select(
        _reading.c.id,
        _reading.c.period,
        _reading.c.value,
        _reading.c.note,
        _person.c.name.label("who"),
        _reading.c.recorded_at,
    )
    .outerjoin(_person, _person.c.id == _reading.c.recorded_by_id)
    .where(_reading.c.kpi_id == _KPI, _reading.c.known_at <= MOMENT)
    .order_by(_reading.c.period, *oldest_first(_reading.c))
)
DECISIONS = (
    select(
        _decision.c.date,
        _decision.c.decision,
        _decision.c.reason,
        _decision.c.look_again,
        _decision.c.known_at,
        _person.c.name.label("who"),
    )
    .outerjoin(_person, _person.c.id == _decision.c.by_id)
    .where(_decision.c.kpi_id == _KPI, _decision.c.known_at <= MOMENT, live(_decision))
    .order_by(_decision.c.date.desc(), _decision.c.id.desc())
)
EVENTS = (
    select(_annotation.c.date, _annotation.c.text, _person.c.name.label("who"))
    .outerjoin(_person, _person.c.id == _annotation.c.by_id)
    .where(_annotation.c.kpi_id == _KPI, _annotation.c.date <= DAY, live(_annotation))
    .order_by(_annotation.c.date.desc(), _annotation.c.id.desc())
)


def _tied(rows: Select[Any]) -> Select[Any]:
    return (
        rows.join(_team, _team.c.id == _objective.c.team_id)
        .join(_cycle, _cycle.c.id == _objective.c.cycle_id)
        .where(live(_objective))
        .order_by(_cycle.c.starts_on.desc(), _objective.c.position, _objective.c.id)
    )


_PLACE = (
    _objective.c.id,
    _objective.c.name,
    _team.c.name.label("team"),
    _cycle.c.name.label("cycle"),
)
GUARDED = _tied(
    select(*_PLACE, null().label("key_result"))
    .select_from(_guardrail)
    .join(_objective, _objective.c.id == _guardrail.c.objective_id)
    .where(_guardrail.c.kpi_id == _KPI, live(_guardrail))
)
FED = _tied(
    select(*_PLACE, _key_result.c.name.label("key_result"))
    .select_from(_key_result)
    .join(_objective, _objective.c.id == _key_result.c.objective_id)
    .where(_key_result.c.kpi_id == _KPI, live(_key_result))
)


_kept: KeptViews[tuple[int, date], KpiView | None] = KeptViews(32)


def kpi(engine: Engine, version: int, kpi_id: int, day: date) -> KpiView | None:
    """Give a KPI at a version of the data; None where there is none of that key."""
    return _kept.get(engine, version, (kpi_id, day), lambda: _kpi_on(engine, version, kpi_id, day))


def _kpi_on(
    engine: Engine, version: int, kpi_id: int, day: date
) -> tuple[KpiView | None, Collection[int]]:
    """Read a KPI, and which team it is of."""
    here = company(engine, version)
    moment = here.end_of(day)
    at = {"kpi": kpi_id, "moment": moment, "day": day}
    with snapshot(engine) as connection:
        base_version = version_seen(connection)
        kpis = kpis_of(connection, team_id=0, teams=[], also=[kpi_id], day=day, moment=moment)
        if not kpis:
            return None, ()
        about = connection.execute(ABOUT, at).one()
        judged = assessed(connection, kpis, day=day, moment=moment)
        readings = _readings(connection.execute(READINGS, at))
        decisions = [_decision_view(row, here) for row in connection.execute(DECISIONS, at)]
        events = [EventView(*row) for row in connection.execute(EVENTS, at)]
        ties = [
            Tie(row.name, row.team, row.cycle, row.key_result, row.id)
            for tied in (GUARDED, FED)
            for row in connection.execute(tied, at)
        ]
        ranges = ranges_ahead(connection, [kpi_id], day, moment)
    view = _view(base_version, here, about, judged, readings, decisions, events, ties, day)
    view = replace(view, ranges_ahead=tuple(ranges))
    return view, [row.team_id for row in kpis]


def _view(
    base_version: int,
    here: Company,
    about: Any,
    judged: Assessed,
    readings: Sequence[ReadingView],
    decisions: Sequence[DecisionView],
    events: Sequence[EventView],
    ties: Sequence[Tie],
    day: date,
) -> KpiView:
    (row,) = judged.kpis
    periods, values = _history(readings, row.cadence)
    signal = judged.signals.get(row.id)
    gauge = next(iter(gauges(judged, [row.id], day)), None)
    said, actions = judged.decisions.get(row.id), judged.actions.get(row.id, ())
    decision = gauge.decision if gauge else decision_on(signal, said, actions, None)
    rebased_on = _spoken_of(decisions, DecisionKind.REBASE, row.cadence)
    dismissed = tuple(sorted(judged.dismissed.get(row.id, ())))
    trusted = tuple(
        None if period in dismissed else value
        for period, value in zip(periods, values, strict=True)
    )
    return KpiView(
        version=base_version,
        day=day,
        kpi_id=row.id,
        lineage=tuple(here.lineage(row.team_id)),
        name=row.name,
        unit=row.unit,
        cadence=Cadence(row.cadence),
        owner=row.owner,
        gauge=gauge,
        indicator=next(iter(indicators(judged, [row.id])), None),
        better=Better(about.better),
        kind=KpiKind(about.kind) if about.kind else None,
        description=about.description,
        driven_by=about.driven_by,
        smallest_change=about.smallest_change,
        link=about.link,
        periods=periods,
        values=values,
        limits=baseline_limits(periods, trusted, signal, rebased_on),
        segments=segments(periods, trusted),
        rebased_on=rebased_on,
        dismissed=dismissed,
        signal=signal,
        is_pending=row.id in judged.pending,
        decision=decision,
        undecided_days=gauge.undecided_days
        if gauge
        else undecided_days(signal, decision, None, day, here=judged.here.get(row.id)),
        ahead=ahead(periods, trusted, row.cadence, row.low, row.high, signal, unit=row.unit),
        possible=possible_ends(trusted, row.low, row.high, row.unit),
        readings=tuple(readings),
        decisions=_latest_first([*map(act_of, actions), *decisions]),
        events=tuple(events),
        ties=tuple(ties),
    )


def _latest_first(decisions: Iterable[DecisionView]) -> tuple[DecisionView, ...]:
    return tuple(sorted(decisions, key=lambda each: each.date, reverse=True))


def _spoken_of(
    decisions: Sequence[DecisionView], kind: DecisionKind, cadence: str
) -> tuple[date, ...]:
    """Give the periods that decisions of a kind are about, in their order."""
    return tuple(sorted({period_of(each.date, cadence) for each in decisions if each.kind is kind}))


def _readings(rows: Iterable[Any]) -> list[ReadingView]:
    """Give the periods that were ever read, latest first."""
    found = []
    for period, told in groupby(rows, key=lambda row: row.period):
        *replaced, said = [Said(row.value, row.note, row.who, row.recorded_at) for row in told]
        found.append(ReadingView(period, said, tuple(reversed(replaced))))
    return found[::-1]


def _history(
    readings: Sequence[ReadingView], cadence: str
) -> tuple[tuple[date, ...], tuple[float | None, ...]]:
    """Give every period from the first reading to the last with its value."""
    by_number = {ordinal(each.period, cadence): each.said.value for each in readings}
    if not by_number:
        return (), ()
    numbers = range(min(by_number), max(by_number) + 1)
    return (
        tuple(first_day(number, cadence) for number in numbers),
        tuple(by_number.get(number) for number in numbers),
    )


def _decision_view(row: Any, here: Company) -> DecisionView:
    kind = DecisionKind(row.decision)
    # What was imported is known from the very end of its day, which is the next day's midnight.
    said_on = here.today(row.known_at - timedelta(microseconds=1))
    return DecisionView(row.date, kind, row.reason, row.look_again, row.who, said_on)
