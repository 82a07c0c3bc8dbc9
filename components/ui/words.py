"""Spans of time, counts and names as plain, short, kind words."""

import re
from datetime import date, timedelta

from components.ui import formatting
from models import Cadence

JOINER = "\u2060"
_DRAWN = re.compile(r"(?<=:)(?=material/|streamlit:)|(?<=[<-])(?=-)|(?<=-)(?=>)|(?<=[<>~])(?==)")

PERIOD_NAMES = {
    Cadence.DAILY: "day",
    Cadence.WEEKDAYS: "weekday",
    Cadence.WEEKLY: "week",
    Cadence.MONTHLY: "month",
    Cadence.QUARTERLY: "quarter",
}


def ideal(low: float | None, high: float | None, unit: str, *beside: float | None) -> str:
    """Say the ideal range, with digits enough to tell its bounds from what stands beside them."""
    if low is None and high is None:
        return "no range"
    if low is None:
        return f"ideal up to {formatting.value(high, unit, *beside)}"
    if high is None:
        return f"ideal from {formatting.value(low, unit, *beside)}"
    if low == high:
        return f"ideal {formatting.value(low, unit, *beside)}"
    between = f"{formatting.FIXED}to{formatting.FIXED}" if low < 0 else "–"
    least = formatting.amount_of(low, unit, high, *beside)
    return f"ideal {least}{between}{formatting.value(high, unit, low, *beside)}"


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


def during(cadence: Cadence, start: date, today: date) -> str:
    """Name a period as it stands in a sentence."""
    article = "the " if cadence is Cadence.WEEKLY else ""
    return f"{article}{formatting.period(cadence, start, today)}"


def movement(now: float | None, before: float | None, cadence: Cadence) -> str:
    """Say how a value moved since the period before."""
    if now is None:
        return "no reading yet"
    if before is None:
        return "first reading"
    if formatting.is_same(now, before):
        return "unchanged"
    return f"{formatting.change(now - before)} since the {PERIOD_NAMES[cadence]} before"


def counted(count: int, name: str) -> str:
    """Count things by name."""
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def turn(more: int, thing: str, *, is_whole: bool, besides: str = "") -> str:
    """Say what a button shows: so many more things, or few again; nothing where all are shown."""
    if more:
        return f"Show {counted(more, f'more {thing}')}{besides}"
    return f"Show fewer {thing}s" if is_whole else ""


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


def sentences(*parts: str) -> str:
    """Write parts as sentences of their own; what is empty is left out."""
    return " ".join(f"{capital(part)}." for part in parts if part)


def capital(text: str) -> str:
    """Begin a text with a capital."""
    return text[:1].upper() + text[1:]


def joined(*parts: str) -> str:
    """Write what is said of one thing on one line; what is empty is left out."""
    return f"{formatting.FIXED}· ".join(part for part in parts if part)


def dotted(*parts: str) -> str:
    """Write what is said of one thing where lines may break; what is empty is left out."""
    return " · ".join(part for part in parts if part)
