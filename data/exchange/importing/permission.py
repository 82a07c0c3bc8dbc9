"""Who may import, asked before they try."""

from sqlalchemy import Engine, exists, select
from sqlmodel import col

from data.company.commands.roles import check_may_run
from data.core.database import now, snapshot, time_zone, version_seen
from data.core.errors import Refused
from data.core.unit_of_work import Writing
from models import Membership, Person


def why_not(engine: Engine, name: str) -> str:
    """Say why somebody may not import, empty where they may; somebody new may as a member may."""
    with snapshot(engine) as connection:
        key = select(col(Person.id)).where(
            col(Person.name) == name, col(Person.withdrawn_at).is_(None)
        )
        at = now()
        asking = Writing(
            connection,
            command_id=0,
            version=version_seen(connection),
            at=at,
            today=at.astimezone(time_zone(connection)).date(),
            # Nobody has the key 0: they have no role anywhere.
            person_id=connection.execute(key).scalar() or 0,
            has_roles=bool(connection.execute(select(exists(select(col(Membership.id))))).scalar()),
        )
        try:
            check_may_run(asking)
        except Refused as refused:
            return refused.message
    return ""
