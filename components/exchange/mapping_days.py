"""Days in a spreadsheet as people write them: of months “Jan 26”, else “5 Jan 2026”."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from components.ui import formatting

_ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b", re.ASCII)


def days_in(text: str) -> list[date]:
    """Give the days in a text; what only looks like one is none."""
    return [found for each in _ISO_DAY.findall(text) if (found := _day(each)) is not None]


def are_months(days: Iterable[date]) -> bool:
    """Tell whether several days stand for months: all are first days of one, or all last ones."""
    held = set(days)
    is_first = all(day.day == 1 for day in held)
    is_last = all(day.day == monthrange(day.year, day.month)[1] for day in held)
    return len(held) > 1 and (is_first or is_last)


def named(text: str, *, months: bool) -> str:
    """Write a text with its days as people write them."""
    return _ISO_DAY.sub(lambda found: _named(found[0], months=months), text)


def _named(written: str, *, months: bool) -> str:
    day = _day(written)
    if day is None:
        return written
    if months:
        return f"{day:%b}{formatting.FIXED}{day.year % 100:02d}"
    return f"{day.day}{formatting.FIXED}{day:%b}{formatting.FIXED}{day.year}"


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
