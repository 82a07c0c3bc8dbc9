"""Days, weeks, months and quarters as people write them, each as the days it spans."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from data.core.limits import FIRST_YEAR, LAST_YEAR
from data.core.problems import ParseError, shown
from data.core.toml_file import Content, load

Order = Literal["day first", "month first"]

SHORTEST_MONTH = 3


@dataclass(frozen=True)
class _Months(Content):
    """The names of the months, from January on, a list a language."""

    names: tuple[tuple[str, ...], ...]


def without_accents(text: str) -> str:
    """Give a text without the signs above and below its letters, and without invisible ones."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in parts if unicodedata.category(sign) not in ("Mn", "Cf"))


def _beginnings(languages: Sequence[Sequence[str]]) -> dict[str, int]:
    """Give the months by their names and by what these begin with, where it is but one month's."""
    names = [(without_accents(name), at) for each in languages for at, name in enumerate(each, 1)]
    meant: dict[str, set[int]] = {}
    for name, number in names:
        for length in range(SHORTEST_MONTH, len(name) + 1):
            meant.setdefault(name[:length], set()).add(number)
    return {text: number for text, (number, *others) in meant.items() if not others} | dict(names)


MONTHS = _beginnings(load(Path(__file__).with_name("months.toml"), _Months).names)
"""The numbers of months by their names, whole and short, without accents."""

_MIDNIGHT = re.compile(r"[T ]0?0:00(:00(\.0+)?)?$", re.ASCII)
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[-/. ]([a-z]{3,9}|\d{1,2})[-/. ]\d{2}", re.ASCII)
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ .-]+([a-z]+)[ .,-]+(\d{4})", re.ASCII)
_MONTH_DAY = re.compile(r"([a-z]+)\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})", re.ASCII)
_WEEK = re.compile(r"(\d{4})-?w(\d{1,2})", re.ASCII)
_MONTH = re.compile(r"([a-z]+)[ .-]+(\d{4})", re.ASCII)
_YEAR_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})", re.ASCII)
_QUARTER = re.compile(r"(?:q([1-4])[ -/]*(\d{4})|(\d{4})[ -/]*q([1-4]))", re.ASCII)
_SERIAL = re.compile(r"\d{5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """What was written: its first and its last day; the same for a day."""

    first: date
    last: date


def order_of(texts: Iterable[str]) -> Order | None:
    """Say which of a column's numbers is the day, where one of them proves it: a 13 or more.

    None where nothing proves it, and where both are proved: then each day that could be two
    is asked about.
    """
    proofs: set[Order] = {
        "day first" if left > 12 else "month first"
        for left, right in filter(None, map(_two_numbers, texts))
        if left > 12 or right > 12
    }
    return proofs.pop() if len(proofs) == 1 else None


def could_be_two(text: str) -> tuple[date, date] | None:
    """Give the days that a text could mean, the day before the month first; None where one."""
    written = _NUMBERS.fullmatch(_bare(text))
    if written is None:
        return None
    left, right, year = int(written[1]), int(written[3]), int(written[4])
    if left == right or not (1 <= left <= 12 and 1 <= right <= 12):
        return None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return date(year, right, left), date(year, left, right)


def is_two_numbers(text: str) -> bool:
    """Tell whether a text is a date of a day and a month in numbers, whichever stands first."""
    same = (pair := _two_numbers(text)) is not None and pair[0] == pair[1] <= 12
    return same or could_be_two(text) is not None


def span(text: str, order: Order | None) -> Span:
    """Return what a text spans; `order` reads 03/04/2026.

    Raises ParseError for what is no day, week, month or quarter, or could be two days.
    """
    bare = _bare(text)
    if not bare:
        raise ParseError("is empty", "write a date, for example 2026-05-18")
    if written := _ISO.fullmatch(bare):
        return _day(text, written[1], written[3], written[4])
    if written := _NUMBERS.fullmatch(bare):
        return _numbers(text, int(written[1]), int(written[3]), written[4], order)
    if written := _DAY_MONTH.fullmatch(bare):
        return _day(text, written[3], _month(text, written[2]), written[1])
    if written := _MONTH_DAY.fullmatch(bare):
        return _day(text, written[3], _month(text, written[1]), written[2])
    return _longer(text, bare)


def _longer(text: str, bare: str) -> Span:
    if written := _WEEK.fullmatch(bare):
        return _week(text, int(written[1]), int(written[2]))
    if written := _QUARTER.fullmatch(bare):
        year, quarter = int(written[2] or written[3]), int(written[1] or written[4])
        return _months(text, year, quarter * 3 - 2, quarter * 3)
    if written := _MONTH.fullmatch(bare):
        month = _month(text, written[1])
        return _months(text, int(written[2]), month, month)
    if written := _YEAR_MONTH.fullmatch(bare):
        return _months(text, int(written[1]), int(written[2]), int(written[2]))
    if written := _MONTH_YEAR.fullmatch(bare):
        return _months(text, int(written[2]), int(written[1]), int(written[1]))
    if _SHORT_YEAR.fullmatch(bare):
        raise ParseError(f"{shown(text)} has a short year", "write the year with four digits")
    if _SERIAL.fullmatch(bare):
        raise ParseError(
            f"{shown(text)} is a plain number", "format the cells as dates and copy again"
        )
    raise _no_date(text)


def _bare(text: str) -> str:
    return _MIDNIGHT.sub("", " ".join(without_accents(text).split())).lower()


def _two_numbers(text: str) -> tuple[int, int] | None:
    written = _NUMBERS.fullmatch(_bare(text))
    return (int(written[1]), int(written[3])) if written else None


def _numbers(text: str, left: int, right: int, year: str, order: Order | None) -> Span:
    if left == right or left > 12 or right > 12:
        day, month = (right, left) if right > 12 else (left, right)
        if order and (order == "day first") != ((day, month) == (left, right)) and left != right:
            raise ParseError(
                f"{shown(text)} is not written {order}", "write all dates the same way"
            )
        return _day(text, year, month, day)
    if order is None:
        raise ParseError(f"{shown(text)} could be two days", "write it as YYYY-MM-DD")
    day, month = (left, right) if order == "day first" else (right, left)
    return _day(text, year, month, day)


def _day(text: str, year: str, month: str | int, day: str | int) -> Span:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise _no_date(text) from None
    _check_year(text, found.year)
    return Span(found, found)


def _week(text: str, year: int, week: int) -> Span:
    _check_year(text, year)
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        raise ParseError(f"{shown(text)} is no week of that year", "correct the week") from None
    return Span(monday, monday + timedelta(days=6))


def _months(text: str, year: int, first: int, last: int) -> Span:
    _check_year(text, year)
    if not 1 <= first <= last <= 12:
        raise _no_date(text)
    return Span(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _month(text: str, name: str) -> int:
    if name not in MONTHS:
        raise _no_date(text)
    return MONTHS[name]


def _no_date(text: str) -> ParseError:
    remedy = "write it like 2026-05-18, 18 May 2026, 2026-W21 or May 2026"
    return ParseError(f"{shown(text)} is not a date", remedy)


def _check_year(text: str, year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        remedy = f"write a year from {FIRST_YEAR} to {LAST_YEAR}"
        raise ParseError(f"{shown(text)} is out of reach", remedy)
