"""Terms that hold from a day on, and things that are said twice."""

from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from data.core.unit_of_work import UnitOfWork
from models import Command


class Added(NamedTuple):
    """What was added: its key, and the command's, None where it was here already."""

    command_id: int | None
    id: int


def from_today(work: UnitOfWork, before: Any = None) -> dict[str, Any]:
    """Say who says terms, when, and that they hold from today on."""
    return {
        "valid_from": work.today,
        "recorded_at": work.at,
        # A clock that went back must not hide what is said last.
        "known_at": max(work.at, before.known_at) if before is not None else work.at,
        "recorded_by_id": work.person_id,
    }


def is_repeated(work: UnitOfWork, version: int, seen: int) -> bool:
    """Tell whether a person added a row since what they saw: the same said again is one."""
    by = select(col(Command.person_id)).where(col(Command.version) == version)
    return version > seen and work.connection.execute(by).scalar() == work.person_id
