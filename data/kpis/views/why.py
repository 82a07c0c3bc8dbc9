"""Why a KPI changed: what else moved around that time, and which drivers the change comes from."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.kpis.views.signals import EventView


@dataclass(frozen=True, slots=True)
class MovedKpi:
    """Another KPI that changed near a change; `lag` counts days, below 0 where it came first.

    `strength` is its mean after less that before, in standard deviations of one of its readings,
    None where those are all alike. `lag` is 0 where the two fall into the same period.
    """

    kpi_id: int
    name: str
    team: str
    period: date
    lag: int
    strength: float | None


@dataclass(frozen=True, slots=True)
class NearEvent:
    """An event near a change, and the KPI it was noted at, None where that is the one shown."""

    event: EventView
    kpi: str | None
    lag: int


@dataclass(frozen=True, slots=True)
class MovedKeyResult:
    """A key result whose value moved between two check-ins near a change."""

    name: str
    objective: str
    unit: str
    tie: Literal["fed", "guarded", "team"]
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Around:
    """What happened around a change; it need not have to do with it.

    `compared` of the `others` had readings around the change; where that is not all of them
    because there are too many, `branch` tells that they are those nearest in the tree of teams.
    `by_chance` of them are expected to have changed near it if they had nothing to do with it,
    and `chance` is that of as many as were found.
    """

    moved: tuple[MovedKpi, ...]
    compared: int
    others: int
    branch: bool
    by_chance: float
    chance: float
    events: tuple[NearEvent, ...]
    key_results: tuple[MovedKeyResult, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A driver's share in the change of what is computed from it, in the unit of that."""

    kpi_id: int
    name: str
    unit: str
    before: float
    after: float
    part: float


@dataclass(frozen=True, slots=True)
class Split:
    """A change taken apart: `parts` sum to `whole`, what the expression changed by.

    Compared are the means over the periods from `since` until the change, and from then on.
    `own` is what the KPI's readings changed by, None where they are missing. Without parts,
    `unreadable` says what is wrong with the expression, `unknown` and `ambiguous` name drivers
    that could not be told, `silent` those without readings both before and after.
    """

    expression: str
    since: date | None = None
    parts: tuple[Part, ...] = ()
    whole: float | None = None
    own: float | None = None
    unreadable: str = ""
    unknown: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """What is to be said about the change of a KPI that stands out; None where none does.

    `change` is the period in which its drift set in, else that of its last change point.
    """

    change: date | None
    drifts: bool
    around: Around | None
    split: Split | None
