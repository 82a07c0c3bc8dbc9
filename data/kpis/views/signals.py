"""What a KPI's behaviour says, what people said about it, and where it goes."""

from dataclasses import dataclass
from datetime import date
from datetime import date as Day
from typing import Final, Literal, NamedTuple

from analytics.drift.letters import read
from data.actions.views import ActionView
from models import DecisionKind, Rule, Signal

ACT: Final = "act"
DecidedAs = DecisionKind | Literal["act"]
"""How something was decided: in words that are kept, or by an action."""


class SignalView(NamedTuple):
    """How a KPI behaves against its own past, with the numbers it was decided by.

    These are those of `analytics.drift.signal_evidence.Facts` after the latest reading, None where
    they are not known: the last `window` readings average `mean`, which is `z` standard errors of
    size `error` from what the `size` readings of the baseline let expect, `adjoining` where these
    come just before; `rule` says what fired, the last reading that counts is `last` sigmas from
    `last_expected`; `sigma` is the standard deviation of one reading, `slope` the change a period.
    `period` is that of the latest reading, `onset` the one in which the drift set in, `shown_on`
    the day on which it was first shown. `favourable` tells of a shift to the good side. `runs`
    are the signals after the last periods, as `analytics.drift.letters` writes them.
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
    adjoining: bool
    rule: Rule
    last: float | None
    last_expected: float | None
    sigma: float | None
    slope: float | None
    slope_z: float | None
    runs: str

    @property
    def history(self) -> str:
        """Name the signal after each of the last periods by its first letter, the newest last."""
        return read(self.runs)


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What a person said about a KPI.

    `date` is the day it speaks of: of a new normal the first, of bad data the reading's period;
    `said_on` the day on which it was said. Where somebody acts, it is looked at again on the day
    after the `action` is due, done or not. A reroute `is_pursued` until its recovery is confirmed.
    """

    date: date
    kind: DecidedAs
    reason: str
    look_again: Day | None
    who: str | None
    said_on: Day
    action: ActionView | None = None
    is_pursued: bool = False


@dataclass(frozen=True, slots=True)
class EventView:
    """Something that happened and explains readings."""

    date: date
    text: str
    who: str | None


@dataclass(frozen=True, slots=True)
class Departure:
    """The periods in which a KPI leaves its range if this goes on; None is none in sight.

    By `even` it has left with an even chance; between `earliest` and `latest` lies the 80 % span.
    `chance` is that of leaving within the periods ahead that are looked at.
    """

    earliest: date | None
    even: date | None
    latest: date | None
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class OutlookView:
    """Where a KPI goes if this goes on: expected values with their 80 % span, by period."""

    periods: tuple[date, ...]
    mean: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    departure: Departure
