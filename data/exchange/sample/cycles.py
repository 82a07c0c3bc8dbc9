"""The sample's three cycles: the quarter of today, the one before it, and the year."""

from datetime import date, timedelta

from analytics.periods import last_day, ordinal, period
from data.company.fields import CycleRow
from data.exchange.sample.road import Span


def quarter(day: date) -> Span:
    """Return the quarter that the day falls in."""
    first = period(day, "quarterly")
    name = f"Q{(first.month + 2) // 3} {first.year}"
    return Span(name, first, last_day(ordinal(day, "quarterly"), "quarterly"))


def quarter_before(day: date) -> Span:
    """Return the quarter before the one that the day falls in."""
    return quarter(quarter(day).starts_on - timedelta(days=1))


def year(day: date) -> Span:
    """Return the calendar year that the day falls in."""
    return Span(str(day.year), date(day.year, 1, 1), date(day.year, 12, 31))


def cycles(today: date) -> list[CycleRow]:
    """Return the three cycles by the day on which they start."""
    spans = (quarter_before(today), quarter(today), year(today))
    return [
        CycleRow(cycle=span.name, starts_on=span.starts_on, ends_on=span.ends_on)
        for span in sorted(spans, key=lambda span: span.starts_on)
    ]
