"""Beginning a company: its topmost team, a first one below it and the cycle of today, as one."""

from sqlalchemy import Connection, Engine, select

from data.company.commands.roles import check_permitted_to_run
from data.company.views import NextCycle
from data.core.as_of import table_of
from data.core.errors import CommandRejected
from data.core.limits import LONGEST_NAME
from data.core.unit_of_work import command
from data.core.validators import seen_name
from data.names.name_check import named
from models import Cycle, Team

HERE_ALREADY = "A company has begun here meanwhile: reload the page to see it."
COMPANY_NAME = f"Type what your company is called, up to {LONGEST_NAME} characters."
TEAM_NAME = f"Type what your first team is called, up to {LONGEST_NAME} characters."
SAME_NAME = "The first team cannot be called what the company is called: name one part of it."


def begin_company(
    engine: Engine, *, person_id: int, company: str, team: str = "", cycle: NextCycle | None = None
) -> int:
    """Add a company where there is none; without a first team all of it is one team."""
    name = seen_name(company, COMPANY_NAME)
    first = seen_name(team, TEAM_NAME) if team.strip() else ""
    if first == name:
        raise CommandRejected("name", SAME_NAME)
    with command(engine, "begin company", person_id=person_id) as work:
        check_permitted_to_run(work)
        _check_nothing_is_here(work.connection)
        (top,) = work.add(Team, [{"name": name}])
        if first:
            work.add(Team, [{"name": first, "parent_id": top}])
        if cycle is not None and named(work.connection, Cycle, cycle.name) is None:
            work.add(Cycle, [cycle._asdict()])
        return work.command_id


def _check_nothing_is_here(connection: Connection) -> None:
    teams = table_of(Team)
    if (
        connection.execute(
            select(teams.c.id).where(teams.c.withdrawn_at.is_(None)).limit(1)
        ).first()
        is not None
    ):
        raise CommandRejected("name", HERE_ALREADY)
