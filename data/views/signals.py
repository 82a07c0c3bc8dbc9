"""What a KPI's behaviour says, what people said about it, and where it goes."""

from dataclasses import dataclass
from datetime import date
from datetime import date as Day

from models import DecisionKind, Signal


@dataclass(frozen=True, slots=True)
class SignalView:
    """How a KPI behaves against its own past, with the numbers it was decided by.

    These are those of `analytics.facts.Facts` after the latest reading, None where they are not
    known: the last `window` readings average `mean`, which is `z` standard errors of size
    `error` from what the `size` readings of the baseline let expect; `sigma` is the standard
    deviation of one reading, `slope` the change a period. `period` is that of the latest
    reading, `onset` the one in which the drift set in, `shown_on` the day on which it was first
    shown. `favourable` tells of a shift to the good side. `history` names the signal after each
    of the last periods by its first letter, the newest last.
    """

    signal: Signal
    period: date
    onset: date | None
    shown_on: date | None
    favourable: bool
    mean: float | None
    expected: float | None
    error: float | None
    z: float | None
    window: int
    size: int
    sigma: float | None
    slope: float | None
    slope_z: float | None
    history: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What a person said about a KPI."""

    date: date
    kind: DecisionKind
    reason: str
    look_again: Day | None
    who: str | None


@dataclass(frozen=True, slots=True)
class EventView:
    """Something that happened and explains readings."""

    date: date
    text: str
    who: str | None


@dataclass(frozen=True, slots=True)
class Departure:
    """The periods in which a KPI leaves its range if this goes on; None is none in sight.

    By `even` it is as likely out as in; between `earliest` and `latest` lies the 80 % span.
    """

    earliest: date | None
    even: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class Ahead:
    """Where a KPI goes if this goes on: expected values with their 80 % span, by period."""

    periods: tuple[date, ...]
    mean: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    departure: Departure
