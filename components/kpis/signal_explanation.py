"""Why a KPI has the signal it has: plain sentences with the numbers of the rule that fired."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from components.ui import formatting, words
from data.kpis.views.signals import SignalView
from models import Better, Cadence, Rule, Signal

FEWEST = 12
"""So many readings make the first baseline; so many steady ones end a drift."""

SETTLED = 30
"""From a baseline of so many readings on it is known how often a healthy KPI is alarmed."""

FALSE_ALARMS = {Better.HIGHER: (3, 4, 5), Better.LOWER: (3, 4, 5), Better.WITHIN: (6, 8, 10)}
"""Of 100 healthy KPIs at most about the first of these, as simulated, are called drifting within
`STRETCH` readings, and of real ones about the second to the third."""
STRETCH = 26

RUN = 8
"""So many readings make the shortest window, and a run."""

TELLING = 2
"""So many standard errors are no routine variation any more."""

STANDING = (Signal.DRIFTING, Signal.RECOVERING)
"""The signals of an alarm that stands."""

COUNTED, LATEST = 3, 4
"""A reading counts for at most so many sigmas in the average of a window, until so many in a row
lie far off on one side: then for at most what the nearest of them does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a KPI's numbers are numbers of.

    `series` are its readings up to the latest period with one, None where one is missing or was
    dismissed; `dismissed` counts the latter, `read_on` is the period of the last that counts.
    `silent` tells that there should have been a reading since; a shift below `smallest_change`
    is one that nobody would act on.
    """

    unit: str
    cadence: Cadence
    better: Better
    series: Sequence[float | None] = ()
    dismissed: int = 0
    read_on: date | None = None
    silent: bool = False
    smallest_change: float | None = None

    @property
    def counting(self) -> list[float]:
        """The readings that count."""
        return [value for value in self.series if value is not None]


def why(signal: SignalView | None, measure: Measure, today: date) -> str:
    """Say why a KPI has its signal."""
    if signal is None:
        return "No reading yet: there is nothing to hold one against."
    told = _because(signal, measure, today)
    if not measure.silent or (measure.dismissed and not measure.counting):
        return told
    last = during(measure.cadence, measure.read_on or signal.period, today)
    return f"The last reading was {last}; this is how it was then. {told}"


def rises(signal: SignalView, better: Better) -> bool:
    """Tell whether a KPI moved up from what was expected; unknown, the way it should not."""
    if signal.mean is None or signal.expected is None or signal.mean == signal.expected:
        return better is not Better.HIGHER
    return signal.mean > signal.expected


def is_better(signal: SignalView) -> bool:
    """Tell whether a KPI is at a better level and nothing is the matter."""
    return signal.favourable and signal.signal is Signal.STEADY


def held_back(signal: SignalView, smallest_change: float | None, unit: str) -> str:
    """Say that a shift is smaller than what matters, where that is why nothing more is said.

    Empty for any other signal, and where the shift is too small to be told from chance anyway.
    """
    if smallest_change is None or None in (signal.mean, signal.expected, signal.z):
        return ""
    shift = abs((signal.mean or 0.0) - (signal.expected or 0.0))
    watched = signal.signal is Signal.WATCH and signal.rule is Rule.WINDOW
    steady = signal.signal is Signal.STEADY and abs(signal.z or 0.0) >= TELLING
    if shift >= smallest_change or not (watched or steady):
        return ""
    return f"below the smallest change that matters, {formatting.value(smallest_change, unit)}"


def readings_so_far(signal: SignalView, series: Sequence[float | None]) -> int:
    """Count the readings since learning began; `series` tells which periods have none."""
    history = signal.history
    periods = len(history) - len(history.rstrip(Signal.LEARNING[0]))
    known = [value is not None for value in series[-periods:]] if periods else []
    return min(sum(known) if known else periods, FEWEST - 1)


def _because(signal: SignalView, measure: Measure, today: date) -> str:
    if is_better(signal):
        compared = _compared(signal, measure) or "The last readings are better than expected"
        return f"{compared}. It is a shift to the good side: if it is here to stay, rebase."
    return _REASONS[signal.signal](signal, measure, today)


def _learning(signal: SignalView, measure: Measure, today: date) -> str:
    if measure.dismissed and not measure.counting:
        gone = "Its only reading was dismissed"
        if measure.dismissed > 1:
            gone = f"All its {measure.dismissed} readings were dismissed"
        return f"{gone}; Milepost learns what is normal here from {FEWEST} that count."
    count = readings_so_far(signal, measure.series)
    return f"{count} of {FEWEST} readings: Milepost is still learning what is normal here."


def _steady(signal: SignalView, measure: Measure, today: date) -> str:
    known = measure.counting
    if len(known) >= FEWEST and min(known) == max(known):
        return f"All {len(known)} readings are {formatting.value(known[0], measure.unit)}."
    compared = _compared(signal, measure)
    if not compared:
        return (
            f"No {RUN} readings since its baseline of {signal.size} yet: nothing stands out so far."
        )
    held = held_back(signal, measure.smallest_change, measure.unit)
    return f"{compared}: {held or 'routine variation'}."


def _watched(signal: SignalView, measure: Measure, today: date) -> str:
    compared = _compared(signal, measure)
    fired = {Rule.READING: _reading, Rule.RUN: _run, Rule.TREND: _slope}.get(signal.rule)
    if fired is None:
        held = held_back(signal, measure.smallest_change, measure.unit)
        told = f"worth a look, but {held}" if held else "worth a look, not yet called a drift"
        return f"{compared}: {told}." if compared else WORTH
    found = fired(signal, measure, today) or WORTH
    return f"{found} {compared}." if compared else found


def _drifting(signal: SignalView, measure: Measure, today: date) -> str:
    compared = _compared(signal, measure) or "Its last readings are far from what is expected"
    seldom = ""
    if signal.size >= SETTLED:
        simulated, fewest, most = FALSE_ALARMS[measure.better]
        seldom = (
            f"; of 100 healthy KPIs about {fewest} to {most} do this within {STRETCH} readings "
            f"(of simulated ones at most about {simulated})"
        )
    began = ""
    if signal.onset is not None:
        began = f" It began {during(measure.cadence, signal.onset, today)}."
    return f"{compared}{seldom}.{began}"


def _recovering(signal: SignalView, measure: Measure, today: date) -> str:
    compared = _compared(signal, measure)
    parts = [_close(signal, measure), f"{compared}." if compared else ""]
    parts.append(f"The drift is over once {FEWEST} readings are steady.")
    return " ".join(part for part in parts if part)


def _close(signal: SignalView, measure: Measure) -> str:
    if signal.sigma is None:
        return "The last 4 readings are back near what is expected."
    near = formatting.value(signal.sigma, measure.unit)
    return f"The last 4 readings average at most {near} worse than expected."


_REASONS: dict[Signal, Callable[[SignalView, Measure, date], str]] = {
    Signal.LEARNING: _learning,
    Signal.STEADY: _steady,
    Signal.WATCH: _watched,
    Signal.DRIFTING: _drifting,
    Signal.RECOVERING: _recovering,
}

WORTH = "It is worth a look, and not yet called a drift."


def _compared(signal: SignalView, measure: Measure) -> str:
    """Hold the last readings against what was expected; empty while they are too few for that."""
    if signal.mean is None or signal.expected is None or signal.z is None:
        return ""
    mean, expected = (
        formatting.value(one, measure.unit, other)
        for one, other in ((signal.mean, signal.expected), (signal.expected, signal.mean))
    )
    said = f"The last {signal.window} readings average {mean}"
    rounded = formatting.number(signal.mean), formatting.number(signal.expected)
    is_near = rounded[0] == rounded[1] and _errors(signal.z) == "0.0"
    if is_near or formatting.is_same(signal.mean, signal.expected):
        return f"{said}, as expected from {_baseline(signal)}"
    counted = _counted(signal, measure)
    against = f"the {expected} expected from {_baseline(signal)}"
    errors = f"{_errors(signal.z)} standard errors {_side(signal.z)}"
    if counted and _side(signal.z) != _side(signal.mean - signal.expected):
        return f"{said}, against {against}: {errors} that {counted}"
    if not counted and _errors(signal.z) == "0.0":
        return f"{said}, close to {against}"
    return f"{said}, {errors} {against}{', ' if counted else ''}{counted}"


def _counted(signal: SignalView, measure: Measure) -> str:
    """Say how readings were counted, where their plain average gives another number of errors."""
    if signal.mean is None or signal.expected is None or signal.z is None or not signal.error:
        return ""
    plain = (signal.mean - signal.expected) / signal.error
    if _tenths(plain) == _tenths(signal.z) or signal.sigma is None:
        return ""
    sigma, error = (formatting.value(each, measure.unit) for each in (signal.sigma, signal.error))
    return (
        f"with each reading counted for at most {COUNTED} sigma or, once {LATEST} in a row are far "
        f"off, the nearest of them (sigma is {sigma}, a standard error {error})"
    )


def _reading(signal: SignalView, measure: Measure, today: date) -> str:
    if signal.last is None or signal.last_expected is None or not measure.counting:
        return ""
    value = formatting.value(measure.counting[-1], measure.unit, signal.last_expected)
    when = during(measure.cadence, measure.read_on or signal.period, today)
    expected = formatting.value(signal.last_expected, measure.unit, measure.counting[-1])
    return (
        f"{value} {when} is {_errors(signal.last)} sigma {_side(signal.last)} "
        f"the {expected} expected."
    )


def _run(signal: SignalView, measure: Measure, today: date) -> str:
    if not signal.last:
        return ""
    return f"The last {RUN} readings all lie {_side(signal.last)} what is expected."


def _slope(signal: SignalView, measure: Measure, today: date) -> str:
    if not signal.slope or signal.slope_z is None:
        return ""
    way = "falls" if signal.slope < 0 else "rises"
    change = formatting.value(abs(signal.slope), measure.unit)
    name = words.PERIOD_NAMES[measure.cadence]
    return f"It {way} by {change} a {name}, {_errors(signal.slope_z)} standard errors."


def during(cadence: Cadence, start: date, today: date) -> str:
    """Say that something was in a period, or on a day."""
    on = "on" if cadence in (Cadence.DAILY, Cadence.WEEKDAYS) else "in"
    return f"{on} {words.during(cadence, start, today)}"


def _baseline(signal: SignalView) -> str:
    return f"the {signal.size} before" if signal.adjoining else f"{signal.size} earlier readings"


def _side(distance: float) -> str:
    return "above" if distance > 0 else "below"


def _errors(count: float) -> str:
    return _tenths(abs(count))


def _tenths(count: float) -> str:
    return formatting.decimals(count, 1)
