"""The KPIs of some teams as they are set up, and whether what drives them can be computed."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, func, select

from analytics.change_proposal import propose_change
from analytics.range_proposal import propose_range
from data.company.queries import Company, company
from data.core.as_of import any_of, in_force, live, table
from data.core.database import snapshot
from data.core.fields import plain_cells, stored_in
from data.kpis.fields import KpiRow
from data.kpis.queries.driver_check import Series, check, read_series
from data.kpis.queries.readings import last_readings
from data.kpis.signals.dismissals import dismissed_by
from data.kpis.views.settings import DriverCheck, KpiSetting, Proposal
from data.names.expressions import drivers_of, drives_itself
from data.names.scopes import Names
from models import Kpi, KpiTerms

SHOWN = 100
"""How many KPIs are shown at once; the search finds the others."""

_kpi, _terms, _pin = table("kpi"), table("kpi_terms"), table("pin")
_person, _team = table("person"), table("team")

ALL = (
    select(*(_kpi.c[name] for name in ("id", "name", "team_id", "driven_by", "cadence")))
    .where(live(_kpi))
    .order_by(func.lower(_kpi.c.name), _kpi.c.id)
)
"""Every KPI in short: what names mean, and which of them are looked at."""

SHOWN_KPIS = (
    select(
        *(_kpi.c[name] for name in ("id", *stored_in(KpiRow, Kpi))),
        *(_terms.c[name] for name in stored_in(KpiRow, KpiTerms)),
        _person.c.name.label("owner"),
    )
    .select_from(_kpi)
    .outerjoin(_terms, in_force(_terms, _kpi.c.id))
    .outerjoin(_person, _person.c.id == _terms.c.owner_id)
    .where(_kpi.c.id.in_(any_of("kpis")))
)
PINS = (
    select(_pin.c.kpi_id, _team.c.name)
    .join(_team, _team.c.id == _pin.c.team_id)
    .where(_pin.c.kpi_id.in_(any_of("kpis")), live(_pin), live(_team))
    .order_by(_team.c.name)
)
ONE = (
    select(
        *(_kpi.c[name] for name in ("unit", "better", "cadence", "smallest_change")),
        _terms.c.low,
        _terms.c.high,
    )
    .select_from(_kpi)
    .outerjoin(_terms, in_force(_terms, _kpi.c.id))
    .where(_kpi.c.id.in_(any_of("kpis")))
)


def read_kpis(
    connection: Connection,
    here: Company,
    teams: Collection[int],
    search: str,
    at: Mapping[str, Any],
) -> tuple[int, list[KpiSetting]]:
    """Read the first KPIs of some teams that a search finds, and how many it finds."""
    everything = connection.execute(ALL, at).all()
    team_names = {team.id: team.name for team in here.teams}
    near, sought = set(teams), search.casefold().split()
    found = [
        row
        for row in everything
        if row.team_id in near
        and (not sought or _is_sought(f"{row.name} {team_names[row.team_id]}", sought))
    ]
    shown = found[:SHOWN]
    keys = {"kpis": [row.id for row in shown], **at}
    details = {row.id: row for row in connection.execute(SHOWN_KPIS, keys)}
    pinned: dict[int, list[str]] = defaultdict(list)
    for kpi_id, team in connection.execute(PINS, keys):
        pinned[kpi_id].append(team)
    names = Names.of(here.teams, kpis=everything)
    driven = {row.id: (row.team_id, row.driven_by) for row in shown if row.driven_by}
    series = _read(connection, names, everything, driven, at["moment"])
    return len(found), [
        _setting(row, details[row.id], team_names[row.team_id], pinned[row.id], names, series)
        for row in shown
    ]


def _is_sought(text: str, words: Sequence[str]) -> bool:
    return all(word in text.casefold() for word in words)


def check_drivers(
    engine: Engine, version: int, kpi_id: int, driven_by: str, day: date
) -> DriverCheck | None:
    """Check an expression that somebody types for a KPI; None where it is empty."""
    here = company(engine, version)
    moment = here.end_of(day)
    with snapshot(engine) as connection:
        everything = connection.execute(ALL, {"moment": moment}).all()
        own = next((row for row in everything if row.id == kpi_id), None)
        if own is None or not driven_by.strip():
            return None
        names = Names.of(here.teams, kpis=everything)
        driven = {row.id: (row.team_id, row.driven_by) for row in everything}
        driven[kpi_id] = (own.team_id, driven_by)
        if drives_itself(kpi_id, lambda key: drivers_of(names, *driven[key])):
            return DriverCheck(f"“{own.name}” would drive itself")
        typed = {kpi_id: (own.team_id, driven_by)}
        series = _read(connection, names, everything, typed, moment)
    return check(names, own.team_id, kpi_id, driven_by, series)


def propose(engine: Engine, version: int, kpi_id: int, day: date) -> Proposal | None:
    """Propose a range for a KPI from its last readings; None of one that is not here.

    With it goes a smallest change that matters, where the KPI names none.
    """
    moment = company(engine, version).end_of(day)
    at = {"kpis": [kpi_id], "moment": moment, "day": day}
    with snapshot(engine) as connection:
        row = connection.execute(ONE, at).first()
        if row is None:
            return None
        cadences = {kpi_id: row.cadence}
        refused = dismissed_by(connection, cadences, moment)
        readings = last_readings(connection, cadences, moment, refused.periods)
    found = propose_range(readings.values[0], better=row.better, unit=row.unit)
    possible = found.low is not None or found.high is not None
    proposal = Proposal(kpi_id, found.low, found.high, found.reason, possible)
    return _with_change(proposal, row, readings.values[0])


def _with_change(proposal: Proposal, row: Any, values: NDArray[np.float64]) -> Proposal:
    """Propose a smallest change from the KPI's range, the proposed one where it has none."""
    if row.smallest_change is not None:
        return proposal
    own = row.low is not None or row.high is not None
    low, high = (row.low, row.high) if own else (proposal.low, proposal.high)
    found = propose_change(values, low=low, high=high, unit=row.unit)
    if found is None:
        return proposal
    return replace(proposal, smallest_change=found.smallest_change, why=found.reason)


def _setting(
    row: Any,
    details: Any,
    team: str,
    pinned: Sequence[str],
    names: Names,
    series: Mapping[int, Series],
) -> KpiSetting:
    kpi = KpiRow(
        team=team,
        owner=details.owner or "",
        pinned=tuple(pinned),
        **plain_cells(KpiRow, Kpi, details),
        **plain_cells(KpiRow, KpiTerms, details),
    )
    return KpiSetting(row.id, kpi, check(names, row.team_id, row.id, row.driven_by, series))


def _read(
    connection: Connection,
    names: Names,
    everything: Sequence[Any],
    driven: Mapping[int, tuple[int, str]],
    moment: datetime,
) -> Mapping[int, Series]:
    """Read what driven KPIs said last, and what drives them; given by key: team, expression."""
    keys = set(driven)
    for team_id, driven_by in driven.values():
        keys.update(drivers_of(names, team_id, driven_by))
    return read_series(connection, (row for row in everything if row.id in keys), moment)
