"""Teams by the names that people type: found, or refused beside the cell."""

from collections.abc import Iterable

from sqlalchemy import Connection

from data.core.errors import CommandRejected
from data.core.problems import shown
from data.names.lookup import remedy_in_list
from data.names.name_check import named
from models import Team

PICK = "pick one from the list"


def team_named(connection: Connection, name: str, field: str = "team", remedy: str = PICK) -> int:
    """Give the key of a team; refuse a name that no team has, saying what to do instead."""
    bare = " ".join(name.split())
    if not bare:
        raise CommandRejected(field, "Pick a team from the list.")
    found = named(connection, Team, bare)
    if found is None:
        raise CommandRejected(field, f"No team here is called “{shown(bare)}”: {remedy}.")
    return int(found.id)


def teams_named(connection: Connection, names: Iterable[str], field: str = "pinned") -> list[int]:
    """Give the keys of the teams of a list, each once."""
    found = (team_named(connection, name, field, remedy_in_list(name, PICK)) for name in names)
    return list(dict.fromkeys(found))
