"""Whether somebody has built on what a command wrote: then it cannot be taken back any more."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, exists, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from data.core.as_of import table_of
from data.core.errors import CommandRejected
from data.core.fact_store import fact_key
from models import Base, Change, Command, Entity, Fact, Meeting, MeetingItem, Person

TABLES: dict[str, type[Base]] = {
    mapper.class_.__table__.name: mapper.class_ for mapper in Base._sa_registry.mappers
}


def check_nothing_built(
    connection: Connection, undone: Row[Any], changes: dict[str, list[Row[Any]]]
) -> None:
    """Refuse where a changed row, or one that points to it, was written since and still stands."""
    queries = [query for entity in changes for query in _written_since(undone, TABLES[entity])]
    versions = [connection.execute(query).scalar() for query in queries]
    if since := max((version for version in versions if version is not None), default=None):
        raise CommandRejected("undo", _built_by(connection, since, undone.person_id))


def _written_since(undone: Row[Any], table: type[Base]) -> Iterator[Select[int | None]]:
    """Ask for the newest version that still stands of what hangs on a command's rows of a table."""
    columns = table_of(table)
    touched = select(col(Change.entity_id)).where(
        col(Change.command_id) == undone.id, col(Change.entity) == columns.name
    )
    links = [(columns, "id"), *_children(columns)]
    if issubclass(table, Fact):
        yield _later_facts(table, undone)
        links = [link for link in links if link[0] is not columns]
    for child, column in links:
        yield (
            select(func.max(col(Command.version)))
            .join(Change, col(Change.command_id) == col(Command.id))
            .join(child, child.c.id == col(Change.entity_id))
            .where(col(Change.entity) == child.name, child.c[column].in_(touched))
            .where(*_stands_since(undone))
        )


def _stands_since(undone: Row[Any]) -> list[ColumnElement[bool]]:
    """Pick what was done since, but what was taken back again and what took it back."""
    undoing = aliased(Command)
    taken_back = exists().where(col(undoing.undoes_id) == col(Command.id))
    took_back = func.coalesce(col(Command.undoes_id), 0) > undone.id
    return [col(Command.version) > undone.version, ~taken_back, ~took_back]


def _later_facts(table: type[Fact], undone: Row[Any]) -> Select[int | None]:
    """Ask for later facts in the place of a command's own."""
    mine, later = table_of(table).alias(), table_of(table).alias()
    same = [later.c[name] == mine.c[name] for name in fact_key(table)]
    return (
        select(func.max(later.c.version))
        .join(mine, and_(*same))
        .join(Command, col(Command.id) == later.c.command_id)
        .where(mine.c.command_id == undone.id, *_stands_since(undone))
    )


def _children(table: Table) -> list[tuple[Table, str]]:
    """Give the tables and columns that point to a table, those that are not logged left out.

    To look at something in a check-in builds nothing on it.
    """
    return [
        (child, key.parent.name)
        for child in Base.metadata.sorted_tables
        if issubclass(TABLES[child.name], (Entity, Fact))
        if child is not table_of(MeetingItem) or table is table_of(Meeting)
        for key in child.foreign_keys
        if key.column.table is table
    ]


def _built_by(connection: Connection, version: int, person_id: int | None) -> str:
    """Say who wrote a version, and so stands in the way."""
    who = connection.execute(
        select(col(Person.id), col(Person.name))
        .join(Command, col(Command.person_id) == col(Person.id))
        .where(col(Command.version) == version)
    ).first()
    if who is not None and who.id == person_id:
        return "You have built on this since: take that back first."
    name = who.name if who else "Somebody"
    return f"{name} has built on this since: it cannot be taken back any more."
