"""Saying who is here, until there is sign-in."""

import unicodedata

from sqlalchemy import Engine, select, update
from sqlmodel import col

from data.commands.errors import Refused
from data.commands.writing import command
from models import Command, Person

LONGEST_NAME = 200


def introduce(engine: Engine, name: str) -> int:
    """Give the key of the person of that name, a new one where nobody has it.

    Raises `Refused` where the name is empty, too long, or holds a control character.
    """
    bare = unicodedata.normalize("NFC", " ".join(name.split()))
    if not bare or len(bare) > LONGEST_NAME or not bare.isprintable():
        raise Refused("name", f"Type your name, up to {LONGEST_NAME} characters.")
    known = select(col(Person.id)).where(
        col(Person.name) == bare, col(Person.withdrawn_at).is_(None)
    )
    with engine.connect() as connection:
        if (found := connection.execute(known).scalar()) is not None:
            return found
    with command(engine, "introduce", person_id=None) as writing:
        # Somebody may have introduced the same person since the first look.
        if (found := writing.connection.execute(known).scalar()) is not None:
            return found
        (person_id,) = writing.add(Person, [{"name": bare}])
        writing.connection.execute(
            update(Command).where(col(Command.id) == writing.command_id).values(person_id=person_id)
        )
    return person_id
