"""Whether anything would hang below itself: a team, a KPI among its drivers, an objective."""

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from sqlalchemy import Connection, select
from sqlmodel import col

from data.core.as_of import table_of
from data.core.errors import CommandRejected
from data.names.expressions import drivers_of
from data.names.scopes import Names
from models import Alignment, Kpi, Objective, Team


def check_no_loops(connection: Connection, field: str) -> None:
    """Raise `CommandRejected` where a team that is here is above itself, or a KPI drives itself."""
    columns = col(Team.id), col(Team.name), col(Team.parent_id)
    teams = connection.execute(select(*columns).where(col(Team.withdrawn_at).is_(None))).all()
    above = {team.id: [team.parent_id] if team.parent_id else [] for team in teams}
    _check(field, {team.id: team.name for team in teams}, above, "be above itself")
    known = col(Kpi.id), col(Kpi.name), col(Kpi.team_id), col(Kpi.driven_by)
    kpis = connection.execute(select(*known).where(col(Kpi.withdrawn_at).is_(None))).all()
    names = Names.of(teams, kpis=kpis)
    drivers = {kpi.id: drivers_of(names, kpi.team_id, kpi.driven_by) for kpi in kpis}
    _check(field, {kpi.id: kpi.name for kpi in kpis}, drivers, "drive itself")


def check_no_support_loop(connection: Connection, field: str) -> None:
    """Raise `CommandRejected` where an objective supports itself, be it through others."""
    objective = table_of(Objective)
    alignment = table_of(Alignment)
    query = (
        select(alignment.c.objective_id, alignment.c.supports_id, objective.c.name)
        .join(objective, objective.c.id == alignment.c.objective_id)
        .where(alignment.c.withdrawn_at.is_(None), objective.c.withdrawn_at.is_(None))
    )
    ties = connection.execute(query).all()
    links: dict[int | None, list[int]] = {}
    for tie in ties:
        links.setdefault(tie.objective_id, []).append(tie.supports_id)
    _check(field, {tie.objective_id: tie.name for tie in ties}, links, "support itself")


def _check(
    field: str,
    names: Mapping[int | None, str],
    links: Mapping[int | None, Sequence[int]],
    what: str,
) -> None:
    try:
        TopologicalSorter(links).prepare()
    except CycleError as error:
        name = names[error.args[1][0]]
        raise CommandRejected(field, f"“{name}” would {what}: change that first.") from error
