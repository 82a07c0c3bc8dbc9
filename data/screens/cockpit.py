"""The cockpit: a team's gauges and objectives on a day, as they were known at its end.

Thirteen statements where nothing is kept, whatever is shown: the data's version; the objectives,
key results, guardrails, check-ins and milestones; the KPIs; the signals of all, what was said about
them, their actions, and the latest reading of each; the readings shown, and since when what they
tell can be known. Three more tell how guardrails fared where there are any. Where a drift is of a
KPI computed from others, two more tell what it comes from; where the newest reading of a KPI does
not count, another tells the one that does. Teams, cycles, people and the time zone are four more,
read when they change. What changed of which team is one, once a version: a cockpit in which nothing
changed is not read again. What changed of which KPI is another, once a version: of all others a
cockpit keeps what it read.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine

from data.company.queries import company
from data.company.views import CycleView, TeamView
from data.core.database import snapshot, version_seen
from data.core.team_versions import KeptViews
from data.kpis.queries.assessment import Assessed, assessed, behaviour_of, kpis_of
from data.kpis.queries.attention import SHOWN, Latest, last_day_with_data, latest_health
from data.kpis.queries.changed import KeptRead, changed
from data.kpis.queries.gauges import gauges, indicators
from data.kpis.queries.kpi_rows import MOST, KpiRows
from data.kpis.queries.why_splits import told_apart
from data.okrs.queries.feeds import feeds_of
from data.okrs.queries.key_results import objectives
from data.okrs.queries.objectives import ObjectiveRows, objective_rows
from data.okrs.views.key_results import ObjectiveView
from data.screens.decision_cards import decision_cards
from data.screens.team_health import FIRST, TeamStates, tally, teams_below
from data.screens.views.cockpit import Cockpit, TeamHealth

SHOWN_INDICATORS = 6

Focus = tuple[str, int]
"""What a search or a link points to: its kind and key."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at: a team and cycle on a day; more of it where asked for.

    `kpis` are shown instead of those that are pinned or need eyes most.
    """

    team: TeamView
    cycle: CycleView | None
    day: date
    all_kpis: bool = False
    all_objectives: bool = False
    all_teams: bool = False
    focus: Focus | None = None
    kpis: tuple[int, ...] = ()


_kept: KeptViews[Look, Cockpit] = KeptViews(128)


def cockpit(engine: Engine, version: int, look: Look) -> Cockpit:
    """Give a cockpit at a version of the data."""
    return _kept.get(engine, version, look, lambda: _cockpit(engine, version, look))


def _cockpit(engine: Engine, version: int, look: Look) -> tuple[Cockpit, Collection[int]]:
    """Read a cockpit, and which teams it shows something of."""
    here = company(engine, version)
    moment, teams = here.end_of(look.day), here.below(look.team.id)
    with snapshot(engine) as connection:
        seen = changed(connection)
        base_version = seen.version if seen else version_seen(connection)
        rows = KpiRows(connection, moment, seen)
        found = _objectives_of(rows, look, teams)
        kpis = _kpis_of(rows, look, teams, found.kpi_ids())
        behaviour = behaviour_of(rows, kpis, day=look.day)
        mine = _of(kpis, set(teams))
        ranged = [kpi for kpi in mine if _has_range(kpi)]
        latest = latest_health(rows, ranged, behaviour, day=look.day)
        chosen = _choose(kpis, mine, latest, look)
        below = teams_below(here, look.team, latest.states)
        told = below if look.all_teams else below[:FIRST]
        worst = {row.worst_id for row in told}
        wanted = {*chosen.shown, *found.kpi_ids(), *worst}
        judged = assessed(
            connection,
            [kpi for kpi in kpis if kpi.id in wanted],
            day=look.day,
            moment=moment,
            behaviour=behaviour,
            feeds=feeds_of(found.placed(look.cycle, look.day)) if look.cycle else (),
            rows=rows,
        )
        judged, driver_teams = told_apart(connection, here, judged, moment)
    wall = gauges(judged, chosen.shown, look.day)
    shown = _shown_objectives(rows, found, judged, look)
    view = Cockpit(
        version=base_version,
        day=look.day,
        team=look.team,
        cycle=look.cycle,
        tally=tally(latest.states),
        teams=_teams(judged, told, look.day),
        more_teams=len(below) - len(told),
        gauges=wall,
        indicators=indicators(judged, chosen.shown),
        objectives=shown,
        decisions=tuple(decision_cards(wall, shown, under_way=_is_under_way(look))),
        more_gauges=chosen.more,
        more_outside=chosen.more_outside,
        more_objectives=found.more,
        drafts=found.drafts,
        last_day=chosen.last_day or last_day_with_data(judged, chosen.pinned),
    )
    objectives_of = {objective.team_id for objective in found.objectives}
    return view, {*teams, *objectives_of, *driver_teams, *(kpi.team_id for kpi in kpis)}


_objectives: KeptRead[ObjectiveRows] = KeptRead(MOST)
_kpis: KeptRead[list[Any]] = KeptRead(MOST)
_told: KeptRead[tuple[ObjectiveRows, tuple[ObjectiveView, ...]]] = KeptRead(MOST)


def _objectives_of(rows: KpiRows, look: Look, teams: Sequence[int]) -> ObjectiveRows:
    """Read the objectives that are shown, unless nothing changed of what they tell."""
    asked: dict[str, Any] = {
        "cycle": look.cycle,
        "team_id": look.team.id,
        "teams": tuple(teams),
        "all_objectives": look.all_objectives,
        "focus": look.focus,
        "day": look.day,
        "moment": rows.moment,
    }
    return _objectives.get(
        rows.changed,
        tuple(asked.values()),
        lambda seen, found: seen.of_objectives(*found.kpi_ids()),
        lambda: objective_rows(rows.connection, **asked),
    )


def _shown_objectives(
    rows: KpiRows, found: ObjectiveRows, judged: Assessed, look: Look
) -> tuple[ObjectiveView, ...]:
    """Tell of objectives, unless nothing changed of them or of what they hang on."""
    _, views = _told.get(
        rows.changed,
        (look, rows.moment),
        lambda seen, told: seen.of_objectives(*told[0].kpi_ids()),
        lambda: (found, objectives(found, judged, look.cycle, look.day)),
    )
    return views


def _kpis_of(rows: KpiRows, look: Look, teams: Sequence[int], tied: Sequence[int]) -> list[Any]:
    """Read the KPIs of teams and those that are tied, unless nothing but their readings changed."""
    asked: dict[str, Any] = {
        "team_id": look.team.id,
        "teams": tuple(teams),
        "also": tuple(_focused(look)),
        "tied": tuple(tied),
        "day": look.day,
        "moment": rows.moment,
    }
    return _kpis.get(
        rows.changed,
        tuple(asked.values()),
        lambda seen, _: seen.rest,
        lambda: kpis_of(rows.connection, **asked),
    )


@dataclass(frozen=True, slots=True)
class _Chosen:
    shown: Sequence[int]
    pinned: Sequence[int]
    more: int
    more_outside: int
    last_day: date | None


def _focused(look: Look) -> list[int]:
    return [look.focus[1]] if look.focus and look.focus[0] == "kpi" else []


def _of(kpis: Sequence[Any], teams: set[int]) -> list[Any]:
    return [kpi for kpi in kpis if kpi.is_live and kpi.team_id in teams]


def _choose(kpis: Sequence[Any], mine: Sequence[Any], latest: Latest, look: Look) -> _Chosen:
    """Choose the pinned KPIs, else those that need eyes most, and the team's own indicators."""
    is_pinned = not (look.all_kpis or look.kpis)
    pinned = [kpi for kpi in mine if is_pinned and kpi.pinned is not None]
    shown = sorted(pinned, key=lambda kpi: kpi.pinned)
    by_key = {kpi.id: kpi for kpi in kpis}
    if look.kpis:
        shown = [by_key[key] for key in look.kpis if key in by_key]
    elif not pinned:
        own = [kpi for kpi in mine if not _has_range(kpi) and kpi.team_id == look.team.id]
        count = len(latest.states) if look.all_kpis else SHOWN
        in_need = [by_key[one.kpi_id] for one in latest.states[:count]]
        shown = [*in_need, *(own if look.all_kpis else own[:SHOWN_INDICATORS])]
    here = [kpi for kpi in kpis if kpi.is_live]
    keys = list(dict.fromkeys([*(kpi.id for kpi in shown), *_known(here, _focused(look))]))
    pinned_keys = [kpi.id for kpi in pinned if _has_range(kpi)]
    hidden = {one.kpi_id for one in latest.states} - set(keys)
    return _Chosen(keys, pinned_keys, len(hidden), len(hidden & latest.outside()), latest.last_day)


def _teams(found: Assessed, rows: Sequence[TeamStates], day: date) -> tuple[TeamHealth, ...]:
    keys = [row.worst_id for row in rows if row.worst_id is not None]
    worst = {gauge.kpi_id: gauge for gauge in gauges(found, keys, day)}
    return tuple(TeamHealth(row.team, row.tally, worst.get(row.worst_id or 0)) for row in rows)


def _has_range(kpi: Any) -> bool:
    return kpi.low is not None or kpi.high is not None


def _known(kpis: Sequence[Any], keys: Sequence[int]) -> list[int]:
    here = {kpi.id for kpi in kpis}
    return [key for key in keys if key in here]


def _is_under_way(look: Look) -> bool:
    return look.cycle is not None and look.day <= look.cycle.ends_on
