"""What the coach says beside the rows of a team's table: the draft and its KPIs, as it reads them.

Seven statements more than the table: what feeds and what guards, the KPIs of the team and those,
their kinds, their readings, which of these were dismissed, and who else is after the same KPIs.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, or_, select

from analytics.coach.draft import DraftKeyResult, DraftObjective, DraftTeam, KpiFacts
from analytics.coach.remark import About
from analytics.coach.remarks import remarks
from data.company.queries import Company, company
from data.company.views import CycleView
from data.core.as_of import any_of, in_force, live, table
from data.core.database import snapshot
from data.core.team_versions import KeptViews
from data.kpis.queries.assessment import kpis_of
from data.kpis.queries.kpi_facts import kpi_facts
from data.names.scopes import TEAM_SIGN
from data.okrs.queries.drafts import OkrLook, okrs
from data.okrs.views.drafts import OkrKeyResult, OkrObjective, OkrRemark
from models import OVER, ObjectiveState

_key_result, _guardrail = table("key_result"), table("guardrail")
_objective, _objective_terms = table("objective"), table("objective_terms")
_key_result_terms = table("key_result_terms")

FED = select(_key_result.c.id, _key_result.c.kpi_id).where(
    _key_result.c.id.in_(any_of("key_results")), _key_result.c.kpi_id.is_not(None)
)
GUARDED = select(_guardrail.c.objective_id, _guardrail.c.kpi_id).where(
    _guardrail.c.objective_id.in_(any_of("objectives")), _guardrail.c.withdrawn_at.is_(None)
)

ELSEWHERE = (
    select(
        _objective.c.name.label("objective"),
        *(_objective.c[name] for name in ("team_id", "cycle_id")),
        *(_key_result.c[name] for name in ("name", "kind", "unit", "kpi_id")),
        *(_key_result_terms.c[name] for name in ("start", "target")),
    )
    .select_from(_key_result)
    .join(_key_result_terms, in_force(_key_result_terms, _key_result.c.id))
    .join(_objective, _objective.c.id == _key_result.c.objective_id)
    .join(_objective_terms, in_force(_objective_terms, _objective.c.id))
    .where(
        _key_result.c.kpi_id.in_(any_of("kpis")),
        _objective.c.cycle_id.in_(any_of("cycles")),
        or_(_objective.c.team_id != bindparam("team"), _objective.c.cycle_id != bindparam("cycle")),
        _objective_terms.c.state.not_in(OVER),
        live(_objective),
        live(_key_result),
    )
    .order_by(_objective.c.position, _objective.c.id, _key_result.c.position, _key_result.c.id)
)


@dataclass(frozen=True, slots=True)
class _Facts:
    """The KPIs as the coach reads them, and where they feed and guard, here and elsewhere."""

    kpis: Mapping[int, KpiFacts]
    own: Sequence[int]
    fed: Mapping[int, int]
    guarded: Mapping[int, list[int]]
    team_ids: Collection[int]
    others: tuple[DraftObjective, ...]


_kept: KeptViews[OkrLook, tuple[OkrRemark, ...]] = KeptViews(32)


def okr_remarks(engine: Engine, version: int, look: OkrLook) -> tuple[OkrRemark, ...]:
    """Give the coach's remarks on what a team set out to do, and is not over yet."""
    return _kept.get(engine, version, look, lambda: _remarks(engine, version, look))


def _remarks(
    engine: Engine, version: int, look: OkrLook
) -> tuple[tuple[OkrRemark, ...], Collection[int]]:
    """Have the coach remark, and say of which teams it knows something."""
    rows = [row for row in okrs(engine, version, look).objectives if row.state not in OVER]
    if not rows or look.cycle is None:
        return (), ()
    facts = _facts(engine, version, look, rows)
    team = DraftTeam(
        tuple(_draft_of(row, facts) for row in rows),
        tuple(facts.kpis[key] for key in facts.own),
        facts.others,
        may_grow=look.day < look.cycle.starts_on,
    )
    found = tuple(
        OkrRemark(
            *_place(remark.about, rows),
            f"{remark.about.kpi}: {remark.reason}" if remark.about.kpi else remark.reason,
        )
        for remark in remarks(team)
    )
    return found, facts.team_ids


