"""The unit of work behind every command: one transaction, every row of it in the log."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, exists, insert, select, update
from sqlmodel import col

from data.core.as_of import table_of
from data.core.bulk_insert import Columns, insert_columns, json_of_rows, new_keys
from data.core.database import now, time_zone, writer
from data.core.errors import CommandRejected
from models import (
    Base,
    Change,
    Command,
    Company,
    Entity,
    Fact,
    Membership,
    Person,
)

BATCH = 5_000
NOT_HERE = "That name is no longer here: pick yours again."


Progress = Callable[[str, float], None]
"""Is told what is done and which share of it, 0 to 1."""


class Follower(Protocol):
    """What is kept up to date with what a command writes."""

    def added(self, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        """Note rows that were added."""

    def added_many(self, table: type[Base], columns: Columns) -> None:
        """Note very many rows that were added, given as columns."""

    def altered(
        self, connection: Connection, table: type[Base], key: int, before: Mapping[str, Any]
    ) -> None:
        """Note a row that was changed, with what stood before in the cells that changed."""

    def finish(self, connection: Connection, version: int, at: datetime, zone: ZoneInfo) -> None:
        """Bring it up to date, after all that the command writes, in the same transaction."""

    def committed(self, engine: Engine, progress: Progress) -> None:
        """Do what nobody else is to wait for, now that all of it is safe."""


_followers: list[Callable[[], Follower]] = []


def follow(follower: Callable[[], Follower]) -> None:
    """Let something follow every command from now on; one is made for each."""
    _followers.append(follower)


@dataclass(slots=True)
class UnitOfWork:
    """A command under way: what it adds and alters is logged with it.

    In a dry run facts and the log are left out: nobody waits for those, and nothing stays.
    """

    connection: Connection
    command_id: int
    version: int
    at: datetime
    today: date
    person_id: int | None
    has_roles: bool = True
    dry_run: bool = False
    changes: int = 0
    progress: Progress = lambda _doing, _share: None
    followers: Sequence[Follower] = field(default_factory=lambda: [make() for make in _followers])

    def add(self, table: type[Base], rows: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert rows, in their order, with the table's defaults; give their keys."""
        if self.dry_run and issubclass(table, Fact):
            return []
        keys: list[int] = []
        complete = [self._complete(table, row) for row in rows]
        for start in range(0, len(complete), BATCH):
            batch = complete[start : start + BATCH]
            added = insert(table).returning(
                table_of(table).c.id,
                sort_by_parameter_order=True,
            )
            keys += self.connection.execute(added, batch).scalars()
        self._log(table, [(key, None, row) for key, row in zip(keys, complete, strict=True)])
        for follower in self.followers:
            follower.added(table, complete)
        return keys

    def add_many(self, table: type[Fact], columns: Columns) -> None:
        """Insert very many facts, given as columns, as `add` does those that are given as rows."""
        count = len(next(iter(columns.values())))
        if self.dry_run or not count:
            return
        stamps: dict[str, Any] = {"version": self.version, "command_id": self.command_id}
        same: Columns = {
            name: [value] * count for name, value in {**_defaults(table), **stamps}.items()
        }
        complete: Columns = {**same, **columns}
        keys = new_keys(self.connection, table_of(table), count)
        rows: Columns = {"id": keys, **complete}
        insert_columns(self.connection, table_of(table), rows)
        self._log_many(table, keys, complete)
        for follower in self.followers:
            follower.added_many(table, complete)

    def alter(self, table: type[Entity | Company], key: int, **values: Any) -> None:
        """Change a row in place where it differs from what it holds."""
        columns = table_of(table).c
        names = [columns[name] for name in values]
        held = self.connection.execute(select(*names).where(columns.id == key)).one()._asdict()
        before = {name: held[name] for name, value in values.items() if held[name] != value}
        if not before:
            return
        after = {name: values[name] for name in before}
        changed = update(table).where(columns.id == key)
        self.connection.execute(changed.values(**after, version=self.version))
        self._log(table, [(key, before, after)])
        for follower in self.followers:
            follower.altered(self.connection, table, key, before)

    def _complete(self, table: type[Base], row: Mapping[str, Any]) -> dict[str, Any]:
        complete = {**_defaults(table), **row, "version": self.version}
        if issubclass(table, Fact):
            complete["command_id"] = self.command_id
        return complete

    def _log(self, table: type[Base], rows: Sequence[tuple[int, Any, Any]]) -> None:
        if self.dry_run:
            return
        self.changes += len(rows)
        entity = table_of(table).name
        entries = [
            {
                "command_id": self.command_id,
                "entity": entity,
                "entity_id": key,
                "before": _plain(before),
                "after": _plain(after),
            }
            for key, before, after in rows
        ]
        for start in range(0, len(entries), BATCH):
            self.connection.execute(insert(Change), entries[start : start + BATCH])

    def _log_many(self, table: type[Fact], keys: Sequence[int], columns: Columns) -> None:
        self.changes += len(keys)
        entries: Columns = {
            "command_id": [self.command_id] * len(keys),
            "entity": [table_of(table).name] * len(keys),
            "entity_id": keys,
            "after": json_of_rows({name: _plain_cells(cells) for name, cells in columns.items()}),
        }
        insert_columns(self.connection, table_of(Change), entries, ready=["after"])


