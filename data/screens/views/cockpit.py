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

    `decided` tells that somebody has said what to do, so that it may wait; `settled` is a shift
    to the good side, which may be the new normal.
    """

    kind: Literal["drifting", "out of range", "behind pace", "no data", "settled"]
    gauge: Gauge | None = None
    key_result: KeyResultView | None = None
    objective: str | None = None
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Cockpit:
    """Everything the first screen shows, as it was known at the end of `day`.

    `version` is the data's version it was read at; an edit hands it back. `more_gauges` and
    `more_objectives` count what is one click away, `more_outside` the gauges of those that are
    out of range; `drafts` counts objectives that nobody has started yet. `last_day` is offered
    where all is stale.
    """

    version: int
    day: date
    team: TeamView
    cycle: CycleView | None
    gauges: tuple[Gauge, ...]
    indicators: tuple[Indicator, ...]
    objectives: tuple[ObjectiveView, ...]
    decisions: tuple[DecisionCard, ...]
    more_gauges: int
    more_outside: int
    more_objectives: int
    drafts: int
    last_day: date | None
