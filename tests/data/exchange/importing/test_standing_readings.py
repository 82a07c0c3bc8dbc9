"""Readings that say what stands are found at once, unless more is said of them meanwhile."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine

from data.exchange.importing import Counts, import_tables
from data.exchange.importing import command as importing
from data.exchange.importing import readings as one_by_one
from data.exchange.importing.row_outcomes import RowOutcomes
from data.exchange.importing.standing_readings import Standing
from data.exchange.readings_columns import as_columns
from data.exchange.tables import Tables
from data.kpis.fields import ReadingRow
from tests.data.builders import MONDAY, NOW, bring, record

WEEKS = 6
Held = list[int]


def said(value: float = 9, *, back: int = 0, **more: Any) -> ReadingRow:
    day = MONDAY - timedelta(days=7 * back)
    return ReadingRow(team="Sales", kpi="Conversion", date=day, value=value, **more)


def weeks(*others: ReadingRow) -> list[ReadingRow]:
    changed = {row.date: row for row in others}
    rows = [said(9 + back, back=back, note="so" if back % 2 else "") for back in range(WEEKS)]
    return [changed.get(row.date, row) for row in rows]


def brought(engine: Engine, rows: list[ReadingRow], **more: Any) -> Counts:
    return import_tables(engine, Tables(readings=rows, **more)).counts["readings"]


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    """Give how many periods were held against what stands one by one, each time some were."""
    counted: Held = []
    append = one_by_one.append

    def count(batch: Any, file: str, groups: Any, *more: Any) -> None:
        counted.append(len(groups))
        append(batch, file, groups, *more)

    monkeypatch.setattr(one_by_one, "append", count)
    return counted


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Give what has something done once between the comparison and the import's turn."""
    compare = importing.standing

    def after(do: Callable[[], object]) -> None:
        def compared(*asked: Any, **more: Any) -> Standing:
            monkeypatch.setattr(importing, "standing", compare)
            found = compare(*asked, **more)
            do()
            return found

        monkeypatch.setattr(importing, "standing", compared)

    return after


def test_a_second_import_holds_none_of_them_one_by_one(
    company_of_each_kind: Engine, held: Held
) -> None:
    engine = company_of_each_kind
    assert brought(engine, weeks()) == Counts(new=WEEKS)
    assert brought(engine, weeks()) == Counts(unchanged=WEEKS)
    assert held == []
    assert brought(engine, weeks(said(99, back=2))) == Counts(changed=1, unchanged=5)
    assert brought(engine, weeks(said(99, back=2))) == Counts(unchanged=WEEKS)
    assert held == [1, 1]


@pytest.mark.parametrize(("given", "unchanged"), [({}, 3), ({"readings": frozenset()}, 6)])
def test_a_comment_counts_where_the_file_has_them(
    company_of_each_kind: Engine, held: Held, given: dict[str, frozenset[str]], unchanged: int
) -> None:
    engine = company_of_each_kind
    brought(engine, weeks())
    bare = [said(row.value, back=back) for back, row in enumerate(weeks())]
    assert brought(engine, bare, given=given) == Counts(
        changed=WEEKS - unchanged, unchanged=unchanged
    )
    assert sum(held) == WEEKS - unchanged


def test_what_others_brought_in_meanwhile_is_corrected(
    company_of_each_kind: Engine, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    engine = company_of_each_kind
    brought(engine, weeks())
    other = weeks(said(77, back=3))
    meanwhile(lambda: brought(engine, other))
    assert brought(engine, weeks()) == Counts(changed=1, unchanged=WEEKS - 1)


def test_what_a_person_recorded_outlives_the_file(company: Engine, held: Held) -> None:
    brought(company, weeks())
    record(company, 50)
    assert brought(company, weeks()) == Counts(unchanged=WEEKS)
    assert held == [1]


def test_what_was_taken_for_another_kpi_is_held_one_by_one(company: Engine) -> None:
    rows = as_columns(weeks())
    found = Standing(np.arange(WEEKS), {0: (1, 2)}, 10**9)
    with company.connect() as connection:
        assert found.holds(connection, rows, {0: (1, 2)}).all()
        for places in ({}, {0: (2, 2)}, {0: (1, 3)}):
            assert not found.holds(connection, rows, places).any()


def test_rows_of_one_period_are_held_together(company: Engine, held: Held) -> None:
    brought(company, weeks())
    again = said(12, back=3, recorded_at=NOW - timedelta(hours=1))
    assert brought(company, [*weeks(), again]) == Counts(changed=1, unchanged=WEEKS)
    assert held == [1]


def test_a_dry_run_tells_them_by_their_lines(company: Engine, held: Held) -> None:
    bring(company, readings=weeks())
    rows = [
        ReadingRow(
            team=row.team, kpi=row.kpi, date=row.date, value=row.value, note=row.note, line=at + 2
        )
        for at, row in enumerate(weeks(said(99, back=2)))
    ]
    outcomes = RowOutcomes()
    import_tables(company, Tables(readings=rows), dry_run=True, outcomes=outcomes)
    assert outcomes.lines["readings"] == {"new": [], "changed": [4], "equal": [2, 3, 5, 6, 7]}
    assert held == [1]
