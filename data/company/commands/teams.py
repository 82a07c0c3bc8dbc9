"""Setting up teams: what they are called, which is above which, and when they check in."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlmodel import col

from data.company.commands.dependents import check_team_is_free
from data.company.commands.roles import check_an_admin_stays, check_permitted_to_run
from data.company.fields import TeamRow
from data.core.cell_parsing import parse_cells
from data.core.conflicts import changed_cells, check_seen_whole
from data.core.fact_store import check_live
from data.core.terms import Added, from_today
from data.core.unit_of_work import UnitOfWork, command
from data.names.cycle_check import check_no_loops
from data.names.lookup import team_named
from data.names.name_check import added_before, check_free
from data.names.rename import rename
from models import Membership, Team

SAME_NAME = "There is a team of that name already."


def add_team(
    engine: Engine, *, person_id: int, said: Mapping[str, str], base_version: int
) -> Added:
    """Add a team."""
    with command(engine, "add team", person_id=person_id) as work:
        check_permitted_to_run(work)
        row = _found(work.connection, parse_cells(TeamRow, {"name": "", **said}, name="team"))
        if here := added_before(work, Team, row["name"], SAME_NAME, base_version=base_version):
            return here
        (key,) = work.add(Team, [row])
        return Added(work.command_id, key)


def amend_team(
    engine: Engine, *, person_id: int, team_id: int, said: Mapping[str, str], base_version: int
) -> int | None:
    """Change some cells of a team."""
    with command(engine, "edit team", person_id=person_id) as work:
        check_permitted_to_run(work)
        row = check_live(work.connection, Team, team_id, what="team")
        wanted = _found(work.connection, parse_cells(TeamRow, said, name="team"))
        changes = changed_cells(work, TeamRow, team_id, wanted, row._asdict(), base_version)
        if "name" in changes:
            check_free(work.connection, Team, changes["name"], SAME_NAME, besides=row.id)
        if changes:
            rename(work, Team, row, changes)
            check_no_loops(work.connection, "parent")
        return work.command_id if changes else None


def archive_team(engine: Engine, *, person_id: int, team_id: int, base_version: int) -> int:
    """Take a team and its roles out of all lists, unless something hangs on it."""
    with command(engine, "archive team", person_id=person_id) as work:
        check_permitted_to_run(work)
        row = check_live(work.connection, Team, team_id, what="team")
        check_seen_whole(work, TeamRow, team_id, row._asdict(), base_version)
        check_team_is_free(work, row)
        _end_roles(work, team_id)
        work.alter(Team, team_id, withdrawn_at=work.at)
        check_an_admin_stays(work)
        return work.command_id


def _found(connection: Connection, cells: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: value for name, value in cells.items() if name != "parent"}
    if "parent" in cells:
        parent = cells["parent"].strip()
        found["parent_id"] = team_named(connection, parent, "parent") if parent else None
    return found


def _end_roles(work: UnitOfWork, team_id: int) -> None:
    said = select(col(Membership.person_id)).where(col(Membership.team_id) == team_id)
    people = work.connection.execute(said.distinct()).scalars().all()
    ended = {"team_id": team_id, "role": None, **from_today(work)}
    work.add(Membership, [{"person_id": person_id, **ended} for person_id in people])
