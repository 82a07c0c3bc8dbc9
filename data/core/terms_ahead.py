"""Terms that are to hold from a later day on: each changes something of those that hold before."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from data.core.as_of import any_of, oldest_first, table_of
from data.core.fields import name_of
from data.core.unit_of_work import UnitOfWork
from models import Terms

Held = Mapping[str, Any]


def terms_ahead(
    work: UnitOfWork, terms: type[Terms], keys: Sequence[int]
) -> Mapping[int, list[Any]]:
    """Give the terms of things that are to hold after today, by key, the earliest first."""
    columns, owner = table_of(terms).c, owner_of(terms)
    query = select(table_of(terms)).where(
        columns[owner].in_(any_of("keys")), columns.valid_from > work.today
    )
    by_day: dict[tuple[int, Any], Any] = {}
    found = work.connection.execute(query.order_by(*oldest_first(columns)), {"keys": list(keys)})
    for row in found:
        by_day[getattr(row, owner), row.valid_from] = row
    steps: dict[int, list[Any]] = {}
    for (key, _), row in by_day.items():
        steps.setdefault(key, []).append(row)
    return steps


def owner_of(terms: type[Terms]) -> str:
    """Give the column that says whose terms they are."""
    return f"{name_of(terms).removesuffix('_terms')}_id"


def carry_ahead(
    work: UnitOfWork, terms: type[Terms], steps: Iterable[Any], before: Held, after: Held
) -> None:
    """Say steps anew where what holds before them has changed: what each changes, it still does.

    `before` and `after` are what held and holds before the first step, by the same names.
    """
    rows = []
    for step in steps:
        held = {
            name: after[name] if getattr(step, name) == value else getattr(step, name)
            for name, value in before.items()
        }
        before = {name: getattr(step, name) for name in held}
        if held != before:
            rows.append(said_ahead(work, terms, step, held))
        after = held
    work.add(terms, rows)


def said_ahead(work: UnitOfWork, terms: type[Terms], step: Any, held: Held) -> dict[str, Any]:
    """Give terms in the place of a step, from its day on."""
    owner = owner_of(terms)
    return {
        owner: getattr(step, owner),
        **held,
        "valid_from": step.valid_from,
        "recorded_at": work.at,
        "known_at": max(work.at, step.known_at),
        "recorded_by_id": work.person_id,
    }
