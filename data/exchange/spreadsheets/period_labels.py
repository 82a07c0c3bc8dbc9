"""Periods as the headings and cells of spreadsheets name them, also without a year."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from data.core.problems import ParseError
from data.exchange.days import MONTHS, Order, day_of, without_accents

CENTURY = 2000

_WEEKS = (
    "kw|cw|w|wk|week|woche|kalenderwoche|semaine|sem|semana|settimana|sett|s|v|vecka|tydz|tydzien"
    "|uge|uke|viikko|vko|vk|tyden|het"
)
_WEEKS_BEHIND = "week|woche|semaine|semana|settimana|vecka|tydzien|tyden|uge|uke|het"
_QUARTERS = (
    "q|t|qtr|quarter|quartal|trimestre|trim|kwartaal|kvartal|kwartal|ctvrtleti|neljannes|negyedev"
)
_FISCAL = "fy|gj|fiscal year|geschaftsjahr"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_NEAR_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_GAP = r"[ ./-]*"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

_PATTERNS = {
    cadence: [re.compile(pattern.replace("_", _GAP), re.ASCII) for pattern in patterns]
    for cadence, patterns in {
        "fiscal quarter": (
            rf"(?:{_FISCAL})_(?:(?:\d{{4}}|\d{{2}})/)?{_YEAR}_(?:{_QUARTERS})_(?P<number>[1-4])",
            rf"(?:{_QUARTERS})_(?P<number>[1-4])_(?:{_FISCAL})_(?:(?:\d{{4}}|\d{{2}})/)?{_YEAR}",
        ),
        "fiscal month": (rf"(?:{_FISCAL})_{_YEAR}_[mp](?P<number>\d{{1,2}})",),
        "weekly": (
            rf"(?:{_WEEKS})_(?P<number>\d{{1,2}})(?:[ ./-]+{_YEAR})?",
            rf"(?P<year>\d{{4}})_(?:{_WEEKS})_(?P<number>\d{{1,2}})",
            rf"(?P<number>\d{{1,2}})\.? ?(?:{_WEEKS_BEHIND})(?:[ ./-]+{_YEAR})?",
            r"(?:(?P<year>\d{4})年?)?_第?(?P<number>\d{1,2})週",
            # No month has such a number.
            r"(?P<year>\d{4})[-/](?P<number>1[3-9]|[2-5]\d)",
        ),
        "quarterly": (
            rf"(?:{_QUARTERS})_(?P<number>[1-4])(?:_{_YEAR})?",
            # Without a year “3 t” are tonnes.
            rf"(?P<number>[1-4])(?:{_QUARTERS})",
            rf"(?P<number>[1-4]|i|ii|iii|iv)_(?:{_QUARTERS})_{_YEAR}",
            rf"(?P<number>[1-4]|i|ii|iii|iv)_kw_{_YEAR}",
            rf"{_YEAR}_(?:{_QUARTERS})_(?P<number>[1-4])",
            rf"q(?P<number>[1-4])[ -/]*{_NEAR_YEAR}",
            rf"{_NEAR_YEAR}[ -/]*q(?P<number>[1-4])",
            r"(?:(?P<year>\d{4})年?)?_第?(?P<number>[1-4])四半期",
        ),
        "monthly": (
            rf"(?P<name>[a-z]{{3,}})(?:_{_YEAR})?",
            rf"{_YEAR}_(?P<name>[a-z]{{3,}})",
            rf"{_NEAR_YEAR}[-/](?P<number>\d{{1,2}})",
            rf"(?P<number>\d{{1,2}})[-/.]{_NEAR_YEAR}",
            r"(?:(?P<year>\d{4})年?)?_(?P<number>\d{1,2})月",
            # Without a year “m3” is a unit.
            r"m(?P<number>\d{2})",
            r"m(?P<number>\d{1,2})_(?P<year>\d{4})",
            r"(?P<year>\d{4})_m(?P<number>\d{1,2})",
            r"(?P<number>0[1-9]|1[0-2])/(?P<year>1[3-9]|[2-4]\d)",
        ),
        "daily": (
            r"(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.",
            r"(?P<day>\d{1,2})\. ?(?P<name>[a-z]{3,})\.?",
        ),
    }.items()
}
_YEAR_FIRST = re.compile(r"(\d{4})\. ?(\d{1,2})\. ?(\d{1,2})\.", re.ASCII)
_SHORT_YEAR = re.compile(r"(\d{1,2}([-/.])\d{1,2}\2)(\d{2})", re.ASCII)
_NUMBERED = re.compile(r"(\d{4})[-/](\d{1,2})", re.ASCII)
_SUFFIX = re.compile(r"\.[a-z]{3,4}(?=$|\[)", re.IGNORECASE)
DAYS = 1231
"""The number of the last day of a year."""

_MOST = {"weekly": 53, "monthly": 12, "quarterly": 4}


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day of a period; the same for a day."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Label:
    """A period as it is named: its number in the year, of a day its month and day (1231)."""

    cadence: str
    number: int
    year: int | None = None

    def span(self) -> Span:
        """Give its days; ParseError where the year has no such period, or none is known."""
        try:
            return _span(self.cadence, self.number, self.year or 0)
        except ValueError:
            raise ParseError("is no period of its year", "correct it") from None


def long_year(text: str) -> str:
    """Give a date of a short year with its four digits, 31.10.26 as 31.10.2026.

    One of a year that stands first is spelled as the exchange format has it: 2026. 10. 31.
    """
    if first := _YEAR_FIRST.fullmatch(text.strip()):
        return f"{first[1]}-{int(first[2]):02}-{int(first[3]):02}"
    written = _SHORT_YEAR.fullmatch(text.strip())
    return f"{written[1]}{CENTURY + int(written[3])}" if written else text


@lru_cache(maxsize=50_000)
def label_of(text: str, order: Order | None = None, fiscal_year_starts: int = 1) -> Label | None:
    """Read what a text names, None where it is no period, or could be two days."""
    if day := day_of(long_year(text), order):
        return Label("daily", day.month * 100 + day.day, day.year)
    bare = " ".join(without_accents(text).lower().replace("'", " ").replace("’", " ").split())
    for cadence, patterns in _PATTERNS.items():
        for pattern in patterns:
            written = pattern.fullmatch(
                bare.rstrip(" ") if cadence == "daily" else bare.strip(" .")
            )
            if written and (label := _read(cadence, written.groupdict(), fiscal_year_starts)):
                return label
    return None


def label_either_way(text: str) -> Label | None:
    """Read what a text names, of two numbers the day before the month unless it is none."""
    return label_of(text, "day first") or label_of(text, "month first")


def as_week(text: str) -> str:
    """Spell a year and a number as the week that it is where weeks stand: 2026-09 as 2026-W09."""
    written = _NUMBERED.fullmatch(text.strip())
    return f"{written[1]}-W{int(written[2]):02}" if written else text


def are_weeks(texts: Iterable[str]) -> bool:
    """Tell whether years with numbers are weeks: one of the numbers is of no month."""
    found = filter(None, map(_NUMBERED.fullmatch, map(str.strip, texts)))
    return any(int(each[2]) > 12 for each in found)


def label_in(text: str) -> str:
    """Give the part of a title that is a period, the longest one; empty where none is.

    A name of a month needs its year where other words stand beside it.
    """
    if label_of(text) is not None:
        return text
    parts = re.split(r"[\s_,;:()\[\]]+", _SUFFIX.sub("", text))
    for width in (3, 2, 1):
        for at in range(len(parts) - width + 1):
            said = " ".join(parts[at : at + width])
            if (label := label_of(said)) is not None and label.year is not None:
                return said
    return ""


def year_of(text: str) -> int | None:
    """Give the year that a text is, None where it is something else."""
    bare = text.strip()
    return int(bare) if re.fullmatch(r"(19|20)\d\d", bare, re.ASCII) else None


def years_in(text: str) -> list[int]:
    """Give the years that a text holds."""
    return [int(year) for year in re.findall(r"(?<!\d)20\d\d(?!\d)", text, re.ASCII)]


def with_years(
    labels: Sequence[Label | None], first: int | None, *, falls: bool | None = None
) -> list[Label | None]:
    """Give the periods of a line their years, from one that has its year, else from the first.

    They go on from left to right, or back where it is said that they fall, or the numbers mostly
    do; what cannot be told stays without.
    """
    if newest_first(labels) if falls is None else falls:
        return with_years(labels[::-1], first, falls=False)[::-1]
    known = [at for at, label in enumerate(labels) if label and label.year is not None]
    filled = list(labels)
    if not known and first is not None:
        start = next((at for at, label in enumerate(labels) if label), 0)
        filled[start] = _dated(labels[start], first)
        known = [start]
    if not known:
        return filled
    _carry(filled, range(known[0], len(filled)), 1)
    _carry(filled, range(known[0], -1, -1), -1)
    return filled


def follows(one: Label, other: Label) -> bool:
    """Tell whether a period is the next one after another."""
    step = other.number - one.number
    turns = one.number >= _MOST.get(one.cadence, DAYS) - (one.cadence == "weekly")
    years = (other.year or 0) - (one.year or 0)
    return (years, step) == (0, 1) or (years == 1 and turns and other.number == 1)


def _dated(label: Label | None, year: int) -> Label | None:
    return replace(label, year=year) if label else None


def _carry(labels: list[Label | None], places: range, step: int) -> None:
    """Give each label without a year that of the one before it, or of the next year."""
    before: Label | None = None
    for at in places:
        label = labels[at]
        if label is None:
            continue
        if label.year is None and before is not None and before.year is not None:
            turns = (label.number - before.number) * step < 0
            label = labels[at] = replace(label, year=before.year + (step if turns else 0))
        before = label


def newest_first(labels: Sequence[Label | None]) -> bool:
    """Tell whether the newest stands first."""
    steps = [_rises(one, other) for one, other in pairwise(filter(None, labels)) if one != other]
    return sum(steps) * 2 < len(steps)


def _rises(one: Label, other: Label) -> bool:
    """Tell whether a period is after another; from December to January it is by a month."""
    if one.year is not None and other.year is not None:
        return (one.year, one.number) < (other.year, other.number)
    step = other.number - one.number
    return (step > 0) == (abs(step) * 2 <= _MOST.get(one.cadence, DAYS))


def _read(cadence: str, parts: dict[str, str | None], fiscal_year_starts: int) -> Label | None:
    number = _number(parts)
    year = None if parts.get("year") is None else _long(str(parts["year"]))
    if number is None:
        return None
    if cadence.startswith("fiscal"):
        return _fiscal(cadence, year or 0, number, fiscal_year_starts)
    if cadence == "daily":
        number = number * 100 + int(parts["day"] or 0)
        return Label("daily", number) if 101 <= number <= 1231 else None
    return Label(cadence, number, year) if 1 <= number <= _MOST[cadence] else None


def _number(parts: dict[str, str | None]) -> int | None:
    if (name := parts.get("name")) is not None:
        return MONTHS.get(name)
    text = parts["number"] or ""
    return _ROMAN.get(text) or int(text)


def _long(year: str) -> int:
    return int(year) if len(year) == 4 else CENTURY + int(year)


def _fiscal(cadence: str, year: int, number: int, starts: int) -> Label | None:
    """Give the calendar's period of a fiscal one; its year is the one it ends in."""
    if number > (4 if cadence == "fiscal quarter" else 12):
        return None
    months = (number - 1) * (3 if cadence == "fiscal quarter" else 1) + starts - 1
    year, month = year - (starts > 1) + months // 12, months % 12 + 1
    if cadence == "fiscal month":
        return Label("monthly", month, year)
    return Label("quarterly", (month + 2) // 3, year)


def _span(cadence: str, number: int, year: int) -> Span:
    if cadence == "daily":
        day = date(year, number // 100, number % 100)
        return Span(day, day)
    if cadence == "weekly":
        monday = date.fromisocalendar(year, number, 1)
        return Span(monday, monday + timedelta(days=6))
    months = 3 if cadence == "quarterly" else 1
    last = number * months
    return Span(date(year, last - months + 1, 1), date(year, last, monthrange(year, last)[1]))


def candidates(today: date) -> Iterator[int]:
    """Give the years that a file without years may be of, the latest first."""
    return iter(range(today.year, today.year - 3, -1))
