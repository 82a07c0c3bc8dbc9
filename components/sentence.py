"""Why a KPI has the signal it has: plain sentences with the numbers of the rule that fired."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from components import words
from data.views import SignalView
from models import Better, Cadence, Signal

FEWEST = 12
"""So many readings make the first baseline; so many steady ones end a drift."""

SETTLED = 30
"""From a baseline of so many readings on it is known how often a healthy KPI is alarmed."""

FALSE_ALARMS = {Better.HIGHER: 3, Better.LOWER: 3, Better.WITHIN: 6}
"""At most so many of 100 healthy KPIs are called drifting within `STRETCH` readings."""
STRETCH = 26

STEEP = 1.28
"""A slope of so many standard errors is there with 90 % confidence."""

MILD = 1.8
"""No window with fewer standard errors than that is a reason to watch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a KPI's numbers are numbers of; `series` its last readings, None where one is missing.

    `silent` tells that there should have been a reading since.
    """

    unit: str
    cadence: Cadence
    better: Better
    series: Sequence[float | None] = ()
    silent: bool = False


def why(signal: SignalView | None, measure: Measure, today: date) -> str:
    """Say why a KPI has its signal."""
    if signal is None:
        return "No reading yet: there is nothing to hold one against."
    told = _because(signal, measure, today)
    if not measure.silent:
        return told
    last = _during(measure.cadence, signal.period, today)
    return f"The last reading was {last}; this is how it was then. {told}"


def rises(signal: SignalView, better: Better) -> bool:
    """Tell whether a KPI moved up from what was expected; unknown, the way it should not."""
    if signal.mean is None or signal.expected is None or signal.mean == signal.expected:
        return better is not Better.HIGHER
    return signal.mean > signal.expected


def is_better(signal: SignalView) -> bool:
    """Tell whether a KPI is at a better level and nothing is the matter."""
    return signal.favourable and signal.signal is Signal.STEADY


def readings_so_far(signal: SignalView, series: Sequence[float | None]) -> int:
    """Count the readings since learning began; `series` tells which periods have none."""
    periods = len(signal.history) - len(signal.history.rstrip(Signal.LEARNING[0]))
    known = [value is not None for value in series[-periods:]] if periods else []
    return min(sum(known) if known else periods, FEWEST - 1)


def _because(signal: SignalView, measure: Measure, today: date) -> str:
    if is_better(signal):
        return (
            f"{_compared(signal, measure)}. It is a shift to the good side: "
            "if it is here to stay, rebase."
        )
    return _REASONS[signal.signal](signal, measure, today)


def _learning(signal: SignalView, measure: Measure, today: date) -> str:
    count = readings_so_far(signal, measure.series)
    return f"{count} of {FEWEST} readings: Milepost is still learning what is normal here."


def _steady(signal: SignalView, measure: Measure, today: date) -> str:
    return f"{_compared(signal, measure)}: routine variation."


def _watched(signal: SignalView, measure: Measure, today: date) -> str:
    compared, slope = _compared(signal, measure), _slope(signal, measure)
    if slope:
        return f"{slope}. {compared}."
    if signal.z is not None and abs(signal.z) < MILD:
        return (
            f"{compared}: that is routine. A single reading far out, or eight in a row "
            "on the bad side, make it worth a look."
        )
    return f"{compared}: too little to call it a drift, enough for a look."


def _drifting(signal: SignalView, measure: Measure, today: date) -> str:
    parts = [f"{_compared(signal, measure)}."]
    if signal.onset is not None:
        parts.append(f"It began {_during(measure.cadence, signal.onset, today)}.")
    if signal.size >= SETTLED:
        few = FALSE_ALARMS[measure.better]
        parts.append(
            f"Of 100 healthy KPIs, at most {few} are called drifting within {STRETCH} readings."
        )
    return " ".join(parts)


def _recovering(signal: SignalView, measure: Measure, today: date) -> str:
    return (
        f"{_close(signal, measure)} "
        f"{_compared(signal, measure)}. The drift is over once {FEWEST} readings are steady."
    )


def _close(signal: SignalView, measure: Measure) -> str:
    if signal.sigma is None:
        return "The last 4 readings are back near what is expected."
    near = words.value(signal.sigma, measure.unit)
    return f"The last 4 readings average at most {near} worse than expected."


_REASONS: dict[Signal, Callable[[SignalView, Measure, date], str]] = {
    Signal.LEARNING: _learning,
    Signal.STEADY: _steady,
    Signal.WATCH: _watched,
    Signal.DRIFTING: _drifting,
    Signal.RECOVERING: _recovering,
}


def _compared(signal: SignalView, measure: Measure) -> str:
    """Hold the last readings against what was expected."""
    if signal.mean is None or signal.expected is None or signal.z is None:
        return "The readings after its baseline are still too few to be held against it"
    mean, expected = (words.value(each, measure.unit) for each in (signal.mean, signal.expected))
    said = f"The last {signal.window} readings average {mean}"
    if words.number(signal.mean) == words.number(signal.expected):
        return f"{said}, as expected from {_baseline(signal)}"
    if not signal.z:
        # The window that is worst for the KPI is on the good side, or not tested yet.
        return f"{said}, where {_baseline(signal)} lets expect {expected}"
    if _errors(signal.z) == "0.0":
        return f"{said}, close to the {expected} expected from {_baseline(signal)}"
    where = "above" if signal.mean > signal.expected else "below"
    return (
        f"{said}, {_errors(signal.z)} standard errors {where} the {expected} expected "
        f"from {_baseline(signal)}"
    )


def _slope(signal: SignalView, measure: Measure) -> str:
    """Say the slope where it is there and leads to the bad side."""
    slope, errors = signal.slope, signal.slope_z
    if slope is None or errors is None or abs(errors) <= STEEP:
        return ""
    if (errors > 0 and measure.better is Better.HIGHER) or (
        errors < 0 and measure.better is Better.LOWER
    ):
        return ""
    change = words.with_unit(words.change(slope), measure.unit)
    name = words.PERIOD_NAMES[measure.cadence]
    return (
        f"It gets worse along a trend of {change} a {name}, "
        f"{_errors(errors)} standard errors of that slope"
    )


def _during(cadence: Cadence, start: date, today: date) -> str:
    on = "on" if cadence in (Cadence.DAILY, Cadence.WEEKDAYS) else "in"
    article = "the " if cadence is Cadence.WEEKLY else ""
    return f"{on} {article}{words.period(cadence, start, today)}"


def _baseline(signal: SignalView) -> str:
    return f"a baseline of {signal.size} readings"


def _errors(count: float) -> str:
    return f"{abs(count):.1f}"
