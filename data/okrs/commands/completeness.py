"""Whether objectives can be measured, and all that they lack for it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import col

from data.core.as_of import oldest_first, table_of
from data.core.errors import CommandRejected
from data.core.outcomes import OutcomeTarget
from data.okrs.commands.key_result_rows import TERMS, missing_cells
from models import KeyResult, KeyResultTerms, Milestone, Objective

LISTED = 5
"""So many things are named in one sentence; the rest are counted."""

Row = tuple[OutcomeTarget, int]


def check_measurable(connection: Connection, objective_ids: Sequence[int]) -> None:
    """Reject it where objectives lack a key result, or theirs what they are measured by.

    All that is lacking is named; field and row are those of the first.
    """
    lacking = []
    for objective_id, name, key_results in _objectives(connection, objective_ids):
        lacks = [(row, missing) for row in key_results if (missing := _missing(row))]
        if not key_results:
            place: Row = ("objective", objective_id)
            lacking.append(("state", place, f"“{name}” still needs a key result."))
        elif lacks:
            first, missing = lacks[0]
            things = [_thing(row.name, missing) for row, missing in lacks]
            told = f"“{name}” still needs {_listed(things)}."
            lacking.append((next(iter(missing)), ("key result", first.id), told))
    if lacking:
        field, place, _ = lacking[0]
        more = len(lacking) - LISTED
        told = " ".join(sentence for *_, sentence in lacking[:LISTED])
        raise CommandRejected(field, f"{told} So do {more} more." if more > 0 else told, row=place)


def _objectives(
    connection: Connection, objective_ids: Sequence[int]
) -> list[tuple[int, str, list[Any]]]:
    """Give objectives in their order: key, name, and key results with their latest terms."""
    columns = col(Objective.id), col(Objective.name)
    found = select(*columns).where(col(Objective.id).in_(objective_ids))
    names = {row.id: row.name for row in connection.execute(found)}
    key_results: dict[int, dict[int, Any]] = defaultdict(dict)
    for row in connection.execute(_key_results(objective_ids)):
        # The latest terms come last.
        key_results[row.objective_id][row.id] = row
    return [(key, names[key], list(key_results[key].values())) for key in objective_ids]


def _key_results(objective_ids: Sequence[int]) -> Any:
    columns, terms = table_of(KeyResult).c, table_of(KeyResultTerms)
    steps = select(col(Milestone.id)).where(
        col(Milestone.key_result_id) == columns.id, col(Milestone.withdrawn_at).is_(None)
    )
    return (
        select(*columns, *(terms.c[name] for name in TERMS), steps.exists().label("has_steps"))
        .join(terms, terms.c.key_result_id == columns.id)
        .where(columns.objective_id.in_(objective_ids), columns.withdrawn_at.is_(None))
        .order_by(columns.position, columns.id, *oldest_first(terms.c))
    )


def _missing(row: Any) -> Mapping[str, str]:
    return missing_cells(row._asdict(), bool(row.has_steps))


def _thing(name: str, missing: Mapping[str, str]) -> str:
    return f"{' and '.join(f'a {what}' for what in missing.values())} for “{name}”"


def _listed(things: Sequence[str]) -> str:
    more = len(things) - LISTED
    named = [*things[:LISTED], f"{more} more"] if more > 0 else list(things)
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
