"""The month in which the company's fiscal year starts: what “FY26 Q1” means in a spreadsheet."""

from sqlalchemy import Engine

from data.company.commands.roles import check_permitted_to_run
from data.core.errors import CommandRejected
from data.core.unit_of_work import command
from models import Company

MONTHS = range(1, 13)


def set_fiscal_year(engine: Engine, *, person_id: int, starts: int) -> int | None:
    """Let the company's fiscal year start in a month; what is stored stays as it is."""
    if starts not in MONTHS:
        raise CommandRejected("fiscal_year_starts", "Pick a month from the list.")
    with command(engine, "set fiscal year", person_id=person_id) as work:
        check_permitted_to_run(work)
        work.alter(Company, 1, fiscal_year_starts=starts)
        return work.command_id if work.changes else None
