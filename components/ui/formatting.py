"""How numbers, units and days look to people: rounded, thousands apart, no line broken within.

What somebody types is exact, in `data.core.typed_text`; so is what a file keeps.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from math import floor, log10

from analytics.number_text import FIXED as FIXED
from analytics.number_text import MILLION as MILLION
from analytics.number_text import NOTHING as NOTHING
from analytics.number_text import THIN as THIN
from analytics.number_text import TINY as TINY
from analytics.number_text import is_same as is_same
from analytics.number_text import number as number
from analytics.number_text import short as short
from analytics.number_text import whole
from models import Cadence

ENDS = {"%": (0.0, 100.0)}
"""What a value of a unit is always held against: what is nearly all of it is not all of it."""


def exact(value: float | None, unit: str = "") -> str:
    """Write a number as it was typed, where somebody must tell it from another."""
    return with_unit(whole(value), unit)


def decimals(value: float, places: int) -> str:
    """Write a number with so many decimals, whatever they are."""
    return f"{value:.{places}f}".replace("-", "−")


def score(share: float) -> str:
    """Write a score from 0.00 to 1.00."""
    return decimals(share, 2)


def percent(share: float) -> str:
    """Write a share as a whole percentage; what is nearly nothing or all has digits that say so."""
    amount = share * 100
    rounded = float(round(amount))
    is_end = rounded in ENDS["%"] and not is_same(1.0 + amount, 1.0 + rounded)
    return value(amount if is_end else rounded, "%")


def value(amount: float | None, unit: str, *beside: float | None) -> str:
    """Write a number with its unit, with digits enough to tell it from those beside it."""
    return with_unit(amount_of(amount, unit, *beside), unit)


def amount_of(amount: float | None, unit: str, *beside: float | None) -> str:
    """Write a number of a unit that is shown apart from it."""
    return number(amount, *beside, *ENDS.get(unit, ()))


def about(amount: float, unit: str, grain: float, *beside: float) -> str:
    """Write a computed number no finer than a grain of what it tells, with two digits at least."""
    return with_unit(roughly(amount, grain, *beside), unit)


def roughly(amount: float, grain: float, *beside: float) -> str:
    """Write such a number without its unit."""
    return number(_grained(amount, grain), *(_grained(each, grain) for each in beside))


def _grained(amount: float, grain: float) -> float:
    if not amount or not grain:
        return amount
    places = max(-floor(log10(abs(grain))), 1 - floor(log10(abs(amount))))
    return round(amount, places)


def with_unit(text: str, unit: str) -> str:
    """Set a unit after what is already in words."""
    return f"{text}{FIXED}{unit}" if unit else text


def way(start: float | None, end: float | None, unit: str) -> str:
    """Write from where to where something goes."""
    return f"{amount_of(start, unit, end)} → {value(end, unit, start)}"


def change(difference: float) -> str:
    """Write a difference with its sign."""
    return f"+{number(difference)}" if difference > 0 else number(difference)


def day(when: date, today: date) -> str:
    """Name a day, with its year if that is not today's."""
    short = f"{when.day}{FIXED}{when:%b}"
    return short if when.year == today.year else f"{short}{FIXED}{when.year}"


def began(cadence: Cadence, start: date, today: date) -> str:
    """Name the beginning of a period: its month or quarter, of a shorter one the first day."""
    if cadence in (Cadence.MONTHLY, Cadence.QUARTERLY):
        return period(cadence, start, today)
    return day(start, today)


def period(cadence: Cadence, start: date, today: date) -> str:
    """Name the period that starts on a day."""
    if cadence is Cadence.WEEKLY:
        return f"week of {day(start, today)}"
    if cadence is Cadence.MONTHLY:
        return f"{start:%b}{FIXED}{start.year}"
    if cadence is Cadence.QUARTERLY:
        return f"Q{(start.month + 2) // 3}{FIXED}{start.year}"
    return day(start, today)


def periods(cadence: Cadence, starts: Iterable[date], today: date) -> Sequence[Mapping[str, str]]:
    """Name periods that can be chosen, each by the day on which it starts."""
    return _periods(cadence, tuple(starts), today)


@lru_cache(maxsize=64)
def _periods(
    cadence: Cadence, starts: tuple[date, ...], today: date
) -> Sequence[Mapping[str, str]]:
    return [{"start": each.isoformat(), "name": period(cadence, each, today)} for each in starts]
