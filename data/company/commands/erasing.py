"""Erasing a person: their name and address go everywhere, what they recorded stays."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, select, update

from data.company.commands.ownership import check_owns_nothing
from data.company.commands.roles import check_an_admin_stays, check_permitted_to_run
from data.core.as_of import table
from data.core.errors import CommandRejected
from data.core.sqlite_file import overwriting, write_through
from data.core.unit_of_work import UnitOfWork, command, is_key
from models import Person

ERASE = "erase person"
SOMEBODY = "Somebody who left"
ERASED = re.compile(rf"{SOMEBODY}( \d+)?")
IS_YOU = "This is you: ask somebody else to erase you."
NOT_LISTED = "They are no longer here: look again."

_person, _alias, _change = table("person"), table("alias"), table("change")
_mapping = table("import_mapping")

NAMING = ("name", "email")
"""The cells that say who somebody is."""


def erase_person(engine: Engine, *, person_id: int, listed_id: int, typed_name: str) -> int:
    """Replace a person's names and addresses wherever they are kept, for good.

    They leave all lists. `typed_name` is their name, typed by whoever is sure. What people wrote as
    text stays as it is, and so do copies of the database. Raises `CommandRejected` where they own
    something, are the last admin, or are oneself.
    """
    with command(engine, ERASE, person_id=person_id) as work, overwriting(work.connection):
        check_permitted_to_run(work)
        row = _found(work.connection, listed_id)
        if listed_id == person_id:
            raise CommandRejected("", IS_YOU)
        if " ".join(typed_name.split()) != row.name:
            raise CommandRejected("name", f"To be sure, type the name as it stands: {row.name}.")
        check_owns_nothing(work, row)
        _erase(work, row)
        check_an_admin_stays(work)
    write_through(engine)
    return work.command_id


def is_erased(name: str) -> bool:
    """Tell whether a name is one of those that stand for people who were erased."""
    return bool(ERASED.fullmatch(name))


def _found(connection: Connection, listed_id: int) -> Any:
    """Give the row of a person, archived or not."""
    query = select(_person).where(_person.c.id == listed_id)
    row = connection.execute(query).first() if is_key(listed_id) else None
    if row is None:
        raise CommandRejected("", NOT_LISTED)
    return row


def _erase(work: UnitOfWork, row: Any) -> None:
    connection, neutral = work.connection, _neutral(work.connection)
    logged = _logged(connection, row.id)
    names = _names(connection, row, logged)
    instead = {"name": neutral, "email": ""}
    gone = {"withdrawn_at": row.withdrawn_at or work.at}
    mine = update(_person).where(_person.c.id == row.id)
    connection.execute(mine.values(**instead, **gone, version=work.version))
    aliases = update(_alias).where(*_is_alias(row.id))
    connection.execute(aliases.values(name=neutral, withdrawn_at=work.at, version=work.version))
    for change in logged:
        _write(connection, change, lambda cells: _without(cells, instead))
    _erase_from_mappings(connection, names, neutral)
    work.note(Person, row.id, name=neutral)


def _neutral(connection: Connection) -> str:
    """Give a name that nobody has, numbered from the second on."""
    query = select(_person.c.name).where(_person.c.name.like(f"{SOMEBODY}%"))
    taken = set(connection.execute(query).scalars())
    free = (f"{SOMEBODY} {number}" for number in range(2, len(taken) + 3))
    return next(name for name in (SOMEBODY, *free) if name not in taken)


def _is_alias(key: int) -> tuple[Any, Any]:
    return _alias.c.entity == "person", _alias.c.entity_id == key


def _logged(connection: Connection, key: int) -> Sequence[Any]:
    """Give what the log holds of a person and their former names."""
    aliases = select(_alias.c.id).where(*_is_alias(key))
    of_theirs = ((_change.c.entity == "person") & (_change.c.entity_id == key)) | (
        (_change.c.entity == "alias") & _change.c.entity_id.in_(aliases)
    )
    return connection.execute(select(_change).where(of_theirs)).all()


def _names(connection: Connection, row: Any, logged: Sequence[Any]) -> set[str]:
    """Give all names and addresses that a person ever had here."""
    former = connection.execute(select(_alias.c.name).where(*_is_alias(row.id))).scalars()
    cells = [cells for change in logged for cells in (change.before, change.after) if cells]
    known = {each.get(name) for each in cells for name in NAMING}
    return {name for name in {row.name, row.email, *former, *known} if name}


def _without(cells: Mapping[str, Any] | None, instead: Mapping[str, str]) -> Any:
    """Give what was logged with other words for who somebody is."""
    return None if cells is None else {**cells, **{k: v for k, v in instead.items() if k in cells}}


def _write(connection: Connection, change: Any, replaced: Callable[[Any], Any]) -> None:
    cells = {name: replaced(getattr(change, name)) for name in ("before", "after")}
    connection.execute(update(_change).where(_change.c.id == change.id).values(**cells))


def _erase_from_mappings(connection: Connection, names: set[str], neutral: str) -> None:
    """Replace names that stand alone in kept mappings, and in what the log holds of those."""

    def erased(text: str) -> str:
        for name in names:
            for quoted in _quoted(name):
                text = text.replace(quoted, json.dumps(neutral))
        return text

    for row in connection.execute(select(_mapping.c.id, _mapping.c.mapping)).all():
        if (text := erased(row.mapping)) != row.mapping:
            mine = update(_mapping).where(_mapping.c.id == row.id)
            connection.execute(mine.values(mapping=text))
    logged = select(_change).where(_change.c.entity == _mapping.name)
    for change in connection.execute(logged).all():
        _write(connection, change, lambda cells: _respelled(cells, erased))


def _respelled(cells: Any, erased: Callable[[str], str]) -> Any:
    return {**cells, "mapping": erased(cells["mapping"])} if cells and "mapping" in cells else cells


def _quoted(name: str) -> Iterator[str]:
    yield json.dumps(name)
    yield json.dumps(name, ensure_ascii=False)