def _facts(engine: Engine, version: int, look: OkrLook, rows: list[OkrObjective]) -> _Facts:
    """Read the KPIs of the team and those that feed or guard its objectives."""
    here = company(engine, version)
    moment = here.end_of(look.day)
    keys = [each.id for row in rows for each in row.key_results]
    guarded: dict[int, list[int]] = {}
    with snapshot(engine) as connection:
        feeding = connection.execute(FED, {"key_results": keys})
        fed = {row.id: row.kpi_id for row in feeding}
        for objective_id, kpi_id in connection.execute(
            GUARDED, {"objectives": [row.id for row in rows]}
        ):
            guarded.setdefault(objective_id, []).append(kpi_id)
        also = sorted({*fed.values(), *(key for each in guarded.values() for key in each)})
        found = kpis_of(
            connection,
            team_id=look.team.id,
            teams=[look.team.id],
            also=also,
            day=look.day,
            moment=moment,
        )
        kpis = kpi_facts(connection, found, moment, look.cycle)
        others = _elsewhere(connection, here, look, kpis, moment)
    own = [kpi.id for kpi in found if kpi.team_id == look.team.id]
    return _Facts(kpis, own, fed, guarded, {kpi.team_id for kpi in found}, others)


def _draft_of(row: OkrObjective, facts: _Facts) -> DraftObjective:
    return DraftObjective(
        name=row.name,
        team=row.team,
        scope=row.scope.value,
        ambition=row.ambition.value,
        is_draft=row.state is ObjectiveState.DRAFT,
        owner=row.owner,
        key_results=tuple(_key_result_of(each, facts) for each in row.key_results),
        guardrails=tuple(key for key in facts.guarded.get(row.id, ()) if key in facts.kpis),
    )


def _key_result_of(row: OkrKeyResult, facts: _Facts) -> DraftKeyResult:
    return DraftKeyResult(
        name=row.name,
        kind=row.kind.value,
        unit=row.unit,
        start=row.start,
        target=row.target,
        weight=row.weight,
        owner=row.owner,
        kpi=facts.kpis.get(facts.fed.get(row.id, 0)),
        hold_periods=row.hold_periods,
        steps=row.step_names,
    )


def _place(about: About, rows: list[OkrObjective]) -> tuple[Any, int | None]:
    if about.objective is None:
        return "team", None
    row = rows[about.objective]
    if about.key_result is None:
        return "objective", row.id
    return "key result", row.key_results[about.key_result].id


def _elsewhere(
    connection: Connection,
    here: Company,
    look: OkrLook,
    kpis: Mapping[int, KpiFacts],
    moment: datetime,
) -> tuple[DraftObjective, ...]:
    """Give the key results that KPIs feed in other teams and cycles, and are not over yet."""
    if look.cycle is None:
        return ()
    rows = connection.execute(
        ELSEWHERE,
        {
            "kpis": list(kpis),
            "cycles": _at_the_same_time(here, look, look.cycle),
            "team": look.team.id,
            "cycle": look.cycle.id,
            "day": look.day,
            "moment": moment,
        },
    )
    teams = {team.id: team.name for team in here.teams}
    cycles = {cycle.id: cycle.name for cycle in here.cycles}
    return tuple(
        DraftObjective(
            name=_called(row, look, teams, cycles),
            key_results=(
                DraftKeyResult(
                    name=row.name,
                    kind=row.kind,
                    unit=row.unit,
                    start=row.start,
                    target=row.target,
                    kpi=kpis[row.kpi_id],
                ),
            ),
        )
        for row in rows
    )


def _at_the_same_time(here: Company, look: OkrLook, cycle: CycleView) -> list[int]:
    """Give the keys of a cycle, and of others that share days with it and are not over."""
    return [
        row.id
        for row in here.cycles
        if row.id == cycle.id
        or (row.starts_on <= cycle.ends_on and row.ends_on >= max(cycle.starts_on, look.day))
    ]


def _called(row: Any, look: OkrLook, teams: Mapping[int, str], cycles: Mapping[int, str]) -> str:
    """Call an objective so that the team looked at can find it."""
    team = "" if row.team_id == look.team.id else f"{teams.get(row.team_id, '')}{TEAM_SIGN}"
    here = look.cycle is not None and row.cycle_id == look.cycle.id
    return f"{team}{row.objective}{'' if here else f' ({cycles[row.cycle_id]})'}"
