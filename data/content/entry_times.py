"""When the sample's people entered their numbers: the last weeks have a moment and a name."""

from datetime import UTC, date, datetime, time, timedelta

REMEMBERED = timedelta(weeks=6)
SATURDAY = 5


def entered(day: date, today: date, *, turn: int) -> datetime | None:
    """Return when a number of that day was entered, None for older history.

    None as well for what would be entered today: at midnight, and in zones ahead of UTC, a
    moment of today is still to come.
    """
    is_remembered = today - REMEMBERED <= _working_day(day) < today
    return working_hour(day, turn=turn) if is_remembered else None


def working_hour(day: date, *, turn: int) -> datetime:
    """Return an early hour on that day, on Monday for a weekend; `turn` varies the minute."""
    return datetime.combine(_working_day(day), time(7 + turn % 3, turn * 17 % 60), UTC)


def _working_day(day: date) -> date:
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day
