"""The frozen shapes that queries return and components show: facts, never words or colours."""

from dataclasses import dataclass
from datetime import date, datetime
from datetime import date as Day
from typing import Literal

from models import (
    Ambition,
    Better,
    Cadence,
    Confidence,
    DecisionKind,
    Health,
    KeyResultKind,
    KpiKind,
    ObjectiveState,
    Scope,
)

Freshness = Literal["fresh", "due", "late", "no data"]
Standing = Literal["done", "ahead", "on pace", "behind pace", "silent", "no value"]


@dataclass(frozen=True, slots=True)
class TeamView:
    """A team in the tree; `depth` is 0 at the root."""

    id: int
    name: str
    parent_id: int | None
    depth: int


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody who may be picked as the one who is here."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class CycleView:
    """A cycle seen from a day: week `week` of `weeks`, `elapsed` from 0 to 1."""

    id: int
    name: str
    starts_on: date
    ends_on: date
    week: int
    weeks: int
    elapsed: float


@dataclass(frozen=True, slots=True)
class Gauge:
    """A KPI with a range: its latest known reading against range, scale and own past.

    `series` holds the values of the last 26 periods up to `period`, None where one is missing.
    `needle` is the share of the scale from 0 to 1; `off` is -1 or +1 beyond its ends.
    `since` is the first period of the stretch out of range.
    """

    kpi_id: int
    name: str
    team: str
    unit: str
    cadence: Cadence
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


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone and when it was reached."""

    step: str
    share: float
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Lane:
    """A key result on its way from start to target; shares are of that way.

    `progress` is not clamped. `change` is the value's change since the check-in before.
    `silent_for` counts the days since there should have been news, 0 while there is no need.
    `held` of `hold_periods` periods are done where a KPI is to be held in its range;
    `cadence` is that of the KPI that feeds it.
    """

    key_result_id: int
    name: str
    kind: KeyResultKind
    unit: str
    owner: str | None
    start: float | None
    target: float | None
    value: float | None
    change: float | None
    checked_on: date | None
    unchanged_since: date | None
    progress: float
    pace: float
    standing: Standing
    silent_for: int
    confidence: Confidence | None
    note: str
    fed_by: str | None
    fed_by_id: int | None
    cadence: Cadence | None
    held: int
    hold_periods: int | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class GuardrailView:
    """A KPI that the objective must not break, and how it is."""

    kpi_id: int
    name: str
    health: Health


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """An objective with its lanes; `unvalued` names the key results that count as 0."""

    id: int
    name: str
    team: str
    owner: str | None
    scope: Scope
    ambition: Ambition
    state: ObjectiveState
    progress: float
    lanes: tuple[Lane, ...]
    guardrails: tuple[GuardrailView, ...]
    unvalued: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionCard:
    """Something that needs a decision: a gauge, or a lane and its objective."""

    kind: Literal["out of range", "behind pace", "no data"]
    gauge: Gauge | None = None
    lane: Lane | None = None
    objective: str | None = None


@dataclass(frozen=True, slots=True)
class Cockpit:
    """Everything the first screen shows, as it was known at the end of `day`.

    `version` is the data's version it was read at; an edit hands it back. `more_gauges` and
    `more_objectives` count what is one click away, `more_outside` the gauges of those that are
    out of range. `last_day` is offered where all is stale.
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
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Found:
    """Something the search found, and the cockpit on which it stands."""

    kind: Literal["KPI", "team", "objective", "key result"]
    id: int
    name: str
    team: str
    cycle: str | None


@dataclass(frozen=True, slots=True)
class ReadingEdit:
    """What a person typed into a gauge, and the data's version they saw."""

    kpi_id: int
    period: date
    typed: str
    note: str
    seen: int


@dataclass(frozen=True, slots=True)
class CheckInEdit:
    """What a person typed into a lane, and the data's version they saw."""

    key_result_id: int
    date: date
    typed: str
    confidence: str
    note: str
    seen: int


@dataclass(frozen=True, slots=True)
class Theirs:
    """What somebody else saved meanwhile."""

    value: float | None
    who: str | None
    at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edit: told beside the field it came from."""

    kind: Literal["saved", "refused", "conflict"]
    target: Literal["kpi", "key result"]
    id: int
    message: str
    theirs: Theirs | None = None
    command_id: int | None = None


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
class Tie:
    """An objective that a KPI guards, or feeds through a key result."""

    objective: str
    team: str
    cycle: str
    key_result: str | None


@dataclass(frozen=True, slots=True)
class Departure:
    """The periods in which a KPI leaves its range if this goes on; None is none in sight.

    By `even` it is as likely out as in; between `earliest` and `latest` lies the 80 % span.
    """

    earliest: Day | None
    even: Day | None
    latest: Day | None


@dataclass(frozen=True, slots=True)
class Ahead:
    """Where a KPI goes if this goes on: expected values with their 80 % span, by period."""

    periods: tuple[Day, ...]
    mean: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    departure: Departure


@dataclass(frozen=True, slots=True)
class KpiView:
    """Everything the page of one KPI shows, as it was known at the end of `day`.

    `lineage` names its team and those above, the topmost first. A KPI without a range has an
    indicator and no gauge. `periods` and `values` are its whole history, every period from the
    first reading to the last, None where one is missing; `centre` and the limits are those of
    its last readings. `segments` are the periods at which its level or trend changed.
    """

    version: int
    day: date
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
    periods: tuple[date, ...]
    values: tuple[float | None, ...]
    centre: float | None
    limit_lower: float | None
    limit_upper: float | None
    segments: tuple[Day, ...]
    ahead: Ahead | None
    readings: tuple[ReadingView, ...]
    decisions: tuple[DecisionView, ...]
    events: tuple[EventView, ...]
    ties: tuple[Tie, ...]
