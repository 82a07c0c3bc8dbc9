"""Who can be erased: everybody who is kept by name, archived or not."""

from functools import lru_cache

from sqlalchemy import Engine, func, select

from data.company.commands.erasing import is_erased
from data.company.views import Erasable
from data.core.as_of import table
from data.core.database import snapshot

_person = table("person")

PEOPLE = select(_person.c.id, _person.c.name, _person.c.withdrawn_at).order_by(
    func.lower(_person.c.name), _person.c.id
)


@lru_cache(maxsize=32)
def erasable(engine: Engine, _version: int) -> tuple[Erasable, ...]:
    """Give the people who can be erased at a version of the data, by name."""
    with snapshot(engine) as connection:
        found = connection.execute(PEOPLE).all()
    return tuple(
        Erasable(row.id, row.name, is_archived=row.withdrawn_at is not None)
        for row in found
        if not (row.withdrawn_at and is_erased(row.name))
    )
