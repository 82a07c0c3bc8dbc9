"""What is set up, a table at a time: the rows of a team that a search finds.

Two statements for teams and cycles, three for people, six for KPIs, whatever is shown.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from data.company.queries import Company, company
from data.company.views import CycleSetting, PersonSetting, TeamSetting
from data.core.as_of import begun, live, oldest_first, table
from data.core.database import snapshot, version_seen
from data.kpis.queries.settings import read_kpis
from data.screens.views.settings import Setting, Settings, TableName
from models import Role, Weekday

_team, _kpi = table("team"), table("kpi")
_person, _membership = table("person"), table("membership")
_cycle, _objective = table("cycle"), table("objective")

TEAMS = (
    select(
        _team.c.id,
        _team.c.check_in_day,
        _team.c.check_in_time,
        select(func.count())
        .where(_kpi.c.team_id == _team.c.id, live(_kpi))
        .correlate(_team)
        .scalar_subquery()
        .label("kpis"),
    )
    .where(_team.c.withdrawn_at.is_(None))
    .order_by(_team.c.id)
)
PEOPLE = (
    select(_person.c.id, _person.c.name, _person.c.email)
    .where(live(_person))
    .order_by(func.lower(_person.c.name), _person.c.id)
)
ROLES = (
    select(*(_membership.c[name] for name in ("person_id", "team_id", "role")))
    .join(_team, _team.c.id == _membership.c.team_id)
    .where(*begun(_membership.c), live(_team))
    .order_by(*oldest_first(_membership.c))
)
CYCLES = (
    select(
        *(_cycle.c[name] for name in ("id", "name", "starts_on", "ends_on")),
        select(func.count())
        .where(_objective.c.cycle_id == _cycle.c.id, live(_objective))
        .correlate(_cycle)
        .scalar_subquery()
        .label("objectives"),
    )
    .where(live(_cycle))
    .order_by(_cycle.c.starts_on.desc(), _cycle.c.ends_on, _cycle.c.name)
)


@dataclass(frozen=True, slots=True)
class SettingsLook:
    """Which table is looked at, of which team, what is searched for, and the day."""

    table: TableName
    team_id: int
    day: date
    search: str = ""


@lru_cache(maxsize=64)
def settings(engine: Engine, version: int, look: SettingsLook) -> Settings:
    """Read a table of what is set up at a version of the data."""
    here = company(engine, version)
    moment = here.end_of(look.day)
    at = {"day": look.day, "moment": moment}
    with snapshot(engine) as connection:
        base_version = version_seen(connection)
        if look.table == "kpis":
            teams = here.below(look.team_id)
            rows: list[Any]
            found, rows = read_kpis(connection, here, teams, look.search, at)
        else:
            rows = _matching(_READERS[look.table](connection, here, look, at), look.search)
            found = len(rows)
    return Settings(
        base_version,
        look.day,
        look.table,
        tuple(rows),
        found,
        here.zone.key,
        here.fiscal_year_starts,
    )


def _matching(rows: list[Setting], search: str) -> list[Setting]:
    sought = search.casefold().split()
    return [row for row in rows if all(word in row.name.casefold() for word in sought)]


def _teams(
    connection: Connection, here: Company, _look: SettingsLook, at: Mapping[str, Any]
) -> list[Setting]:
    names = {team.id: team.name for team in here.teams}
    found = {row.id: row for row in connection.execute(TEAMS, at)}
    return [
        TeamSetting(
            id=team.id,
            name=team.name,
            parent=names.get(team.parent_id or 0, ""),
            check_in_day=Weekday(found[team.id].check_in_day),
            check_in_time=found[team.id].check_in_time,
            kpis=found[team.id].kpis,
        )
        for team in here.teams
        if team.id in found
    ]


def _people(
    connection: Connection, here: Company, look: SettingsLook, at: Mapping[str, Any]
) -> list[Setting]:
    held: dict[int, dict[int, Role | None]] = defaultdict(dict)
    for person_id, team_id, role in connection.execute(ROLES, at):
        held[person_id][team_id] = Role(role) if role else None
    return [
        PersonSetting(
            id=row.id,
            name=row.name,
            email=row.email,
            role=held[row.id].get(look.team_id),
            elsewhere=tuple(_elsewhere(here, held[row.id], look.team_id)),
        )
        for row in connection.execute(PEOPLE, at)
    ]


def _elsewhere(
    here: Company, roles: Mapping[int, Role | None], team_id: int
) -> list[tuple[str, Role]]:
    found = ((team, roles.get(team.id)) for team in here.teams if team.id != team_id)
    return [(team.name, role) for team, role in found if role]


def _cycles(
    connection: Connection, _here: Company, _look: SettingsLook, at: Mapping[str, Any]
) -> list[Setting]:
    return [CycleSetting(**row) for row in connection.execute(CYCLES, at).mappings()]


_READERS = {"teams": _teams, "people": _people, "cycles": _cycles}
