"""Who may import, asked before they try."""

from sqlalchemy import Engine, select
from sqlmodel import col

from data.company.commands.roles import why_may_not_run
from data.core.database import now, snapshot, time_zone
from models import Person


def why_not(engine: Engine, name: str) -> str:
    """Say why somebody may not import, empty where they may; somebody new may as a member may."""
    with snapshot(engine) as connection:
        key = select(col(Person.id)).where(
            col(Person.name) == name, col(Person.withdrawn_at).is_(None)
        )
        person_id = connection.execute(key).scalar()
        today = now().astimezone(time_zone(connection)).date()
        return why_may_not_run(connection, person_id, today)
