"""Why a KPI changed, as far as numbers can tell: what moved with it, and what it is made of.

Four statements beside those of the KPI itself, whatever there is: all KPIs by name; readings
around the change; events around it; check-ins around it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any, Literal

from sqlalchemy import (
    BindParameter,
    Connection,
    Date,
    Engine,
    Integer,
    bindparam,
    exists,
    or_,
    select,
)

from data.company.queries import Company, company
from data.core.as_of import MOMENT, live, oldest_first, table
from data.core.database import snapshot
from data.kpis.queries.kpi import kpi
from data.kpis.queries.signals import STANDING
from data.kpis.queries.why_drivers import taken_apart, tied
from data.kpis.queries.why_moved import NEAR_DAYS, around, compared_with
from data.kpis.queries.why_readings import surroundings
from data.kpis.views.kpi import KpiView
from data.kpis.views.signals import EventView
from data.kpis.views.why import MovedKeyResult, NearEvent, Why
from data.names.scopes import Names

_kpi, _team, _person = table("kpi"), table("team"), table("person")
_annotation, _check_in = table("annotation"), table("check_in")
_objective, _key_result, _guardrail = table("objective"), table("key_result"), table("guardrail")

_KPI: BindParameter[int] = bindparam("kpi", type_=Integer)
_TEAM: BindParameter[int] = bindparam("team", type_=Integer)
_SINCE: BindParameter[date] = bindparam("since", type_=Date)
_UNTIL: BindParameter[date] = bindparam("until", type_=Date)

KPIS = (
    select(
        _kpi.c.id,
        _kpi.c.name,
        _kpi.c.unit,
        _kpi.c.cadence,
        _kpi.c.driven_by,
        _kpi.c.team_id,
        _team.c.name.label("team"),
    )
    .join(_team, _team.c.id == _kpi.c.team_id)
    .where(live(_kpi))
    .order_by(_kpi.c.id)
)
EVENTS = (
    select(
        _annotation.c.kpi_id,
        _annotation.c.date,
        _annotation.c.text,
        _person.c.name.label("who"),
    )
    .outerjoin(_person, _person.c.id == _annotation.c.by_id)
    .where(_annotation.c.date.between(_SINCE, _UNTIL), live(_annotation))
    .order_by(_annotation.c.date, _annotation.c.id)
)
GUARDED = exists().where(
    _guardrail.c.objective_id == _objective.c.id, _guardrail.c.kpi_id == _KPI, live(_guardrail)
)
CHECK_INS = (
    select(
        _key_result.c.id,
        _key_result.c.name,
        _key_result.c.unit,
        _key_result.c.kpi_id,
        GUARDED.label("guarded"),
        _objective.c.name.label("objective"),
        _check_in.c.date,
        _check_in.c.value,
        _check_in.c.withdrawn,
    )
    .join(_objective, _objective.c.id == _key_result.c.objective_id)
    .join(_check_in, _check_in.c.key_result_id == _key_result.c.id)
    .where(
        or_(_key_result.c.kpi_id == _KPI, _objective.c.team_id == _TEAM, GUARDED),
        _check_in.c.date.between(_SINCE, _UNTIL),
        _check_in.c.known_at <= MOMENT,
        live(_key_result),
        live(_objective),
    )
    .order_by(_key_result.c.id, _check_in.c.date, *oldest_first(_check_in.c))
)
"""Check-ins near a change of key results that the KPI feeds or guards, or of its team."""

MOST_EVENTS = 6
MOST_KEY_RESULTS = 4
NEAREST: Mapping[str, int] = {"fed": 0, "guarded": 1, "team": 2}


@dataclass(frozen=True, slots=True)
class _Place:
    """Everything that a KPI stands among, at a moment."""

    kpis: Mapping[int, Any]
    names: Names
    parents: Mapping[int, int | None]
    moment: datetime


@lru_cache(maxsize=32)
def why(engine: Engine, version: int, kpi_id: int, day: date) -> Why | None:
    """Say what may explain the change of a KPI that stands out; None where there is no KPI."""
    view = kpi(engine, version, kpi_id, day)
    if view is None:
        return None
    change, drifts = change_of(view)
    if change is None:
        return Why(None, drifts=False, around=None, split=None)
    here = company(engine, version)
    with snapshot(engine) as connection:
        place = _place(connection, here, here.end_of(day))
        return _why(connection, view, change, drifts, place)


def change_of(view: KpiView) -> tuple[date | None, bool]:
    """Give the change of a KPI that stands out, and whether that is a drift."""
    signal = view.signal
    if signal is not None and signal.signal in STANDING and signal.onset is not None:
        return signal.onset, True
    return max(view.segments, default=None), False


def _place(connection: Connection, here: Company, moment: datetime) -> _Place:
    rows = connection.execute(KPIS, {"moment": moment}).all()
    names = Names.of(here.teams, kpis=rows)
    return _Place({row.id: row for row in rows}, names, names.parents, moment)


def _why(connection: Connection, view: KpiView, change: date, drifts: bool, place: _Place) -> Why:
    own, rows = place.kpis[view.kpi_id], list(place.kpis.values())
    ties = tied(place.names, own, rows)
    others = compared_with(rows, own, place.parents, ties)
    wanted = {own.id, *(row.id for row in others), *ties}
    cadences = {key: place.kpis[key].cadence for key in wanted}
    read = surroundings(connection, cadences, change, place.moment)
    read.drop(own.id, view.dismissed)
    reach = timedelta(days=NEAR_DAYS[view.cadence])
    at = {
        "kpi": own.id,
        "team": own.team_id,
        "since": change - reach,
        "until": min(change + reach, view.day),
        "moment": place.moment,
    }
    return Why(
        change=change,
        drifts=drifts,
        around=around(
            own,
            others,
            change,
            read,
            all_others=len(rows) - 1,
            events=_events(connection.execute(EVENTS, at), own.id, place.kpis, change),
            key_results=_key_results(connection.execute(CHECK_INS, at), own.id),
        ),
        split=taken_apart(own, place.kpis, place.names, change, read) if own.driven_by else None,
    )


def _events(
    rows: Iterable[Any], own: int, kpis: Mapping[int, Any], change: date
) -> list[NearEvent]:
    """Give the events nearest to a change, those of the KPI itself first."""
    found = [
        NearEvent(
            EventView(row.date, row.text, row.who),
            None if row.kpi_id == own else kpis[row.kpi_id].name,
            (row.date - change).days,
        )
        for row in rows
        if row.kpi_id in kpis
    ]
    return sorted(found, key=lambda each: (each.kpi is not None, abs(each.lag)))[:MOST_EVENTS]


def _key_results(rows: Iterable[Any], own: int) -> list[MovedKeyResult]:
    """Give the key results whose value moved, those closest to the KPI first."""
    found = []
    for _, told in groupby(rows, key=lambda row: row.id):
        check_ins = list(told)
        values = list(_standing(check_ins))
        if len(values) > 1 and values[0] != values[-1]:
            row = check_ins[0]
            tie: Literal["fed", "guarded", "team"] = (
                "fed" if row.kpi_id == own else "guarded" if row.guarded else "team"
            )
            found.append(
                MovedKeyResult(row.name, row.objective, row.unit, tie, values[0], values[-1])
            )
    return sorted(found, key=lambda each: NEAREST[each.tie])[:MOST_KEY_RESULTS]


def _standing(check_ins: Iterable[Any]) -> Iterator[float]:
    """Give the values of the check-ins that count, in their order: the last of each day."""
    for _, same_day in groupby(check_ins, key=lambda row: row.date):
        *_, last = same_day
        if last.value is not None and not last.withdrawn:
            yield float(last.value)
