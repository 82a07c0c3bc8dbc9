"""The recovery of a KPI: its objective, and how far it is on its way back."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Phase = Literal[
    "under way", "certified", "on probation", "relapsed", "passed", "graduated", "closed"
]
"""Where a recovery stands: `certified` waits for a person, `passed` is held through probation."""

RecoveryStep = Literal["confirm", "graduate", "reroute"]
"""What a person does with a recovery."""

OPEN: tuple[Phase, ...] = ("under way", "certified", "relapsed")
"""The phases in which a KPI is still to be brought back."""


@dataclass(frozen=True, slots=True)
class RecoveryView:
    """The recovery of a KPI, told from what people decided and from its readings since.

    `since` is the day on which it was rerouted for the last time, `times` how often it was.
    `share_back` is how much of the way back into its range is done, `held` how many of the
    `periods` it was held since then, one after the other, or since it `relapsed_on` a period.
    A certificate of fewer than 12 readings `is_provisional`: the KPI may still be worse than it
    was by `left_open`, in its unit, and `half_pass` is the share of those that recovered by half
    which get one too, each None where that cannot be told. `kept` are the periods held since it
    was confirmed. One that `is_silent` has no data by now, so nothing is held.
    """

    kpi_id: int
    objective_id: int
    key_result_id: int
    objective: str
    team: str
    cycle: str
    cycle_id: int
    ends_on: date
    phase: Phase
    since: date
    times: int
    periods: int
    held: int
    share_back: float
    is_provisional: bool
    left_open: float | None
    half_pass: float | None
    confirmed_on: date | None
    kept: int
    relapsed_on: date | None
    is_silent: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether the KPI is still to be brought back."""
        return self.phase in OPEN

    @property
    def awaits_person(self) -> bool:
        """Tell whether somebody is to confirm it, or to let it graduate."""
        return self.phase in ("certified", "passed")


@dataclass(frozen=True, slots=True)
class RecoveryPlan:
    """A recovery as somebody wants it: its objective, what holds it, and in which cycle."""

    objective: str
    key_result: str
    reason: str
    owner: str
    periods: int
    cycle_id: int


@dataclass(frozen=True, slots=True)
class RecoveryEdit:
    """A step that a person takes with a recovery, with what they say about it."""

    kpi_id: int
    step: RecoveryStep
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RerouteEdit:
    """A KPI that a person takes on, and how."""

    kpi_id: int
    plan: RecoveryPlan
