"""Teams by weeks: how many KPIs of each drifted when, read off the signals as they are kept."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.periods import first_day, freshness, ordinal
from data.company.queries import Company
from data.company.views import TeamView
from data.kpis.views.signals import SignalView
from data.screens.views.drift import TeamWeeks

WEEKS = 26
LEVELS = 2
"""How many levels below the team that is looked at have a row of their own."""

WEEK = timedelta(days=7)

Letters = NDArray[np.bytes_]


def last_weeks(day: date) -> tuple[date, ...]:
    """Give the first days of the last 26 weeks, the one that a day is in last."""
    this = ordinal(day, "weekly")
    return tuple(first_day(this - back, "weekly") for back in range(WEEKS - 1, -1, -1))


def teams_by_weeks(
    here: Company,
    team: TeamView,
    kpis: Sequence[Any],
    signals: Mapping[int, SignalView],
    weeks: Sequence[date],
    day: date,
) -> tuple[TeamWeeks, ...]:
    """Count what drifted in each week under a team and those up to two levels below it.

    Teams without a KPI are left out; the others come in the order of the tree. What had fallen
    silent by a week's end, or by the day in the last week, counts as nothing in it.
    """
    letters = letters_in(kpis, signals, weeks)
    letters[_silent_in(kpis, signals, weeks, day)] = b" "
    drifting, judged = letters == b"d", (letters != b" ") & (letters != b"l")
    at = {one.id: row for row, one in enumerate(here.teams)}
    own = np.zeros((3, len(here.teams), len(weeks)), np.int64)
    rows = [at[kpi.team_id] for kpi in kpis]
    for number, counted in enumerate((drifting, judged, np.ones_like(drifting))):
        np.add.at(own[number], rows, counted)
    # Below stands after above: from the last to the first, each adds itself to its parent.
    for one in reversed(here.teams):
        if one.parent_id in at:
            own[:, at[one.parent_id]] += own[:, at[one.id]]
    below = set(here.below(team.id))
    shown = [one for one in here.teams if one.id in below and one.depth - team.depth <= LEVELS]
    return tuple(
        TeamWeeks(one, *(tuple(own[number, at[one.id]].tolist()) for number in (0, 1)))
        for one in shown
        if own[2, at[one.id]].any()
    )


def _silent_in(
    kpis: Sequence[Any], signals: Mapping[int, SignalView], weeks: Sequence[date], day: date
) -> NDArray[np.bool_]:
    """Tell in which weeks the newest reading of each KPI was too old to speak of, (kpis, weeks)."""
    ends = [*(week + WEEK - timedelta(days=1) for week in weeks[:-1]), day]
    newest = [(signals[kpi.id].period if kpi.id in signals else None, kpi.cadence) for kpi in kpis]
    told = {
        each: [freshness(each[0], end, each[1]) == "no data" for end in ends]
        for each in set(newest)
    }
    return np.array([told[each] for each in newest], bool).reshape(len(kpis), len(weeks))


def letters_in(
    kpis: Sequence[Any], signals: Mapping[int, SignalView], weeks: Sequence[date]
) -> Letters:
    """Give the letter of each KPI's signal at the end of each week, a space before the first.

    That is the signal after the last period that had ended by then, in the last week the signal
    as it stands: an alarm stands until something else was read.
    """
    letters = np.full((len(kpis), len(weeks)), b" ", "S1")
    of_cadence: dict[str, list[int]] = {}
    for row, kpi in enumerate(kpis):
        if kpi.id in signals and signals[kpi.id].history:
            of_cadence.setdefault(kpi.cadence, []).append(row)
    for cadence, rows in of_cadence.items():
        found = [signals[kpis[row].id] for row in rows]
        ended = np.array([ordinal(week + WEEK, cadence) - 1 for week in weeks])
        newest = np.array([ordinal(signal.period, cadence) for signal in found])
        back = np.maximum(newest[:, None] - ended, 0)
        back[:, -1] = 0
        width = max(len(signal.history) for signal in found)
        kept = np.array([signal.history.rjust(width).encode() for signal in found])
        kept = kept.view("S1").reshape(len(found), width)
        # Trailing spaces are what NumPy drops from bytes; an index before the first is a space.
        column = width - 1 - back
        letter = np.take_along_axis(kept, np.maximum(column, 0), 1)
        letters[rows] = np.where(column >= 0, letter, b" ")
    return letters
