"""What is said of a day after an objective was closed: it would not count, and is refused."""

from datetime import date

from sqlalchemy import select

from data.core.as_of import in_force, table
from data.core.errors import CommandRejected
from data.core.unit_of_work import UnitOfWork
from data.okrs.queries.closing import over_since

_objective, _terms = table("objective"), table("objective_terms")

SINCE = (
    select(over_since(_terms))
    .select_from(_objective)
    .join(_terms, in_force(_terms, _objective.c.id))
)


def check_counts(work: UnitOfWork, objective_id: int, day: date, field: str) -> None:
    """Reject it where an objective was closed before the day that something is said of."""
    at = {"day": work.today, "moment": work.at}
    closed: date | None = work.connection.execute(
        SINCE.where(_objective.c.id == objective_id), at
    ).scalar()
    if closed is not None and day > closed:
        raise CommandRejected(field, f"The objective was closed on {closed}: reopen it first.")
