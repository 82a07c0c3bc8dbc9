"""The plain sentence that comes first: what a KPI does, how much, since when, until when.

It is built from the numbers of the rule that fired, which `signal_explanation` tells below it.
"""

from collections.abc import Callable
from datetime import date

from components.kpis import gauge_decisions, gauge_numbers, gauge_words, signal_explanation
from components.ui import formatting, words
from data.kpis.views.gauges import Gauge
from data.kpis.views.signals import SignalView
from data.kpis.views.why import Split
from models import Better, Cadence, Health, Rule, Signal

CHANGED, WITHIN = 5, 2
"""A change is told to about a fifth of it, what is usual to about half of its ups and downs."""
MOST, NEARLY_ALL = 0.6, 0.85
"""From such a share of a change on it comes mostly, or nearly all, from a driver."""


def sentence(gauge: Gauge, on: date, today: date) -> str:
    """Say how a gauge is, as all screens say it, and where its drift comes from if that is told."""
    return words.sentences(moves(gauge, on, today), until(gauge, on, today))


def moves(gauge: Gauge, on: date, today: date) -> str:
    """Say what a gauge does, how much and since when."""
    if gauge.health is Health.NO_DATA:
        return words.capital(gauge_words.silence(gauge, on))
    signal = gauge.signal
    if gauge.health is Health.OUT_OF_RANGE and not gauge_decisions.is_drifting(gauge):
        return words.capital(f"{gauge_words.stretch(gauge, on)}: {gauge_numbers.value(gauge)}")
    if signal is None:
        return f"Now at {gauge_numbers.value(gauge)}"
    return behaves(signal, gauge.unit, gauge.cadence, gauge.better, today, gauge.split)


def until(gauge: Gauge, on: date, today: date) -> str:
    """Say when a drifting gauge leaves its range, or for how long it has been outside."""
    if gauge.health is Health.NO_DATA:
        return f"a new one is {words.rhythm(gauge.cadence)}"
    if not gauge_decisions.is_drifting(gauge):
        return _coming_back(gauge)
    if gauge.health is Health.OUT_OF_RANGE:
        return gauge_words.stretch(gauge, on)
    return leaving(gauge, on, today)


def _coming_back(gauge: Gauge) -> str:
    outside = gauge.health is Health.OUT_OF_RANGE
    mends = gauge.signal is not None and gauge.signal.signal is Signal.RECOVERING
    return "it is on its way back" if outside and mends else ""


def leaving(gauge: Gauge, on: date, today: date) -> str:
    """Say around when a gauge leaves its range if this goes on."""
    left = gauge.departure
    if left is None or gauge.health not in (Health.IN_RANGE, Health.NEAR_EDGE):
        return ""
    if left.even is not None:
        return f"leaves its range {_around(left.even, gauge.cadence, on, today)}"
    if left.earliest is not None:
        return f"may leave its range {_around(left.earliest, gauge.cadence, on, today)}"
    return "stays in its range for now"


def behaves(
    signal: SignalView,
    unit: str,
    cadence: Cadence,
    better: Better,
    today: date,
    split: Split | None = None,
) -> str:
    """Say how a KPI behaves against its own past; `split` is what its drift comes from."""
    if signal_explanation.is_better(signal):
        return _compared(signal, unit, "Better than before")
    if signal.signal is Signal.DRIFTING:
        told = _drifting(signal, unit, cadence, better, today)
        return ", ".join(part for part in (told, source(split)) if part)
    if signal.signal is Signal.WATCH:
        return _WATCHED.get(signal.rule, _unlike)(signal, unit, cadence)
    return _CALM[signal.signal](signal, unit)


