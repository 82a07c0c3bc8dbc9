"""What the sample says about an objective: its key results, and how each gets along.

Words of a check-in count backwards from the last one: the last word of a tuple belongs to it.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from models import Ambition, Confidence, KeyResultKind, ObjectiveState, Scope


@dataclass(frozen=True, slots=True)
class Span:
    """A cycle; both ends belong to it."""

    name: str
    starts_on: date
    ends_on: date


class Course(Enum):
    """How a key result gets along: its way for each part of the cycle that has passed."""

    AHEAD = 1.35
    ON_PACE = 1.0
    BEHIND = 0.5
    UNCHANGED = 0.8
    UNTOLD = 0.0


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone, its share, and the part of the cycle after which it is reached, if it is."""

    name: str
    share: float
    reached: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResult:
    """A key result: from start to target, fed by a KPI, in steps, or a KPI held in its range."""

    name: str
    owner: str
    unit: str = ""
    start: float | None = None
    target: float | None = None
    places: int = 0
    course: Course = Course.ON_PACE
    kpi: str = ""
    hold_periods: int | None = None
    steps: tuple[Step, ...] = ()
    weight: float = 1
    confidences: tuple[Confidence | None, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def kind(self) -> KeyResultKind:
        """How it is measured."""
        if self.steps:
            return KeyResultKind.MILESTONE
        return KeyResultKind.METRIC if self.hold_periods is None else KeyResultKind.HOLD


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What a team, or one person of it, wants to reach."""

    name: str
    owner: str
    key_results: tuple[KeyResult, ...]
    ambition: Ambition = Ambition.ASPIRATIONAL
    scope: Scope = Scope.TEAM
    state: ObjectiveState = ObjectiveState.ACTIVE
    supports: tuple[str, ...] = ()
    guardrails: tuple[str, ...] = ()
    origin_kpi: str = ""


Roads = dict[str, tuple[Objective, ...]]
"""The objectives of a cycle, by team."""
