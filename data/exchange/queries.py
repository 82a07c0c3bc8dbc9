"""What the import page must know: who may, which KPIs there are, and how many rows."""

from functools import lru_cache

from sqlalchemy import Engine, func, select

from data.company.commands.roles import why_may_not_run
from data.core.as_of import table
from data.core.database import now, snapshot, time_zone
from data.exchange.views import KpiChoice
from data.identity.queries import NAMED

CHOICES = (
    select(
        *(table("kpi").c[name] for name in ("id", "name", "unit", "cadence")),
        table("team").c.name.label("team"),
    )
    .join(table("team"), table("team").c.id == table("kpi").c.team_id)
    .where(table("kpi").c.withdrawn_at.is_(None), table("team").c.withdrawn_at.is_(None))
    .order_by(table("team").c.name, table("kpi").c.name)
)
MOST_FACTS = select(
    *(
        select(func.count()).select_from(table(name)).scalar_subquery()
        for name in ("reading", "check_in")
    )
)


@lru_cache(maxsize=8)
def kpi_choices(engine: Engine, version: int) -> tuple[KpiChoice, ...]:
    """Read the KPIs there are at a version of the data, by team and name: one statement."""
    with snapshot(engine) as connection:
        return tuple(
            KpiChoice(row.id, row.team, row.name, row.unit, row.cadence)
            for row in connection.execute(CHOICES)
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
