"""One KPI's readings as the text of a CSV file, for those who go on with them elsewhere."""

from collections.abc import Iterator
from datetime import date

from analytics.periods import ordinal
from data.core.cell_formatting import number
from data.core.csv_text import csv_text
from data.core.formula_guard import guard
from data.kpis.views.kpi import KpiView
from models import Signal

COLUMNS = (
    "period",
    "value",
    "unit",
    "lower_limit",
    "centre",
    "upper_limit",
    "low",
    "high",
    "signal",
    "dismissed",
    "note",
    "recorded_by",
)
BY_LETTER = {signal.value[0]: signal.value for signal in Signal}


def history_csv(view: KpiView) -> str:
    """Write every period from the first reading to the last; text is no formula.

    Limits stand from the first reading on that they come from, the range is that of the day.
    """
    return csv_text(COLUMNS, _rows(view))


def _rows(view: KpiView) -> Iterator[list[object]]:
    said = {reading.period: reading.said for reading in view.readings}
    shown = _signals(view)
    limits, gauge = view.limits, view.gauge
    between = (limits.lower, limits.centre, limits.upper) if limits else ()
    band = [f"{each:.6g}" for each in between] or ["", "", ""]
    bounds = [_number(gauge.low), _number(gauge.high)] if gauge else ["", ""]
    for start, value in zip(view.periods, view.values, strict=True):
        held = limits is not None and start >= limits.since
        reading = said.get(start)
        yield [
            start.isoformat(),
            _number(value),
            guard(view.unit),
            *(band if held else ["", "", ""]),
            *bounds,
            shown.get(start, ""),
            "dismissed" if start in view.dismissed else "",
            guard(reading.note) if reading else "",
            guard(reading.who or "") if reading else "",
        ]


def _signals(view: KpiView) -> dict[date, str]:
    """Give the signal that was shown after each of the last periods, the newest last."""
    if view.signal is None:
        return {}
    until = ordinal(view.signal.period, view.cadence)
    up_to = [start for start in view.periods if ordinal(start, view.cadence) <= until]
    letters = view.signal.history[-len(up_to) :] if up_to else ""
    return {
        start: BY_LETTER.get(letter, "")
        for start, letter in zip(up_to[len(up_to) - len(letters) :], letters, strict=True)
    }


def _number(value: float | None) -> str:
    return "" if value is None else number(value)
