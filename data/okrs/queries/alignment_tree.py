"""The alignment tree as it stood on a day, read no further than its lines show.

Eight statements, whatever is shown: the data's version; the objectives and the support between
them; the key results, each with what was last said of it; steps; the KPIs that feed, which of
their readings were dismissed, and their readings since the cycle began.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Engine

from data.company.queries import Company, company
from data.company.views import CycleView
from data.core.database import snapshot, version_seen
from data.core.team_versions import KeptViews
from data.okrs.queries.drafts import ALIGNMENTS, OkrLook, cycles_in_sight, supports_of
from data.okrs.queries.objective_progress import ObjectiveProgress, objective_progress
from data.okrs.queries.objectives import OBJECTIVES
from data.okrs.views.drafts import OkrNode, OkrTree
from models import OVER, ObjectiveState, Scope

_kept: KeptViews[OkrLook, OkrTree] = KeptViews(32)


def alignment(engine: Engine, version: int, look: OkrLook) -> OkrTree:
    """Give the objectives of a team and below with all that they support, at a version."""
    return _kept.get(engine, version, look, lambda: _alignment(engine, version, look))


def _alignment(engine: Engine, version: int, look: OkrLook) -> tuple[OkrTree, Collection[int]]:
    """Read the tree, and which teams it shows something of."""
    here = company(engine, version)
    at = {"day": look.day, "moment": here.end_of(look.day)}
    cycles = {"cycles": cycles_in_sight(here, look.cycle), **at}
    with snapshot(engine) as connection:
        base_version = version_seen(connection)
        rows = connection.execute(OBJECTIVES, cycles).all()
        supports = supports_of(connection.execute(ALIGNMENTS, cycles))
        found = _in_tree(rows, supports, here, look)
        shown = [row for row in found if look.over or row.state not in OVER]
        known = {cycle.id: cycle for cycle in here.cycles}
        reached = objective_progress(connection, shown, known, at)
    nodes = (
        _node(row, look, known[row.cycle_id], supports.get(row.id, ()), progress)
        for row, progress in zip(shown, reached.progress, strict=True)
    )
    hidden = len(found) - len(shown)
    tree = OkrTree(base_version, look.day, look.team, look.cycle, tuple(nodes), hidden)
    return tree, reached.team_ids


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
    row: Any, look: OkrLook, cycle: CycleView, supports: Sequence[int], reached: ObjectiveProgress
) -> OkrNode:
    return OkrNode(
        id=row.id,
        name=row.name,
        team=row.team,
        cycle=cycle.name if look.cycle and cycle.id != look.cycle.id else "",
        scope=Scope(row.scope),
        state=ObjectiveState(row.state),
        owner=row.owner or "",
        supports_ids=tuple(supports),
        progress=reached.progress,
        key_results=len(reached.key_results),
    )
