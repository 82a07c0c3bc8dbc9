"""Saying who is here: by a name that was picked, or by the address of a sign-in."""

from sqlalchemy import Connection, Engine, select, update
from sqlmodel import col

from data.core.database import snapshot
from data.core.errors import CommandRejected
from data.core.limits import LONGEST_NAME
from data.core.unit_of_work import UnitOfWork, command
from data.core.validators import seen_name
from data.identity.queries import NAMED, person_with
from models import Alias, Command, Person

NO_LONGER_LISTED = "You are no longer listed here. Whoever runs Milepost can list you again."


def introduce(engine: Engine, name: str) -> int:
    """Give the key of the person of that name, a new one where nobody has it.

    Raises `CommandRejected` where the name is empty, too long, or holds a control character.
    """
    bare = _spelled(name)
    with snapshot(engine) as connection:
        if (found := _named(connection, bare)) is not None:
            return found
    with command(engine, "introduce", person_id=None) as work:
        # Somebody may have introduced the same person since the first look.
        if (found := _named(work.connection, bare)) is not None:
            return found
        return _add(work, bare)


def admit(engine: Engine, *, email: str, name: str) -> int:
    """Give the key of the person with an address, a new one where nobody has it.

    A name alone makes nobody a person who is known here: where somebody else has it, the new one's
    is followed by the address. Raises `CommandRejected` where the person was withdrawn, or where
    there is no address that can be kept.
    """
    if not email:
        raise CommandRejected("person", "Sign in first, then save again.")
    if len(email) > LONGEST_NAME - len(" ()") or not email.isprintable():
        raise CommandRejected("person", "Your sign-in tells an address that cannot be kept.")
    with snapshot(engine) as connection:
        if (found := _with_address(connection, email)) is not None:
            return found
    with command(engine, "admit", person_id=None) as work:
        if (found := _with_address(work.connection, email)) is not None:
            return found
        return _add(work, _free_name(work.connection, name, email), email)


def _spelled(name: str) -> str:
    return seen_name(name, f"Type your name, up to {LONGEST_NAME} characters.")


def _named(connection: Connection, name: str) -> int | None:
    found: int | None = connection.execute(NAMED, {"name": name}).scalar()
    return _formerly(connection, name) if found is None else found


def _formerly(connection: Connection, name: str) -> int | None:
    """Give who had a name last: a browser may remember one from before it was changed."""
    renamed = (
        select(col(Person.id))
        .join(Alias, col(Alias.entity_id) == col(Person.id))
        .where(
            col(Alias.entity) == "person",
            col(Alias.name) == name,
            col(Alias.withdrawn_at).is_(None),
            col(Person.withdrawn_at).is_(None),
        )
        .order_by(col(Alias.id).desc())
    )
    return connection.execute(renamed.limit(1)).scalar()


def _with_address(connection: Connection, email: str) -> int | None:
    found = person_with(connection, email)
    if found is None:
        return None
    if found.withdrawn:
        raise CommandRejected("person", NO_LONGER_LISTED)
    return found.id


def _free_name(connection: Connection, name: str, email: str) -> str:
    try:
        bare = _spelled(name)
    except CommandRejected:
        bare = _spelled(email)
    told_apart = f"{bare[: LONGEST_NAME - len(email) - 3].rstrip()} ({email})".strip()
    for free in (bare, told_apart):
        if _named(connection, free) is None:
            return free
    raise CommandRejected("name", f"Somebody here is called {told_apart} already.")


def _add(work: UnitOfWork, name: str, email: str = "") -> int:
    (person_id,) = work.add(Person, [{"name": name, "email": email}])
    work.connection.execute(
        update(Command).where(col(Command.id) == work.command_id).values(person_id=person_id)
    )
    return person_id
