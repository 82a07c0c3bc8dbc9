"""Whether somebody changed a cell of a row since it was seen; another cell is no rival's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, or_, select
from sqlmodel import col

from data.core.errors import Conflict, Refused
from data.core.outcomes import Theirs
from data.core.unit_of_work import Writing
from models import (
    Alignment,
    Change,
    Command,
    Cycle,
    Entity,
    Guardrail,
    KeyResult,
    KeyResultTerms,
    Kpi,
    KpiTerms,
    Membership,
    Milestone,
    Objective,
    ObjectiveTerms,
    Person,
    Pin,
    Team,
    Terms,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of row: what its cells are kept in; `ties` are cells that list other things."""

    entity: type[Entity]
    terms: type[Terms] | None
    ties: Mapping[str, type[Entity] | type[Terms]]


OBJECTIVE = Kind(Objective, ObjectiveTerms, {"supports": Alignment, "guardrails": Guardrail})
KEY_RESULT = Kind(KeyResult, KeyResultTerms, {"steps": Milestone})
KPI = Kind(Kpi, KpiTerms, {"pinned": Pin})
TEAM = Kind(Team, None, {})
PERSON = Kind(Person, None, {"role": Membership})
CYCLE = Kind(Cycle, None, {})

UNKNOWN = object()
"""What a list of things held before is not looked up."""


@dataclass(frozen=True, slots=True)
class _Changed:
    before: Any
    version: int
    at: datetime
    who: str | None
    who_id: int | None


def check_contested(
    connection: Connection,
    kind: Kind,
    key: int,
    said: Mapping[str, Any],
    stands: Mapping[str, Any],
    *,
    seen: int,
    spelled: Callable[[str, Any], str],
) -> None:
    """Raise `Conflict` where a cell was changed since the data's version that was seen.

    One that stands as it is said now, or as it was seen, is none. `spelled` writes what stands.
    """
    changed = _changed_since(connection, kind, key, seen)
    for field, mine in said.items():
        last = changed.get(field)
        if last is None or stands[field] in (mine, last.before):
            continue
        text = spelled(field, stands[field])
        raise Conflict(Theirs(None, last.who, last.at, last.version, field=field, text=text))


def check_seen_whole(
    writing: Writing, kind: Kind, key: int, stands: Mapping[str, Any], seen: int
) -> None:
    """Raise `Refused` where somebody else changed a thing since the data's version that was seen.

    `stands` are its cells: one that stands as it was seen was not changed.
    """
    for field, last in _changed_since(writing.connection, kind, key, seen).items():
        as_seen = field in stands and stands[field] == last.before
        if last.who_id != writing.person_id and not as_seen:
            who = last.who or "Somebody"
            raise Refused("", f"{who} has changed it meanwhile: look again, then archive.")


def _changed_since(connection: Connection, kind: Kind, key: int, seen: int) -> dict[str, _Changed]:
    """Give the cells that were changed since a version: what was before, and who was last."""
    held = _terms_seen(connection, kind, key, seen)
    ties = {tie.__table__.name: field for field, tie in kind.ties.items()}  # type: ignore[union-attr]
    changed: dict[str, _Changed] = {}
    for row in connection.execute(_changes(kind, key, seen)):
        if row.entity in ties:
            before: dict[str, Any] = {ties[row.entity]: UNKNOWN}
        elif row.entity == kind.entity.__table__.name:  # type: ignore[attr-defined]
            before = row.before or {}
        else:
            after = row.after or {}
            before = {name: held[name] for name in held.keys() & after if held[name] != after[name]}
            held = after
        for field, value in before.items():
            first = changed[field].before if field in changed else value
            changed[field] = _Changed(first, row.version, row.at, row.who, row.who_id)
    return changed


def _changes(kind: Kind, key: int, seen: int) -> Any:
    """Ask for all that was written to a row since a version, oldest first."""
    entity = kind.entity.__table__.name  # type: ignore[attr-defined]
    places = [and_(col(Change.entity) == entity, col(Change.entity_id) == key)]
    for part in filter(None, (kind.terms, *kind.ties.values())):
        columns = part.__table__  # type: ignore[attr-defined]
        keys = select(columns.c.id).where(columns.c[f"{entity}_id"] == key)
        places.append(and_(col(Change.entity) == columns.name, col(Change.entity_id).in_(keys)))
    return (
        select(
            col(Change.entity),
            col(Change.before),
            col(Change.after),
            col(Command.version),
            col(Command.at),
            col(Person.name).label("who"),
            col(Command.person_id).label("who_id"),
        )
        .join(Command, col(Command.id) == col(Change.command_id))
        .outerjoin(Person, col(Person.id) == col(Command.person_id))
        .where(col(Command.version) > seen, or_(*places))
        .order_by(col(Change.id))
    )


def _terms_seen(connection: Connection, kind: Kind, key: int, seen: int) -> Mapping[str, Any]:
    """Give the terms that counted at a version; of a row that is newer, none."""
    if kind.terms is None:
        return {}
    columns = kind.terms.__table__.c  # type: ignore[attr-defined]
    entity = kind.entity.__table__.name  # type: ignore[attr-defined]
    row = connection.execute(
        select(*columns)
        .where(columns[f"{entity}_id"] == key, columns.version <= seen)
        .order_by(columns.valid_from.desc(), columns.known_at.desc(), columns.id.desc())
        .limit(1)
    ).first()
    return row._asdict() if row else {}
