"""What readings and check-ins share: the current one, and whether somebody came first."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select
from sqlmodel import col

from data.core.as_of import latest_first, table_of
from data.core.errors import CommandRejected
from data.core.settled import settled
from data.core.team_versions import OF_MEETINGS, OF_TEAMS
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
        told(table)
        .where(*(columns[name] == value for name, value in key.items()))
        .order_by(*latest_first(columns))
        .limit(1)
    ).first()


def told(table: type[Fact]) -> Select[Any]:
    """Ask for facts with the names of who said them."""
    columns = table_of(table).c
    return select(*columns, col(Person.name).label("who")).outerjoin(
        Person, columns.recorded_by_id == col(Person.id)
    )


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
    if not is_key(key):
        raise _gone(what)
    query = _live_row(table)
    if table in (*OF_TEAMS, *OF_MEETINGS):
        rows = connection.execute(query, {"key": key}).all()
    else:
        rows = settled(connection, query, key=key)
    if not rows:
        raise _gone(what)
    return rows[0]


@cache
def _live_row(table: type[Entity]) -> Select[Any]:
    columns = table_of(table).c
    return select(*columns).where(columns.id == bindparam("key"), columns.withdrawn_at.is_(None))


def _gone(what: str) -> CommandRejected:
    return CommandRejected(what, f"This {what} is no longer here: reload the page.")


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
        raise _gone(what)
    return row
