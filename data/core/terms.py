"""Terms that hold from a day on, things with those of today, and things that are said twice."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from data.core.as_of import in_force_on
from data.core.fact_store import live
from data.core.unit_of_work import UnitOfWork
from models import Command, Entity, Terms


class Added(NamedTuple):
    """What was added: its key, and the command's, None where it was here already."""

    command_id: int | None
    id: int


def with_terms_of_today(
    work: UnitOfWork,
    entity: type[Entity],
    terms: type[Terms],
    names: Iterable[str],
    key: int,
    *,
    what: str,
    may_lack: bool = False,
) -> Any:
    """Give a thing that is still here with what its terms of today say, else refuse."""
    own, held = entity.__table__, terms.__table__  # type: ignore[attr-defined]
    query = (
        select(*own.c, *(held.c[name] for name in (*names, "known_at")))
        .select_from(own)
        .join(held, in_force_on(held, own.c.id, work.today), isouter=may_lack)
    )
    return live(work.connection, query, own.c, key, what=what)


def from_today(work: UnitOfWork, before: Any = None) -> dict[str, Any]:
    """Say who says terms, when, and that they hold from today on."""
    return {
        "valid_from": work.today,
        "recorded_at": work.at,
        # A clock that went back must not hide what is said last.
        "known_at": max(work.at, before.known_at) if before is not None else work.at,
        "recorded_by_id": work.person_id,
    }


def is_repeated(work: UnitOfWork, version: int, base_version: int) -> bool:
    """Tell whether a person added a row since what they saw: the same said again is one."""
    by = select(col(Command.person_id)).where(col(Command.version) == version)
    return version > base_version and work.connection.execute(by).scalar() == work.person_id
