"""Period arithmetic: which period a day falls in, when it is due and how late it is.

A cadence is `daily`, `weekdays` (daily, Monday to Friday only), `weekly` (ISO weeks, Monday
first), `monthly` or `quarterly`. Periods are numbered without gaps by ordinals, from the
calendar's first day (1 January of year 1) on. Functions that take a cadence raise ValueError
for any other.

At the ends of the calendar days are clamped, never an error: an ordinal before the first
period stands for the first, one after the last for the last.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Count = TypeVar("Count", int, NDArray[np.int64])

GRACE_DAYS = {"daily": 1, "weekdays": 1, "weekly": 3, "monthly": 7, "quarterly": 14}
# How many periods make the season that is looked for.
SEASONS = {"monthly": 12, "weekly": 52, "quarterly": 4, "daily": 7, "weekdays": 5}

EPOCH_DAY = date(1970, 1, 1).toordinal() - 1
EPOCH_MONTH = 1970 * 12


@lru_cache(maxsize=4096)
def ordinal(day: date, cadence: str) -> int:
    """Return the number of the period that the day falls in.

    A Saturday or Sunday of the cadence `weekdays` belongs to the Friday before.
    """
    return _number(day.toordinal() - 1, day.year * 12 + day.month - 1, cadence)


def ordinals(days: NDArray[np.datetime64], cadence: str) -> NDArray[np.int64]:
    """Return the numbers of the periods that the days fall in, in the shape of the days.

    Agrees with `ordinal`. ValueError where a day is missing (NaT).
    """
    if np.isnat(days).any():
        raise ValueError("a day is missing (NaT): every reading has a day")
    day_numbers = days.astype("datetime64[D]").astype(np.int64) + EPOCH_DAY
    month_numbers = days.astype("datetime64[M]").astype(np.int64) + EPOCH_MONTH
    return _number(day_numbers, month_numbers, cadence)


@lru_cache(maxsize=4096)
def first_day(ordinal: int, cadence: str) -> date:
    """Return the first day of the period with that number, which is the period's key."""
    number = _clamped(ordinal, cadence)
    match cadence:
        case "monthly":
            return date(number // 12, number % 12 + 1, 1)
        case "quarterly":
            return date(number // 4, number % 4 * 3 + 1, 1)
        case "weekly":
            return date.fromordinal(number * 7 + 1)
        case "weekdays":
            return date.fromordinal(number // 5 * 7 + number % 5 + 1)
    return date.fromordinal(number + 1)


def last_day(ordinal: int, cadence: str) -> date:
    """Return the last day that falls in the period: a Sunday for a Friday of `weekdays`."""
    number = _clamped(ordinal, cadence)
    following = first_day(number + 1, cadence)
    return date.max if following == first_day(number, cadence) else following - timedelta(days=1)


def period(day: date, cadence: str) -> date:
    """Return the first day of the period that the day falls in."""
    return first_day(ordinal(day, cadence), cadence)


def due_period(today: date, cadence: str) -> date:
    """Return the first day of the last period that has ended before today.

    In the calendar's first period, before which none has ended, that period itself.
    """
    return first_day(ordinal(today, cadence) - 1, cadence)


@lru_cache(maxsize=64)
def recent_periods(today: date, cadence: str, count: int) -> tuple[date, ...]:
    """Return the first days of the last `count` ended periods, the due one first.

    Fewer at the beginning of the calendar; none for a count below 1.
    """
    due = ordinal(due_period(today, cadence), cadence)
    oldest = max(due - count + 1, _ends(cadence)[0])
    return tuple(first_day(number, cadence) for number in range(due, oldest - 1, -1))


@lru_cache(maxsize=1024)
def freshness(latest: date | None, today: date, cadence: str) -> str:
    """Return whether a KPI's next reading is awaited: fresh, due, late or no data.

    `latest` is any day of the period of the latest reading. The period after it is `due`
    from the day after it ends, `late` when the grace has passed since then (1 day for days,
    3 for weeks, 7 for months, 14 for quarters), and it is `no data` from the day after one
    whole further period has ended, or without any reading. A reading of the present or a
    future period is `fresh`. A day's grace is over no sooner than one further day is, so
    daily readings go from `due` straight to `no data`; those of weekdays are `late` only on
    the weekend after a Thursday without one.
    """
    if latest is None or today > last_day(ordinal(latest, cadence) + 2, cadence):
        return "no data"
    if today <= last_day(ordinal(latest, cadence) + 1, cadence):
        return "fresh"
    return "late" if late_for(latest, today, cadence) >= GRACE_DAYS[cadence] else "due"


@lru_cache(maxsize=1024)
def late_for(latest: date | None, today: date, cadence: str) -> int:
    """Return the days since the period after the latest reading became due.

    0 while fresh, on the day it becomes due, and without any reading.
    """
    if latest is None:
        return 0
    ended = last_day(ordinal(latest, cadence) + 1, cadence)
    return max((today - ended).days - 1, 0)


def _number(days: Count, months: Count, cadence: str) -> Count:
    match cadence:
        case "daily":
            return days
        case "weekdays":
            # Less the Sundays and the Saturdays so far.
            return days - (days + 1) // 7 - (days + 2) // 7
        case "weekly":
            # Day 0, 1 January of year 1, is a Monday.
            return days // 7
        case "monthly":
            return months
        case "quarterly":
            return months // 3
    raise ValueError(f"unknown cadence {cadence!r}: use one of {', '.join(GRACE_DAYS)}")


def _clamped(number: int, cadence: str) -> int:
    first, last = _ends(cadence)
    return min(max(number, first), last)


@cache
def _ends(cadence: str) -> tuple[int, int]:
    return ordinal(date.min, cadence), ordinal(date.max, cadence)
