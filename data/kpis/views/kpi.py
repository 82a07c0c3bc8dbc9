"""The page of one KPI."""

from dataclasses import dataclass
from datetime import date, datetime

from data.kpis.views.gauges import Gauge, Indicator
from data.kpis.views.ranges import RangeAhead
from data.kpis.views.signals import DecisionView, EventView, OutlookView, SignalView
from models import Better, Cadence, KpiKind


@dataclass(frozen=True, slots=True)
class Said:
    """A value that somebody gave for a period, and when."""

    value: float | None
    note: str
    who: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ReadingView:
    """The reading that counts for a period, and those it took the place of, latest first."""

    period: date
    said: Said
    replaced: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """An objective that a KPI guards, or feeds through a key result."""

    objective: str
    team: str
    cycle: str
    key_result: str | None
    objective_id: int


@dataclass(frozen=True, slots=True)
class NaturalLimits:
    """Between which values a KPI moves by itself, and the `size` readings that say so.

    `since` and `until` are the periods of the first and the last of them.
    """

    lower: float
    centre: float
    upper: float
    since: date
    until: date
    size: int


@dataclass(frozen=True, slots=True)
class KpiView:
    """Everything the page of one KPI shows, as it was known at the end of `day`.

    `lineage` names its team and those above, the topmost first. A KPI without a range has an
    indicator and no gauge. `periods` and `values` are its whole history, every period from the
    first reading to the last, None where one is missing. `limits` never take in a drift: while
    one stands they come from the readings before it, and from none before the last new normal.
    `segments` are the periods at which its level or trend changed, `rebased_on` those from which
    on somebody called it a new normal, `dismissed` those whose reading somebody called wrong.
    `decision` and `undecided_days` are those of a gauge, known for an indicator too. `possible`
    are the least and the greatest value that it can have, None for no end. Among `decisions` are
    its actions, open or done. `ranges_ahead` hold from a later day on. `is_pending` tells that its
    signal is being computed.
    """

    version: int
    day: date
    kpi_id: int
    lineage: tuple[str, ...]
    name: str
    unit: str
    cadence: Cadence
    owner: str | None
    gauge: Gauge | None
    indicator: Indicator | None
    better: Better
    kind: KpiKind | None
    description: str
    driven_by: str
    smallest_change: float | None
    link: str
    periods: tuple[date, ...]
    values: tuple[float | None, ...]
    limits: NaturalLimits | None
    segments: tuple[date, ...]
    rebased_on: tuple[date, ...]
    dismissed: tuple[date, ...]
    signal: SignalView | None
    is_pending: bool
    decision: DecisionView | None
    undecided_days: int | None
    ahead: OutlookView | None
    possible: tuple[float | None, float | None]
    readings: tuple[ReadingView, ...]
    decisions: tuple[DecisionView, ...]
    events: tuple[EventView, ...]
    ties: tuple[Tie, ...]
    ranges_ahead: tuple[RangeAhead, ...] = ()
