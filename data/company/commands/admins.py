"""That somebody stays who may set up the company, once somebody was named for it."""

from typing import Any

from sqlalchemy import select
from sqlmodel import col

from data.core.as_of import oldest_first, table
from data.core.errors import CommandRejected
from data.core.unit_of_work import UnitOfWork
from models import Membership, Person, Role


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
