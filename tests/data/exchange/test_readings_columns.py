"""Readings read many at once are those that are read one by one, and so is what is wrong."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.core.problems import ParseError
from data.exchange import readings_columns, sheet
from data.exchange.readings_columns import ReadingColumns, as_columns
from data.exchange.sheet import Line, Sheet, read_sheet
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from models import Cadence

HEADINGS = ["team", "kpi", "date", "value", "note", "recorded_at"]

CELLS = st.tuples(
    st.sampled_from(["A", "A", "B", " B ", ""]),
    st.sampled_from(["K", "K", "L", "=K"]),
    st.sampled_from(["2026-01-01", "2026-01-02", "2026-02-01", "2026-02-31", "1.1.2026", ""]),
    st.sampled_from(["1", "-0", " 2.5", "1e3", "1e16", "nan", "inf", "1_0", "１", "1,5", "", "x"]),
    st.sampled_from(["", "so", "\x07"]),
    st.sampled_from(["", "", "2026-03-01T10:00:00Z", "2026-03-01T11:00:00+01:00", "2026-03-01"]),
).map(list)
LINES = st.lists(CELLS | CELLS.map(lambda cells: cells[:4]) | st.just([""] * 6), max_size=12)
MONTHLY = Tables(kpis=[KpiRow(team="A", kpi="K", cadence=Cadence.MONTHLY)])


def one_by_one(
    found: ReadingColumns, source: Iterator[Line], _readers: Any, _width: int, by_row: Any
) -> None:
    found.take([], {name: [] for name in HEADINGS})
    readings_columns._append(found, as_columns(list(by_row(source))))


def numbered(lines: list[list[str]]) -> list[Line]:
    return list(enumerate([HEADINGS, *lines], 1))


def read(lines: list[list[str]]) -> Sheet:
    return read_sheet("readings", "readings.csv", numbered(lines), MONTHLY)


@given(LINES, st.integers(1, 5))
def test_many_at_once_are_those_one_by_one(lines: list[list[str]], at_once: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(readings_columns, "LINES_AT_ONCE", at_once)
        found = read(lines)
        patch.setattr(sheet, "read_columns", one_by_one)
        expected = read(lines)
    assert list(found.rows) == list(expected.rows)
    assert [row.line for row in found.rows] == [row.line for row in expected.rows]
    assert found.problems == expected.problems


def test_rows_before_a_line_that_is_none_stay() -> None:
    def source() -> Iterator[Line]:
        yield from numbered([["A", "K", "2026-01-01", "1", "", ""]])
        raise ParseError("a quotation mark is not closed", "close it", line=3)

    found = read_sheet("readings", "readings.csv", source(), Tables())
    assert [row.line for row in found.rows] == [2]
    assert [problem.line for problem in found.problems] == [3]


def test_columns_are_read_like_a_list_of_rows() -> None:
    rows = [
        ReadingRow(team="A", kpi="K", date=date(2026, 1, day), value=day, line=day)
        for day in range(1, 6)
    ]
    found = as_columns(rows)
    assert found == rows
    assert found[-1] == rows[-1]
    assert found[1:3] == rows[1:3]
    with pytest.raises(IndexError):
        found[5]
    assert as_columns(found) is found
    assert list(ReadingColumns()) == []


def test_a_day_of_the_same_month_is_a_repeat_by_the_cadence_of_its_kpi() -> None:
    said = [["2026-01-01", "1"], ["2026-01-31", "2"]]
    lines = [["A", "K", *each, "", ""] for each in said] + [["B", "L", *said[0], "", ""]]
    found = read(lines)
    assert [str(problem) for problem in found.problems] == [
        "readings.csv:3: A, K, 2026-01-31 falls in the same period as line 2: delete one of "
        "them, or give the correction a later recorded_at"
    ]
