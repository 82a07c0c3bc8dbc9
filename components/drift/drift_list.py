"""The leader's list: which KPIs drift, since when, who has decided; and teams by weeks."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import streamlit as st

from components.drift import drift_words
from components.kpis import gauge_words
from components.ui import assets, click_events, formatting, words
from components.ui.payloads import triggered
from data.kpis.views.gauges import Gauge
from data.screens.views.drift import DriftView, Listed, TeamWeeks

_LIST = st.components.v2.component(
    "milepost_drift",
    html="<div class='root'></div>",
    css=assets.style("drift"),
    js=assets.script("dial", "drift"),
)

_STATES = tuple(gauge_words.STATES)

TEAMS_SHOWN = 12
"""How many teams have their weeks shown before somebody asks for all."""


def show(
    view: DriftView,
    *,
    today: date,
    narrowed: bool,
    key: str,
    on_open: Callable[[str, int], None],
    on_team: Callable[[str], None],
    on_more: Callable[[], None],
) -> None:
    """Show the list as it was on the view's day; a click on a name opens that KPI.

    `narrowed` tells that only some states or decisions are looked for. A click on a team's name
    looks at that team, and the button below asks for the rest of the list.
    """

    def hear_team() -> None:
        name = triggered(key, "team")
        if name in {row.team.name for row in view.teams}:
            on_team(str(name))

    _LIST(
        key=key,
        data={**_written(view, today, narrowed)},
        on_open_change=click_events.listener(key, on_open),
        on_team_change=hear_team,
        on_more_change=on_more,
    )


@lru_cache(maxsize=32)
def _written(view: DriftView, today: date, narrowed: bool) -> Mapping[str, Any]:
    """Write what all who look at this list are sent, once and not at every run."""
    rows = _Rows(view.day, today)
    listed = [rows.row(one) for one in view.listed]
    return {
        "question": drift_words.headline(view),
        "besides": drift_words.besides(view.counts),
        "chance": drift_words.by_chance(view.counts),
        "empty": "" if listed else drift_words.nothing(view, narrowed=narrowed),
        "states": [
            [name.replace(" ", "-"), *text.split(" ", 1)]
            for name, text in gauge_words.STATES.items()
        ],
        "signals": rows.signals,
        "rows": listed,
        "more": view.more,
        "weeks": [formatting.day(week, today) for week in view.weeks],
        "months": _months(view.weeks),
        "teams": [_team(row, view.team.depth) for row in view.teams],
        "shown": sorted(_most_drifting(view)),
    }


class _Rows:
    """Writes rows short: a signal that many share is said once and pointed at."""

    def __init__(self, day: date, today: date) -> None:
        self.signals: list[list[str]] = []
        self.day = day
        self.today = today

    def row(self, listed: Listed) -> list[Any]:
        """In the order that `drift.js` takes apart."""
        gauge = listed.gauge
        return [
            gauge.kpi_id,
            gauge.name,
            " › ".join(listed.lineage),
            _STATES.index(gauge_words.state_of(gauge)),
            gauge_words.signal_kind(gauge, self.signals),
            formatting.value(gauge.value, gauge.unit),
            words.ideal(gauge.low, gauge.high, gauge.unit),
            drift_words.since(gauge, self.day, self.today),
            drift_words.decision(gauge, self.today),
            drift_words.waits(gauge),
            drift_words.leaving(gauge, self.day),
            " ".join("-" if value is None else f"{value:.4g}" for value in gauge.series),
            _limits(gauge),
            gauge_words.unusual(gauge),
        ]


def _limits(gauge: Gauge) -> list[float] | None:
    if gauge.limit_lower is None or gauge.limit_upper is None:
        return None
    return [float(f"{gauge.limit_lower:.4g}"), float(f"{gauge.limit_upper:.4g}")]


def _months(weeks: tuple[date, ...]) -> list[str]:
    """Name the month over the first week that begins in it."""
    named = [formatting.day(week, week).split(formatting.FIXED)[1] for week in weeks]
    return [
        name if number and name != named[number - 1] else "" for number, name in enumerate(named)
    ]


def _team(row: TeamWeeks, top: int) -> list[Any]:
    """In the order that `drift.js` takes apart."""
    return [row.team.name, row.team.depth - top, list(row.drifting), list(row.judged)]


def _most_drifting(view: DriftView) -> list[int]:
    """Give the places of the team looked at and those that drift most, now and before."""
    places = range(len(view.teams))
    by_drift = sorted(
        places,
        key=lambda at: (at > 0, -view.teams[at].drifting[-1], -sum(view.teams[at].drifting), at),
    )
    return by_drift[:TEAMS_SHOWN]