def _defaults(table: type[Base]) -> dict[str, Any]:
    return {
        name: field.default
        for name, field in table.model_fields.items()
        if name != "id" and not field.is_required()
    }


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Give values that JSON can hold: days and moments as ISO text."""
    if values is None:
        return None
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def _plain_cells(cells: Sequence[Any]) -> Sequence[Any]:
    """Give the cells of a column as JSON can hold them."""
    if not any(isinstance(cell, date) for cell in cells):
        return cells
    plain = cache(lambda cell: cell.isoformat())
    return [plain(cell) if isinstance(cell, date) else cell for cell in cells]


class _NothingChanged(Exception):
    pass


@contextlib.contextmanager
def command(
    engine: Engine,
    name: str,
    *,
    person_id: int | None,
    undoes_id: int | None = None,
    dry_run: bool = False,
) -> Iterator[UnitOfWork]:
    """Do one thing in one transaction; where it changes nothing, or runs dry, leave no trace.

    Raises `CommandRejected` where the person is not known, `Unreachable` where the database fails.
    """
    finished: Sequence[Follower] = ()
    with contextlib.suppress(_NothingChanged), writer(engine) as (connection, version):
        at = now()
        has_roles = _check_person(connection, person_id)
        entry = {
            "name": name,
            "version": version,
            "person_id": person_id,
            "at": at,
            "summary": "",
            "undoes_id": undoes_id,
        }
        added = insert(Command).values(**entry).returning(col(Command.id))
        command_id = int(connection.execute(added).scalar_one() or 0)
        zone = time_zone(connection)
        today = at.astimezone(zone).date()
        work = UnitOfWork(
            connection,
            command_id,
            version,
            at,
            today,
            person_id,
            has_roles=has_roles,
            dry_run=dry_run,
        )
        yield work
        if dry_run or not work.changes:
            raise _NothingChanged
        for follower in work.followers:
            follower.finish(connection, version, at, zone)
        finished, progress = work.followers, work.progress
    for follower in finished:
        follower.committed(engine, progress)


def _check_person(connection: Connection, person_id: int | None) -> bool:
    """Refuse a person who is not here; tell whether anybody has a role at all."""
    if person_id is None:
        return False
    if not is_key(person_id):
        raise CommandRejected("person", NOT_HERE)
    here = select(exists(select(col(Membership.id)))).where(
        col(Person.id) == person_id, col(Person.withdrawn_at).is_(None)
    )
    has_roles: bool | None = connection.execute(here).scalar()
    if has_roles is None:
        raise CommandRejected("person", NOT_HERE)
    return has_roles


def is_key(key: object) -> bool:
    """Tell whether something can be looked up as a key in every database."""
    return isinstance(key, int) and 0 < key < 2**63
