"""Objectives and key results for drafting and aligning, as they stood on a day.

Twelve statements, whatever is shown: the data's version; the objectives, the support between
them and their guardrails; the key results, each with what was last said of it, and their steps;
the names of all KPIs; those that feed, which of their readings were dismissed, and their readings
since the cycle began; what is still to be done; how many objectives the team has in each cycle.
Three more tell how their guardrails fared where there are any. Where one of them came from a KPI,
those of its recovery come besides.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Engine, bindparam, func, select

from data.actions.queries import OkrActions, open_actions
from data.company.queries import Company, company
from data.company.views import CycleView, TeamView
from data.core import typed_text
from data.core.as_of import any_of, live, table
from data.core.database import snapshot, version_seen
from data.core.team_versions import KeptViews
from data.kpis.queries.assessment import recoveries_seen
from data.kpis.views.recovery import RecoveryView
from data.names.scopes import Names, unmistakable
from data.okrs.queries.guardrails import broken_guardrails
from data.okrs.queries.key_results import held_by, state_of
from data.okrs.queries.objective_progress import ObjectiveProgress, objective_progress
from data.okrs.queries.objectives import GUARDRAILS, OBJECTIVES, grouped_by
from data.okrs.queries.progress import KeyResultProgress
from data.okrs.queries.targets import in_force
from data.okrs.step_list import spelled_steps
from data.okrs.views.drafts import Left, OkrKeyResult, OkrObjective, Okrs
from data.okrs.views.key_results import GuardBreach, TargetOnTheWay
from models import OVER, Ambition, KeyResultKind, Scope

MOST_OFFERED = 400
"""So many names are offered in a list to pick from; any other may be typed."""

_objective, _alignment, _kpi = table("objective"), table("alignment"), table("kpi")

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
KPIS = (
    select(_kpi.c.id, _kpi.c.name, _kpi.c.team_id, _kpi.c.unit)
    .where(live(_kpi))
    .order_by(_kpi.c.name)
)


@dataclass(frozen=True, slots=True)
class OkrLook:
    """What is looked at: a team's own objectives in a cycle, and whether those that are over."""

    team: TeamView
    cycle: CycleView | None
    day: date
    over: bool = False


_kept: KeptViews[OkrLook, Okrs] = KeptViews(32)


def okrs(engine: Engine, version: int, look: OkrLook) -> Okrs:
    """Give a team's own objectives at a version of the data."""
    return _kept.get(engine, version, look, lambda: _okrs(engine, version, look))


def _okrs(engine: Engine, version: int, look: OkrLook) -> tuple[Okrs, Collection[int]]:
    """Read a team's own objectives, and which teams they show something of."""
    here = company(engine, version)
    at: dict[str, Any] = {"day": look.day, "moment": here.end_of(look.day)}
    cycles = cycles_in_sight(here, look.cycle)
    with snapshot(engine) as connection:
        base_version = version_seen(connection)
        rows = connection.execute(OBJECTIVES, {"cycles": cycles, **at}).all()
        team = {"team": look.team.id, **at}
        left = connection.execute(LEFT, team)
        counts = {row.cycle_id: int(row.objectives) for row in left}
        supports = supports_of(connection.execute(ALIGNMENTS, {"cycles": cycles, **at}))
        kpis = {row.id: row for row in connection.execute(KPIS, at)}
        names = Names.of(here.teams, cycles=here.cycles, kpis=kpis.values(), objectives=rows)
        found = _own(rows, look)
        shown = [row for row in found if look.over or row.state not in OVER]
        keys = [row.id for row in shown]
        guarding = connection.execute(GUARDRAILS, {"objectives": keys, **at})
        guardrails = grouped_by("objective_id", guarding)
        in_cycles = {cycle.id: cycle for cycle in here.cycles}
        reached = objective_progress(connection, shown, in_cycles, at)
        guarded = [row for row in shown if row.id in guardrails]
        broken = broken_guardrails(connection, guarded, in_cycles, at)
        key_results = [row.id for each in reached.progress for row, _ in each.key_results]
        actions = open_actions(connection, objectives=keys, key_results=key_results, at=at)
        origins = {row.origin_kpi_id for row in shown} - {None}
        recoveries = recoveries_seen(connection, origins, **at)
    teams = {row.id: row.name for row in here.teams}
    objectives = {row.id: row for row in rows}
    said = supports, guardrails, reached.steps, actions
    recovering = {each.objective_id: each for each in recoveries.values()}
    known = _Known(names, teams, objectives, kpis, *said, recovering, broken.by_objective, look)
    view = Okrs(
        version=base_version,
        day=look.day,
        team=look.team,
        cycle=look.cycle,
        objectives=tuple(
            _objective_row(row, progress, known)
            for row, progress in zip(shown, reached.progress, strict=True)
        ),
        hidden=len(found) - len(shown),
        kpis=known.kpis_on_offer(here),
        people=tuple(person.name for person in here.people),
        supportable=known.supportable(rows),
        left=_left(here, look.cycle, counts),
    )
    return view, {*reached.team_ids, *broken.team_ids}


