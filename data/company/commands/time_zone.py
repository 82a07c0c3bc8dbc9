"""The company's time zone, in which its days begin and end."""

from functools import cache
from zoneinfo import available_timezones

from sqlalchemy import Engine

from data.company.commands.roles import check_permitted_to_run
from data.core.errors import CommandRejected
from data.core.unit_of_work import command
from models import Company


@cache
def time_zones() -> tuple[str, ...]:
    """Name the time zones that there are, as places of the world."""
    odd = ("Etc/", "SystemV/", "posix", "right", "US/")
    places = (name for name in available_timezones() if "/" in name and not name.startswith(odd))
    return ("UTC", *sorted(places))


def set_time_zone(engine: Engine, *, person_id: int, name: str) -> int | None:
    """Let the company's days begin and end in a time zone; what is stored stays in UTC."""
    if name not in time_zones():
        raise CommandRejected(
            "time_zone", "Pick a time zone from the list, for example Europe/Vienna."
        )
    with command(engine, "set time zone", person_id=person_id) as work:
        check_permitted_to_run(work)
        work.alter(Company, 1, time_zone=name)
        return work.command_id if work.changes else None
