"""Which of several facts or terms counts: one order for all that ask."""

from itertools import product

import pytest
from sqlalchemy import Column, Date, Integer, MetaData, Table, create_engine, insert, select

from data.core.as_of import known_after, latest_first, oldest_first, table
from models import EARLIEST_DAY, EARLIEST_MOMENT, Moment

FACT = Table(
    "fact",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("known_at", Moment),
)
TERMS = Table(
    "terms",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("valid_from", Date),
    Column("known_at", Moment),
)
LATER = EARLIEST_MOMENT.replace(year=2026)


def read(rows: Table, *values: dict[str, object]) -> tuple[list[int], list[int]]:
    """Keep rows in a database of their own; give their keys in both orders."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        rows.metadata.create_all(connection)
        connection.execute(insert(rows), values)
        first, last = (
            list(connection.execute(select(rows.c.id).order_by(*order(rows.c))).scalars())
            for order in (oldest_first, latest_first)
        )
    return first, last


def test_of_facts_the_one_known_last_counts_then_the_one_written_last() -> None:
    known = [(3, EARLIEST_MOMENT), (1, LATER), (2, EARLIEST_MOMENT)]
    oldest, latest = read(FACT, *({"id": key, "known_at": at} for key, at in known))
    assert oldest == [2, 3, 1]
    assert latest == [1, 3, 2]


def test_of_terms_the_last_day_from_which_they_hold_comes_first() -> None:
    days = EARLIEST_DAY, EARLIEST_DAY.replace(year=2026)
    held = list(product(days, (LATER, EARLIEST_MOMENT)))
    rows = (
        {"id": at, "valid_from": day, "known_at": known} for at, (day, known) in enumerate(held)
    )
    oldest, latest = read(TERMS, *rows)
    assert oldest == [1, 0, 3, 2]
    assert latest == [2, 3, 0, 1]


@pytest.mark.parametrize("or_itself", [False, True])
def test_what_is_known_after_a_fact_is_what_comes_after_it_in_order(or_itself: bool) -> None:
    engine, later = create_engine("sqlite://"), FACT.alias()
    rows = [
        {"id": key, "known_at": at}
        for key, at in [(3, EARLIEST_MOMENT), (1, LATER), (2, EARLIEST_MOMENT)]
    ]
    pairs = select(FACT.c.id, later.c.id).where(known_after(later.c, FACT.c, or_itself=or_itself))
    with engine.begin() as connection:
        FACT.metadata.create_all(connection)
        connection.execute(insert(FACT), rows)
        found = {tuple(pair) for pair in connection.execute(pairs)}
    itself = {(1, 1), (2, 2), (3, 3)} if or_itself else set()
    assert found == {(2, 3), (2, 1), (3, 1)} | itself


@pytest.mark.parametrize("name", ["kpi_terms", "key_result_terms", "objective_terms", "membership"])
def test_all_terms_are_ordered_by_the_day_from_which_they_hold(name: str) -> None:
    names = [column.name for column in oldest_first(table(name).c)]
    assert names == ["valid_from", "known_at", "id"]
