"""What hangs on a team or a cycle that somebody wants to archive: refused with its names."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from data.core.as_of import in_force, table
from data.core.errors import CommandRejected
from data.core.problems import listed
from data.core.unit_of_work import UnitOfWork
from models import OVER

_objective, _terms = table("objective"), table("objective_terms")

OBJECTIVES = _objective.join(_terms, in_force(_terms, _objective.c.id))
"""Objectives with the terms that hold."""

UNDER_WAY = (_terms.c.state.not_in(OVER), _objective.c.withdrawn_at.is_(None))
"""What is true of an objective that is neither closed nor graduated."""


def check_team_is_free(work: UnitOfWork, row: Any) -> None:
    """Raise `CommandRejected` where a team has teams, KPIs, or objectives under way."""
    below = ("teams below it", table("team"), "parent_id"), ("KPIs", table("kpi"), "team_id")
    for what, things, column in below:
        live = things.c[column] == row.id, things.c.withdrawn_at.is_(None)
        names = names_of(work, select(things.c.name).where(*live))
        refuse(row.name, f"has {what}:", names, "move or archive them first")
    objectives = _objectives(_objective.c.team_id == row.id, *UNDER_WAY)
    refuse(row.name, "has objectives:", names_of(work, objectives), "close or move them first")


def check_cycle_is_free(work: UnitOfWork, row: Any) -> None:
    """Reject it where a cycle has objectives: those that are over belong to it for good."""
    here = _objective.c.cycle_id == row.id, _objective.c.withdrawn_at.is_(None)
    if names := names_of(work, _objectives(*here, _terms.c.state.in_(OVER))):
        what = f"“{row.name}” stays: objectives that are over belong to it"
        raise CommandRejected("", f"{what} ({listed(names)}).")
    under_way = names_of(work, _objectives(*here, *UNDER_WAY))
    refuse(row.name, "has objectives:", under_way, "move or archive them first")


def names_of(work: UnitOfWork, query: Select[Any]) -> Sequence[str]:
    """Give the names that a query of objectives, or of what hangs on them, finds today."""
    at = {"day": work.today, "moment": work.at}
    return work.connection.execute(query, at).scalars().all()


def refuse(name: str, verb: str, dependents: Sequence[str], remedy: str) -> None:
    """Raise `CommandRejected` where something hangs on a thing."""
    if dependents:
        raise CommandRejected("", f"“{name}” {verb} {listed(dependents)}: {remedy}.")


def _objectives(*those: ColumnElement[bool]) -> Select[Any]:
    return select(_objective.c.name).select_from(OBJECTIVES).where(*those)
