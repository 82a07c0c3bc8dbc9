"""What a person may do in a team, checked where it is written and not where it is shown."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import col

from data.commands.errors import Refused
from data.commands.writing import Writing
from models import Kpi, Membership, Person, Role, Team

RANK = {Role.VIEWER: 0, Role.MEMBER: 1, Role.LEAD: 2, Role.ADMIN: 3}

Roles = Mapping[int, Mapping[int, Role]]
"""The roles that people hold, by team and person."""


def check_may(writing: Writing, needed: Role, *, team_id: int) -> None:
    """Raise `Refused` where the person's role in a team, or in one above, is too little.

    The highest role on the way up counts. Who has none there counts as a member. Where nobody
    leads a team or one above it, a member may do what a lead may; where nobody at all is an
    admin, everybody may do what an admin may but a viewer. What no person does, such as an
    import from the command line, is the operator's and always may.
    """
    if writing.person_id is None:
        return
    held = _roles(writing)
    lineage = list(_lineage(writing.connection, team_id)) if held else [team_id]
    mine = _highest(held, lineage, writing.person_id) or Role.MEMBER
    if RANK[mine] >= RANK[_needed(needed, held, lineage)]:
        return
    raise Refused("role", _refusal(writing.connection, needed, team_id, held, lineage))


def check_may_run(writing: Writing) -> None:
    """Raise `Refused` where the person is no admin, though somebody is."""
    if writing.person_id is None:
        return
    held = _roles(writing)
    everywhere = list(held)
    mine = _highest(held, everywhere, writing.person_id) or Role.MEMBER
    if RANK[mine] < RANK[_needed(Role.ADMIN, held, everywhere)]:
        admins = _named(writing.connection, held, everywhere, Role.ADMIN)
        raise Refused("role", f"Only an admin may do this: ask {admins}.")


def check_may_kpi(writing: Writing, needed: Role, kpi_id: int) -> None:
    """Raise `Refused` where the person's role in the team of a KPI is too little."""
    team_id = select(col(Kpi.team_id)).where(col(Kpi.id) == kpi_id)
    check_may(writing, needed, team_id=writing.connection.execute(team_id).scalar_one())


def _roles(writing: Writing) -> Roles:
    """Give the roles in force today; an ended one is none."""
    terms = (
        select(col(Membership.team_id), col(Membership.person_id), col(Membership.role))
        .where(col(Membership.valid_from) <= writing.today)
        .order_by(col(Membership.valid_from), col(Membership.known_at), col(Membership.id))
    )
    latest = {
        (row.team_id, row.person_id): row.role for row in writing.connection.execute(terms).all()
    }
    held: dict[int, dict[int, Role]] = defaultdict(dict)
    for (team_id, person_id), role in latest.items():
        if role:
            held[team_id][person_id] = Role(role)
    return held


def _lineage(connection: Connection, team_id: int) -> Iterator[int]:
    """Give a team and those above it."""
    rows = connection.execute(select(col(Team.id), col(Team.parent_id)))
    parents = {row.id: row.parent_id for row in rows}
    seen: set[int] = set()
    above: Any = team_id
    while above is not None and above not in seen:
        seen.add(above)
        yield above
        above = parents.get(above)


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
