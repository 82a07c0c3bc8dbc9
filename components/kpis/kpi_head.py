"""The head of a KPI's page: its name, how it is, its value, and why in sentences."""

from collections.abc import Callable
from datetime import date
from typing import Any

from components.kpis import gauge_numbers, gauge_words, kpi_words, terms
from components.ui import click_events, formatting, frontend, words
from components.ui.payloads import shaped
from data.kpis.views.kpi import KpiView
from data.kpis.views.why import Split

_HEAD = frontend.element("head")


def show(
    view: KpiView,
    *,
    today: date,
    key: str,
    on_team: Callable[[str], None],
    split: Split | None = None,
) -> None:
    """Say in one look and one sentence how the KPI is; what that rests on unfolds below it.

    `split` is what a drift comes from. A click on the name of a team looks at that.
    """

    hear_team = click_events.picker(key, "team", lambda: view.lineage, on_team)
    _HEAD(key=key, data=_written(view, today, split), on_team_change=hear_team)


def _written(view: KpiView, today: date, split: Split | None) -> dict[str, Any]:
    value, period = _latest(view, today)
    parts = [
        kpi_words.because(view, today),
        kpi_words.natural_limits(view),
        kpi_words.departure(view, today),
    ]
    numbers = " ".join(part for part in parts if part)
    return {
        "path": view.lineage,
        "name": view.name,
        "marks": _marks(view),
        "value": value,
        "period": period,
        "first": kpi_words.first(view, today, split),
        "about": words.dotted(kpi_words.owner(view), view.description),
        "link": view.link,
        "numbers": numbers,
        "terms": list(terms.explained(numbers).items()),
    }


def _marks(view: KpiView) -> list[dict[str, str]]:
    state = "indicator" if view.gauge is None else gauge_words.state_of(view.gauge)
    marks = [(state, kpi_words.health_mark(view))]
    if text := kpi_words.signal_mark(view):
        marks.append((kpi_words.signal_kind(view), text))
    return [{"kind": kind.replace(" ", "-"), **shaped(text)} for kind, text in marks]


def _latest(view: KpiView, today: date) -> tuple[str, str]:
    latest = view.gauge or view.indicator
    if latest is None or latest.period is None:
        return "", "no reading that counts" if view.dismissed else "no reading yet"
    period = formatting.period(view.cadence, latest.period, today)
    if view.gauge is not None:
        return gauge_numbers.value(view.gauge), period
    return formatting.value(latest.value, view.unit), period
