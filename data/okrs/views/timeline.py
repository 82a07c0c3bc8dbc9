"""The road so far: a team's cycles with their scores, and what became of its KPIs between."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.kpis.views.recovery import RecoveryView
from models import Ambition, ObjectiveState

Happened = Literal["rerouted", "confirmed", "slipped", "graduated"]


@dataclass(frozen=True, slots=True)
class PastEvent:
    """What happened to the recovery of a KPI on a day, and what was said; `times` counts them."""

    on: date
    what: Happened
    kpi_id: int
    kpi: str
    reason: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class PastObjective:
    """An objective as it stands on the timeline; `score` is None while it is pursued.

    `recovery` is the one that it is, while that goes on.
    """

    id: int
    name: str
    state: ObjectiveState
    ambition: Ambition
    progress: float
    score: float | None
    recovery: RecoveryView | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A cycle of a team: its objectives, and what happened in it; the cycle is None between two.

    `mean` is that of the scores of the objectives that are over, None without one.
    """

    cycle: str | None
    starts_on: date
    ends_on: date
    objectives: tuple[PastObjective, ...]
    events: tuple[PastEvent, ...]
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """A team's way until a day, the newest chapter first."""

    team: str
    day: date
    chapters: tuple[Chapter, ...]
