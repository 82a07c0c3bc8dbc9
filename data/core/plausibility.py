"""Asking “really?” before an unlikely value is kept."""

from collections.abc import Sequence

from analytics.number_text import FIXED, number
from analytics.plausibility import implausibility
from data.core.errors import NeedsConfirmation

LOOKED_AT = 26
"""How many earlier values a new one is held against."""


def check_likely(value: float, known: Sequence[float], unit: str) -> None:
    """Raise `NeedsConfirmation` where a value is unlikely after the known ones, oldest first."""
    reason = implausibility(value, known, unit=unit)
    if reason is None:
        return
    typed = _with_unit(number(value, *known), unit)
    if reason == "share":
        meant = _with_unit(number(value * 100), unit)
        raise NeedsConfirmation(f"{typed} looks like a share of one: {meant} would be usual.")
    usual = _with_unit(_usual(known, value), unit)
    if reason == "scale":
        raise NeedsConfirmation(f"{typed} is not of the size of the usual {usual}: check the unit.")
    raise NeedsConfirmation(f"{typed} is far beyond the usual {usual}.")


def _usual(known: Sequence[float], beside: float) -> str:
    least, most = min(known), max(known)
    low, high = number(least, most, beside), number(most, least, beside)
    if low == high:
        return low
    return f"{low} to {high}" if least < 0 else f"{low}–{high}"


def _with_unit(text: str, unit: str) -> str:
    return f"{text}{FIXED}{unit}" if unit else text