def cycles_in_sight(here: Company, cycle: CycleView | None) -> list[int]:
    """Give a cycle and those that contain it, which its objectives may support."""
    names = Names.of(here.teams, cycles=here.cycles)
    return [cycle.id, *names.wider_cycles.get(cycle.id, ())] if cycle else []


def supports_of(ties: Iterable[Any]) -> Mapping[int, list[int]]:
    """Give the objectives that each one supports, by key."""
    supports: dict[int, list[int]] = defaultdict(list)
    for mine, other in ties:
        supports[mine].append(other)
    return supports


def _own(rows: Sequence[Any], look: OkrLook) -> list[Any]:
    """Give the team's own objectives, those of its people after those of all."""
    cycle_id = look.cycle.id if look.cycle else None
    own = [row for row in rows if row.team_id == look.team.id and row.cycle_id == cycle_id]
    return sorted(own, key=lambda row: row.scope != Scope.TEAM)


def _left(here: Company, cycle: CycleView | None, counts: Mapping[int, int]) -> tuple[Left, ...]:
    """Give the earlier cycles that the team has objectives in, the last one first."""
    if cycle is None:
        return ()
    return tuple(
        Left(row.id, row.name, counts[row.id])
        for row in here.cycles
        if row.id in counts and row.starts_on < cycle.starts_on and row.ends_on < cycle.ends_on
    )


def _objective_row(row: Any, reached: ObjectiveProgress, known: "_Known") -> OkrObjective:
    above = tuple(known.supports.get(row.id, ()))
    above_named = (known.objective(row, key) for key in above)
    guards = (known.kpi(row.team_id, each.kpi_id) for each in known.guardrails.get(row.id, ()))
    return OkrObjective(
        id=row.id,
        name=row.name,
        team=row.team,
        scope=Scope(row.scope),
        ambition=Ambition(row.ambition),
        state=state_of(row, known.recoveries.get(row.id)),
        owner=row.owner or "",
        supports=typed_text.names(filter(None, above_named)),
        guardrails=typed_text.names(filter(None, guards)),
        supports_ids=above,
        progress=reached.progress,
        score=reached.score,
        checked_in=any(
            each.is_checked_in or any(step.done_on for step in known.steps.get(each.id, ()))
            for each, _ in reached.key_results
        ),
        key_results=tuple(
            replace(
                _key_result_row(each, told, row.team_id, known),
                lasting=reached.lasting[each.id],
                on_the_way=_on_the_way(each, told, row, known),
            )
            for each, told in reached.key_results
        ),
        actions=tuple(known.actions.objectives.get(row.id, ())),
        recovery=known.recoveries.get(row.id),
        breaches=tuple(known.breaches.get(row.id, ())),
    )


