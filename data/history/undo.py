"""Taking back what a person did, as long as nobody has built on it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, select, union
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from data.actions.commands import are_told_apart, follow_objectives
from data.company.commands.erasing import ERASE
from data.company.commands.roles import check_permitted_to_run, check_still_permitted
from data.core.as_of import latest_first, table_of
from data.core.database import snapshot
from data.core.errors import CommandRejected
from data.core.fact_conflicts import NOTHING
from data.core.fact_store import fact_key, fact_origin
from data.core.unit_of_work import UnitOfWork, command, is_key
from data.history.built_upon import TABLES, check_nothing_built
from data.history.names import typed
from data.names.cycle_check import check_no_loops, check_no_support_loop
from data.okrs.commands.reopening import check_nothing_is_gone
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
    Terms,
)

HERE_AGAIN = "It is here again already: it cannot be taken back."
FOR_GOOD = "Who was erased cannot be brought back."
NOT_KEPT = "What this changed is no longer kept: it cannot be taken back."
NOT_YOURS = "Only what you did yourself can be taken back here."
NOTHING_SAID = {**NOTHING, "withdrawn": True}
"""What stands where nobody has said anything, or all was taken back."""


def undo(engine: Engine, command_id: int, *, person_id: int) -> int:
    """Take a command of one's own back, whole; give the key of the command that did so.

    Facts are followed by a withdrawal, things are withdrawn or set back. Raises `CommandRejected`
    where it is not one's own, was taken back already, somebody has built on it since, or one may
    no longer change what it changed.
    """
    with snapshot(engine) as connection:
        if not is_key(command_id) or connection.execute(_command(command_id)).first() is None:
            raise CommandRejected("undo", NOT_YOURS)
    with command(engine, "undo", person_id=person_id, undoes_id=command_id) as work:
        undone = _check_own(work, command_id)
        changes = _changes(work.connection, command_id)
        if undone.name == "import":
            check_permitted_to_run(work)
        else:
            check_still_permitted(work, command_id, [TABLES[entity] for entity in changes])
        check_nothing_built(work.connection, undone, changes)
        try:
            for entity in reversed(changes):
                _take_back(work, command_id, TABLES[entity], changes)
        except IntegrityError as error:
            # What it withdrew has been brought in anew meanwhile, under the same name.
            raise CommandRejected("undo", HERE_AGAIN) from error
        touched = _objectives(work.connection, command_id)
        if {"objective", "key_result"} & changes.keys():
            # Something may have been agreed about a key result since its objective moved.
            follow_objectives(work, touched)
        if "action" in changes and not are_told_apart(work.connection):
            raise CommandRejected("undo", HERE_AGAIN)
        if {"team", "kpi"} & changes.keys():
            check_no_loops(work.connection, "undo")
        if "alignment" in changes:
            check_no_support_loop(work.connection, "undo")
        check_nothing_is_gone(work, touched, "undo")
        return work.command_id


def _command(command_id: int) -> Select[Any]:
    return select(table_of(Command)).where(col(Command.id) == command_id)


def _check_own(work: UnitOfWork, command_id: int) -> Any:
    row = work.connection.execute(_command(command_id)).one()
    if row.person_id != work.person_id or row.undoes_id is not None:
        raise CommandRejected("undo", NOT_YOURS)
    if row.name == ERASE:
        raise CommandRejected("undo", FOR_GOOD)
    kept_since = work.connection.execute(select(col(Company.log_kept_since))).scalar_one()
    if kept_since is not None and row.at < kept_since:
        raise CommandRejected("undo", NOT_KEPT)
    again = select(col(Command.id)).where(
        col(Command.undoes_id) == command_id, col(Command.id) != work.command_id
    )
    if work.connection.execute(again).first() is not None:
        raise CommandRejected("undo", "This is taken back already.")
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
            (table_of(Objective), "id"),
            (table_of(ObjectiveTerms), "objective_id"),
            (table_of(KeyResult), "objective_id"),
        )
    ]
    keys: Sequence[int] = connection.execute(union(*touched)).scalars().all()
    return keys


def _take_back(
    work: UnitOfWork, command_id: int, table: type[Base], changes: dict[str, list[Row[Any]]]
) -> None:
    if issubclass(table, Terms):
        _restore_terms(work, command_id, table)
    elif issubclass(table, Fact):
        _withdraw_facts(work, command_id, table, changes)
    elif issubclass(table, Entity | Company):
        for change in reversed(changes[table_of(table).name]):
            restored = change.before or {"withdrawn_at": work.at}
            work.alter(table, change.entity_id, **typed(change.entity, restored))


def _withdraw_facts(
    work: UnitOfWork, command_id: int, table: type[Fact], changes: dict[str, list[Row[Any]]]
) -> None:
    """Let what stood before stand again: its values, or none, said now by this person.

    The facts of a thing that goes with the same command go with it.
    """
    columns = table_of(table)
    owner = fact_key(table)[0]
    going = {
        change.entity_id
        for change in changes.get(owner.removesuffix("_id"), [])
        if change.before is None
    }
    mine, before = columns.alias(), columns.alias()
    nothing = {name: value for name, value in NOTHING_SAID.items() if name in columns.c}
    rows = work.connection.execute(
        select(mine, *(before.c[name].label(f"before_{name}") for name in nothing))
        .outerjoin(before, mine.c.supersedes_id == before.c.id)
        .where(mine.c.command_id == command_id)
        .order_by(mine.c.id)
    )
    stood: dict[int | None, dict[str, Any]] = {None: nothing}
    withdrawals = []
    for row in rows:
        # Before a correction by the same command stood what it found.
        found = {name: getattr(row, f"before_{name}") for name in nothing}
        stood[row.id] = stood.get(row.supersedes_id, found)
        if getattr(row, owner) not in going:
            of = {name: getattr(row, name) for name in fact_key(table)}
            said = {**of, **stood[row.id], **fact_origin(work, row), "withdraws_id": row.id}
            withdrawals.append(said)
    work.add(table, withdrawals)


def _restore_terms(work: UnitOfWork, command_id: int, table: type[Terms]) -> None:
    """Append the terms that were in force before; a thing withdrawn whole needs none.

    Later terms that were taken back said the undone ones again from their own day on: from
    that day too, what was before holds again.
    """
    columns = table_of(table)
    for mine in work.connection.execute(
        select(columns).where(columns.c.command_id == command_id).order_by(columns.c.id)
    ).all():
        same = [columns.c[name] == getattr(mine, name) for name in fact_key(table)]
        since = columns.c.version >= mine.version, columns.c.valid_from >= mine.valid_from
        days = select(columns.c.valid_from).where(*same, *since).distinct()
        for day in work.connection.execute(days.order_by(columns.c.valid_from)).scalars().all():
            before = work.connection.execute(
                select(columns)
                .where(*same, columns.c.version < mine.version, columns.c.valid_from <= day)
                .order_by(*latest_first(columns.c))
                .limit(1)
            ).first()
            if before is not None:
                _say_again(work, table, before, valid_from=day)
            elif table is Membership:
                _say_again(work, table, mine, valid_from=day, role=None)


def _say_again(work: UnitOfWork, table: type[Terms], terms: Row[Any], **changes: Any) -> None:
    again = {**terms._asdict(), **changes}
    said = {"recorded_at": work.at, "known_at": work.at, "recorded_by_id": work.person_id}
    work.add(table, [{name: value for name, value in {**again, **said}.items() if name != "id"}])