def source(split: Split | None) -> str:
    """Name the drivers that a drift comes from, where they explain most of it."""
    if split is None or not split.parts or not split.whole:
        return ""
    if split.own is not None and abs(split.own - split.whole) > abs(split.own) * (1 - MOST):
        return ""
    shares = sorted(((part.part / split.whole, part.name) for part in split.parts), reverse=True)
    first, *others = shares
    if first[0] >= NEARLY_ALL:
        return f"nearly all from {first[1]}"
    if first[0] >= MOST:
        return f"mostly from {first[1]}"
    if others and first[0] + others[0][0] >= MOST:
        return f"mostly from {first[1]} and {others[0][1]}"
    return ""


def _drifting(signal: SignalView, unit: str, cadence: Cadence, better: Better, today: date) -> str:
    is_rising = signal_explanation.rises(signal, better)
    way = "Rising" if is_rising else "Falling"
    if signal.mean is not None and signal.expected is not None:
        before, now = _before_and_now(signal.expected, signal.mean)
        way += f" from {before} to {formatting.with_unit(now, unit)}"
    if signal.onset is not None:
        way += f" since {formatting.began(cadence, signal.onset, today)}"
    return way


def _reading(signal: SignalView, unit: str, cadence: Cadence) -> str:
    side = "high" if (signal.last or 0.0) > 0 else "low"
    name = words.PERIOD_NAMES[cadence]
    if signal.last_expected is None:
        return f"The last {name} was oddly {side}"
    usual = formatting.about(signal.last_expected, unit, (signal.sigma or 0.0) / WITHIN)
    return f"The last {name} was oddly {side}: {usual} is usual"


def _run(signal: SignalView, unit: str, cadence: Cadence) -> str:
    side = "higher" if (signal.last or 0.0) > 0 else "lower"
    return (
        f"{signal_explanation.RUN} {words.PERIOD_NAMES[cadence]}s in a row were {side} than usual"
    )


def _trend(signal: SignalView, unit: str, cadence: Cadence) -> str:
    slope = signal.slope or 0.0
    way = "Goes up" if slope > 0 else "Goes down"
    return f"{way} by {formatting.value(abs(slope), unit)} each {words.PERIOD_NAMES[cadence]}"


def _unlike(signal: SignalView, unit: str, cadence: Cadence) -> str:
    above = (signal.mean or 0.0) > (signal.expected or 0.0)
    return _compared(signal, unit, "Higher than usual" if above else "Lower than usual")


_WATCHED: dict[Rule, Callable[[SignalView, str, Cadence], str]] = {
    Rule.READING: _reading,
    Rule.RUN: _run,
    Rule.TREND: _trend,
}


def _steady(signal: SignalView, unit: str) -> str:
    if signal.mean is None:
        return "Steady"
    return f"Steady around {formatting.about(signal.mean, unit, (signal.sigma or 0.0) / WITHIN)}"


def _recovering(signal: SignalView, unit: str) -> str:
    return _compared(signal, unit, "Nearly back to normal, not yet steady")


def _learning(signal: SignalView, unit: str) -> str:
    fewest = signal_explanation.FEWEST
    return f"Too new to judge: that takes {fewest} readings"


_CALM: dict[Signal, Callable[[SignalView, str], str]] = {
    Signal.STEADY: _steady,
    Signal.RECOVERING: _recovering,
    Signal.LEARNING: _learning,
}


def _compared(signal: SignalView, unit: str, said: str) -> str:
    """Hold what is now against what was usual, where both are known."""
    if signal.mean is None or signal.expected is None:
        return said
    before, now = (
        formatting.with_unit(text, unit) for text in _before_and_now(signal.expected, signal.mean)
    )
    return f"{said}: {now} against {before}"


def _before_and_now(before: float, now: float) -> tuple[str, str]:
    """Write two numbers as fine as their difference tells."""
    grain = (now - before) / CHANGED
    return formatting.roughly(before, grain, now), formatting.roughly(now, grain, before)


def _around(period: date, cadence: Cadence, on: date, today: date) -> str:
    return "now" if period <= on else f"around {formatting.began(cadence, period, today)}"
