"""The cycle that comes after those there are: as long as they are, and named like them."""

import re
from calendar import month_name
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from analytics.periods import first_day, last_day, ordinal
from data.company.views import NextCycle

MONTHS = list(month_name)[1:]
LONGEST_IN_MONTHS = 60
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)}|{'|'.join(name[:3] for name in MONTHS)})\b", re.I)
_NUMBER = re.compile(r"\d+")
_NOTHING = re.compile(r"\W*(FY)?\W*", re.I)
_LIKE_A_COUNT = re.compile(r"\.\s|[A-Z](?![A-Za-z])")
_DAYS_A_MONTH = 365.25 / 12


class Span(Protocol):
    """A cycle, as far as the next one depends on it."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def starts_on(self) -> date:
        """Its first day."""

    @property
    def ends_on(self) -> date:
        """Its last day."""


class _Length(NamedTuple):
    """How long a cycle is: in whole months where it ends as one would begin, else in days."""

    months: int
    days: int

    def after(self, first: date) -> date:
        """Give the first day behind a span of this length."""
        return _months_on(first, self.months) if self.months else first + timedelta(self.days)


def current_quarter(today: date) -> NextCycle:
    """Propose the quarter of the calendar that a day is in, where there is no cycle yet."""
    quarter = ordinal(today, "quarterly")
    first, end = first_day(quarter, "quarterly"), last_day(quarter, "quarterly")
    return NextCycle(_by_days(first, end, 3), first, end)


def next_cycle(cycles: Sequence[Span]) -> NextCycle | None:
    """Propose the cycle after the last one; None where there is none, or no name is free.

    A year that holds quarters is no cycle of its own kind: the next quarter follows the last one.
    """
    try:
        lengths = {_length(each) for each in cycles}
        wide = {_length(each) for each in cycles if _holds_another(each, cycles)}
        kinds = lengths - wide or lengths
        last = max(
            (each for each in cycles if _length(each) in kinds),
            key=lambda each: (each.ends_on, each.starts_on),
        )
        first = last.ends_on + timedelta(1)
        end = _length(last).after(first) - timedelta(1)
    except (ValueError, OverflowError):
        return None
    taken = {each.name.casefold() for each in cycles}
    names = _names(last, first, end)
    return next(
        (NextCycle(name, first, end) for name in names if name.casefold() not in taken), None
    )


def _length(cycle: Span) -> _Length:
    behind = cycle.ends_on + timedelta(1)
    months = (behind.year - cycle.starts_on.year) * 12 + behind.month - cycle.starts_on.month
    is_whole = behind.day == cycle.starts_on.day and 0 < months <= LONGEST_IN_MONTHS
    return _Length(months, 0) if is_whole else _Length(0, (behind - cycle.starts_on).days)


def _holds_another(cycle: Span, others: Sequence[Span]) -> bool:
    return any(
        cycle.starts_on <= other.starts_on
        and other.ends_on <= cycle.ends_on
        and (cycle.starts_on, cycle.ends_on) != (other.starts_on, other.ends_on)
        for other in others
    )


def _months_on(day: date, months: int) -> date:
    """Give the same day so many months later, the first of the next where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return _months_on(day.replace(day=1), months + 1)


def _names(last: Span, first: date, end: date) -> Iterator[str]:
    """Give names for a cycle after the last one, the likeliest first."""
    months, days = _length(last)
    # Thirteen weeks are a quarter, give or take one; sprints of four or five are no months.
    about = next((each for each in (3, 4, 6, 12) if abs(days - each * _DAYS_A_MONTH) < 7.5), 0)
    if like_it := _named_like(last, first, end, months or about):
        yield like_it
    yield _by_days(first, end, months)


def _named_like(last: Span, first: date, end: date, months: int) -> str:
    """Give the name that follows on the last one's; empty where its pattern is not understood."""
    years = [match.span() for match in _NUMBER.finditer(last.name) if _is_year(match, last, months)]
    counts = [each for each in _NUMBER.finditer(last.name) if each.span() not in years]
    if counts:
        count, per_year = counts[-1], 12 // months if months and 12 % months == 0 else 0
        number = int(count[0])
        is_quarter = last.name[: count.start()].upper().endswith("Q")
        if not _is_count(count, years) or len(counts) > 1 or (is_quarter and per_year != 4):
            return ""
        is_in_year = per_year > 1 and number <= per_year and (years or _is_letter_before(count))
        is_new_year = is_in_year and number == per_year
        on = int(is_new_year) if is_in_year else end.year - last.ends_on.year
        later = 1 if is_new_year else number + 1
        return _written(last.name, {**dict.fromkeys(years, on), count.span(): later - number})
    if month := _MONTH.search(last.name):
        if months != 1 or len(_MONTH.findall(last.name)) > 1:
            return ""
        is_short = len(month[0]) == 3 and month[0] != "May"
        named = MONTHS[first.month - 1][: 3 if is_short else None]
        by_year = dict.fromkeys(years, first.year - last.starts_on.year)
        return _MONTH.sub(named, _written(last.name, by_year))
    if years and months and months % 12 == 0:
        return _written(last.name, dict.fromkeys(years, months // 12))
    return ""


def _is_year(number: re.Match[str], last: Span, months: int) -> bool:
    """Tell whether a number in a name is a year; one of two digits is, where it may be no count."""
    near = range(last.starts_on.year - 1, last.ends_on.year + 2)
    if len(number[0]) == 4:
        return int(number[0]) in near
    is_alone = len(_NUMBER.findall(last.name)) == 1
    before = last.name[: number.start()].rstrip()
    is_called = (
        not is_alone or before.upper().endswith(("FY", "'", "’")) or _MONTH.search(last.name)
    )
    is_near = int(number[0]) in {year % 100 for year in near}
    return len(number[0]) == 2 and is_near and bool(is_called or months % 12 == 0 < months)


def _is_count(number: re.Match[str], years: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a number counts cycles: at the name's end, or as in “4Q” at its start."""
    name = number.string
    for first, behind in years:
        name = name[:first] + " " * (behind - first) + name[behind:]
    before, after = name[: number.start()], name[number.end() :]
    is_first = _NOTHING.fullmatch(before) and _LIKE_A_COUNT.match(after)
    return bool(is_first or _NOTHING.fullmatch(after))


def _is_letter_before(number: re.Match[str]) -> bool:
    return number.string[: number.start()][-1:].isalpha()


def _written(name: str, steps: dict[tuple[int, int], int]) -> str:
    """Write a name with the numbers at some places so much higher, with as many digits."""

    def higher(number: re.Match[str]) -> str:
        stepped = int(number[0]) + steps.get(number.span(), 0)
        digits = len(number[0])
        is_short_year = digits == 2 and stepped == 100
        return f"{0 if is_short_year else stepped:0{digits}}"

    return _NUMBER.sub(higher, name)


def _by_days(first: date, end: date, months: int) -> str:
    """Name a cycle by its days alone."""
    if months == 12 and first.month == 1 == first.day:
        return str(first.year)
    if months == 3 and first.month % 3 == 1 == first.day:
        return f"Q{first.month // 3 + 1} {first.year}"
    if months == 1 and first.day == 1:
        return f"{MONTHS[first.month - 1]} {first.year}"
    return f"{first.day} {first:%b} – {end.day} {end:%b} {end.year}"
