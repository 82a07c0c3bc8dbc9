"""What hangs on a thing that somebody wants to archive: refused with its names, and what to do."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, select

from data.core.as_of import in_force, table, table_of
from data.core.errors import CommandRejected
from data.core.problems import listed
from data.core.unit_of_work import UnitOfWork
from data.names.drivers import drivers_of
from data.names.lookup import names_here
from models import OVER, Entity, Kpi, Team

_kpi, _objective, _team = table("kpi"), table("objective"), table("team")
_cycle = table("cycle")
_objective_terms, _key_result = table("objective_terms"), table("key_result")
_guardrail = table("guardrail")

UNDER_WAY = (
    in_force(_objective_terms, _objective.c.id),
    _objective_terms.c.state.not_in([state.value for state in OVER]),
    _objective.c.withdrawn_at.is_(None),
)
"""An objective that is neither closed nor graduated, joined to the terms that hold."""


def check_kpi_is_free(work: UnitOfWork, row: Any) -> None:
    """Reject it where a key result, an objective or another KPI under way needs a KPI."""
    feeds = (
        select(_key_result.c.name)
        .select_from(_key_result)
        .join(_objective, _objective.c.id == _key_result.c.objective_id)
        .join(_objective_terms, _objective_terms.c.objective_id == _objective.c.id)
        .where(_key_result.c.kpi_id == row.id, _key_result.c.withdrawn_at.is_(None), *UNDER_WAY)
    )
    guards = (
        select(_objective.c.name)
        .select_from(_objective)
        .join(_guardrail, _guardrail.c.objective_id == _objective.c.id)
        .join(_objective_terms, _objective_terms.c.objective_id == _objective.c.id)
        .where(_guardrail.c.kpi_id == row.id, _guardrail.c.withdrawn_at.is_(None), *UNDER_WAY)
    )
    _refuse(row.name, "feeds", _names(work, feeds), "give them another source first")
    _refuse(row.name, "is a guardrail of", _names(work, guards), "take it off first")
    driven = _driven_by(work.connection, row)
    _refuse(row.name, "drives", driven, "change what they are driven by first")


def check_team_is_free(work: UnitOfWork, row: Any) -> None:
    """Raise `CommandRejected` where a team has teams, KPIs, or objectives under way."""
    below: tuple[tuple[str, type[Entity], str], ...] = (
        ("teams below it", Team, "parent_id"),
        ("KPIs", Kpi, "team_id"),
    )
    for what, entity, column in below:
        columns = table_of(entity).c
        live = select(columns.name).where(columns[column] == row.id, columns.withdrawn_at.is_(None))
        _refuse(row.name, f"has {what}:", _names(work, live), "move or archive them first")
    objectives = _objectives().where(_objective.c.team_id == row.id)
    _refuse(row.name, "has objectives:", _names(work, objectives), "close or move them first")


def check_cycle_is_free(work: UnitOfWork, row: Any) -> None:
    """Reject it where a cycle has objectives: those that are over belong to it for good."""
    over = (
        select(_objective.c.name)
        .select_from(_objective)
        .join(_objective_terms, in_force(_objective_terms, _objective.c.id))
        .where(_objective_terms.c.state.in_(OVER), _objective.c.withdrawn_at.is_(None))
        .where(_objective.c.cycle_id == row.id)
    )
    if names := _names(work, over):
        what = f"“{row.name}” stays: objectives that are over belong to it"
        raise CommandRejected("", f"{what} ({listed(names)}).")
    under_way = _objectives().where(_objective.c.cycle_id == row.id)
    _refuse(row.name, "has objectives:", _names(work, under_way), "move or archive them first")


def check_nothing_is_gone(work: UnitOfWork, objective_ids: Collection[int], field: str) -> None:
    """Reject it where objectives under way would hang on something that is archived."""
    here = _objective.c.id.in_(list(objective_ids)), *UNDER_WAY
    at = {"day": work.today, "moment": work.at}
    feeds = (
        select(_kpi.c.name, _key_result.c.name.label("hanging"))
        .select_from(_key_result)
        .join(_objective, _objective.c.id == _key_result.c.objective_id)
        .join(_objective_terms, _objective_terms.c.objective_id == _objective.c.id)
        .join(_kpi, _kpi.c.id == _key_result.c.kpi_id)
        .where(_kpi.c.withdrawn_at.is_not(None), _key_result.c.withdrawn_at.is_(None))
    )
    for query, what, remedy in (
        (_placed(_team, "team_id"), "The team “{}” of “{}”", ""),
        (_placed(_cycle, "cycle_id"), "The cycle “{}” of “{}”", ""),
        (feeds, "The KPI “{}” that feeds “{}”", ", or copy the objective to another cycle"),
    ):
        if gone := work.connection.execute(query.where(*here), at).first():
            stands = f"{what.format(gone.name, gone.hanging)} is archived"
            raise CommandRejected(field, f"{stands}: take that back in the history first{remedy}.")


def _placed(place: Table, link: str) -> Select[Any]:
    """Ask for objectives whose team or cycle is archived."""
    return (
        select(place.c.name, _objective.c.name.label("hanging"))
        .select_from(_objective)
        .join(_objective_terms, _objective_terms.c.objective_id == _objective.c.id)
        .join(place, place.c.id == _objective.c[link])
        .where(place.c.withdrawn_at.is_not(None))
    )


def _objectives() -> Select[Any]:
    return (
        select(_objective.c.name)
        .select_from(_objective)
        .join(_objective_terms, _objective_terms.c.objective_id == _objective.c.id)
        .where(*UNDER_WAY)
    )


def _names(work: UnitOfWork, query: Select[Any]) -> Sequence[str]:
    at = {"day": work.today, "moment": work.at}
    return work.connection.execute(query, at).scalars().all()


def _driven_by(connection: Connection, row: Any) -> list[str]:
    """Name the KPIs whose expression names this one."""
    names = names_here(connection)
    query = select(_kpi.c.name, _kpi.c.team_id, _kpi.c.driven_by).where(
        _kpi.c.withdrawn_at.is_(None), _kpi.c.driven_by.contains(row.name, autoescape=True)
    )
    found = connection.execute(query).all()
    return [
        other.name for other in found if row.id in drivers_of(names, other.team_id, other.driven_by)
    ]


def _refuse(name: str, verb: str, hanging: Sequence[str], remedy: str) -> None:
    if hanging:
        raise CommandRejected("", f"“{name}” {verb} {listed(hanging)}: {remedy}.")
