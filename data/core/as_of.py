"""Pieces of SQL that several queries share: what is there, holds and counts, as of a day.

Terms hold from a day on, and facts count until another says the same thing anew: of those that
hold or count for the same thing, the one known last does.
"""

import json
from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

from sqlalchemy import (
    ARRAY,
    BigInteger,
    BindParameter,
    ColumnClause,
    ColumnElement,
    Date,
    Dialect,
    FromClause,
    Select,
    Subquery,
    Table,
    Text,
    and_,
    bindparam,
    column,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeDecorator, TypeEngine

from models import Base, Moment

Columns: TypeAlias = ReadOnlyColumnCollection[str, Any]

MOMENT: BindParameter[datetime] = bindparam("moment", type_=Moment)
DAY: BindParameter[date] = bindparam("day", type_=Date)

LATEST_MOMENT = datetime.max.replace(tzinfo=UTC)
LATEST = {"day": date.max, "moment": LATEST_MOMENT}
"""What they are for the newest terms, whatever day it is."""


def table(name: str) -> Table:
    """Give a table by its name."""
    return Base.metadata.tables[name]


def table_of(model: type[Base]) -> Table:
    """Give the table of a model."""
    return model.__table__  # type: ignore[attr-defined,no-any-return]


class _Keys(TypeDecorator[Collection[int]]):
    """Keys as one parameter, so that a statement is the same for any number of them."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return ARRAY(BigInteger()) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: Collection[int] | None, dialect: Dialect) -> Any:
        keys = list(value or ())
        return keys if dialect.name == "postgresql" else json.dumps(keys)


class _EachKey(GenericFunction[int]):
    """The keys of a parameter as rows."""

    name = "each_key"
    inherit_cache = True


@compiles(_EachKey, "postgresql")
def _from_array(keys: _EachKey, compiler: SQLCompiler, **more: Any) -> str:
    return f"unnest{compiler.process(keys.clause_expr, **more)}"


def any_of(name: str) -> Select[int]:
    """Give a list of keys for IN, as a parameter."""
    # Where a function gives one column, PostgreSQL calls it like its alias; SQLite calls it so.
    each = _EachKey(bindparam(name, type_=_Keys)).alias("value")
    return select(column("value")).select_from(each)


class _KeysAndDays(TypeDecorator[Collection[tuple[int, date]]]):
    """Keys, each with a day, as one parameter."""

    impl = Text
    cache_ok = True

    def process_bind_param(
        self, value: Collection[tuple[int, date]] | None, dialect: Dialect
    ) -> str:
        return json.dumps([(key, day.isoformat()) for key, day in value or ()])


class _EachPair(GenericFunction[str]):
    """The pairs of a parameter as rows."""

    name = "each_pair"
    inherit_cache = True


class _KeyOf(GenericFunction[int]):
    """The key of a pair."""

    name = "key_of"
    type = BigInteger()
    inherit_cache = True


class _DayOf(GenericFunction[date]):
    """The day of a pair."""

    name = "day_of"
    type = Date()
    inherit_cache = True


@compiles(_EachKey, "sqlite")
@compiles(_EachPair, "sqlite")
def _from_json(each: _EachKey | _EachPair, compiler: SQLCompiler, **more: Any) -> str:
    return f"json_each{compiler.process(each.clause_expr, **more)}"


@compiles(_EachPair, "postgresql")
def _pairs_from_jsonb(pairs: _EachPair, compiler: SQLCompiler, **more: Any) -> str:
    return f"jsonb_array_elements({compiler.process(pairs.clause_expr, **more)}::jsonb)"


@compiles(_KeyOf, "sqlite")
@compiles(_DayOf, "sqlite")
def _part_of_json(part: _KeyOf | _DayOf, compiler: SQLCompiler, **more: Any) -> str:
    place = 0 if isinstance(part, _KeyOf) else 1
    return f"json_extract({compiler.process(part.clauses, **more)}, '$[{place}]')"


@compiles(_KeyOf, "postgresql")
@compiles(_DayOf, "postgresql")
def _part_of_jsonb(part: _KeyOf | _DayOf, compiler: SQLCompiler, **more: Any) -> str:
    place, kind = (0, "bigint") if isinstance(part, _KeyOf) else (1, "date")
    return f"({compiler.process(part.clauses, **more)} ->> {place})::{kind}"


def keys_and_days(name: str) -> Subquery:
    """Give keys, each with a day, as a parameter to join to: its columns are `key` and `day`.

    SQLite reads all rows where it is asked for pairs in a list; joined, it goes by the index.
    """
    each = _EachPair(bindparam(name, type_=_KeysAndDays)).alias("value")
    value: ColumnClause[Any] = column("value")
    pairs = select(_KeyOf(value).label("key"), _DayOf(value).label("day"))
    return pairs.select_from(each).subquery(name)


def live(entity: Table) -> ColumnElement[bool]:
    """Tell whether a thing was not withdrawn by the moment looked at."""
    withdrawn_at = entity.c.withdrawn_at
    return or_(withdrawn_at.is_(None), withdrawn_at > MOMENT)


def oldest_first(columns: Columns) -> tuple[ColumnElement[Any], ...]:
    """Order facts of one thing so that the one that counts comes last; terms by their day."""
    names = ("valid_from", "known_at", "id")
    return tuple(columns[name] for name in names if name in columns)


def latest_first(columns: Columns) -> tuple[ColumnElement[Any], ...]:
    """Order facts of one thing so that the one that counts comes first; terms by their day."""
    return tuple(column.desc() for column in oldest_first(columns))


def known_after(
    later: Columns, earlier: Columns, *, or_itself: bool = False
) -> ColumnElement[bool]:
    """Tell whether one fact takes the place of another of the same thing."""
    comes_after = later.id >= earlier.id if or_itself else later.id > earlier.id
    return or_(
        later.known_at > earlier.known_at,
        and_(later.known_at == earlier.known_at, comes_after),
    )


def begun(terms: Columns) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Pick the terms that had begun on the day, as it was known at the moment."""
    return terms.valid_from <= DAY, terms.known_at <= MOMENT


def in_force(terms: Table, owner: ColumnElement[Any]) -> ColumnElement[bool]:
    """Pick the terms that held on the day for an owner, by index: one row an owner."""
    other = terms.alias()
    return _is_latest(terms, other, owner, *begun(other.c))


def in_force_on(terms: Table, owner: ColumnElement[Any], day: date) -> ColumnElement[bool]:
    """Pick the terms that hold on a given day for an owner, as far as is known by now."""
    other = terms.alias()
    return _is_latest(terms, other, owner, other.c.valid_from <= day)


def _is_latest(
    terms: Table, other: FromClause, owner: ColumnElement[Any], *held: ColumnElement[bool]
) -> ColumnElement[bool]:
    latest = (
        select(other.c.id)
        .where(other.c[f"{terms.name.removesuffix('_terms')}_id"] == owner, *held)
        .order_by(*latest_first(other.c))
        .limit(1)
        .correlate_except(other)
        .scalar_subquery()
    )
    is_latest: ColumnElement[bool] = terms.c.id == latest
    return is_latest
