"""Objectives and key results for drafting and aligning, as they stood on a day.

Twelve statements, whatever is shown: the data's version; the objectives, the support between
them and their guardrails; the key results, check-ins and steps; the names of all KPIs; those
that feed or guard, with their readings and which were dismissed; how many objectives the team has
in each cycle.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Engine, bindparam, func, select

from data.commands.steps import spelled_steps
from data.database import snapshot, version_seen
from data.exchange.names import TEAM_SIGN, Names
from data.queries.company import Company, company
from data.queries.okr_standing import road_of, standing
from data.queries.roads import Road
from data.queries.statements import any_of, in_force, live, table
from data.views import (
    CycleView,
    Lane,
    Left,
    ObjectiveView,
    OkrKeyResult,
    OkrObjective,
    Okrs,
    TeamView,
)
from models import KeyResultKind, ObjectiveState, Scope

OVER = (ObjectiveState.CLOSED.value, ObjectiveState.GRADUATED.value)
SPELLED_LIST = "; "
MOST_OFFERED = 400
"""So many names are offered in a list to pick from; any other may be typed."""

_objective, _terms, _team = table("objective"), table("objective_terms"), table("team")
_owner, _cycle, _alignment = table("person"), table("cycle"), table("alignment")
_kpi = table("kpi")

OBJECTIVES = (
    select(
        *(_objective.c[name] for name in ("id", "name", "team_id", "cycle_id", "scope")),
        _team.c.name.label("team"),
        _cycle.c.name.label("cycle"),
        _owner.c.name.label("owner"),
        _terms.c.state,
        _terms.c.ambition,
    )
    .select_from(_objective)
    .join(_terms, in_force(_terms, _objective.c.id))
    .join(_team, _team.c.id == _objective.c.team_id)
    .join(_cycle, _cycle.c.id == _objective.c.cycle_id)
    .outerjoin(_owner, _owner.c.id == _terms.c.owner_id)
    .where(_objective.c.cycle_id.in_(any_of("cycles")), live(_objective))
    .order_by(_objective.c.position, _objective.c.id)
)
ALIGNMENTS = (
    select(_alignment.c.objective_id, _alignment.c.supports_id)
    .join(_objective, _objective.c.id == _alignment.c.objective_id)
    .where(_objective.c.cycle_id.in_(any_of("cycles")), live(_alignment))
    .order_by(_alignment.c.id)
)
LEFT = (
    select(_objective.c.cycle_id, func.count().label("objectives"))
    .where(_objective.c.team_id == bindparam("team"), live(_objective))
    .group_by(_objective.c.cycle_id)
)
KPIS = select(_kpi.c.id, _kpi.c.name, _kpi.c.team_id).where(live(_kpi)).order_by(_kpi.c.name)


@dataclass(frozen=True, slots=True)
class OkrLook:
    """What is looked at: a team's own objectives in a cycle, or the tree that they are part of."""

    team: TeamView
    cycle: CycleView | None
    day: date
    tree: bool = False
    over: bool = False


@lru_cache(maxsize=32)
def okrs(engine: Engine, version: int, look: OkrLook) -> Okrs:
    """Read a team's objectives, or their alignment tree, at a version of the data."""
    here = company(engine, version)
    at = {"day": look.day, "moment": here.end_of(look.day)}
    names = _names(here)
    cycles = _cycles(names, look.cycle)
    with snapshot(engine) as connection:
        seen = version_seen(connection)
        rows = connection.execute(OBJECTIVES, {"cycles": cycles, **at}).all()
        team = {"team": look.team.id, **at}
        left = connection.execute(LEFT, team)
        counts = {row.cycle_id: int(row.objectives) for row in left}
        supports = _supports(connection.execute(ALIGNMENTS, {"cycles": cycles, **at}))
        kpis = {row.id: row for row in connection.execute(KPIS, at)}
        names.kpis = {(row.team_id, row.name): row.id for row in kpis.values()}
        names.objectives = {(row.cycle_id, row.team_id, row.name): row.id for row in rows}
        found = _in_tree(rows, supports, here, look) if look.tree else _own(rows, look)
        shown = [row for row in found if look.over or row.state not in OVER]
        road = road_of(connection, shown, at)
        roads = standing(connection, road, team=look.team, cycle=look.cycle, at=at)
    spelling = _Spelling(names, {row.id: row for row in rows}, kpis, look)
    return Okrs(
        version=seen,
        day=look.day,
        team=look.team,
        cycle=look.cycle,
        objectives=tuple(
            _objective_row(row, view, road, supports, spelling)
            for row, view in zip(shown, roads, strict=True)
        ),
        hidden=len(found) - len(shown),
        kpis=spelling.kpis_on_offer(here),
        people=tuple(person.name for person in here.people),
        supportable=spelling.supportable(rows),
        left=_left(here, look.cycle, counts),
    )


def _names(here: Company) -> Names:
    names = Names()
    names.teams = {team.name: team.id for team in here.teams}
    names.parents = {team.id: team.parent_id for team in here.teams}
    names.note_cycles(here.cycles)
    return names


def _cycles(names: Names, cycle: CycleView | None) -> list[int]:
    """Give the cycle looked at and those that contain it, which its objectives may support."""
    return [cycle.id, *names.wider_cycles.get(cycle.id, ())] if cycle else []


def _supports(ties: Iterable[Any]) -> Mapping[int, list[int]]:
    supports: dict[int, list[int]] = defaultdict(list)
    for mine, other in ties:
        supports[mine].append(other)
    return supports


