"""How the things that are here are spelled, by kind, and by how their names look."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, select

from data.core.as_of import table_of
from data.core.database import snapshot
from data.core.fields import name_of
from data.core.look_alikes import look
from data.exchange.unknown_names import Looks
from models import Alias, Cycle, Entity, KeyResult, Kpi, Objective, Person, Team

_ENTITIES: tuple[type[Entity], ...] = (Team, Person, Cycle, Kpi, Objective, KeyResult)


@dataclass(slots=True)
class Spellings:
    """How the things of one kind are spelled, and which of them look like a name."""

    exact: set[str] = field(default_factory=set)
    by_look: dict[str, str] = field(default_factory=dict)


def spellings(connection: Connection) -> Mapping[str, Spellings]:
    """Give how what is here is spelled, by its kind."""
    return {name_of(entity): _spellings(connection, entity) for entity in _ENTITIES}


def looks_here(engine: Engine) -> Looks:
    """Give how the names of what is here look, by its kind."""
    with snapshot(engine) as connection:
        return {kind: each.by_look.keys() for kind, each in spellings(connection).items()}


def _spellings(connection: Connection, entity: type[Entity]) -> Spellings:
    """Note the names of what is here, today's before former ones."""
    things, former = table_of(entity).c, table_of(Alias).c
    names = [select(things.name).where(things.withdrawn_at.is_(None))]
    ours = (former.entity == name_of(entity), former.withdrawn_at.is_(None))
    names += [select(former.name).where(*ours)]
    found = Spellings()
    for name in (name for query in names for (name,) in connection.execute(query)):
        found.exact.add(name)
        found.by_look.setdefault(look(name), name)
    return found
