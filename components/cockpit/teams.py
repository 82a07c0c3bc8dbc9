"""A row a team: how many of its KPIs are in range, what is the matter with others, its worst."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from components.kpis import gauge_numbers, gauge_words
from components.ui import click_events, frontend, words
from data.screens.views.cockpit import Tally, TeamHealth

_TEAMS = frontend.element("teams")

PARTS = (
    ("fine", "in range"),
    ("drifting", "in range, drifting"),
    ("outside", "out of range"),
    ("silent", "no data"),
)
"""The parts of a bar, in their order."""


def show(
    teams: Sequence[TeamHealth],
    *,
    more: int,
    is_whole: bool,
    key: str,
    on_team: Callable[[str], None],
    on_open: Callable[[str, int], None],
    on_more: Callable[[], None],
) -> None:
    """Show the teams in their order, and a button for `more`, or back to few where `is_whole`."""

    def names() -> set[str]:
        return {row.team.name for row in teams}

    turn = words.turn(more, "team", is_whole=is_whole)
    _TEAMS(
        key=key,
        data={"turn": turn, "parts": PARTS, "whole": is_whole},
        large=_written(tuple(teams)),
        on_team_change=click_events.picker(key, "team", names, on_team),
        on_open_change=click_events.listener(key, on_open),
        on_more_change=on_more,
    )


def frame(teams: Sequence[TeamHealth]) -> Mapping[str, Any]:
    """Write teams as they were on a day that is only looked back to."""
    return _written(tuple(teams))


@lru_cache(maxsize=32)
def _written(teams: tuple[TeamHealth, ...]) -> Mapping[str, Any]:
    return {"teams": [_row(row) for row in teams]}


def _row(row: TeamHealth) -> dict[str, Any]:
    worst = row.worst
    return {
        "name": row.team.name,
        "fine": row.tally.in_range,
        "kpis": row.tally.kpis,
        "said": said(row.tally),
        "shares": shares(row.tally),
        "worst": worst
        and {
            "id": worst.kpi_id,
            "name": worst.name,
            "mark": gauge_words.drawn_signal(worst)
            if gauge_words.is_told_by_signal(worst)
            else gauge_words.drawn_state(worst),
            "series": gauge_numbers.series(worst),
            "limits": gauge_numbers.limits(worst),
            "unusual": gauge_words.unusual(worst),
        },
    }


def shares(tally: Tally) -> list[int]:
    """Count the KPIs of each part of a bar; those of all parts are all there are."""
    fine = tally.in_range - tally.drifting_inside
    return [fine, tally.drifting_inside, tally.outside, tally.silent]


def said(tally: Tally) -> str:
    """Say a bar in words."""
    if not tally.kpis:
        return "no KPI with a range"
    counted = zip(shares(tally), PARTS, strict=True)
    return ", ".join(f"{count} {name}" for count, (_, name) in counted if count)
