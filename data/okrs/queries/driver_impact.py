"""Which KPI should become a key result: those computed from others, and what would help each most.

Four statements for what there is to choose from: the names of all KPIs; those that are driven,
what was dismissed of them, and their readings. Six for one of them: the names again; it and all
that drives it, their kinds, what was dismissed, and their readings; what feeds a key result of
the team already.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from re import Match
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine

from analytics.coach.draft import KpiFacts
from analytics.coach.lever import Lever
from analytics.coach.lever import levers as moved
from analytics.health import health
from analytics.periods import freshness
from analytics.variation import natural_limits
from data.company.queries import Company, company
from data.core.database import snapshot
from data.core.team_versions import KeptViews
from data.kpis.queries.assessment import bounds, kpis_of
from data.kpis.queries.kpi_facts import kpi_facts
from data.kpis.queries.readings import Readings, last_readings
from data.kpis.queries.settings import ALL
from data.kpis.queries.signals import said_about
from data.names.expressions import NAME, drivers_of, spelled
from data.names.scopes import Names
from data.okrs.queries.drafts import MOST_OFFERED, OkrLook, okrs
from data.okrs.queries.remarks import FED
from data.okrs.views.drafts import DrivenKpi, DriverImpact, FedKeyResult
from models import OVER, Health

SHOWN = 8

# A bracket would end a name in an expression; the name of a team may hold one.
WITHOUT_BRACKETS = str.maketrans("[]", "()")


_driven: KeptViews[OkrLook, tuple[DrivenKpi, ...]] = KeptViews(32)
_levers: KeptViews[tuple[OkrLook, int], tuple[DriverImpact, ...]] = KeptViews(32)


def driven_kpis(engine: Engine, version: int, look: OkrLook) -> tuple[DrivenKpi, ...]:
    """Give the KPIs in sight of a team that are computed from others: its own come first.

    Those of the teams above come next, the nearest first, and then those below.
    """
    return _driven.get(engine, version, look, lambda: _driven_kpis(engine, version, look))


def _driven_kpis(
    engine: Engine, version: int, look: OkrLook
) -> tuple[tuple[DrivenKpi, ...], Collection[int]]:
    """Read them, and of which teams they are."""
    here = company(engine, version)
    moment = here.end_of(look.day)
    with snapshot(engine) as connection:
        rows = connection.execute(ALL, {"moment": moment}).all()
        names = Names.of(here.teams, kpis=rows)
        near = _near(here, names, look.team.id)
        driven = [row for row in rows if row.driven_by.strip() and row.team_id in near]
        driven.sort(key=lambda row: near[row.team_id])
        offered = {row.id: near[row.team_id] for row in driven[:MOST_OFFERED]}
        found = kpis_of(
            connection,
            team_id=look.team.id,
            teams=[],
            also=list(offered),
            day=look.day,
            moment=moment,
        )
        dismissed = said_about(connection, found, moment).dismissed.periods
        cadences = {kpi.id: kpi.cadence for kpi in found}
        readings = last_readings(connection, cadences, moment, dismissed)
    kpis = {kpi.id: kpi for kpi in found}
    levels = _levels(found, readings, look.day)
    driven_kpis = tuple(
        DrivenKpi(
            kpi_id=key,
            name=spelled(names, key, look.team.id),
            away=away,
            unit=kpis[key].unit,
            value=_known(readings.values[readings.rows[key], -1]),
            low=kpis[key].low,
            high=kpis[key].high,
            health=levels[key],
        )
        for key, away in offered.items()
        if key in kpis
    )
    return driven_kpis, _teams_of(found)


def levers_of(engine: Engine, version: int, look: OkrLook, kpi_id: int) -> tuple[DriverImpact, ...]:
    """Give what would move a KPI, the most helpful first; nothing where that cannot be told."""
    asked = (look, kpi_id)
    return _levers.get(engine, version, asked, lambda: _levers_of(engine, version, *asked))


def _levers_of(
    engine: Engine, version: int, look: OkrLook, kpi_id: int
) -> tuple[tuple[DriverImpact, ...], Collection[int]]:
    """Read what would move a KPI, and of which teams that is."""
    here = company(engine, version)
    moment = here.end_of(look.day)
    key_results = _under_way(engine, version, look)
    with snapshot(engine) as connection:
        rows = {row.id: row for row in connection.execute(ALL, {"moment": moment})}
        names = Names.of(here.teams, kpis=rows.values())
        tree = _tree(names, rows, kpi_id)
        found = kpis_of(
            connection, team_id=look.team.id, teams=[], also=tree, day=look.day, moment=moment
        )
        facts = kpi_facts(connection, found, moment, look.cycle)
        fed = _fed(connection, key_results)
    called = {key: spelled(names, key, look.team.id).translate(WITHOUT_BRACKETS) for key in facts}
    told = _told(kpi_id, facts, called, names, rows)
    best = max((lever.gain for lever in told), default=0.0)
    keys = {name: key for key, name in called.items()}
    views = tuple(_view(keys[lever.name], lever, best, facts, fed) for lever in told[:SHOWN])
    return views, _teams_of(found)


def _teams_of(kpis: Sequence[Any]) -> set[int]:
    return {kpi.team_id for kpi in kpis}


def _near(here: Company, names: Names, team_id: int) -> Mapping[int, int]:
    """Give how near the teams in sight are: the own, those above, then those below."""
    above = list(names.lineage(team_id))
    below = [team.id for team in here.teams if team.id in set(here.below(team_id)) - {team_id}]
    return {key: at for at, key in enumerate([*above, *below])}


def _levels(kpis: Sequence[Any], readings: Readings, day: date) -> Mapping[int, Health]:
    kpis = sorted(kpis, key=lambda kpi: int(kpi.id))
    ages = [
        freshness(latest, day, kpi.cadence)
        for kpi, latest in zip(kpis, readings.latest, strict=True)
    ]
    levels = health(
        readings.values[:, -1],
        *bounds(kpis),
        np.asarray(natural_limits(readings.values).sigma),
        np.array([age == "no data" for age in ages], bool),
    )
    return {kpi.id: Health(level) for kpi, level in zip(kpis, levels, strict=True)}


def _tree(names: Names, rows: Mapping[int, Any], kpi_id: int) -> list[int]:
    """Give the keys of a KPI and of all that drives it, each once; it may bite its own tail."""
    found: dict[int, None] = {}
    waiting = [kpi_id] if kpi_id in rows else []
    while waiting:
        key = waiting.pop(0)
        if key not in found:
            found[key] = None
            waiting += drivers_of(names, rows[key].team_id, rows[key].driven_by)
    return list(found)


def _told(
    kpi_id: int,
    facts: Mapping[int, KpiFacts],
    called: Mapping[int, str],
    names: Names,
    rows: Mapping[int, Any],
) -> list[Lever]:
    """Have the coach compute what moves a KPI, everything called as the team calls it."""
    if kpi_id not in facts or len(set(called.values())) < len(called):
        return []
    named = {
        key: replace(each, name=called[key], driven_by=_expression(rows[key], names, called))
        for key, each in facts.items()
    }
    return moved(named[kpi_id], {each.name: each for each in named.values()})


def _expression(row: Any, names: Names, called: Mapping[int, str]) -> str:
    """Write a KPI's expression with what its drivers are called; empty where one is not here.

    What its own team wrote means the same to another one only by other names.
    """

    def spell(found: Match[str]) -> str:
        return f"[{called[names.kpi(found[1].strip(), row.team_id) or 0]}]"

    try:
        return NAME.sub(spell, row.driven_by)
    except LookupError:
        return ""


def _under_way(engine: Engine, version: int, look: OkrLook) -> Mapping[int, FedKeyResult]:
    here = [row for row in okrs(engine, version, look).objectives if row.state not in OVER]
    return {each.id: FedKeyResult(each.name, row.id) for row in here for each in row.key_results}


def _fed(
    connection: Connection, key_results: Mapping[int, FedKeyResult]
) -> Mapping[int, list[FedKeyResult]]:
    fed: dict[int, list[FedKeyResult]] = {}
    for row in connection.execute(FED, {"key_results": list(key_results)}):
        fed.setdefault(row.kpi_id, []).append(key_results[row.id])
    return fed


def _view(
    key: int,
    lever: Lever,
    best: float,
    facts: Mapping[int, KpiFacts],
    fed: Mapping[int, Sequence[FedKeyResult]],
) -> DriverImpact:
    known = facts[key].values[np.isfinite(facts[key].values)]
    return DriverImpact(
        kpi_id=key,
        kpi=facts[key].name,
        reason=lever.reason,
        share=lever.gain / best if lever.gain > 0 else 0.0,
        value=_known(known[-1]) if known.size else None,
        feeds=tuple(fed.get(key, ())),
    )


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
