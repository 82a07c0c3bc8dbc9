"""Setting up teams: what they are called, which is above which, and when they check in."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlmodel import col

from data.company.commands.admins import check_an_admin_stays
from data.company.commands.dependents import check_team_is_free
from data.company.commands.roles import check_may_run
from data.company.fields import TeamRow
from data.core.cell_parsing import typed_cells
from data.core.conflicts import check_conflicts, check_seen_whole
from data.core.errors import Refused
from data.core.fact_store import check_live
from data.core.terms import Added, from_today, said_again
from data.core.unit_of_work import Writing, command
from data.names.cycle_check import check_no_loops
from data.names.rename import check_free, named, rename
from data.names.team_lookup import team_named
from models import Membership, Team

SAME_NAME = "There is a team of that name already."


def add_team(engine: Engine, *, person_id: int, said: Mapping[str, str], seen: int) -> Added:
    """Add a team; the same said twice, as after a lost answer, is one.

    Raises `Refused`, and has then changed nothing.
    """
    with command(engine, "add team", person_id=person_id) as writing:
        check_may_run(writing)
        row = _found(writing.connection, typed_cells(TeamRow, {"name": "", **said}, name="team"))
        if (here := named(writing.connection, Team, row["name"])) is not None:
            if said_again(writing, here.version, seen):
                return Added(None, here.id)
            raise Refused("name", SAME_NAME)
        (key,) = writing.add(Team, [row])
        return Added(writing.command_id, key)


def amend_team(
    engine: Engine, *, person_id: int, team_id: int, said: Mapping[str, str], seen: int
) -> int | None:
    """Change some cells of a team, given as they were typed, and keep the others.

    Gives the command's key, None where that stands already. Raises `Refused`, or `Conflict`
    where somebody changed a cell since the data's version that was seen.
    """
    with command(engine, "edit team", person_id=person_id) as writing:
        check_may_run(writing)
        row = check_live(writing.connection, Team, team_id, what="team")
        wanted = _found(writing.connection, typed_cells(TeamRow, said, name="team"))
        stands = {name: getattr(row, name) for name in wanted}
        changes = {name: value for name, value in wanted.items() if value != stands[name]}
        check_conflicts(writing.connection, TeamRow, team_id, changes, stands, seen=seen)
        if "name" in changes:
            check_free(writing.connection, Team, changes["name"], SAME_NAME)
        if changes:
            rename(writing, Team, row, changes)
            check_no_loops(writing.connection, "parent")
        return writing.command_id if changes else None


def archive_team(engine: Engine, *, person_id: int, team_id: int, seen: int) -> int:
    """Take a team and its roles out of all lists.

    Raises `Refused` where something hangs on it, or somebody else changed it since the data's
    version that was seen.
    """
    with command(engine, "archive team", person_id=person_id) as writing:
        check_may_run(writing)
        row = check_live(writing.connection, Team, team_id, what="team")
        check_seen_whole(writing, TeamRow, team_id, row._asdict(), seen)
        check_team_is_free(writing, row)
        _end_roles(writing, team_id)
        writing.alter(Team, team_id, withdrawn_at=writing.at)
        check_an_admin_stays(writing)
        return writing.command_id


def _found(connection: Connection, cells: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: value for name, value in cells.items() if name != "parent"}
    if "parent" in cells:
        parent = cells["parent"].strip()
        found["parent_id"] = team_named(connection, parent, "parent") if parent else None
    return found


def _end_roles(writing: Writing, team_id: int) -> None:
    said = select(col(Membership.person_id)).where(col(Membership.team_id) == team_id)
    people = writing.connection.execute(said.distinct()).scalars().all()
    ended = {"team_id": team_id, "role": None, **from_today(writing)}
    writing.add(Membership, [{"person_id": person_id, **ended} for person_id in people])
