"""The first screen."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.company.views import CycleView, TeamView
from data.kpis.views.gauges import Gauge, Indicator
from data.okrs.views.key_results import KeyResultView, ObjectiveView


@dataclass(frozen=True, slots=True)
class DecisionCard:
    """Something that needs a decision: a gauge, or a key result and its objective.

    `decided` tells that somebody has said what to do, so that it may wait; `recovered` waits for
    a person to confirm it; `settled` is a shift to the good side, which may be the new normal.
    """

    kind: Literal["drifting", "out of range", "behind pace", "no data", "recovered", "settled"]
    gauge: Gauge | None = None
    key_result: KeyResultView | None = None
    objective: str | None = None
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How many KPIs with a range there are and how they are, by their latest readings.

    Each of them is `in_range`, `outside` or `silent`. Of all, so many are `drifting`, and of
    those so many `undecided`; `drifting_inside` drift within their range. `waiting` are all that
    nobody has decided, drifting or outside. Of `judged` ones a drift could be told; `due` ones
    could be read now.
    """

    kpis: int = 0
    in_range: int = 0
    outside: int = 0
    silent: int = 0
    drifting: int = 0
    drifting_inside: int = 0
    undecided: int = 0
    waiting: int = 0
    judged: int = 0
    due: int = 0


@dataclass(frozen=True, slots=True)
class TeamHealth:
    """A team with all below it: how its KPIs are, and the one that needs eyes most."""

    team: TeamView
    tally: Tally
    worst: Gauge | None


@dataclass(frozen=True, slots=True)
class Cockpit:
    """Everything the first screen shows, as it was known at the end of `day`.

    `tally` is of the team and all below it, `teams` are those directly below it, worst first, and
    `more_teams` how many there are besides.
    `version` is the data's version it was read at; an edit hands it back. `more_gauges` and
    `more_objectives` count what is one click away, `more_outside` the gauges of those that are
    out of range; `drafts` counts objectives that nobody has started yet. `last_day` is offered
    where all is stale.
    """

    version: int
    day: date
    team: TeamView
    cycle: CycleView | None
    tally: Tally
    teams: tuple[TeamHealth, ...]
    more_teams: int
    gauges: tuple[Gauge, ...]
    indicators: tuple[Indicator, ...]
    objectives: tuple[ObjectiveView, ...]
    decisions: tuple[DecisionCard, ...]
    more_gauges: int
    more_outside: int
    more_objectives: int
    drafts: int
    last_day: date | None
