"""Numbers, days and names as plain, short, kind words."""

import re
from datetime import date, timedelta
from decimal import Decimal
from math import isfinite

from models import Cadence

THIN = "\u202f"
"""The narrow space between thousands; a line never breaks at it."""

FIXED = "\u00a0"
"""The space between a number and its unit; a line never breaks at it."""

JOINER = "\u2060"
_DRAWN = re.compile(r"(?<=:)(?=material/|streamlit:)|(?<=[<-])(?=-)|(?<=-)(?=>)|(?<=[<>~])(?==)")

NOTHING = "–"

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

PERIOD_NAMES = {
    Cadence.DAILY: "day",
    Cadence.WEEKDAYS: "weekday",
    Cadence.WEEKLY: "week",
    Cadence.MONTHLY: "month",
    Cadence.QUARTERLY: "quarter",
}

NOISE = 1e-9


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


def exact(value: float | None) -> str:
    """Write a number as it was typed, where somebody must tell it from another."""
    if value is None or not isfinite(value):
        return NOTHING
    whole, _, decimals = f"{abs(value):.12g}".partition(".")
    if "e" in whole + decimals:
        return number(value)
    grouped = f"{int(whole):,}".replace(",", THIN)
    sign = "−" if value < 0 else ""
    return f"{sign}{grouped}.{decimals}" if decimals else f"{sign}{grouped}"


def value(amount: float | None, unit: str) -> str:
    """Write a number with its unit."""
    return with_unit(number(amount), unit)


def with_unit(text: str, unit: str) -> str:
    """Set a unit after what is already in words."""
    return f"{text}{FIXED}{unit}" if unit else text


def change(difference: float) -> str:
    """Write a difference with its sign."""
    if abs(difference) < NOISE:
        return "0"
    return f"+{number(difference)}" if difference > 0 else number(difference)


def ideal(low: float | None, high: float | None, unit: str) -> str:
    """Say the ideal range."""
    if low is None and high is None:
        return "no range"
    if low is None:
        return f"ideal up to {value(high, unit)}"
    if high is None:
        return f"ideal from {value(low, unit)}"
    if low == high:
        return f"ideal {value(low, unit)}"
    between = f"{FIXED}to{FIXED}" if low < 0 else "–"
    return f"ideal {number(low)}{between}{value(high, unit)}"


def day(when: date, today: date) -> str:
    """Name a day, with its year if that is not today's."""
    short = f"{when.day}{FIXED}{_MONTHS[when.month - 1]}"
    return short if when.year == today.year else f"{short}{FIXED}{when.year}"


def period(cadence: Cadence, start: date, today: date) -> str:
    """Name the period that starts on a day."""
    if cadence is Cadence.WEEKLY:
        return f"week of {day(start, today)}"
    if cadence is Cadence.MONTHLY:
        return f"{_MONTHS[start.month - 1]}{FIXED}{start.year}"
    if cadence is Cadence.QUARTERLY:
        return f"Q{(start.month + 2) // 3}{FIXED}{start.year}"
    return day(start, today)


def span(days: int) -> str:
    """Say how long a number of days is."""
    if days < 21 and days % 7:
        return counted(days, "day")
    if days < 63:
        return counted(days // 7, "week")
    months = round(days / 30.44)
    return counted(months, "month") if months < 24 else counted(round(days / 365.25), "year")


def over(days: int) -> str:
    """Say how long something has been for at least."""
    years = (days + 1) // 365
    if not years:
        return f"over {span(days)}"
    return "over a year" if years == 1 else f"over {years} years"


def rhythm(cadence: Cadence) -> str:
    """Say how often a reading is due."""
    return f"due every {PERIOD_NAMES[cadence]}"


def movement(now: float | None, before: float | None, cadence: Cadence) -> str:
    """Say how a value moved since the period before."""
    if now is None:
        return "no reading yet"
    if before is None:
        return "first reading"
    if abs(now - before) <= NOISE * max(abs(now), abs(before)):
        return "unchanged"
    return f"{change(now - before)} since the {PERIOD_NAMES[cadence]} before"


def _plain(amount: float) -> str:
    size = abs(amount)
    text = format(Decimal(f"{size:.0f}" if size >= 1000 else f"{size:.4g}"), ",f")
    text = text.replace(",", THIN)
    return f"−{text}" if amount < 0 and text != "0" else text


def counted(count: int, name: str) -> str:
    """Count things by name."""
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def next_period(cadence: Cadence, start: date) -> date:
    """Give the first day of the period after the one that starts on a day."""
    if cadence in (Cadence.MONTHLY, Cadence.QUARTERLY):
        months = start.month + (1 if cadence is Cadence.MONTHLY else 3)
        return date(start.year + (months - 1) // 12, (months - 1) % 12 + 1, 1)
    days = 7 if cadence is Cadence.WEEKLY else 1
    if cadence is Cadence.WEEKDAYS and start.weekday() >= 4:
        days = 7 - start.weekday()
    return start + timedelta(days=days)


def escaped(text: str) -> str:
    """Write people's words so that Markdown shows them as they are.

    Streamlit draws icons and arrows from plain text as well: what would become one is held apart
    by a joiner that nobody sees.
    """
    text = _DRAWN.sub(JOINER, text)
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])", r"\\\1", text)
