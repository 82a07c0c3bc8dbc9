"""What readings and check-ins share: the current one, and whether somebody came first."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, select
from sqlmodel import col

from data.core.as_of import latest_first, table_of
from data.core.errors import CommandRejected
from data.core.unit_of_work import UnitOfWork, is_key
from models import Entity, Fact, Person, Terms


@cache
def fact_key(table: type[Fact]) -> tuple[str, ...]:
    """Give the columns that tell which facts of a table speak of the same thing."""
    own = table.model_fields.keys() - Terms.model_fields.keys()
    fields = table.model_fields.items()
    return tuple(name for name, said in fields if name in own and said.is_required())


def current(connection: Connection, table: type[Fact], key: Mapping[str, Any]) -> Any:
    """Give the fact that counts for a key, the last known, with the name of who said it."""
    columns = table_of(table).c
    return connection.execute(
        select(*columns, col(Person.name).label("who"))
        .outerjoin(Person, columns.recorded_by_id == col(Person.id))
        .where(*(columns[name] == value for name, value in key.items()))
        .order_by(*latest_first(columns))
        .limit(1)
    ).first()


def fact_origin(work: UnitOfWork, standing: Any) -> dict[str, Any]:
    """Say who says a fact and when, and which one it takes the place of."""
    return {
        "recorded_at": work.at,
        # A clock that went back must not hide what is said last.
        "known_at": max(work.at, standing.known_at) if standing else work.at,
        "recorded_by_id": work.person_id,
        "supersedes_id": standing.id if standing else None,
    }


def check_live(connection: Connection, table: type[Entity], key: int, *, what: str) -> Any:
    """Give the row of a thing that is still there, else raise `CommandRejected`."""
    columns = table_of(table).c
    return live(connection, select(*columns), columns, key, what=what)


def still_here(connection: Connection, table: type[Entity], key: int | None) -> int | None:
    """Give the key of a thing that is still there; None where it is none, or archived."""
    columns = table_of(table).c
    here = select(columns.id).where(columns.id == key, columns.withdrawn_at.is_(None))
    found: int | None = connection.execute(here).scalar()
    return found


def live(connection: Connection, query: Select[Any], columns: Any, key: int, *, what: str) -> Any:
    """Give what a query finds of a thing that is still there, else raise `CommandRejected`."""
    row = None
    if is_key(key):
        found = query.where(columns.id == key, columns.withdrawn_at.is_(None))
        row = connection.execute(found).first()
    if row is None:
        raise CommandRejected(what, f"This {what} is no longer here: reload the page.")
    return row
