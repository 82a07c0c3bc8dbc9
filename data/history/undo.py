"""Taking back what a person did, as long as nobody has built on it."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Select,
    Table,
    and_,
    exists,
    func,
    select,
    union,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased
from sqlmodel import col

from data.company.commands.dependents import check_nothing_is_gone
from data.company.commands.roles import check_may_again, check_may_run
from data.core.as_of import latest_first
from data.core.errors import Refused
from data.core.unit_of_work import Writing, command, is_key
from data.names.cycle_check import check_no_loops, check_no_support_loop
from models import (
    Base,
    Change,
    Command,
    Company,
    Entity,
    Fact,
    KeyResult,
    Membership,
    Objective,
    ObjectiveTerms,
    Person,
    Terms,
)

TABLES: dict[str, type[Base]] = {
    mapper.class_.__table__.name: mapper.class_ for mapper in Base._sa_registry.mappers
}

NOT_YOURS = "Only what you did yourself can be taken back here."
NOTHING_SAID = {
    "value": None,
    "confidence": None,
    "note": "",
    "blocked_by": "",
    "withdrawn": True,
}
"""What stands where nobody has said anything, or all was taken back."""


def last_command(engine: Engine, person_id: int) -> int | None:
    """Give the key of the last thing a person did that is not taken back yet."""
    undone = select(col(Command.undoes_id)).where(col(Command.undoes_id).is_not(None))
    last = select(func.max(col(Command.id))).where(
        col(Command.person_id) == person_id,
        col(Command.undoes_id).is_(None),
        col(Command.id).not_in(undone),
    )
    with engine.connect() as connection:
        return connection.execute(last).scalar()


def undo(engine: Engine, command_id: int, *, person_id: int) -> int:
    """Take a command of one's own back, whole; give the key of the command that did so.

    Facts are followed by a withdrawal, things are withdrawn or set back. Raises `Refused`
    where it is not one's own, was taken back already, somebody has built on it since, or one may
    no longer change what it changed.
    """
    with engine.connect() as connection:
        if not is_key(command_id) or connection.execute(_command(command_id)).first() is None:
            raise Refused("undo", NOT_YOURS)
    with command(engine, "undo", person_id=person_id, undoes_id=command_id) as writing:
        undone = _check_own(writing, command_id)
        changes = _changes(writing.connection, command_id)
        if undone.name == "import":
            check_may_run(writing)
        else:
            check_may_again(writing, command_id, [TABLES[entity] for entity in changes])
        _check_nothing_built(writing.connection, undone, changes)
        try:
            for entity in reversed(changes):
                _take_back(writing, command_id, TABLES[entity], changes)
        except IntegrityError as error:
            # What it withdrew has been brought in anew meanwhile, under the same name.
            raise Refused("undo", "It is here again already: it cannot be taken back.") from error
        if {"team", "kpi"} & changes.keys():
            check_no_loops(writing.connection, "undo")
        if "alignment" in changes:
            check_no_support_loop(writing.connection, "undo")
        check_nothing_is_gone(writing, _objectives(writing.connection, command_id), "undo")
        return writing.command_id


def _command(command_id: int) -> Select[Any]:
    return select(Command.__table__).where(col(Command.id) == command_id)  # type: ignore[attr-defined]


def _check_own(writing: Writing, command_id: int) -> Any:
    row = writing.connection.execute(_command(command_id)).one()
    if row.person_id != writing.person_id or row.undoes_id is not None:
        raise Refused("undo", NOT_YOURS)
    again = select(col(Command.id)).where(
        col(Command.undoes_id) == command_id, col(Command.id) != writing.command_id
    )
    if writing.connection.execute(again).first() is not None:
        raise Refused("undo", "This is taken back already.")
    return row


def _changes(connection: Connection, command_id: int) -> dict[str, list[Row[Any]]]:
    """Give a command's changes by entity, in the order in which entities were first touched."""
    grouped: dict[str, list[Row[Any]]] = {}
    for change in connection.execute(
        select(col(Change.entity), col(Change.entity_id), col(Change.before), col(Change.after))
        .where(col(Change.command_id) == command_id)
        .order_by(col(Change.id))
    ):
        grouped.setdefault(change.entity, []).append(change)
    return grouped


def _objectives(connection: Connection, command_id: int) -> Sequence[int]:
    """Give the objectives that a command wrote to, or to key results of."""
    touched = [
        select(columns.c[name])
        .join(Change, col(Change.entity_id) == columns.c.id)
        .where(col(Change.entity) == columns.name, col(Change.command_id) == command_id)
        for columns, name in (
            (_columns(Objective), "id"),
            (_columns(ObjectiveTerms), "objective_id"),
            (_columns(KeyResult), "objective_id"),
        )
    ]
    keys: Sequence[int] = connection.execute(union(*touched)).scalars().all()
    return keys


def _check_nothing_built(
    connection: Connection, undone: Row[Any], changes: dict[str, list[Row[Any]]]
) -> None:
    """Refuse where a changed row, or one that points to it, was written since and still stands."""
    queries = [query for entity in changes for query in _written_since(undone, TABLES[entity])]
    versions = [connection.execute(query).scalar() for query in queries]
    if since := max((version for version in versions if version is not None), default=None):
        raise Refused("undo", _built_by(connection, since, undone.person_id))


def _written_since(undone: Row[Any], table: type[Base]) -> Iterator[Select[int | None]]:
    """Ask for the newest version that still stands of what hangs on a command's rows of a table."""
    columns = _columns(table)
    touched = select(col(Change.entity_id)).where(
        col(Change.command_id) == undone.id, col(Change.entity) == columns.name
    )
    links = [(columns, "id"), *_children(columns)]
    if issubclass(table, Fact):
        yield _later_facts(columns, undone)
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


