"""Teams by the names that people type: found, or refused beside the cell."""

from collections.abc import Iterable

from sqlalchemy import Connection

from data.commands.errors import Refused
from data.commands.former_names import named
from data.exchange.problems import shown
from models import Team


def team_named(connection: Connection, name: str, field: str = "team") -> int:
    """Give the key of a team; refuse a name that no team has."""
    bare = " ".join(name.split())
    if not bare:
        raise Refused(field, "Pick a team from the list.")
    found = named(connection, Team, bare)
    if found is None:
        raise Refused(field, f"No team here is called “{shown(bare)}”: pick one from the list.")
    return int(found.id)


def teams_named(connection: Connection, names: Iterable[str], field: str = "pinned") -> list[int]:
    """Give the keys of the teams of a list, each once."""
    return list(dict.fromkeys(team_named(connection, name, field) for name in names))
