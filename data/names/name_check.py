"""Whether a name is taken: by something else, or by the same that is said again."""

from typing import Any

from sqlalchemy import Connection, select

from data.core.as_of import table_of
from data.core.errors import CommandRejected
from data.core.terms import Added, is_repeated
from data.core.unit_of_work import UnitOfWork
from models import Entity


def named(connection: Connection, entity: type[Entity], name: str, **place: int) -> Any:
    """Give the row of what has a name here, in a place, None where nothing has."""
    columns = table_of(entity).c
    here = [columns[each] == key for each, key in place.items()]
    found = select(*columns).where(columns.name == name, columns.withdrawn_at.is_(None), *here)
    return connection.execute(found).first()


def check_free(
    connection: Connection, entity: type[Entity], name: str, message: str, **place: int
) -> None:
    """Raise `CommandRejected` where something here has that name, in that place."""
    if named(connection, entity, name, **place) is not None:
        raise CommandRejected("name", message)


def added_before(
    work: UnitOfWork,
    entity: type[Entity],
    name: str,
    message: str,
    *,
    base_version: int,
    **place: int,
) -> Added | None:
    """Give what the same person added under that name since what they saw: it is said again.

    Raises `CommandRejected` where something else here has that name, in that place.
    """
    here = named(work.connection, entity, name, **place)
    if here is None:
        return None
    if not is_repeated(work, here.version, base_version):
        raise CommandRejected("name", message)
    return Added(None, here.id)
