"""Period arithmetic: keys, what is due and what is late."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analytics.periods import (
    due_period,
    first_day,
    freshness,
    last_day,
    late_for,
    ordinal,
    ordinals,
    period,
    recent_periods,
)

pytestmark = pytest.mark.filterwarnings("error")
relaxed = settings(deadline=None, database=None)

CADENCES = ["daily", "weekdays", "weekly", "monthly", "quarterly"]
cadences = st.sampled_from(CADENCES)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "cadence", "first", "last"),
    [
        (date(2025, 5, 14), "daily", date(2025, 5, 14), date(2025, 5, 14)),
        (date(2025, 5, 15), "weekdays", date(2025, 5, 15), date(2025, 5, 15)),
        (date(2025, 5, 16), "weekdays", date(2025, 5, 16), date(2025, 5, 18)),
        (date(2025, 5, 17), "weekdays", date(2025, 5, 16), date(2025, 5, 18)),
        (date(2025, 5, 18), "weekdays", date(2025, 5, 16), date(2025, 5, 18)),
        (date(2025, 5, 19), "weekdays", date(2025, 5, 19), date(2025, 5, 19)),
        (date(2025, 5, 18), "weekly", date(2025, 5, 12), date(2025, 5, 18)),
        (date(2025, 1, 1), "weekly", date(2024, 12, 30), date(2025, 1, 5)),
        (date(2024, 2, 10), "monthly", date(2024, 2, 1), date(2024, 2, 29)),
        (date(2025, 12, 31), "monthly", date(2025, 12, 1), date(2025, 12, 31)),
        (date(2025, 5, 14), "quarterly", date(2025, 4, 1), date(2025, 6, 30)),
        (date(2025, 12, 31), "quarterly", date(2025, 10, 1), date(2025, 12, 31)),
    ],
)
def test_a_day_falls_in_the_period_from_its_first_to_its_last_day(
    day: date, cadence: str, first: date, last: date
) -> None:
    assert period(day, cadence) == first
    assert last_day(ordinal(day, cadence), cadence) == last


@relaxed
@given(st.dates(), cadences)
@example(date.min, "quarterly")
@example(date.max, "weekly")
@example(date.max, "weekdays")
def test_a_period_holds_its_days_and_begins_where_the_one_before_it_ends(
    day: date, cadence: str
) -> None:
    number = ordinal(day, cadence)
    first, last = first_day(number, cadence), last_day(number, cadence)
    assert first <= day <= last
    assert ordinal(first, cadence) == ordinal(last, cadence) == number
    if first > date.min:
        assert last_day(number - 1, cadence) == first - DAY
        assert ordinal(first - DAY, cadence) == number - 1


@relaxed
@given(st.dates())
def test_weeks_are_iso_weeks(day: date) -> None:
    assert period(day, "weekly") == date.fromisocalendar(*day.isocalendar()[:2], 1)


@relaxed
@given(st.lists(st.dates()), cadences)
def test_many_days_are_numbered_as_one_by_one(days: list[date], cadence: str) -> None:
    numbers = ordinals(np.array(days, dtype="datetime64[D]"), cadence)
    assert numbers.dtype == np.int64
    assert numbers.tolist() == [ordinal(day, cadence) for day in days]


def test_a_missing_day_has_no_period() -> None:
    with pytest.raises(ValueError, match="a day is missing"):
        ordinals(np.array(["2025-01-01", "NaT"], dtype="datetime64[D]"), "daily")


def test_an_unknown_cadence_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"'hourly'.*weekly"):
        ordinal(date(2025, 1, 1), "hourly")


@pytest.mark.parametrize("cadence", CADENCES)
def test_the_ends_of_the_calendar_are_clamped(cadence: str) -> None:
    assert first_day(-(10**12), cadence) == date.min
    assert last_day(10**12, cadence) == date.max
    assert due_period(date.min, cadence) == date.min
    assert recent_periods(date.min, cadence, 3) == (date.min,)
    assert freshness(date.max, date.max, cadence) == "fresh"
    assert freshness(date.min, date.max, cadence) == "no data"
    assert late_for(date.max, date.max, cadence) == 0


@pytest.mark.parametrize(
    ("today", "cadence", "expected"),
    [
        (date(2025, 5, 14), "daily", date(2025, 5, 13)),
        (date(2025, 5, 17), "weekdays", date(2025, 5, 15)),
        (date(2025, 5, 19), "weekdays", date(2025, 5, 16)),
        (date(2025, 5, 18), "weekly", date(2025, 5, 5)),
        (date(2025, 5, 19), "weekly", date(2025, 5, 12)),
        (date(2025, 5, 31), "monthly", date(2025, 4, 1)),
        (date(2025, 6, 1), "monthly", date(2025, 5, 1)),
        (date(2025, 1, 1), "quarterly", date(2024, 10, 1)),
    ],
)
def test_the_due_period_is_the_last_one_that_has_ended(
    today: date, cadence: str, expected: date
) -> None:
    assert due_period(today, cadence) == expected


def test_recent_periods_go_back_from_the_due_one() -> None:
    assert recent_periods(date(2025, 2, 10), "monthly", 3) == (
        date(2025, 1, 1),
        date(2024, 12, 1),
        date(2024, 11, 1),
    )
    assert recent_periods(date(2025, 2, 10), "monthly", 0) == ()
    assert recent_periods(date(2025, 5, 19), "weekdays", 2) == (
        date(2025, 5, 16),
        date(2025, 5, 15),
    )


@pytest.mark.parametrize(
    ("cadence", "latest", "due", "late", "no_data"),
    [
        ("weekly", date(2025, 5, 5), date(2025, 5, 19), date(2025, 5, 22), date(2025, 5, 26)),
        ("monthly", date(2025, 1, 1), date(2025, 3, 1), date(2025, 3, 8), date(2025, 4, 1)),
        ("quarterly", date(2024, 10, 1), date(2025, 4, 1), date(2025, 4, 15), date(2025, 7, 1)),
        ("weekdays", date(2025, 5, 14), date(2025, 5, 16), date(2025, 5, 17), date(2025, 5, 19)),
    ],
)
def test_a_reading_is_awaited_then_late_then_given_up(
    cadence: str, latest: date, due: date, late: date, no_data: date
) -> None:
    turns = [
        (latest, "fresh"),
        (due - DAY, "fresh"),
        (due, "due"),
        (late - DAY, "due"),
        (late, "late"),
        (no_data - DAY, "late"),
        (no_data, "no data"),
    ]
    assert [freshness(latest, day, cadence) for day, _ in turns] == [state for _, state in turns]
    assert late_for(latest, due - DAY, cadence) == 0
    assert late_for(latest, due, cadence) == 0
    assert late_for(latest, late, cadence) == (late - due).days


def test_daily_readings_go_from_due_to_no_data() -> None:
    monday = date(2025, 5, 12)
    states = [freshness(monday, monday + n * DAY, "daily") for n in range(4)]
    assert states == ["fresh", "fresh", "due", "no data"]


def test_nobody_is_asked_for_a_weekday_reading_at_the_weekend() -> None:
    thursday = date(2025, 5, 15)
    states = [freshness(thursday, thursday + n * DAY, "weekdays") for n in range(6)]
    assert states == ["fresh", "fresh", "fresh", "fresh", "due", "no data"]


def test_without_any_reading_there_is_no_data_and_nothing_late() -> None:
    assert freshness(None, date(2025, 5, 14), "weekly") == "no data"
    assert late_for(None, date(2025, 5, 14), "weekly") == 0


@relaxed
@given(st.dates(), st.dates(), cadences)
def test_a_reading_of_the_present_or_a_later_period_is_fresh(
    latest: date, today: date, cadence: str
) -> None:
    if ordinal(latest, cadence) >= ordinal(today, cadence):
        assert freshness(latest, today, cadence) == "fresh"
    if latest < today and freshness(latest, today, cadence) == "fresh":
        assert ordinal(today, cadence) - ordinal(latest, cadence) <= 1
