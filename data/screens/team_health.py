"""How the KPIs of a team and of those below it are, counted from rows that are read anyway."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from data.company.queries import Company
from data.company.views import TeamView
from data.kpis.queries.attention import State
from data.screens.views.cockpit import Tally
from models import Health

FIRST = 6
"""How many teams are shown before somebody asks for the rest."""


class TeamStates(NamedTuple):
    """A team directly below the one looked at, its counts and the key of its worst KPI."""

    team: TeamView
    tally: Tally
    worst_id: int | None


def tally(states: Iterable[State]) -> Tally:
    """Count KPIs by how they are."""
    all_ = list(states)
    drifting = [one for one in all_ if one.drifts]
    outside = sum(one.level is Health.OUT_OF_RANGE for one in all_)
    silent = sum(one.level is Health.NO_DATA for one in all_)
    return Tally(
        kpis=len(all_),
        in_range=len(all_) - outside - silent,
        outside=outside,
        silent=silent,
        drifting=len(drifting),
        drifting_inside=sum(one.level is not Health.OUT_OF_RANGE for one in drifting),
        undecided=sum(one.waits for one in drifting),
        waiting=sum(one.waits for one in all_),
        judged=sum(one.is_judged for one in all_),
        due=sum(one.is_due for one in all_),
    )


def teams_below(here: Company, team: TeamView, states: Sequence[State]) -> list[TeamStates]:
    """Give the teams directly below a team, each with all below it, those that need eyes first.

    The states come worst first.
    """
    direct = [each for each in here.teams if each.parent_id == team.id]
    belongs = {team_id: each.id for each in direct for team_id in here.below(each.id)}
    of: dict[int, list[State]] = {each.id: [] for each in direct}
    for one in states:
        if (owner := belongs.get(one.team_id)) is not None:
            of[owner].append(one)
    rows = [
        TeamStates(each, tally(of[each.id]), of[each.id][0].kpi_id if of[each.id] else None)
        for each in direct
    ]
    return sorted(rows, key=_need)


def _need(row: TeamStates) -> tuple[int, int, int, str]:
    """Put the most undecided first, then the most troubled, then the most silent."""
    troubled = row.tally.outside + row.tally.drifting_inside
    return -row.tally.waiting, -troubled, -row.tally.silent, row.team.name
