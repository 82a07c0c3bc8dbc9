"""Days and cycles as the sample's files write them, counted from today.

| written | in | means |
| --- | --- | --- |
| last quarter, this quarter, this year | cycle | the name of that cycle |
| first day, last day | any day | of the row's cycle |
| 30 % | any day | so much of the row's cycle later, on Friday for a weekend; blank while to come |
| 3 periods ago | any day | the period of the row's KPI so many before the one that is due |
| in 21 days | any day | so many days from today |
| last Monday | any day | the last such day before today |
| 3 Mondays ago | any day | the third such day before today, counted back |
| last Monday at 09:00 | any moment | that time of it, in UTC |

What is written otherwise stays as it is: the reader says what is wrong with it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from analytics.periods import last_day, ordinal, period, recent_periods
from data.company.check_in_days import last_check_in_day
from data.core.fields import columns
from data.exchange.sheet import Line
from data.exchange.tables import FILES
from models import Weekday

DAYS = {
    column.name
    for row_class in FILES.values()
    for column in columns(row_class)
    if column.kind in (date, datetime)
}
FRIDAY = 4

_PART = re.compile(r"(\d{1,3}) %", re.ASCII)
_AGO = re.compile(r"(\d{1,4}) periods? ago", re.ASCII)
_WEEKDAYS = "|".join(Weekday)
_LAST = re.compile(
    rf"(?:last|(?P<weeks>\d{{1,2}})) (?P<day>{_WEEKDAYS})(?(weeks)s ago)"
    r"(?: at (?P<time>\d\d:\d\d))?",
    re.ASCII,
)
_AHEAD = re.compile(r"in (\d{1,4}) days?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """A cycle; both ends belong to it."""

    name: str
    starts_on: date
    ends_on: date


class RelativeDays:
    """What the files' words for days and cycles mean today."""

    def __init__(self, today: date, cadences: Mapping[tuple[str, str], str]) -> None:
        quarter = _quarter(today)
        self.today = today
        self.cadences = cadences
        self.spans = {
            "last quarter": _quarter(quarter.starts_on - timedelta(days=1)),
            "this quarter": quarter,
            "this year": Span(str(today.year), date(today.year, 1, 1), date(today.year, 12, 31)),
        }

    def put_into(self, lines: Sequence[Line]) -> Iterator[Line]:
        """Give a file's lines with real days and the names of cycles."""
        headings = lines[0][1] if lines else ()
        for line, cells in lines:
            row = dict(zip(headings, cells, strict=False))
            complete = len(cells) == len(headings)
            yield line, list(map(partial(self._real, row), headings, cells)) if complete else cells

    def _real(self, row: Mapping[str, str], heading: str, cell: str) -> str:
        if heading == "cycle" and cell in self.spans:
            return self.spans[cell].name
        return self._day(cell, row) if heading in DAYS else cell

    def _day(self, cell: str, row: Mapping[str, str]) -> str:
        span = self.spans.get(row.get("cycle", ""))
        cadence = self.cadences.get((row.get("team", ""), row.get("kpi", "")))
        if span and cell in ("first day", "last day"):
            return str(span.starts_on if cell == "first day" else span.ends_on)
        if span and (part := _PART.fullmatch(cell)):
            return self._working_day(span, int(part[1]) / 100)
        if cadence and (ago := _AGO.fullmatch(cell)):
            return str(recent_periods(self.today, cadence, int(ago[1]) + 1)[-1])
        if ahead := _AHEAD.fullmatch(cell):
            return str(self.today + timedelta(days=int(ahead[1])))
        if last := _LAST.fullmatch(cell):
            day = last_check_in_day(self.today - timedelta(days=1), last["day"])
            day -= timedelta(weeks=int(last["weeks"] or 1) - 1)
            return f"{day}T{last['time']}Z" if last["time"] else str(day)
        return cell

    def _working_day(self, span: Span, part: float) -> str:
        day = span.starts_on + (span.ends_on - span.starts_on) * part
        day -= timedelta(days=max(day.weekday() - FRIDAY, 0))
        return str(day) if span.starts_on <= day < self.today else ""


def _quarter(day: date) -> Span:
    first = period(day, "quarterly")
    name = f"Q{(first.month + 2) // 3} {first.year}"
    return Span(name, first, last_day(ordinal(day, "quarterly"), "quarterly"))
