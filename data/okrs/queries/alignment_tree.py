"""The alignment tree as it stood on a day: how far each objective is, and where it ends.

Thirteen statements, whatever is shown: the data's version; the objectives and the support between
them; the key results, their check-ins and their steps; the KPIs that feed; how those behave, what
was said about them and is done about them, and their readings; how guardrails fared, with two more
where there are any.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine

from data.company.queries import Company, company, seen_from
from data.company.views import CycleView
from data.core.database import snapshot, version_seen
from data.core.team_versions import KeptViews
from data.kpis.queries.assessment import assessed, kpis_of
from data.okrs.queries.drafts import ALIGNMENTS, OkrLook, cycles_in_sight, supports_of
from data.okrs.queries.feeds import feeds_of
from data.okrs.queries.guardrails import broken_guardrails
from data.okrs.queries.key_results import objectives
from data.okrs.queries.objectives import OBJECTIVES, ObjectiveRows, rows_of
from data.okrs.views.drafts import OkrNode, OkrTree
from data.okrs.views.key_results import GuardBreach, ObjectiveView
from models import OVER, Scope

_kept: KeptViews[OkrLook, OkrTree] = KeptViews(32)


def alignment(engine: Engine, version: int, look: OkrLook) -> OkrTree:
    """Give the objectives of a team and below with all that they support, at a version."""
    return _kept.get(engine, version, look, lambda: _alignment(engine, version, look))


def _alignment(engine: Engine, version: int, look: OkrLook) -> tuple[OkrTree, Collection[int]]:
    """Read the tree, and which teams it shows something of."""
    here = company(engine, version)
    at: dict[str, Any] = {"day": look.day, "moment": here.end_of(look.day)}
    cycles = {"cycles": cycles_in_sight(here, look.cycle), **at}
    with snapshot(engine) as connection:
        base_version = version_seen(connection)
        rows = connection.execute(OBJECTIVES, cycles).all()
        supports = supports_of(connection.execute(ALIGNMENTS, cycles))
        found = _in_tree(rows, supports, here, look)
        shown = [row for row in found if look.over or row.state not in OVER]
        in_sight = {row.cycle_id for row in shown}
        known = {row.id: seen_from(row, look.day) for row in here.cycles if row.id in in_sight}
        hanging = rows_of(connection, shown, at)
        broken = broken_guardrails(connection, shown, known, at)
        feeds = [
            feed
            for cycle in known.values()
            for feed in feeds_of(_of_cycle(hanging, cycle).placed(cycle, look.day))
        ]
        tied = hanging.kpi_ids()
        feeding = kpis_of(connection, team_id=0, teams=[], also=[], tied=tied, **at)
        kpis = assessed(connection, feeding, **at, feeds=feeds)
    views = {
        view.id: view
        for cycle in known.values()
        for view in objectives(_of_cycle(hanging, cycle), kpis, cycle, look.day)
    }
    nodes = (
        _node(
            row,
            look,
            known[row.cycle_id],
            supports.get(row.id, ()),
            views[row.id],
            broken.by_objective.get(row.id, ()),
        )
        for row in shown
    )
    hidden = len(found) - len(shown)
    tree = OkrTree(base_version, look.day, look.team, look.cycle, tuple(nodes), hidden)
    return tree, {row.team_id for row in (*shown, *feeding)} | broken.team_ids


def _of_cycle(rows: ObjectiveRows, cycle: CycleView) -> ObjectiveRows:
    return replace(rows, objectives=[row for row in rows.objectives if row.cycle_id == cycle.id])


def _in_tree(
    rows: Sequence[Any], supports: Mapping[int, Sequence[int]], here: Company, look: OkrLook
) -> list[Any]:
    """Give the objectives of a team and below, and all that they support on the way up."""
    teams = set(here.below(look.team.id))
    cycle_id = look.cycle.id if look.cycle else None
    wanted = {row.id for row in rows if row.team_id in teams and row.cycle_id == cycle_id}
    new = list(wanted)
    while new:
        above = {other for key in new for other in supports.get(key, ())} - wanted
        wanted |= above
        new = list(above)
    depth = {team.id: at for at, team in enumerate(here.teams)}
    found = [row for row in rows if row.id in wanted]
    return sorted(found, key=lambda row: (depth.get(row.team_id, 0), row.scope != Scope.TEAM))


def _node(
    row: Any,
    look: OkrLook,
    cycle: CycleView,
    supports: Sequence[int],
    view: ObjectiveView,
    breaches: Sequence[GuardBreach],
) -> OkrNode:
    return OkrNode(
        id=row.id,
        name=row.name,
        team=row.team,
        cycle=cycle.name if look.cycle and cycle.id != look.cycle.id else "",
        scope=view.scope,
        state=view.state,
        owner=row.owner or "",
        supports_ids=tuple(supports),
        progress=view.progress,
        key_results=len(view.key_results),
        pace=view.pace,
        standing=view.standing,
        expected=view.expected,
        breaches=tuple(breaches),
    )
