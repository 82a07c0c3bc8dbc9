"""Whether somebody changed a cell of a row since it was seen; another cell is no rival's."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, or_, select
from sqlmodel import col

from data.core import typed_text
from data.core.as_of import latest_first, table_of
from data.core.cell_formatting import names
from data.core.errors import CommandRejected, Conflict
from data.core.fields import Row, Table, columns, name_of
from data.core.outcomes import CurrentValue
from data.core.terms import terms_of
from data.core.unit_of_work import UnitOfWork
from models import Change, Command, Cycle, Entity, Kpi, Objective, Person, Team

NAMED: Mapping[str, type[Entity]] = {
    "team": Team,
    "person": Person,
    "cycle": Cycle,
    "kpi": Kpi,
    "objective": Objective,
}
"""Where the names of things stand, by the kind of thing that a field names."""

Texts = Mapping[str, Callable[[Any], str]]
"""What writes the values of cells that no field is declared for."""

UNKNOWN = object()
"""What a list of things held before is not looked up."""


@dataclass(frozen=True, slots=True)
class _Changed:
    before: Any
    version: int
    at: datetime
    who: str | None
    who_id: int | None


def changed_cells(
    work: UnitOfWork,
    row_class: type[Row],
    key: int,
    said: Mapping[str, Any],
    stands: Mapping[str, Any],
    base_version: int,
    texts: Texts | None = None,
) -> dict[str, Any]:
    """Give what is said of a thing and does not stand so already.

    Raises `Conflict` where somebody else changed such a cell, as `check_conflicts` does.
    """
    changes = {field: value for field, value in said.items() if value != stands.get(field)}
    check_conflicts(work, row_class, key, changes, stands, base_version, texts)
    return changes


def check_conflicts(
    work: UnitOfWork,
    row_class: type[Row],
    key: int,
    said: Mapping[str, Any],
    stands: Mapping[str, Any],
    base_version: int,
    texts: Texts | None = None,
) -> None:
    """Raise `Conflict` where a cell was changed since the data's version that was seen.

    One that stands as it is said now, or as it was seen, is none. `texts` writes what stands in
    the cells that no field is declared for.
    """
    changed = _changed_since(work.connection, row_class, key, base_version)
    for field, mine in said.items():
        last = changed.get(field)
        if last is None or stands[field] in (mine, last.before):
            continue
        write = (texts or {}).get(field)
        value = stands[field]
        text = write(value) if write else _text(work.connection, row_class, field, value)
        raise Conflict(CurrentValue(None, last.who, last.at, last.version, field=field, text=text))


def _text(connection: Connection, row_class: type[Row], field: str, value: Any) -> str:
    """Write what stands in a cell: things by their names."""
    if value is None or value == ():
        return ""
    if isinstance(value, float):
        return typed_text.number(value)
    known = (column for column in columns(row_class) if field in (column.name, column.stored))
    named = next((column.declared.names for column in known if column.is_link), "")
    if not named:
        return str(value)
    things = table_of(NAMED[named]).c
    keys = value if isinstance(value, tuple) else (value,)
    query = select(things.name).where(things.id.in_(keys)).order_by(things.id)
    return names(list(connection.execute(query).scalars()))


def check_seen_whole(
    work: UnitOfWork,
    row_class: type[Row],
    key: int,
    stands: Mapping[str, Any],
    base_version: int,
    then: str = "archive",
) -> None:
    """Reject it where somebody else changed a thing since the data's version that was seen.

    `stands` are its cells: one that stands as it was seen was not changed. `then` is what is to
    be done after another look.
    """
    for field, last in _changed_since(work.connection, row_class, key, base_version).items():
        as_seen = field in stands and stands[field] == last.before
        if last.who_id != work.person_id and not as_seen:
            who = last.who or "Somebody"
            raise CommandRejected("", f"{who} has changed it meanwhile: look again, then {then}.")


def _changed_since(
    connection: Connection, row_class: type[Row], key: int, base_version: int
) -> dict[str, _Changed]:
    """Give the cells that were changed since a version: what was before, and who was last."""
    entity = name_of(row_class.TABLE)
    terms = terms_of(row_class)
    held = _terms_seen(connection, terms, f"{entity}_id", key, base_version) if terms else {}
    ties = _ties_of(row_class, terms)
    changed: dict[str, _Changed] = {}
    for row in connection.execute(
        _changes(entity, key, base_version, filter(None, (terms, *ties)))
    ):
        if field := next((ties[tie] for tie in ties if name_of(tie) == row.entity), None):
            before: dict[str, Any] = {field: UNKNOWN}
        elif row.entity == entity:
            before = row.before or {}
        else:
            after = row.after or {}
            before = {name: held[name] for name in held.keys() & after if held[name] != after[name]}
            held = after
        for field, value in before.items():
            first = changed[field].before if field in changed else value
            changed[field] = _Changed(first, row.version, row.at, row.who, row.who_id)
    return changed


def _ties_of(row_class: type[Row], terms: Table | None) -> dict[Table, str]:
    """Give the tables of what a thing is tied to or made of, and the cells that list it."""
    own = (row_class.TABLE, terms)
    ties = {column.table: column.name for column in columns(row_class) if column.table not in own}
    return ties | {table: field for field, table in row_class.PARTS.items()}


def _changes(entity: str, key: int, base_version: int, parts: Iterable[Table]) -> Any:
    """Ask for all that was written to a thing since a version, oldest first."""
    places = [and_(col(Change.entity) == entity, col(Change.entity_id) == key)]
    for part in parts:
        columns = table_of(part)
        keys = select(columns.c.id).where(columns.c[f"{entity}_id"] == key)
        places.append(and_(col(Change.entity) == columns.name, col(Change.entity_id).in_(keys)))
    return (
        select(
            col(Change.entity),
            col(Change.before),
            col(Change.after),
            col(Command.version),
            col(Command.at),
            col(Person.name).label("who"),
            col(Command.person_id).label("who_id"),
        )
        .join(Command, col(Command.id) == col(Change.command_id))
        .outerjoin(Person, col(Person.id) == col(Command.person_id))
        .where(col(Command.version) > base_version, or_(*places))
        .order_by(col(Change.id))
    )


def _terms_seen(
    connection: Connection, terms: Table, owner: str, key: int, base_version: int
) -> Mapping[str, Any]:
    """Give the terms that counted at a version; of a thing that is newer, none."""
    columns = table_of(terms).c
    row = connection.execute(
        select(*columns)
        .where(columns[owner] == key, columns.version <= base_version)
        .order_by(*latest_first(columns))
        .limit(1)
    ).first()
    return row._asdict() if row else {}