def _later_facts(table: Table, undone: Row[Any]) -> Select[int | None]:
    """Ask for later facts in the place of a command's own."""
    mine, later = table.alias(), table.alias()
    same = [later.c[name] == mine.c[name] for name in _fact_key(table)]
    return (
        select(func.max(later.c.version))
        .join(mine, and_(*same))
        .join(Command, col(Command.id) == later.c.command_id)
        .where(mine.c.command_id == undone.id, *_stands_since(undone))
    )


def _fact_key(table: Table) -> list[str]:
    keys = {"reading": ["kpi_id", "period"], "check_in": ["key_result_id", "date"]}
    first = {"membership": ["person_id", "team_id"]}
    return keys.get(table.name) or first.get(table.name) or [table.name.replace("_terms", "_id")]


def _children(table: Table) -> list[tuple[Table, str]]:
    """Give the tables and columns that point to a table, the log's own left out."""
    return [
        (child, key.parent.name)
        for child in Base.metadata.sorted_tables
        if child.name not in {"command", "change", "kpi_signal"}
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


def _take_back(
    writing: Writing, command_id: int, table: type[Base], changes: dict[str, list[Row[Any]]]
) -> None:
    if issubclass(table, Terms):
        _restore_terms(writing, command_id, table)
    elif issubclass(table, Fact):
        _withdraw_facts(writing, command_id, table, changes)
    elif issubclass(table, Entity | Company):
        for change in reversed(changes[_columns(table).name]):
            restored = change.before or {"withdrawn_at": writing.at}
            writing.alter(table, change.entity_id, **_typed(table, restored))


def _withdraw_facts(
    writing: Writing, command_id: int, table: type[Fact], changes: dict[str, list[Row[Any]]]
) -> None:
    """Let what stood before stand again: its values, or none, said now by this person.

    The facts of a thing that goes with the same command go with it.
    """
    columns = _columns(table)
    owner = _fact_key(columns)[0]
    going = {
        change.entity_id
        for change in changes.get(owner.removesuffix("_id"), [])
        if change.before is None
    }
    mine, before = columns.alias(), columns.alias()
    nothing = {name: value for name, value in NOTHING_SAID.items() if name in columns.c}
    rows = writing.connection.execute(
        select(mine, *(before.c[name].label(f"before_{name}") for name in nothing))
        .outerjoin(before, mine.c.supersedes_id == before.c.id)
        .where(mine.c.command_id == command_id)
        .order_by(mine.c.id)
    ).mappings()
    stood: dict[int | None, dict[str, Any]] = {None: nothing}
    withdrawals = []
    for row in rows:
        # Before a correction by the same command stood what it found.
        found = {name: row[f"before_{name}"] for name in nothing}
        stood[row["id"]] = stood.get(row["supersedes_id"], found)
        if row[owner] not in going:
            withdrawals.append(_withdrawal(writing, table, dict(row), stood[row["id"]]))
    writing.add(table, withdrawals)


def _withdrawal(
    writing: Writing, table: type[Fact], row: dict[str, Any], stood: dict[str, Any]
) -> dict[str, Any]:
    return {
        **{name: row[name] for name in _fact_key(_columns(table))},
        **stood,
        "recorded_at": writing.at,
        "known_at": max(writing.at, row["known_at"]),
        "recorded_by_id": writing.person_id,
        "supersedes_id": row["id"],
        "withdraws_id": row["id"],
    }


def _restore_terms(writing: Writing, command_id: int, table: type[Terms]) -> None:
    """Append the terms that were in force before; a thing withdrawn whole needs none.

    Later terms that were taken back said the undone ones again from their own day on: from
    that day too, what was before holds again.
    """
    columns = _columns(table)
    for mine in writing.connection.execute(
        select(columns).where(columns.c.command_id == command_id).order_by(columns.c.id)
    ).all():
        same = [columns.c[name] == getattr(mine, name) for name in _fact_key(columns)]
        since = columns.c.version >= mine.version, columns.c.valid_from >= mine.valid_from
        days = select(columns.c.valid_from).where(*same, *since).distinct()
        for day in writing.connection.execute(days.order_by(columns.c.valid_from)).scalars().all():
            before = writing.connection.execute(
                select(columns)
                .where(*same, columns.c.version < mine.version, columns.c.valid_from <= day)
                .order_by(*latest_first(columns.c))
                .limit(1)
            ).first()
            if before is not None:
                _say_again(writing, table, before, valid_from=day)
            elif table is Membership:
                _say_again(writing, table, mine, valid_from=day, role=None)


def _say_again(writing: Writing, table: type[Terms], terms: Row[Any], **changes: Any) -> None:
    again = {**terms._asdict(), **changes}
    said = {"recorded_at": writing.at, "known_at": writing.at, "recorded_by_id": writing.person_id}
    writing.add(table, [{name: value for name, value in {**again, **said}.items() if name != "id"}])


def _typed(table: type[Base], values: dict[str, Any]) -> dict[str, Any]:
    """Turn the log's ISO text back into days and moments."""
    columns = _columns(table).c
    typed = {}
    for name, value in values.items():
        python_type = columns[name].type.python_type
        readable = isinstance(value, str) and hasattr(python_type, "fromisoformat")
        typed[name] = python_type.fromisoformat(value) if readable else value
    return typed


def _columns(table: type[Base]) -> Table:
    return table.__table__  # type: ignore[attr-defined,no-any-return]
