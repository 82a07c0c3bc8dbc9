"""Since when an objective is over: it keeps what it was closed with, whatever comes later."""

from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Table,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
)

from data.core.as_of import begun, oldest_first, table
from models import EARLIEST_DAY, OVER


def over_since(terms: Table) -> ColumnElement[date | None]:
    """Give since which day an objective is over, by its terms in force.

    Nothing where it is under way, or was over when it first was brought in: nobody knows since
    when.
    """
    since = case((_is_over(terms), _first_over(terms, "valid_from")))
    return func.nullif(since, literal(EARLIEST_DAY, Date), type_=Date)


def over_version(terms: Table) -> ColumnElement[int | None]:
    """Give the data's version in which an objective came to be over; nothing where it is not."""
    return case((_is_over(terms), _first_over(terms, "version")))


def _is_over(terms: FromClause) -> ColumnElement[bool]:
    # SQLAlchemy writes a list anew into a statement each time that it is run.
    return or_(*(terms.c.state == state for state in OVER))


def _first_over(terms: Table, name: str) -> ColumnElement[Any]:
    """Give the least of the unbroken run of terms by which an objective is over until now.

    Closed and opened again, it was under way between; but what was taken back never was.
    """
    over, open_ = terms.alias(), terms.alias()
    undo = table("command").alias()
    taken_back = exists().where(undo.c.undoes_id == open_.c.command_id)
    opened_since = exists().where(
        open_.c.objective_id == over.c.objective_id,
        ~_is_over(open_),
        *begun(open_.c),
        tuple_(*oldest_first(open_.c)) > tuple_(*oldest_first(over.c)),
        ~taken_back,
    )
    return (
        select(func.min(over.c[name]))
        .where(
            over.c.objective_id == terms.c.objective_id,
            _is_over(over),
            *begun(over.c),
            ~opened_since,
        )
        .correlate(terms)
        .scalar_subquery()
    )
