"""What the sample says about a KPI: what was agreed, and how its numbers behave.

Behaviour counts backwards from the period that is due: reading 0 is that one, reading 5 the
one five periods before. So the story is the same on whatever day it is told.
"""

from dataclasses import dataclass

from models import Better, Cadence, KpiKind

FOUR_YEARS = 52
"""Months: a season is found in no fewer than four of its rounds."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A change of level: it shows in the last `since` readings and is whole after `over`."""

    since: int
    by: float
    over: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A reading with a story: a note, a value of its own, or one that was first typed wrongly."""

    ago: int
    note: str = ""
    value: float | None = None
    first_typed: float | None = None
    correction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """How the numbers came about, rounded to `places` as people type them.

    With `share_of` they are a share of another KPI's readings. `silent` periods at the end
    and those in `gaps` have no reading.
    """

    level: float
    noise: float
    places: int = 0
    count: int | None = None
    ceiling: float = float("inf")
    season: tuple[float, ...] = ()
    shifts: tuple[Shift, ...] = ()
    marks: tuple[Mark, ...] = ()
    gaps: tuple[int, ...] = ()
    silent: int = 0
    share_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Driven:
    """Numbers that follow from those of other KPIs, rounded to `places`."""

    by: str
    places: int = 1
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """A KPI of a team; without a range it is an indicator."""

    name: str
    unit: str
    better: Better
    cadence: Cadence
    kind: KpiKind
    owner: str
    numbers: Story | Driven
    description: str
    low: float | None = None
    high: float | None = None
    pinned: tuple[str, ...] = ()
