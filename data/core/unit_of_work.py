"""The unit of work behind every command: one transaction, every row of it in the log."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, exists, func, insert, select, update
from sqlmodel import col

from data.core.ahead import StillHolds, take_turn, turn_for_a_moment, writer_ahead
from data.core.as_of import table_of
from data.core.bulk_insert import Columns, Selected, new_keys
from data.core.database import now, time_zone, write_last, writer
from data.core.errors import CommandRejected
from data.core.followers import Follower, Progress, followers
from data.core.settled import settle, settled
from data.core.team_versions import ANYTHING_ELSE, OF_MEETINGS, OF_TEAMS
from models import Base, Change, Command, Company, Entity, Fact, Membership, Person, TeamVersion

BATCH = 5_000
SELECTED_AT_ONCE = 50_000

_newest = select(func.max(col(TeamVersion.version))).scalar_subquery()
_else = (
    select(col(TeamVersion.version))
    .where(col(TeamVersion.team_id) == ANYTHING_ELSE)
    .scalar_subquery()
)
ANY_ROLE = select(exists(select(col(Membership.id))))

NOT_HERE = "That name is no longer here: pick yours again."


@dataclass(slots=True)
class UnitOfWork:
    """A command under way: what it adds and alters is logged with it.

    In a dry run facts and the log are left out: nobody waits for those, and nothing stays. What
    is written `ahead` of its turn has the engine that others save by.
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
    followers: Sequence[Follower] = field(default_factory=followers)
    unlogged: list[dict[str, Any]] = field(default_factory=list)
    ahead: Engine | None = None

    def add(self, table: type[Base], rows: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert rows, in their order, with the table's defaults; give their keys."""
        if self.dry_run and issubclass(table, Fact):
            return []
        self._unsettle(table)
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

    def add_selected(
        self,
        table: type[Fact],
        selected: Selected,
        told: Columns,
        tell: Callable[[float], None] = lambda _share: None,
    ) -> None:
        """Insert very many facts that stand elsewhere, as `add` does those that are given.

        `told` has of each thing that they are about as many as followers need: the first and the
        last.
        """
        self._unsettle(table)
        self.log_now()
        count = selected.last + 1
        with self._alone() as connection:
            key = selected.number + new_keys(connection, table_of(table), count)[0]
        alike = self._alike(table, selected)
        row = {"id": key, **alike, **selected.cells}
        entry = {
            "command_id": self.command_id,
            "entity": table_of(table).name,
            "entity_id": key,
            "after": selected.as_json(alike, self.connection.dialect),
        }
        for start in range(0, count, SELECTED_AT_ONCE):
            tell(start / count)
            numbers = start, start + SELECTED_AT_ONCE - 1
            self.changes += selected.insert(self.connection, table_of(table), row, numbers)
            selected.insert(self.connection, table_of(Change), entry, numbers)
        for follower in self.followers:
            follower.added_many(table, told)

    def _alone(self) -> contextlib.AbstractContextManager[Connection]:
        """Give a connection while nobody else adds anything."""
        if self.ahead is not None:
            return turn_for_a_moment(self.ahead)
        return contextlib.nullcontext(self.connection)

    def _alike(self, table: type[Fact], selected: Selected) -> dict[str, Any]:
        """Give the cells that all rows that stand elsewhere have the same of."""
        stamps = {"version": self.version, "command_id": self.command_id}
        alike = {**_defaults(table), **stamps, **selected.alike}
        return {name: value for name, value in alike.items() if name not in selected.cells}

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
        self._unsettle(table)
        self._log(table, [(key, before, after)])
        for follower in self.followers:
            follower.altered(self.connection, table, key, before)

    def note(self, table: type[Base], key: int, **values: Any) -> None:
        """Log a row that was changed by other means, with no word of what stood there before."""
        self._unsettle(table)
        self._log(table, [(key, {}, values)])
        for follower in self.followers:
            follower.altered(self.connection, table, key, {})

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
        self.unlogged += [
            {
                "command_id": self.command_id,
                "entity": entity,
                "entity_id": key,
                "before": _plain(before),
                "after": _plain(after),
            }
            for key, before, after in rows
        ]
        if len(self.unlogged) >= BATCH:
            self.log_now()

    def log_now(self) -> None:
        """Log what is not logged yet; nobody reads it before the commit."""
        for start in range(0, len(self.unlogged), BATCH):
            self.connection.execute(insert(Change).inline(), self.unlogged[start : start + BATCH])
        self.unlogged.clear()

    def _unsettle(self, table: type[Base]) -> None:
        if table not in (*OF_TEAMS, *OF_MEETINGS):
            settle(self.connection, None)


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
    connection: Connection | None = None,
    still_holds: StillHolds | None = None,
) -> Iterator[UnitOfWork]:
    """Do one thing in one transaction; where it changes nothing, or runs dry, leave no trace.

    `connection` is one that has something to add set aside. With `still_holds` it is written ahead
    of its turn, in which that tells whether what it hangs on is as it was at a version of the data;
    where it is not, `Overtaken` is raised. Raises `CommandRejected` where the person is not known,
    `Unreachable` where the database fails.
    """
    finished: Sequence[Follower] = ()
    writing = writer(engine, connection)
    if connection is not None and still_holds is not None:
        writing = writer_ahead(connection)
    with contextlib.suppress(_NothingChanged), writing as (connection, version):
        at = now()
        entry = {"name": name, "version": version, "at": at, "undoes_id": undoes_id}
        command_id = _begin(connection, entry, person_id)
        if still_holds is not None:
            settle(connection, None)
        ((has_roles,),) = settled(connection, ANY_ROLE)
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
            ahead=engine if still_holds else None,
        )
        yield work
        if dry_run or not work.changes:
            raise _NothingChanged
        if still_holds is not None:
            work.log_now()
            take_turn(connection, version, still_holds)
        write_last(connection, work.log_now)
        for follower in work.followers:
            follower.finish(connection, version, at, zone)
        finished, progress = work.followers, work.progress
    for follower in finished:
        follower.committed(engine, progress)


def _begin(connection: Connection, entry: Mapping[str, Any], person_id: int | None) -> int:
    """Add a command and give its key; refuse a person who is not here."""
    if person_id is not None and not is_key(person_id):
        raise CommandRejected("person", NOT_HERE)
    here = select(col(Person.id)).where(
        col(Person.id) == person_id, col(Person.withdrawn_at).is_(None)
    )
    added = insert(Command).values(**entry, summary="", person_id=here.scalar_subquery())
    told = added.returning(col(Command.id), col(Command.person_id), _else, _newest)
    command_id, found_id, changed, newest = connection.execute(told).one()
    if found_id != person_id:
        raise CommandRejected("person", NOT_HERE)
    stood = entry["version"] - 1
    # What was written past all commands may be anything.
    settle(connection, changed if newest == stood and changed is not None else stood)
    return int(command_id)


def is_key(key: object) -> bool:
    """Tell whether something can be looked up as a key in every database."""
    return isinstance(key, int) and 0 < key < 2**63
