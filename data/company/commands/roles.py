"""What a person may do in a team, checked where it is written and not where it is shown."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Date, Select, bindparam, literal, select
from sqlmodel import col

from data.core.as_of import in_force_on, oldest_first, table, table_of
from data.core.errors import CommandRejected
from data.core.settled import settled
from data.core.unit_of_work import UnitOfWork
from data.names.scopes import Names
from models import (
    Base,
    Change,
    KeyResult,
    KeyResultTerms,
    Kpi,
    KpiTerms,
    Membership,
    Objective,
    Person,
    Role,
    Team,
)

RANK = {Role.VIEWER: 0, Role.MEMBER: 1, Role.LEAD: 2, Role.ADMIN: 3}

Roles = Mapping[int, Mapping[int, Role]]
"""The roles that people hold, by team and person."""

ROLES = (
    select(col(Membership.team_id), col(Membership.person_id), col(Membership.role))
    .join(Person, col(Person.id) == col(Membership.person_id))
    .where(col(Membership.valid_from) <= bindparam("day", type_=Date))
    .where(col(Person.withdrawn_at).is_(None))
    .order_by(*oldest_first(table("membership").c))
)
TEAMS = select(col(Team.id), col(Team.name), col(Team.parent_id))

OwnerOf = tuple[type[KpiTerms] | type[KeyResultTerms], int]
"""A KPI or a key result, by the terms that name its owner and its key."""


def check_permitted(
    work: UnitOfWork, needed: Role, *, team_id: int, owner_of: OwnerOf | None = None
) -> None:
    """Raise `CommandRejected` where the person's role in a team, or in one above, is too little.

    The highest role on the way up counts. Who has none there counts as a member. Where nobody
    leads a team or one above it, a member may do what a lead may; where nobody at all is an
    admin, everybody may do what an admin may but a viewer. What no person does, such as an
    import from the command line, is the operator's and always may. Who owns what it is about may
    too, unless they are a viewer of that very team.
    """
    if work.person_id is None or not work.has_roles:
        return
    held = _roles(work.connection, work.today)
    lineage = list(_lineage(work.connection, team_id)) if held else [team_id]
    mine = _highest(held, lineage, work.person_id) or Role.MEMBER
    if RANK[mine] >= RANK[_needed(needed, held, lineage)]:
        return
    here = held.get(team_id, {}).get(work.person_id)
    if owner_of and here is not Role.VIEWER and _owner(work, *owner_of) == work.person_id:
        return
    raise CommandRejected("role", _refusal(work.connection, needed, team_id, held, lineage))


def permitted_among(
    work: UnitOfWork, needed: Role, people: Iterable[int], *, team_id: int
) -> set[int]:
    """Give those of some people whose role in a team, or in one above, is enough."""
    held = _roles(work.connection, work.today)
    lineage = list(_lineage(work.connection, team_id)) if held else [team_id]
    least = RANK[_needed(needed, held, lineage)]
    roles = {each: _highest(held, lineage, each) or Role.MEMBER for each in people}
    return {each for each, role in roles.items() if RANK[role] >= least}


def check_permitted_to_run(work: UnitOfWork) -> None:
    """Raise `CommandRejected` where the person is no admin, though somebody is."""
    if work.person_id is None or not work.has_roles:
        return
    if refusal := why_may_not_run(work.connection, work.person_id, work.today):
        raise CommandRejected("role", refusal)


def why_may_not_run(connection: Connection, person_id: int | None, day: date) -> str:
    """Say why a person may not do what an admin may on a day, empty where they may.

    None is somebody new, who holds no role anywhere.
    """
    held = _roles(connection, day)
    everywhere = list(held)
    mine = None if person_id is None else _highest(held, everywhere, person_id)
    if RANK[mine or Role.MEMBER] >= RANK[_needed(Role.ADMIN, held, everywhere)]:
        return ""
    return f"Only an admin may do this: ask {_named(connection, held, everywhere, Role.ADMIN)}."


def check_still_permitted(work: UnitOfWork, command_id: int, tables: Sequence[type[Base]]) -> None:
    """Reject it where the person may no longer change what a command of theirs changed.

    `tables` are those that it wrote to.
    """
    if work.person_id is None or not work.has_roles:
        return
    for written in tables:
        for team_id, owner_of in _touched(work.connection, command_id, written):
            check_permitted(work, Role.MEMBER, team_id=team_id, owner_of=owner_of)


def _touched(
    connection: Connection, command_id: int, table: type[Base]
) -> Iterator[tuple[int, OwnerOf | None]]:
    """Give the teams whose rows a command wrote, with the KPI or key result they are of."""
    rows = table_of(table)
    query: Select[Any]
    terms: type[KpiTerms | KeyResultTerms] | None = None
    if "team_id" in rows.c:
        query = select(rows.c.team_id)
    elif "key_result_id" in rows.c:
        terms = KeyResultTerms
        query = (
            select(col(Objective.team_id), rows.c.key_result_id)
            .select_from(rows)
            .join(KeyResult, col(KeyResult.id) == rows.c.key_result_id)
            .join(Objective, col(Objective.id) == col(KeyResult.objective_id))
        )
    elif "objective_id" in rows.c:
        of = col(Objective.id) == rows.c.objective_id
        query = select(col(Objective.team_id)).select_from(rows).join(Objective, of)
    elif "kpi_id" in rows.c:
        terms, of = KpiTerms, col(Kpi.id) == rows.c.kpi_id
        query = select(col(Kpi.team_id), rows.c.kpi_id).select_from(rows).join(Kpi, of)
    else:
        return
    written = select(col(Change.entity_id)).where(
        col(Change.command_id) == command_id, col(Change.entity) == rows.name
    )
    for team_id, *key in connection.execute(query.where(rows.c.id.in_(written)).distinct()):
        yield team_id, (terms, *key) if terms else None


def _owner(work: UnitOfWork, terms: type[KpiTerms] | type[KeyResultTerms], key: int) -> int | None:
    held = table_of(terms)
    owner = select(held.c.owner_id).where(in_force_on(held, literal(key), work.today))
    return work.connection.execute(owner).scalar()


def _roles(connection: Connection, day: date) -> Roles:
    """Give the roles in force on a day of the people who are here; an ended one is none."""
    rows = settled(connection, ROLES, day=day)
    latest = {(row.team_id, row.person_id): row.role for row in rows}
    held: dict[int, dict[int, Role]] = defaultdict(dict)
    for (team_id, person_id), role in latest.items():
        if role:
            held[team_id][person_id] = Role(role)
    return held


def _lineage(connection: Connection, team_id: int) -> Iterator[int]:
    return Names.of(settled(connection, TEAMS)).lineage(team_id)


def _highest(held: Roles, teams: Sequence[int], person_id: int) -> Role | None:
    mine = [held[team][person_id] for team in teams if person_id in held.get(team, {})]
    return max(mine, key=RANK.__getitem__, default=None)


def _needed(role: Role, held: Roles, lineage: Sequence[int]) -> Role:
    """Give the role that is needed where nobody may hold the one that should be."""
    there = lineage if role is Role.LEAD else list(held)
    if any(RANK[other] >= RANK[role] for team in there for other in held.get(team, {}).values()):
        return role
    return min(role, Role.MEMBER, key=RANK.__getitem__)


def _refusal(
    connection: Connection, needed: Role, team_id: int, held: Roles, lineage: Sequence[int]
) -> str:
    name = connection.execute(select(col(Team.name)).where(col(Team.id) == team_id)).scalar_one()
    who = _named(connection, held, lineage, max(needed, Role.LEAD, key=RANK.__getitem__))
    if needed is Role.MEMBER:
        return f"You may look at {name} but not change it: ask {who}."
    return f"Only those who lead {name} may do this: ask {who}."


def _named(connection: Connection, held: Roles, teams: Sequence[int], role: Role) -> str:
    """Name those who hold a role at least, the nearest first; at most three."""
    keys = [
        person_id
        for team in teams
        for person_id, other in held.get(team, {}).items()
        if RANK[other] >= RANK[role]
    ]
    query = select(col(Person.id), col(Person.name)).where(
        col(Person.id).in_(keys), col(Person.withdrawn_at).is_(None)
    )
    names = {row.id: row.name for row in connection.execute(query)}
    found = list(dict.fromkeys(names[key] for key in keys if key in names))[:3]
    return " or ".join(found) or "an admin"


def check_an_admin_stays(work: UnitOfWork) -> None:
    """Raise `CommandRejected` where a command takes the last admin's role away.

    Without any, everybody may do what an admin may: that must not come about by itself.
    """
    terms: Any = (
        select(
            col(Membership.team_id),
            col(Membership.person_id),
            col(Membership.role),
            col(Membership.command_id),
            col(Person.version).label("person"),
            col(Person.withdrawn_at),
        )
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(col(Membership.valid_from) <= work.today)
        .order_by(*oldest_first(table("membership").c))
    )
    before: dict[tuple[int, int], bool] = {}
    after: dict[tuple[int, int], bool] = {}
    for row in work.connection.execute(terms):
        place = row.team_id, row.person_id
        is_admin = row.role == Role.ADMIN
        gone_now = row.withdrawn_at is not None and row.person == work.version
        if row.command_id != work.command_id:
            before[place] = is_admin and (row.withdrawn_at is None or gone_now)
        after[place] = is_admin and row.withdrawn_at is None
    if any(before.values()) and not any(after.values()):
        raise CommandRejected(
            "role", "Nobody would be admin any more: make somebody else admin first."
        )
