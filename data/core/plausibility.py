"""Asking “really?” before an unlikely value is kept."""

from collections.abc import Sequence

from analytics.plausibility import implausibility
from data.core.errors import NeedsConfirmation

LOOKED_AT = 26
"""How many earlier values a new one is held against."""


def check_likely(value: float, known: Sequence[float], unit: str) -> None:
    """Raise `NeedsConfirmation` where a value is unlikely after the known ones, oldest first."""
    reason = implausibility(value, known, unit=unit)
    if reason is None:
        return
    typed = _with_unit(_written(value), unit)
    if reason == "share":
        meant = _with_unit(_written(value * 100), unit)
        raise NeedsConfirmation(f"{typed} looks like a share of one: {meant} would be usual.")
    usual = _with_unit(_usual(known), unit)
    if reason == "scale":
        raise NeedsConfirmation(f"{typed} is not of the size of the usual {usual}: check the unit.")
    raise NeedsConfirmation(f"{typed} is far beyond the usual {usual}.")


def _usual(known: Sequence[float]) -> str:
    low, high = _written(min(known)), _written(max(known))
    if low == high:
        return low
    return f"{low} to {high}" if min(known) < 0 else f"{low}–{high}"


def _written(value: float) -> str:
    short = float(f"{value:.4g}")
    text = f"{short:,.10g}" if abs(short) < 1e15 else f"{short:.4g}"
    return text.replace(",", "\u202f").replace("-", "−")


def _with_unit(text: str, unit: str) -> str:
    return f"{text}\u00a0{unit}" if unit else text
