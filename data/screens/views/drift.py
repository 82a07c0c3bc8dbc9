"""The leader's list: what drifts under a team, and when each team drifted."""

from dataclasses import dataclass
from datetime import date

from data.company.views import TeamView
from data.kpis.views.gauges import Gauge


@dataclass(frozen=True, slots=True)
class Listed:
    """A KPI of the list; one without a range comes as a gauge whose health is `indicator`.

    `lineage` names its team and those above it, the topmost below the one looked at first; for
    a KPI of the team looked at, that team.
    """

    gauge: Gauge
    lineage: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many KPIs with a range there are under a team, and what is the matter with them.

    `silent` have no fresh reading and count as nothing else. `judged` have readings enough for a
    drift to be told; if all of them were healthy, so many as `by_chance` gives, from the fewest
    to the most, would be called drifting as simulated, and as `of_real` gives if they are like
    real ones. `undecided` of the `drifting` wait for a decision, `waiting` of all that are listed.
    `indicators` drift too and have no range. `listed` have something the matter, `calm` are in
    range and steady.
    """

    kpis: int
    silent: int
    judged: int
    drifting: int
    undecided: int
    waiting: int
    recovering: int
    outside: int
    watched: int
    indicators: int
    listed: int
    calm: int
    by_chance: tuple[float, float]
    of_real: tuple[float, float]


@dataclass(frozen=True, slots=True)
class TeamWeeks:
    """How many KPIs of a team and those below it drifted in each week, of how many judged."""

    team: TeamView
    drifting: tuple[int, ...]
    judged: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DriftView:
    """Everything the leader's list shows, as it was known at the end of `day`.

    `listed` comes in the order of need, `more` counts what is one click away. `weeks` are the
    first days of the weeks that `teams` tell of, the one of `day` last. `has_indicators` tells
    that there are KPIs without a range. `last_day` is offered where all is silent.
    """

    version: int
    day: date
    team: TeamView
    counts: Counts
    listed: tuple[Listed, ...]
    more: int
    weeks: tuple[date, ...]
    teams: tuple[TeamWeeks, ...]
    has_indicators: bool
    last_day: date | None = None
