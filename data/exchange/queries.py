"""What the import page must know: who may, and how many rows there are."""

from functools import lru_cache

from sqlalchemy import Engine, func, select

from data.company.commands.roles import why_may_not_run
from data.core.as_of import table
from data.core.database import now, snapshot, time_zone
from data.identity.queries import NAMED

MOST_FACTS = select(
    *(
        select(func.count()).select_from(table(name)).scalar_subquery()
        for name in ("reading", "check_in")
    )
)


@lru_cache(maxsize=8)
def longest_table(engine: Engine, version: int) -> int:
    """Give how many rows the longest table has at most, those taken back among them."""
    with snapshot(engine) as connection:
        return int(max(connection.execute(MOST_FACTS).one()))


def why_not(engine: Engine, name: str) -> str:
    """Say why somebody may not import, empty where they may; somebody new may as a member may."""
    with snapshot(engine) as connection:
        person_id = connection.execute(NAMED, {"name": name}).scalar()
        today = now().astimezone(time_zone(connection)).date()
        return why_may_not_run(connection, person_id, today)
