"""Gauges: cards or rows of a table, each with its reading to type over."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import Any

from components.editing import editing
from components.kpis import first_sentence, gauge_decisions, gauge_numbers, gauge_words
from components.kpis.gauge_numbers import Periods
from components.ui import click_events, formatting, frontend, words
from components.ui.payloads import triggered
from data.core import typed_text
from data.core.outcomes import Outcome
from data.kpis.views.edits import ReadingEdit
from data.kpis.views.gauges import Gauge, Indicator
from models import Cadence, Health

_GAUGES = frontend.element("gauges")


def show(
    gauges: Sequence[Gauge],
    indicators: Sequence[Indicator],
    *,
    periods: Mapping[Cadence, Sequence[date]],
    version: int,
    today: date,
    day: date,
    editable: bool,
    person: str | None,
    outcome: Outcome | None,
    focus: int | None,
    key: str,
    on_edit: Callable[[ReadingEdit], None],
    on_open: Callable[[str, int], None] | None = None,
    heading: tuple[str, str] = ("Health", ""),
    team: str | None = None,
    as_table: bool | None = None,
    on_view: Callable[[bool], None] = lambda as_table: None,
    moved: Mapping[str, str] | None = None,
    beside: bool | None = None,
    more: int = 0,
    more_outside: int = 0,
    is_whole: bool = False,
    on_more: Callable[[], None] = lambda: None,
) -> None:
    """Show the gauges as they were on `day`; a click on a value edits it.

    `periods` are the ones that can be entered at each cadence, the one that is due first.
    `focus` is the KPI to scroll to. With `on_open`, a click on a name opens that KPI.
    `heading` takes the place of “Health”; what is of another team than the one looked at, `team`,
    names its own.
    A switch lets people choose cards or a table, worst first, unless `as_table` is None: `on_view`
    hears whether they want the table. `moved` tells by key what is another than it was. `beside`
    tells whether there is room for what follows beside them, where there may be. A button shows
    `more`, of which some are out of range, or few again where it `is_whole`.
    """
    known = tuple((cadence, tuple(starts)) for cadence, starts in periods.items())
    title, question = heading
    shown = sorted(gauges, key=need) if as_table else gauges
    data = {
        "heading": title,
        "question": question,
        "empty": "" if gauges or indicators else gauge_words.NO_KPIS,
        "version": version,
        "day": day.isoformat(),
        "editable": editable,
        "person": person or "",
        "opens": on_open is not None,
        "table": as_table,
        "focus": focus,
        "answer": editing.answer(key, outcome, "kpi"),
        "moved": moved,
        "beside": beside,
        "turn": words.turn(
            more,
            "KPI",
            is_whole=is_whole,
            besides=f", {more_outside} out of range" if more_outside else "",
        ),
        "whole": is_whole,
    }
    _GAUGES(
        key=key,
        data=data,
        large=_written(tuple(shown), tuple(indicators), known, team, today, day),
        on_edit_change=editing.listener(key, editing.reading, on_edit),
        on_open_change=click_events.listener(key, on_open),
        on_more_change=on_more,
        on_view_change=lambda: on_view(triggered(key, "view") == "table"),
    )


def frame(
    gauges: Sequence[Gauge],
    indicators: Sequence[Indicator],
    *,
    team: str,
    today: date,
    day: date,
) -> dict[str, Any]:
    """Write gauges as they were on a day that is only looked back to."""
    written = _written(tuple(gauges), tuple(indicators), (), team, today, day)
    return {**written, "day": day.isoformat(), "editable": False, "moved": None}


def need(gauge: Gauge) -> tuple[bool, bool, bool, bool, float, str]:
    """Put first what waits for a decision, then what is silent, decided, unusual; then the rest."""
    state, decided = gauge_words.state_of(gauge), gauge_decisions.may_be_decided(gauge)
    unusual = state != "in range" or gauge_words.signal_mark(gauge) is not None
    waits, silent = gauge_decisions.waits(gauge), gauge.health is Health.NO_DATA
    return not waits, not silent, not decided, not unusual, -gauge.severity, gauge.name


@lru_cache(maxsize=32)
def _written(
    gauges: tuple[Gauge, ...],
    indicators: tuple[Indicator, ...],
    periods: Periods,
    team: str | None,
    today: date,
    day: date,
) -> Mapping[str, Any]:
    """Write what all who look at these gauges are sent, once and not at every run."""
    return {
        "gauges": [_gauge(gauge, periods, team, today, day) for gauge in gauges],
        "indicators": [_indicator(indicator, team, today) for indicator in indicators],
        "periods": {
            cadence.value: formatting.periods(cadence, starts, today) for cadence, starts in periods
        },
    }


@lru_cache(maxsize=2048)
def _gauge(
    gauge: Gauge, periods: Periods, team: str | None, today: date, day: date
) -> Mapping[str, Any]:
    """Write a gauge in words, once until it changes."""
    return {
        "id": gauge.kpi_id,
        "name": gauge.name,
        "team": _whose(gauge, team),
        "owner": gauge.owner or "",
        "cadence": gauge.cadence.value,
        "state": gauge_words.drawn_state(gauge),
        "exact": typed_text.number(gauge.value),
        "shown": gauge_numbers.amount(gauge),
        "unit": gauge.unit,
        "ideal": gauge_numbers.ideal(gauge).removeprefix("ideal "),
        "needle": _rounded(gauge.needle),
        "off": gauge.off,
        "lower": formatting.short(gauge.scale_lower, gauge.scale_upper),
        "upper": formatting.short(gauge.scale_upper, gauge.scale_lower),
        "band": _band(gauge),
        "series": gauge_numbers.series(gauge),
        "behind": gauge_numbers.behind(gauge, dict(periods)),
        "limits": gauge_numbers.limits(gauge),
        "sentence": first_sentence.sentence(gauge, day, today),
        "line": gauge_words.gauge_line(gauge, day, today),
        "signal": gauge_words.drawn_signal(gauge),
        "unusual": gauge_words.unusual(gauge),
        "decided": gauge_decisions.is_decided(gauge),
    }


def _indicator(indicator: Indicator, team: str | None, today: date) -> dict[str, Any]:
    cadence, when = indicator.cadence, indicator.period
    return {
        "id": indicator.kpi_id,
        "name": indicator.name,
        "team": _whose(indicator, team),
        "value": formatting.value(indicator.value, indicator.unit),
        "change": words.movement(indicator.value, indicator.previous, cadence),
        "period": "" if when is None else formatting.period(cadence, when, today),
    }


def _whose(shown: Gauge | Indicator, team: str | None) -> str:
    return "" if team in (None, shown.team) else shown.team


def _band(gauge: Gauge) -> list[float]:
    width = gauge.scale_upper - gauge.scale_lower
    if not width:
        return [0, 1]
    low = 0.0 if gauge.low is None else (gauge.low - gauge.scale_lower) / width
    high = 1.0 if gauge.high is None else (gauge.high - gauge.scale_lower) / width
    return [round(min(max(low, 0.0), 1.0), 3), round(min(max(high, 0.0), 1.0), 3)]


def _rounded(share: float | None) -> float | None:
    return None if share is None or not isfinite(share) else round(share, 3)
