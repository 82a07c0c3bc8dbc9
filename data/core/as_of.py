"""Pieces of SQL that several queries share, built once."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Date, Table, bindparam, or_, select

from models import Base, Moment

MOMENT: BindParameter[datetime] = bindparam("moment", type_=Moment)
DAY: BindParameter[date] = bindparam("day", type_=Date)


def table(name: str) -> Table:
    """Give a table by its name."""
    return Base.metadata.tables[name]


def live(entity: Table) -> ColumnElement[bool]:
    """Tell whether a thing was not withdrawn by the moment looked at."""
    withdrawn_at = entity.c.withdrawn_at
    return or_(withdrawn_at.is_(None), withdrawn_at > MOMENT)


def in_force(terms: Table, owner: ColumnElement[Any]) -> ColumnElement[bool]:
    """Pick the terms that held on the day for an owner, by index: one row an owner."""
    other = terms.alias()
    key = other.c[f"{terms.name.removesuffix('_terms')}_id"]
    held = (
        select(other.c.id)
        .where(key == owner, other.c.valid_from <= DAY, other.c.known_at <= MOMENT)
        .order_by(other.c.valid_from.desc(), other.c.known_at.desc(), other.c.id.desc())
        .limit(1)
        .correlate_except(other)
        .scalar_subquery()
    )
    return terms.c.id == held


def any_of(name: str) -> Any:
    """Give a list parameter for IN."""
    return bindparam(name, expanding=True)
