"""Objectives and their key results on the way."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from analytics.lasting import Lasting as Lasting
from data.kpis.views.recovery import RecoveryView
from models import (
    Ambition,
    Cadence,
    Confidence,
    Health,
    KeyResultKind,
    ObjectiveState,
    Scope,
    Signal,
)

Standing = Literal["done", "ahead", "on pace", "behind pace", "silent", "no value"]


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone and when it was reached."""

    step: str
    share: float
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Basis:
    """What a chance rests on: check-ins, readings or steps up to week `week` of `weeks`."""

    count: int
    week: int
    weeks: int


@dataclass(frozen=True, slots=True)
class TargetOnTheWay:
    """How far a key result is to be by a day before its cycle's end; `share` is of its way."""

    day: date
    target: float
    share: float


@dataclass(frozen=True, slots=True)
class KeyResultView:
    """A key result on its way from start to target; shares are of that way.

    `progress` is not clamped. `change` is the value's change since the check-in before.
    `silent_for` counts the days since there should have been news, 0 while there is no need. `held`
    of `hold_periods` periods are done where a KPI is to be held in its range; `cadence` is that of
    the KPI that feeds it. `ends_on` is the cycle's last day, `chance` that of arriving by then,
    `arrives_on` the first day with an even chance (None in sight: None), `expected` and `span` the
    share of the way at the cycle's end and the ends of its 80 % span. These are None where it is
    too early to say, silent or over; a key result that is done has a chance of 1 and nothing more.
    `rests_on` is what a chance from progress and time elapsed rests on: check-ins, readings where a
    KPI feeds it, the steps done of a milestone. `lacks_range` is a hold whose KPI has no ideal
    range. `is_over` where its objective is: all is then as it was when that was closed.
    `feed_is_live` unless the KPI that feeds it is archived. `recovery` is the one that it holds.
    `lasting` tells of a target that the KPI that feeds it reached whether it stays there.
    `on_the_way` is the target in force before the last: `chance` and `arrives_on` are those of it
    then, and `ends_on` its day.
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
    ends_on: date
    chance: float | None
    arrives_on: date | None
    expected: float | None
    span: tuple[float, float] | None
    lacks_range: bool = False
    is_over: bool = False
    feed_is_live: bool = True
    rests_on: Basis | None = None
    recovery: RecoveryView | None = None
    lasting: Lasting | None = None
    on_the_way: TargetOnTheWay | None = None

    @property
    def goes_nowhere(self) -> bool:
        """Tell whether start and target are the same: no way, so no pace and no arrival."""
        return self.start is not None and self.start == self.target

    @property
    def next_target(self) -> TargetOnTheWay | None:
        """Give the target in force where that is not the last one and is not reached yet."""
        step = self.on_the_way
        return step if step and not self.is_over and self.progress < step.share else None

    @property
    def chance_by(self) -> date:
        """Give the day by which its chance is: that of the target in force."""
        return self.ends_on if self.next_target is None else self.next_target.day


@dataclass(frozen=True, slots=True)
class GuardBreach:
    """A guardrail that broke while its objective was pursued.

    `on` is the first day of the period in which the KPI began to drift, where it `drifted`, or
    left its range; of a drift that stands that of its onset, of one that ended that in which it was
    shown; `mended_on` that of the one in which it was steady again, None where it is
    broken still.
    """

    kpi_id: int
    kpi: str
    cadence: Cadence
    on: date
    drifted: bool
    mended_on: date | None = None


@dataclass(frozen=True, slots=True)
class GuardrailView:
    """A KPI that the objective must not break, how it is and behaves, and whether it broke."""

    kpi_id: int
    name: str
    health: Health
    signal: Signal | None = None
    breach: GuardBreach | None = None


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """An objective with its key results; `unvalued` names the key results that count as 0.

    `expected` is its progress at the cycle's end, a key result that is done counting as 1; None
    where a key result's cannot be told. `pace` is where it should be on the day and `standing` how
    it compares with that. `recovery` is that of the KPI from which it came,
    `score` what it was closed with, None while it is pursued.
    """

    id: int
    name: str
    team: str
    owner: str | None
    scope: Scope
    ambition: Ambition
    state: ObjectiveState
    progress: float
    expected: float | None
    key_results: tuple[KeyResultView, ...]
    guardrails: tuple[GuardrailView, ...]
    unvalued: tuple[str, ...]
    pace: float = 0.0
    standing: Standing = "no value"
    recovery: RecoveryView | None = None
    score: float | None = None

    @property
    def is_on_its_way(self) -> bool:
        """Tell whether it is where it should be by now; without news it is not."""
        return self.standing in ("done", "ahead", "on pace")
