"""KPIs as a wall shows them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from data.actions.views import ActionView
from data.kpis.views.recovery import RecoveryView
from data.kpis.views.signals import DecisionView, Departure, SignalView
from data.kpis.views.why import Split
from models import Better, Cadence, Health

Freshness = Literal["fresh", "due", "late", "no data"]


class Gauge(NamedTuple):
    """A KPI with a range: its latest known reading against range, scale and own past.

    `series` holds the values of the last 26 periods up to `period`, None where one is missing.
    `needle` is the share of the scale from 0 to 1; `off` is -1 or +1 beyond its ends.
    `since` is the first period of the stretch out of range; with `since_before` it is the first
    that is known, and the stretch may be older. `decision` is what was last said
    about the drift that stands, or else about that stretch; while nothing holds, `undecided_days`
    counts since it was first shown, or began, or should have been looked at again, and no longer
    than that can be known here. `departure` is told of a drift alone, None where it cannot be.
    `actions` are those still to be done. `is_pending` tells that its signal is being computed.
    `split` is what its drift comes from, where that was asked for. `recovery` is its latest, if
    any.
    """

    kpi_id: int
    name: str
    team: str
    unit: str
    cadence: Cadence
    better: Better
    owner: str | None
    value: float | None
    previous: float | None
    period: date | None
    low: float | None
    high: float | None
    health: Health
    freshness: Freshness
    late_days: int
    since: date | None
    severity: float
    scale_lower: float
    scale_upper: float
    needle: float | None
    off: int
    series: tuple[float | None, ...]
    limit_lower: float | None
    limit_upper: float | None
    signal: SignalView | None
    decision: DecisionView | None
    undecided_days: int | None
    departure: Departure | None
    since_before: bool = False
    smallest_change: float | None = None
    actions: tuple[ActionView, ...] = ()
    is_pending: bool = False
    split: Split | None = None
    recovery: RecoveryView | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A metric without a range: listed, never a gauge."""

    kpi_id: int
    name: str
    team: str
    unit: str
    cadence: Cadence
    value: float | None
    previous: float | None
    period: date | None
    freshness: Freshness
