"""How long details are kept: who was at check-ins, and what each change was."""

from collections.abc import Mapping

from sqlalchemy import Engine

from data.company.commands.roles import check_permitted_to_run
from data.core.errors import CommandRejected
from data.core.unit_of_work import command
from models import Company

DAYS = (30, 90, 180, 365, 730, 1825)
"""How many days details may be kept; None is for ever.

A page that stays open may still save: what changed since it was opened is found in the log.
"""
FIELDS = ("keep_attendance_days", "keep_log_days")


def set_retention(engine: Engine, *, person_id: int, days: Mapping[str, int | None]) -> int | None:
    """Let details be deleted so many days later, each by the name of its field."""
    for field, count in days.items():
        if field not in FIELDS or (count is not None and count not in DAYS):
            raise CommandRejected(field, "Pick a time from the list.")
    with command(engine, "set retention", person_id=person_id) as work:
        check_permitted_to_run(work)
        work.alter(Company, 1, **days)
        return work.command_id if work.changes else None
