"""The numbers of a gauge, each told from those that it is held against."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil, log10

from components.ui import formatting, words
from data.kpis.views.gauges import Gauge
from models import Cadence

WIDTH = 50
"""The ends of a span are told to about such a part of it."""

Periods = tuple[tuple[Cadence, tuple[date, ...]], ...]
"""The first days of the periods that can be entered at each cadence, that due first first."""


def amount(gauge: Gauge) -> str:
    """Write a gauge's value without its unit, so that it is told from the bounds of its range."""
    return formatting.amount_of(gauge.value, gauge.unit, gauge.low, gauge.high)


def value(gauge: Gauge) -> str:
    """Write a gauge's value so that it is told from the bounds of its range."""
    return formatting.with_unit(amount(gauge), gauge.unit)


def ideal(gauge: Gauge) -> str:
    """Say a gauge's ideal range, its bounds told from the value."""
    return words.ideal(gauge.low, gauge.high, gauge.unit, gauge.value)


def ends(lower: float, upper: float) -> tuple[str, str]:
    """Write the ends of a span, as fine as its width tells."""
    grain = (upper - lower) / WIDTH
    return formatting.roughly(lower, grain, upper), formatting.roughly(upper, grain, lower)


def series(gauge: Gauge) -> str:
    """Write a gauge's last readings."""
    return written(gauge.series)


def written(series: Sequence[float | None]) -> str:
    """Write readings short, no finer than they can be drawn; a gap is a dash."""
    digits = _digits(series)
    return " ".join("-" if value is None else f"{value:.{digits}g}" for value in series)


def limits(gauge: Gauge) -> list[float] | None:
    """Give between which limits a gauge's readings usually are, the lower one first."""
    if gauge.limit_lower is None or gauge.limit_upper is None:
        return None
    digits = _digits(gauge.series)
    return [float(f"{end:.{digits}g}") for end in (gauge.limit_lower, gauge.limit_upper)]


def _digits(series: Sequence[float | None]) -> int:
    """Give the digits with which readings lie a hundredth of their spread from where they are."""
    known = [each for each in series if each is not None]
    size = max(map(abs, known), default=0.0)
    spread = max(known, default=0.0) - min(known, default=0.0)
    needed = ceil(log10(size / spread)) + 3 if 0 < spread < size else 0
    return min(max(needed, 4), 17)


def behind(gauge: Gauge, periods: Mapping[Cadence, Sequence[date]]) -> int | None:
    """Count how many periods the latest reading lies behind the one that is due."""
    known = list(periods.get(gauge.cadence, ()))
    if gauge.period is None or not known:
        return None
    if gauge.period > known[0]:
        return -1
    return known.index(gauge.period) if gauge.period in known else None
