"""The days on which a team checks in."""

from datetime import date, timedelta

from models import Weekday

WEEKDAYS = tuple(Weekday)


def last_check_in_day(day: date, weekday: Weekday | str) -> date:
    """Give the last check-in day up to a day, which may be that day itself."""
    # Nobody checked in before the first day of the calendar.
    back = (day.weekday() - WEEKDAYS.index(Weekday(weekday))) % 7
    return day - timedelta(days=min(back, (day - date.min).days))
