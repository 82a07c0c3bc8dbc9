"""What a thing is tied to: KPIs to cockpits, objectives to what they support and guard."""

from collections.abc import Collection
from typing import NamedTuple, cast

from sqlalchemy import Connection, select

from data.core.as_of import table_of
from data.core.fields import Row, columns, name_of
from data.core.unit_of_work import UnitOfWork
from models import Entity


class Ties(NamedTuple):
    """A table of ties: its column of what is tied, and that of what it is tied to."""

    table: type[Entity]
    owner: str
    other: str


def ties_of(row_class: type[Row], field: str) -> Ties:
    """Give the ties of a thing that one of its cells lists."""
    column = next(each for each in columns(row_class) if each.name == field)
    known, link = table_of(column.table).c, f"{column.declared.names}_id"
    other = column.stored if column.stored in known else link
    return Ties(cast(type[Entity], column.table), f"{name_of(row_class.TABLE)}_id", other)


def tied(connection: Connection, ties: Ties, key: int) -> dict[int, int]:
    """Give what a thing is tied to, with the key of each tie."""
    columns = table_of(ties.table).c
    here = select(columns.id, columns[ties.other]).where(
        columns[ties.owner] == key, columns.withdrawn_at.is_(None)
    )
    return {other: tie_id for tie_id, other in connection.execute(here)}


def tie(work: UnitOfWork, ties: Ties, key: int, wanted: Collection[int]) -> None:
    """Tie a thing to what is wanted, and untie it from all else."""
    new = untie_others(work, ties, key, wanted)
    work.add(ties.table, [{ties.owner: key, ties.other: other} for other in new])


def untie_others(work: UnitOfWork, ties: Ties, key: int, wanted: Collection[int]) -> list[int]:
    """Untie a thing from all but what is wanted; give what of that it is not tied to yet."""
    here = tied(work.connection, ties, key)
    for other, tie_id in here.items():
        if other not in wanted:
            work.alter(ties.table, tie_id, withdrawn_at=work.at)
    return [other for other in wanted if other not in here]
