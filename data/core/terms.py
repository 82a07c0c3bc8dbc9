"""Terms that hold from a day on, and things that are said twice."""

from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from data.core.unit_of_work import Writing
from models import Command


class Added(NamedTuple):
    """What was added: its key, and the command's, None where it was here already."""

    command_id: int | None
    id: int


def from_today(writing: Writing, before: Any = None) -> dict[str, Any]:
    """Say who says terms, when, and that they hold from today on."""
    return {
        "valid_from": writing.today,
        "recorded_at": writing.at,
        # A clock that went back must not hide what is said last.
        "known_at": max(writing.at, before.known_at) if before is not None else writing.at,
        "recorded_by_id": writing.person_id,
    }


def said_again(writing: Writing, version: int, seen: int) -> bool:
    """Tell whether a person added a row since what they saw: the same said again is one."""
    by = select(col(Command.person_id)).where(col(Command.version) == version)
    return version > seen and writing.connection.execute(by).scalar() == writing.person_id
