"""How numbers, units and days look to people: rounded, thousands apart, no line broken within.

What somebody types is exact, in `data.core.typed_text`; so is what a file keeps.
"""

from datetime import date
from decimal import Decimal
from math import isfinite

from models import Cadence

THIN = "\u202f"
"""The narrow space between thousands; a line never breaks at it."""

FIXED = "\u00a0"
"""The space between a number and its unit; a line never breaks at it."""

NOTHING = "–"

NOISE = 1e-9
"""A smaller difference is none."""


def number(value: float | None) -> str:
    """Write a number with four significant digits, whole ones whole; millions from ten on."""
    if value is None or not isfinite(value):
        return NOTHING
    if abs(value) >= 1e7:
        return f"{_plain(value / 1e6)}{FIXED}M"
    return _plain(value)


def short(value: float | None) -> str:
    """Write a number where there is little room: millions from one on."""
    if value is None or not isfinite(value) or abs(value) < 1e6:
        return number(value)
    return f"{_plain(value / 1e6)}{FIXED}M"


def exact(value: float | None, unit: str = "") -> str:
    """Write a number as it was typed, where somebody must tell it from another."""
    if value is None or not isfinite(value):
        return with_unit(NOTHING, unit)
    whole, _, decimals = f"{abs(value):.12g}".partition(".")
    if "e" in whole + decimals:
        return with_unit(number(value), unit)
    grouped = f"{int(whole):,}".replace(",", THIN)
    sign = "−" if value < 0 else ""
    return with_unit(f"{sign}{grouped}.{decimals}" if decimals else f"{sign}{grouped}", unit)


def decimals(value: float, places: int) -> str:
    """Write a number with so many decimals, whatever they are."""
    return f"{value:.{places}f}".replace("-", "−")


def percent(share: float) -> str:
    """Write a share as a whole percentage."""
    return value(round(share * 100), "%")


def value(amount: float | None, unit: str) -> str:
    """Write a number with its unit."""
    return with_unit(number(amount), unit)


def with_unit(text: str, unit: str) -> str:
    """Set a unit after what is already in words."""
    return f"{text}{FIXED}{unit}" if unit else text


def way(start: float | None, end: float | None, unit: str) -> str:
    """Write from where to where something goes."""
    return f"{number(start)} → {value(end, unit)}"


def change(difference: float) -> str:
    """Write a difference with its sign."""
    if abs(difference) < NOISE:
        return "0"
    return f"+{number(difference)}" if difference > 0 else number(difference)


def day(when: date, today: date) -> str:
    """Name a day, with its year if that is not today's."""
    short = f"{when.day}{FIXED}{when:%b}"
    return short if when.year == today.year else f"{short}{FIXED}{when.year}"


def day_of_month(when: date) -> str:
    """Name a day of no matter which year, its month in full."""
    return f"{when.day} {when:%B}"


def period(cadence: Cadence, start: date, today: date) -> str:
    """Name the period that starts on a day."""
    if cadence is Cadence.WEEKLY:
        return f"week of {day(start, today)}"
    if cadence is Cadence.MONTHLY:
        return f"{start:%b}{FIXED}{start.year}"
    if cadence is Cadence.QUARTERLY:
        return f"Q{(start.month + 2) // 3}{FIXED}{start.year}"
    return day(start, today)


def _plain(amount: float) -> str:
    size = abs(amount)
    text = format(Decimal(f"{size:.0f}" if size >= 1000 else f"{size:.4g}"), ",f")
    text = text.replace(",", THIN)
    return f"−{text}" if amount < 0 and text != "0" else text