def _own(rows: Sequence[Any], look: OkrLook) -> list[Any]:
    """Give the team's own objectives, those of its people after those of all."""
    cycle_id = look.cycle.id if look.cycle else None
    own = [row for row in rows if row.team_id == look.team.id and row.cycle_id == cycle_id]
    return sorted(own, key=lambda row: row.scope != Scope.TEAM)


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


def _left(here: Company, cycle: CycleView | None, counts: Mapping[int, int]) -> tuple[Left, ...]:
    """Give the earlier cycles that the team has objectives in, the last one first."""
    if cycle is None:
        return ()
    return tuple(
        Left(row.id, row.name, counts[row.id])
        for row in here.cycles
        if row.id in counts and row.starts_on < cycle.starts_on and row.ends_on < cycle.ends_on
    )


def _objective_row(
    row: Any,
    view: ObjectiveView,
    road: Road,
    supports: Mapping[int, Sequence[int]],
    spelling: "_Spelling",
) -> OkrObjective:
    above = tuple(supports.get(row.id, ()))
    rows = {each.id: each for each in road.key_results.get(row.id, ())}
    guards = (spelling.kpi(row.team_id, each.kpi_id) for each in road.guardrails.get(row.id, ()))
    return OkrObjective(
        id=row.id,
        name=row.name,
        team=row.team,
        cycle=row.cycle if spelling.look.cycle and row.cycle_id != spelling.look.cycle.id else "",
        scope=view.scope,
        ambition=view.ambition,
        state=view.state,
        owner=row.owner or "",
        supports=_listed(spelling.objective(row, key) for key in above),
        guardrails=_listed(guards),
        supports_ids=above,
        progress=view.progress,
        key_results=tuple(
            _key_result_row(rows[lane.key_result_id], lane, row.team_id, spelling)
            for lane in view.lanes
        ),
    )


def _key_result_row(row: Any, lane: Lane, team_id: int, spelling: "_Spelling") -> OkrKeyResult:
    return OkrKeyResult(
        id=row.id,
        name=row.name,
        kind=KeyResultKind(row.kind),
        unit=row.unit,
        start=row.start,
        target=row.target,
        weight=row.weight,
        hold_periods=row.hold_periods,
        owner=row.owner or "",
        kpi=spelling.kpi(team_id, row.kpi_id),
        steps=spelled_steps([(step.step, step.share) for step in lane.steps]),
        step_names=tuple(step.step for step in lane.steps),
        value=lane.value,
        progress=None if lane.standing == "no value" else lane.progress,
    )


@dataclass(frozen=True, slots=True)
class _Spelling:
    """How things are called where one types their names."""

    names: Names
    objectives: Mapping[int, Any]
    kpis: Mapping[int, Any]
    look: OkrLook

    def kpi(self, team_id: int, key: int | None) -> str:
        """Call a KPI as a team would."""
        row = self.kpis.get(key or 0)
        if row is None:
            return ""
        own = any((team, row.name) in self.names.kpis for team in self.names.lineage(team_id))
        if own and self._is_meant(row.name, team_id, row.id):
            return str(row.name)
        return f"{self._team(row.team_id)}{TEAM_SIGN}{row.name}"

    def _is_meant(self, name: str, team_id: int, key: int) -> bool:
        lineage = self.names.lineage(team_id)
        found = (self.names.kpis[team, name] for team in lineage if (team, name) in self.names.kpis)
        return next(found, None) == key

    def objective(self, row: Any, key: int) -> str:
        """Call an objective as another one's team would; empty where it is not in sight."""
        other = self.objectives.get(key)
        if other is None:
            return ""
        return self._objective(other, row.team_id, row.cycle_id)

    def _objective(self, other: Any, team_id: int, cycle_id: int) -> str:
        try:
            found = self.names.objective(other.name, team_id, cycle_id)
        except LookupError:
            found = None
        return str(other.name) if found == other.id else f"{other.team}{TEAM_SIGN}{other.name}"

    def _team(self, team_id: int) -> str:
        return next((name for name, key in self.names.teams.items() if key == team_id), "")

    def kpis_on_offer(self, here: Company) -> tuple[str, ...]:
        """Name the KPIs that a cell may mean: the team's own and those above first."""
        above = {key: at for at, key in enumerate(self.names.lineage(self.look.team.id))}
        below = set(here.below(self.look.team.id))
        near = {key: above.get(key, len(above) + (key not in below)) for key in self._teams()}
        rows = sorted(self.kpis.values(), key=lambda row: near.get(row.team_id, len(near)))
        return tuple(self.kpi(self.look.team.id, row.id) for row in rows[:MOST_OFFERED])

    def _teams(self) -> Iterable[int]:
        return self.names.teams.values()

    def supportable(self, rows: Sequence[Any]) -> tuple[str, ...]:
        """Name the objectives that the team's may support: those above and in wider cycles."""
        if self.look.cycle is None:
            return ()
        team_id, cycle_id = self.look.team.id, self.look.cycle.id
        above = {key: at for at, key in enumerate(self.names.lineage(team_id))}
        near = sorted(rows, key=lambda row: above.get(row.team_id, len(above)))
        offered = [row for row in near if row.state not in OVER][:MOST_OFFERED]
        return tuple(self._objective(row, team_id, cycle_id) for row in offered)


def _listed(names: Iterable[str]) -> str:
    """Write names in one cell; quotation marks hold one with a semicolon together."""
    return SPELLED_LIST.join(
        '"' + name.replace('"', '""') + '"' if ";" in name else name for name in names if name
    )