def _key_result_row(
    row: Any, reached: KeyResultProgress, team_id: int, known: "_Known"
) -> OkrKeyResult:
    steps = known.steps.get(row.id, ())
    return OkrKeyResult(
        id=row.id,
        name=row.name,
        kind=KeyResultKind(row.kind),
        unit=row.unit or known.held_unit(row),
        start=row.start,
        target=row.target,
        weight=row.weight,
        hold_periods=row.hold_periods,
        owner=row.owner or "",
        kpi=known.kpi(team_id, row.kpi_id),
        steps=spelled_steps([(step.step, step.share) for step in steps]),
        step_names=tuple(step.step for step in steps),
        value=reached.value,
        progress=reached.done if reached.valued else None,
        actions=tuple(known.actions.key_results.get(row.id, ())),
        recovery=held_by(row, known.recoveries.get(row.objective_id)),
    )


def _on_the_way(
    row: Any, reached: KeyResultProgress, objective: Any, known: "_Known"
) -> TargetOnTheWay | None:
    """Give the target in force of a key result that is under way and not so far yet."""
    cycle = known.look.cycle
    if cycle is None or objective.state in OVER:
        return None
    step = in_force(row, cycle)
    return step if step is not None and reached.done < step.share else None


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of things by key, and how they are called where one types their names."""

    names: Names
    teams: Mapping[int, str]
    objectives: Mapping[int, Any]
    kpis: Mapping[int, Any]
    supports: Mapping[int, Sequence[int]]
    guardrails: Mapping[int, Sequence[Any]]
    steps: Mapping[int, Sequence[Any]]
    actions: OkrActions
    recoveries: Mapping[int, RecoveryView]
    breaches: Mapping[int, Sequence[GuardBreach]]
    look: OkrLook

    def kpi(self, team_id: int, key: int | None) -> str:
        """Call a KPI as a team would."""
        row = self.kpis.get(key or 0)
        if row is None:
            return ""
        team = self.teams.get(row.team_id, "")
        return unmistakable(row.name, row.id, team, lambda text: self.names.kpi(text, team_id))

    def held_unit(self, row: Any) -> str:
        """Give the unit of a KPI to hold: its key result has no cell for one."""
        kpi = self.kpis.get(row.kpi_id) if row.kind == KeyResultKind.HOLD else None
        return str(kpi.unit) if kpi else ""

    def objective(self, row: Any, key: int) -> str:
        """Call an objective as another one's team would; empty where it is not in sight."""
        other = self.objectives.get(key)
        if other is None:
            return ""
        return self._objective(other, row.team_id, row.cycle_id)

    def _objective(self, other: Any, team_id: int, cycle_id: int) -> str:
        return unmistakable(
            other.name,
            other.id,
            other.team,
            lambda text: self.names.objective(text, team_id, cycle_id),
        )

    def kpis_on_offer(self, here: Company) -> tuple[str, ...]:
        """Name the KPIs that a cell may mean: the team's own and those above first."""
        above = {key: at for at, key in enumerate(self.names.lineage(self.look.team.id))}
        below = set(here.below(self.look.team.id))
        near = {key: above.get(key, len(above) + (key not in below)) for key in self.teams}
        rows = sorted(self.kpis.values(), key=lambda row: near.get(row.team_id, len(near)))
        return tuple(self.kpi(self.look.team.id, row.id) for row in rows[:MOST_OFFERED])

    def supportable(self, rows: Sequence[Any]) -> tuple[str, ...]:
        """Name the objectives that the team's may support: those above and in wider cycles."""
        if self.look.cycle is None:
            return ()
        team_id, cycle_id = self.look.team.id, self.look.cycle.id
        above = {key: at for at, key in enumerate(self.names.lineage(team_id))}
        near = sorted(rows, key=lambda row: above.get(row.team_id, len(above)))
        offered = [row for row in near if row.state not in OVER][:MOST_OFFERED]
        return tuple(self._objective(row, team_id, cycle_id) for row in offered)
