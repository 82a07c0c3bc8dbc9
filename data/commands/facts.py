"""What readings and check-ins share: the current one, and whether somebody came first."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import col

from data.commands.errors import Conflict, Refused
from data.commands.writing import Writing
from data.exchange.cells import REFUSED
from data.views import Theirs
from models import Entity, Fact, Person

LONGEST_NOTE = 10_000


def current(connection: Connection, table: type[Fact], key: Mapping[str, Any]) -> Any:
    """Give the fact that counts for a key, the last known, with the name of who said it."""
    columns = table.__table__.c  # type: ignore[attr-defined]
    return connection.execute(
        select(*columns, col(Person.name).label("who"))
        .outerjoin(Person, columns.recorded_by_id == col(Person.id))
        .where(*(columns[name] == value for name, value in key.items()))
        .order_by(columns.known_at.desc(), columns.id.desc())
        .limit(1)
    ).first()


def check_seen(standing: Any, seen: int) -> None:
    """Raise `Conflict` where the fact is newer than the data's version the person saw."""
    if standing is not None and standing.version > seen:
        theirs = Theirs(standing.value, standing.who, standing.recorded_at, standing.version)
        raise Conflict(theirs)


def said_now(writing: Writing, standing: Any) -> dict[str, Any]:
    """Say who says a fact and when, and which one it takes the place of."""
    return {
        "recorded_at": writing.at,
        # A clock that went back must not hide what is said last.
        "known_at": max(writing.at, standing.known_at) if standing else writing.at,
        "recorded_by_id": writing.person_id,
        "supersedes_id": standing.id if standing else None,
    }


def check_live(connection: Connection, table: type[Entity], key: int, *, what: str) -> Any:
    """Give the row of a thing that is still there, else raise `Refused`."""
    columns = table.__table__.c  # type: ignore[attr-defined]
    row = connection.execute(
        select(*columns).where(columns.id == key, columns.withdrawn_at.is_(None))
    ).first()
    if row is None:
        raise Refused(what, f"This {what} is no longer here: reload the page.")
    return row


def checked_note(note: str) -> str:
    """Give a note as a file would give it back; refuse what no screen or file can hold."""
    lines = note.replace("\r\n", "\n").replace("\r", "\n")
    bare = unicodedata.normalize("NFC", lines).strip()
    if len(bare) > LONGEST_NOTE:
        raise Refused("note", f"The note is longer than {LONGEST_NOTE:,} characters: shorten it.")
    if REFUSED.search(bare):
        raise Refused("note", "The note holds a character that cannot be kept: type it again.")
    return bare
