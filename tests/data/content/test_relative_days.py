"""Days and cycles counted from today, as the sample's files write them."""

from datetime import date

import pytest

from data.content.relative_days import RelativeDays

SUNDAY = date(2026, 11, 22)
CADENCES = {("Sales", "Sales cycle"): "weekly", ("Sales", "Revenue"): "monthly"}


def put_into(headings: str, cells: str, today: date = SUNDAY) -> list[str]:
    lines = [(1, headings.split(",")), (2, cells.split(","))]
    first, (line, real) = RelativeDays(today, CADENCES).put_into(lines)
    assert (*first, line) == (1, headings.split(","), 2)
    return list(real)


@pytest.mark.parametrize(
    ("today", "cycle", "name", "first", "last"),
    [
        (SUNDAY, "this quarter", "Q4 2026", "2026-10-01", "2026-12-31"),
        (SUNDAY, "last quarter", "Q3 2026", "2026-07-01", "2026-09-30"),
        (SUNDAY, "this year", "2026", "2026-01-01", "2026-12-31"),
        (date(2028, 2, 29), "last quarter", "Q4 2027", "2027-10-01", "2027-12-31"),
        (date(2028, 2, 29), "this quarter", "Q1 2028", "2028-01-01", "2028-03-31"),
    ],
)
def test_a_cycle_is_named_and_spanned(
    today: date, cycle: str, name: str, first: str, last: str
) -> None:
    cells = f"{cycle},first day,last day"
    assert put_into("cycle,starts_on,ends_on", cells, today) == [name, first, last]


@pytest.mark.parametrize(
    ("kpi", "ago", "day"),
    [
        ("Sales cycle", "0 periods ago", "2026-11-09"),
        ("Sales cycle", "1 period ago", "2026-11-02"),
        ("Revenue", "0 periods ago", "2026-10-01"),
        ("Revenue", "12 periods ago", "2025-10-01"),
    ],
)
def test_periods_are_those_of_the_kpi_that_have_ended(kpi: str, ago: str, day: str) -> None:
    assert put_into("team,kpi,date", f"Sales,{kpi},{ago}") == ["Sales", kpi, day]


def test_days_ahead_are_counted_from_today() -> None:
    assert put_into("look_again", "in 21 days") == ["2026-12-13"]
    assert put_into("look_again", "in 1 day") == ["2026-11-23"]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("last Monday", "2026-11-16"),
        ("1 Mondays ago", "2026-11-16"),
        ("3 Mondays ago", "2026-11-02"),
        ("2 Sundays ago at 09:05", "2026-11-08T09:05Z"),
        ("3 Monday ago", "3 Monday ago"),
        ("last Mondays ago", "last Mondays ago"),
    ],
)
def test_days_of_the_week_are_counted_back(cell: str, day: str) -> None:
    assert put_into("started_at", cell) == [day]


@pytest.mark.parametrize(
    ("part", "day"),
    [
        ("0 %", "2026-10-01"),
        ("12 %", "2026-10-09"),
        ("14 %", "2026-10-13"),
        ("55 %", "2026-11-20"),
        ("57 %", "2026-11-20"),
        ("58 %", "2026-11-20"),
        ("59 %", ""),
    ],
)
def test_a_part_of_a_cycle_is_a_working_day_that_has_come(part: str, day: str) -> None:
    assert put_into("cycle,done_on", f"this quarter,{part}") == ["Q4 2026", day]


def test_nothing_was_done_before_its_cycle_began() -> None:
    # The year 2028 begins on a Saturday.
    assert put_into("cycle,done_on", "this year,0 %", date(2028, 3, 1)) == ["2028", ""]


@pytest.mark.parametrize("cell", ["", "2026-05-18", "yesterday", "in a week", "3 periods ago"])
def test_what_is_written_otherwise_stays_as_it_is(cell: str) -> None:
    assert put_into("team,kpi,date", f"Sales,Unknown,{cell}") == ["Sales", "Unknown", cell]


def test_words_elsewhere_are_no_days() -> None:
    assert put_into("team,kpi,text", "Sales,Revenue,first day") == ["Sales", "Revenue", "first day"]


def test_a_line_of_another_width_is_left_to_the_reader() -> None:
    assert put_into("cycle,starts_on", "this year") == ["this year"]
