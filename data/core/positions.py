"""Places in an order that people give to things."""

from collections.abc import Mapping

from sqlalchemy import func, select

from data.core.as_of import table_of
from data.core.unit_of_work import UnitOfWork
from models import Entity


def next_position(work: UnitOfWork, entity: type[Entity], place: Mapping[str, int]) -> int:
    """Give the position after the last of the things that are in a place."""
    columns = table_of(entity).c
    here = select(func.max(columns.position)).where(
        *(columns[name] == key for name, key in place.items()), columns.withdrawn_at.is_(None)
    )
    last: int | None = work.connection.execute(here).scalar()
    return 0 if last is None else last + 1
