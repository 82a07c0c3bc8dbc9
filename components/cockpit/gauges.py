"""The wall of gauges: is the car all right?"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import Any

import streamlit as st

from components.editing import editing
from components.kpis import gauge_words
from components.ui import assets, click_events, formatting, words
from data.core.outcomes import Outcome
from data.kpis.views.edits import ReadingEdit
from data.kpis.views.gauges import Gauge, Indicator
from models import Cadence

_WALL = st.components.v2.component(
    "milepost_gauges",
    html="<div class='root'></div>",
    css=assets.style("editor", "gauges"),
    js=assets.script("editor", "dial", "gauges"),
)

_STATES = tuple(gauge_words.STATES)


def show(
    gauges: Sequence[Gauge],
    indicators: Sequence[Indicator],
    *,
    periods: Mapping[Cadence, Sequence[date]],
    version: int,
    today: date,
    day: date,
    editable: bool,
    outcome: Outcome | None,
    focus: int | None,
    key: str,
    on_edit: Callable[[ReadingEdit], None],
    on_open: Callable[[str, int], None] | None = None,
    heading: tuple[str, str] | None = None,
) -> None:
    """Show the wall as it was on `day`; a click on a value edits it.

    `periods` are the ones that can be entered at each cadence, the one that is due first.
    `focus` is the KPI to scroll to. With `on_open`, a click on a name opens that KPI.
    `heading` takes the place of “Health” and its question.
    """
    known = tuple((cadence, tuple(starts)) for cadence, starts in periods.items())
    data = {
        **_written(tuple(gauges), tuple(indicators), known, today, day),
        **_headed(heading),
        "version": version,
        "day": day.isoformat(),
        "editable": editable,
        "opens": on_open is not None,
        "focus": focus,
        "answer": editing.answer(key, outcome, "kpi"),
    }
    _WALL(
        key=key,
        data=data,
        on_edit_change=editing.listener(key, editing.reading, on_edit),
        on_open_change=click_events.listener(key, on_open),
    )


def _headed(heading: tuple[str, str] | None) -> dict[str, str]:
    return {"heading": heading[0], "question": heading[1]} if heading else {}


_STATE_ITEMS = tuple(gauge_words.STATES.items())


@lru_cache(maxsize=32)
def _written(
    gauges: tuple[Gauge, ...],
    indicators: tuple[Indicator, ...],
    periods: tuple[tuple[Cadence, tuple[date, ...]], ...],
    today: date,
    day: date,
) -> Mapping[str, Any]:
    """Write what all who look at these gauges are sent, once and not at every run."""
    names = gauge_words.told_apart([*gauges, *indicators])
    wall = _Wall(dict(periods), names, today=today, day=day)
    return {
        "heading": "Health",
        "question": gauge_words.health_heading(gauges),
        "empty": "" if gauges or indicators else gauge_words.NO_KPIS,
        "states": [[name.replace(" ", "-"), *text.split(" ", 1)] for name, text in _STATE_ITEMS],
        "gauges": [wall.gauge(gauge) for gauge in gauges],
        "indicators": [_indicator(indicator, names, today) for indicator in indicators],
        "periods": wall.named_periods(),
        "whose": wall.whose,
        "signals": wall.signals,
    }


class _Wall:
    """Writes gauges short: what many share is said once and pointed at."""

    def __init__(
        self,
        periods: Mapping[Cadence, Sequence[date]],
        names: Mapping[int, str],
        *,
        today: date,
        day: date,
    ) -> None:
        self.periods = periods
        self.names = names
        self.cadences = tuple(periods)
        self.whose: list[str] = []
        self.signals: list[list[str]] = []
        self.today = today
        self.day = day

    def named_periods(self) -> list[list[list[str]]]:
        return [
            [
                [start.isoformat(), formatting.period(cadence, start, self.today)]
                for start in self.periods[cadence]
            ]
            for cadence in self.cadences
        ]

    def gauge(self, gauge: Gauge) -> list[Any]:
        """In the order that `gauges.js` takes apart."""
        return [
            gauge.kpi_id,
            self.names[gauge.kpi_id],
            self._whose(gauge),
            self._cadence(gauge.cadence),
            _STATES.index(gauge_words.state_of(gauge)),
            gauge.value,
            formatting.short(gauge.value),
            gauge.unit,
            words.ideal(gauge.low, gauge.high, "").removeprefix("ideal "),
            _rounded(gauge.needle),
            gauge.off,
            formatting.short(gauge.scale_lower),
            formatting.short(gauge.scale_upper),
            _band(gauge),
            " ".join("-" if value is None else f"{value:.4g}" for value in gauge.series),
            self._behind(gauge),
            _limits(gauge),
            gauge_words.gauge_line(gauge, self.day, self.today),
            gauge_words.signal_kind(gauge, self.signals),
            gauge_words.unusual(gauge),
            int(gauge_words.is_decided(gauge)),
        ]

    def _whose(self, gauge: Gauge) -> int:
        text = " · ".join(part for part in (gauge.team, gauge.owner) if part)
        if text not in self.whose:
            self.whose.append(text)
        return self.whose.index(text)

    def _cadence(self, cadence: Cadence) -> int:
        return self.cadences.index(cadence) if cadence in self.cadences else -1

    def _behind(self, gauge: Gauge) -> int | None:
        """How many periods the latest reading lies behind the one that is due."""
        known = list(self.periods.get(gauge.cadence, ()))
        if gauge.period is None or not known:
            return None
        if gauge.period > known[0]:
            return -1
        return known.index(gauge.period) if gauge.period in known else None


def _band(gauge: Gauge) -> list[float]:
    width = gauge.scale_upper - gauge.scale_lower
    if not width:
        return [0, 1]
    low = 0.0 if gauge.low is None else (gauge.low - gauge.scale_lower) / width
    high = 1.0 if gauge.high is None else (gauge.high - gauge.scale_lower) / width
    return [round(min(max(low, 0.0), 1.0), 3), round(min(max(high, 0.0), 1.0), 3)]


def _limits(gauge: Gauge) -> list[float] | None:
    if gauge.limit_lower is None or gauge.limit_upper is None:
        return None
    return [float(f"{gauge.limit_lower:.4g}"), float(f"{gauge.limit_upper:.4g}")]


def _rounded(share: float | None) -> float | None:
    return None if share is None or not isfinite(share) else round(share, 3)


def _indicator(indicator: Indicator, names: Mapping[int, str], today: date) -> list[Any]:
    when = indicator.period
    return [
        indicator.kpi_id,
        names[indicator.kpi_id],
        formatting.value(indicator.value, indicator.unit),
        words.movement(indicator.value, indicator.previous, indicator.cadence),
        "" if when is None else formatting.period(indicator.cadence, when, today),
    ]
