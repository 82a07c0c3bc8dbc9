"""People, found by the address that they signed in with."""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, bindparam, func, select

from data.core.as_of import table
from data.core.database import snapshot
from data.core.team_versions import KeptViews

# Whoever is here comes before who was: a person may have been taken back and come again.
WITH_ADDRESS = (
    select(
        table("person").c.id,
        table("person").c.name,
        table("person").c.withdrawn_at.is_not(None).label("withdrawn"),
    )
    .where(func.lower(table("person").c.email) == func.lower(bindparam("email")))
    .order_by(table("person").c.withdrawn_at.is_not(None), table("person").c.id)
    .limit(1)
)

NAMED = select(table("person").c.id).where(
    table("person").c.name == bindparam("name"), table("person").c.withdrawn_at.is_(None)
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Who has an address, and whether they were withdrawn."""

    id: int
    name: str
    withdrawn: bool


_kept: KeptViews[str, Standing | None] = KeptViews(256)


def standing(engine: Engine, version: int, email: str) -> Standing | None:
    """Give who has an address at a version of the data; None where nobody has."""
    return _kept.get(engine, version, email, lambda: (_standing(engine, email), ()))


def _standing(engine: Engine, email: str) -> Standing | None:
    with snapshot(engine) as connection:
        return person_with(connection, email)


def is_listed(engine: Engine, name: str) -> bool:
    """Tell whether somebody here has a name."""
    with snapshot(engine) as connection:
        return connection.execute(NAMED, {"name": name}).first() is not None


def person_with(connection: Connection, email: str) -> Standing | None:
    """Find who has an address, however it is capitalised."""
    found = connection.execute(WITH_ADDRESS, {"email": email}).first() if email else None
    return Standing(found.id, found.name, bool(found.withdrawn)) if found else None
