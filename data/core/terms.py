"""Terms that hold from a day on, things with those of today, and things that are said twice."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from data.core.as_of import in_force_on, table_of
from data.core.fact_store import live
from data.core.fields import Row, columns, name_of
from data.core.terms_ahead import carry_ahead, owner_of, terms_ahead
from data.core.unit_of_work import UnitOfWork
from models import EARLIEST_DAY, EARLIEST_MOMENT, Command, Entity, Terms


class Added(NamedTuple):
    """What was added: its key, and the command's, None where it was here already."""

    command_id: int | None
    id: int


def terms_of(row_class: type[Row]) -> type[Terms] | None:
    """Give the table of the terms of a thing, None where it has none."""
    own = f"{name_of(row_class.TABLE)}_terms"
    tables = (column.table for column in columns(row_class) if issubclass(column.table, Terms))
    return next((table for table in tables if name_of(table) == own), None)


def with_terms_of_today(
    work: UnitOfWork,
    entity: type[Entity],
    terms: type[Terms],
    names: Iterable[str],
    key: int,
    *,
    what: str,
    may_lack: bool = False,
) -> Any:
    """Give a thing that is still here with what its terms of today say, else refuse."""
    own, held = table_of(entity), table_of(terms)
    query = (
        select(*own.c, *(held.c[name] for name in (*names, "known_at")))
        .select_from(own)
        .join(held, in_force_on(held, own.c.id, work.today), isouter=may_lack)
    )
    return live(work.connection, query, own.c, key, what=what)


def from_today(work: UnitOfWork, before: Any = None) -> dict[str, Any]:
    """Say who says terms, when, and that they hold from today on."""
    said_before = None if before is None else before.known_at
    return {
        "valid_from": work.today,
        "recorded_at": work.at,
        # A clock that went back must not hide what is said last.
        "known_at": work.at if said_before is None else max(work.at, said_before),
        "recorded_by_id": work.person_id,
    }


def from_the_beginning(work: UnitOfWork) -> dict[str, Any]:
    """Say who says the first terms of a thing that were always so: its past is seen by them."""
    return {
        "valid_from": EARLIEST_DAY,
        "known_at": EARLIEST_MOMENT,
        "recorded_by_id": work.person_id,
    }


def add_with_terms(
    work: UnitOfWork,
    entity: type[Entity],
    row: Mapping[str, Any],
    terms: type[Terms],
    said: Mapping[str, Any],
) -> int:
    """Write a new thing with its first terms; give its key."""
    (key,) = work.add(entity, [row])
    work.add(terms, [{owner_of(terms): key, **said}])
    return key


def amend_terms(
    work: UnitOfWork, terms: type[Terms], names: Iterable[str], row: Any, changes: Mapping[str, Any]
) -> None:
    """Let a thing's terms hold from today on, changed; where nothing changes, they stand.

    `row` is the thing with its terms of today, `names` are what they say. Terms that are to hold
    from a later day on keep what they change.
    """
    if changes.keys() & set(names):
        stood = {name: getattr(row, name) for name in names}
        held = {name: changes.get(name, stood[name]) for name in names}
        work.add(terms, [{owner_of(terms): row.id, **held, **from_today(work, row)}])
        steps = terms_ahead(work, terms, [row.id]).get(row.id, ())
        carry_ahead(work, terms, steps, stood, held)


def is_repeated(work: UnitOfWork, version: int, base_version: int) -> bool:
    """Tell whether a person added a row since what they saw: the same said again is one."""
    by = select(col(Command.person_id)).where(col(Command.version) == version)
    return version > base_version and work.connection.execute(by).scalar() == work.person_id
