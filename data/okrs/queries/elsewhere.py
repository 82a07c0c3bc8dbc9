"""What other teams and other cycles set out to do with the same KPIs: one statement."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from analytics.coach.draft import DraftKeyResult, DraftObjective, KpiFacts
from data.company.queries import Company
from data.company.views import CycleView
from data.core.as_of import any_of, in_force, live, table
from data.names.scopes import TEAM_SIGN
from data.okrs.queries.drafts import OkrLook
from models import OVER

_objective, _objective_terms = table("objective"), table("objective_terms")
_key_result, _key_result_terms = table("key_result"), table("key_result_terms")

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
        or_(
            _objective.c.team_id != bindparam("team"),
            _objective.c.cycle_id != bindparam("cycle"),
        ),
        _objective_terms.c.state.not_in(OVER),
        live(_objective),
        live(_key_result),
    )
    .order_by(_objective.c.position, _objective.c.id, _key_result.c.position, _key_result.c.id)
)


def elsewhere(
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
            name=_called(row, look, teams, cycles), key_results=(_key_result_of(row, kpis),)
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


def _key_result_of(row: Any, kpis: Mapping[int, KpiFacts]) -> DraftKeyResult:
    return DraftKeyResult(
        name=row.name,
        kind=row.kind,
        unit=row.unit,
        start=row.start,
        target=row.target,
        kpi=kpis[row.kpi_id],
    )
