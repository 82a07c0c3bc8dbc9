"""Whether a name is taken: by something else, or by the same that is said again."""

from typing import Any

from sqlalchemy import Connection, select

from data.core.as_of import table_of
from data.core.errors import CommandRejected
from data.core.look_alikes import look
from data.core.terms import Added, is_repeated
from data.core.unit_of_work import UnitOfWork
from models import Entity


def named(connection: Connection, entity: type[Entity], name: str, **place: int) -> Any:
    """Give the row of what has a name here, in a place, None where nothing has.

    Where nothing has that very name it is what has one that looks the same.
    """
    columns = table_of(entity).c
    here = [columns[each] == key for each, key in place.items()]
    live = select(*columns).where(columns.withdrawn_at.is_(None), *here).order_by(columns.id)
    exact = connection.execute(live.where(columns.name == name)).first()
    if exact is not None:
        return exact
    alike = (row for row in connection.execute(live) if look(row.name) == look(name))
    return next(alike, None)


def check_free(
    connection: Connection,
    entity: type[Entity],
    name: str,
    message: str,
    *,
    besides: int | None = None,
    **place: int,
) -> None:
    """Raise `CommandRejected` where something here has that name, in that place.

    `besides` is the key of what shall be called so: its own name may come to look the same.
    """
    found = named(connection, entity, name, **place)
    if found is not None and found.id != besides:
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
