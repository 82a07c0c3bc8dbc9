"""Days as people write them, whichever of two numbers is the month."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from data.core.limits import FIRST_YEAR, LAST_YEAR
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
_TWO_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
_CLEAR = [
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ .-]+(?P<month>[a-z]+)[ .,-]+(?P<year>\d{4})",
        r"(?P<month>[a-z]+)\.? +(?P<day>\d{1,2})(?:st|nd|rd|th)?,? +(?P<year>\d{4})",
    )
]


def order_of(texts: Iterable[str]) -> Order | None:
    """Say which of a column's numbers is the day, where one of them proves it: a 13 or more.

    None where nothing proves it, and where both are proved: then each day that could be two
    is asked about.
    """
    proofs: set[Order] = {
        "day first" if left > 12 else "month first"
        for left, right, _ in filter(None, map(_numbers, texts))
        if left > 12 or right > 12
    }
    return proofs.pop() if len(proofs) == 1 else None


def could_be_two(text: str) -> tuple[date, date] | None:
    """Give the days that a text could mean, the day before the month first; None where one."""
    days = either_way(text)
    return days if days and days[0] != days[1] else None


def either_way(text: str) -> tuple[date, date] | None:
    """Read two numbers and a year as day and month, and as month and day; None unless both are."""
    day_first, month_first = _read_both_ways(text)
    return (day_first, month_first) if day_first and month_first else None


def day_of(text: str, order: Order | None) -> date | None:
    """Give the day that a text is; None where it is none, or could be two.

    `order` reads 03/04/2026.
    """
    bare = _bare(text)
    for pattern in _CLEAR:
        if written := pattern.fullmatch(bare):
            return _day(written["year"], written["month"], written["day"])
    day_first, month_first = _read_both_ways(text)
    if order is not None:
        return day_first if order == "day first" else month_first
    return None if could_be_two(text) else day_first or month_first


def _read_both_ways(text: str) -> tuple[date | None, date | None]:
    left, right, year = _numbers(text) or (0, 0, 0)
    return _day(year, right, left), _day(year, left, right)


def _numbers(text: str) -> tuple[int, int, int] | None:
    written = _TWO_NUMBERS.fullmatch(_bare(text))
    return (int(written[1]), int(written[3]), int(written[4])) if written else None


def _bare(text: str) -> str:
    return _MIDNIGHT.sub("", " ".join(without_accents(text).split())).lower()


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        found = date(int(year), MONTHS.get(str(month)) or int(month), int(day))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
