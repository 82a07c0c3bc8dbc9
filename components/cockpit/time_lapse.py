"""The cycle so far as frames: what each part of the cockpit told at the end of each week."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from components.cockpit import gauges, headline_words, key_results, teams
from components.ui import formatting, top_line
from data.kpis.views.gauges import Gauge
from data.screens.views.cockpit import Cockpit


class TimeLapse(NamedTuple):
    """How many weeks can be played, and what each shows once it is `asked` for, by a token."""

    weeks: int
    frames: Sequence[Mapping[str, Any]] = ()
    asked: str = ""


@lru_cache(maxsize=8)
def frames(
    weeks: tuple[Cockpit, ...], *, today: date, as_table: bool
) -> tuple[Mapping[str, Any], ...]:
    """Write a frame a week. Teams and gauges keep the places that they have in the last one."""
    last = weeks[-1]
    shown = sorted(last.gauges, key=gauges.need) if as_table else last.gauges
    order = [gauge.kpi_id for gauge in shown]
    return tuple(_frame(week, last, order, today) for week in weeks)


def _frame(week: Cockpit, last: Cockpit, order: Sequence[int], today: date) -> dict[str, Any]:
    day, team = week.day, week.team.name
    title, besides = headline_words.both(week, today)
    rows = {row.team.id: row for row in week.teams}
    return {
        "week": "" if week.cycle is None else top_line.how_far(week.cycle, day, today),
        "day": formatting.day(day, today),
        "parts": {
            "headline": {"title": title, "besides": besides, "notice": None},
            "teams": teams.frame([rows[row.team.id] for row in last.teams if row.team.id in rows]),
            "gauges": gauges.frame(
                _in_order(week.gauges, order), week.indicators, team=team, today=today, day=day
            ),
            "key_results": key_results.frame(week.objectives, team=team, today=today, day=day),
        },
    }


def _in_order(shown: Sequence[Gauge], order: Sequence[int]) -> list[Gauge]:
    by_key = {gauge.kpi_id: gauge for gauge in shown}
    return [by_key[key] for key in order if key in by_key]
