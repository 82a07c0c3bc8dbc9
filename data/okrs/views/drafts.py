"""Objectives and key results as they are drafted, aligned, and carried from cycle to cycle."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from analytics.lasting import Lasting
from data.actions.views import ActionView
from data.company.views import CycleView, TeamView
from data.kpis.views.recovery import RecoveryView
from data.okrs.views.key_results import GuardBreach, Standing, TargetOnTheWay
from models import Ambition, Health, KeyResultKind, ObjectiveState, Scope


@dataclass(frozen=True, slots=True)
class OkrKeyResult:
    """A key result as a row of a table; `kpi` and `steps` are written as one would type them.

    `progress` is None where nothing says how far it is; `actions` are those still open. `recovery`
    is the one that it holds, `lasting` tells of a target that a KPI reached whether it stays there,
    `on_the_way` is the target in force that it has not reached yet, where that is not its last.
    """

    id: int
    name: str
    kind: KeyResultKind
    unit: str
    start: float | None
    target: float | None
    weight: float
    hold_periods: int | None
    owner: str
    kpi: str
    steps: str
    step_names: tuple[str, ...]
    value: float | None
    progress: float | None
    actions: tuple[ActionView, ...] = ()
    recovery: RecoveryView | None = None
    lasting: Lasting | None = None
    on_the_way: TargetOnTheWay | None = None


@dataclass(frozen=True, slots=True)
class OkrObjective:
    """An objective as a row of a table; `supports` and `guardrails` as one would type them.

    `supports_ids` are the objectives above it in the alignment tree. `score` is what it is closed
    with, 0..1, None without key results; `checked_in` tells whether somebody ever said how far one
    of them is; `actions` are those still open. `recovery` is that of the KPI from which it came,
    `breaches` are the guardrails that broke while it was pursued.
    """

    id: int
    name: str
    team: str
    scope: Scope
    ambition: Ambition
    state: ObjectiveState
    owner: str
    supports: str
    guardrails: str
    supports_ids: tuple[int, ...]
    progress: float
    score: float | None
    checked_in: bool
    key_results: tuple[OkrKeyResult, ...]
    actions: tuple[ActionView, ...] = ()
    recovery: RecoveryView | None = None
    breaches: tuple[GuardBreach, ...] = ()

    @property
    def recovers(self) -> bool:
        """Tell whether it is a recovery that goes on: it has rules of its own."""
        return self.recovery is not None and self.recovery.phase not in ("graduated", "closed")


@dataclass(frozen=True, slots=True)
class OkrNode:
    """An objective as a line of the alignment tree; `key_results` is how many it has.

    `supports_ids` are the objectives above it; `cycle` is named where it is not the one looked at.
    `pace` is where it should be on the day and `standing` how it compares with that, `expected` its
    progress at the cycle's end, None where that cannot be told. `breaches` are the guardrails that
    broke while it was pursued.
    """

    id: int
    name: str
    team: str
    cycle: str
    scope: Scope
    state: ObjectiveState
    owner: str
    supports_ids: tuple[int, ...]
    progress: float
    key_results: int
    pace: float
    standing: Standing
    expected: float | None
    breaches: tuple[GuardBreach, ...] = ()


@dataclass(frozen=True, slots=True)
class OkrTree:
    """The objectives of a team and below in a cycle on a day, and all that they support.

    `hidden` counts the objectives that are over and not shown.
    """

    version: int
    day: date
    team: TeamView
    cycle: CycleView | None
    objectives: tuple[OkrNode, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class Left:
    """An earlier cycle to copy from, and how many objectives the team has in it."""

    cycle_id: int
    cycle: str
    objectives: int


@dataclass(frozen=True, slots=True)
class OkrRemark:
    """A quiet remark beside a row, with its reason; without a key it is about the team."""

    target: Literal["objective", "key result", "team"]
    id: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Okrs:
    """A team's objectives in a cycle on a day, and what its cells may name.

    `hidden` counts the objectives that are over and not shown.
    """

    version: int
    day: date
    team: TeamView
    cycle: CycleView | None
    objectives: tuple[OkrObjective, ...]
    hidden: int
    kpis: tuple[str, ...]
    people: tuple[str, ...]
    supportable: tuple[str, ...]
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class DrivenKpi:
    """A KPI computed from others, named as the team would type it; `value` is its latest.

    `away` is how far its team is: 0 for the team itself, then those above, then those below.
    """

    kpi_id: int
    name: str
    away: int
    unit: str
    value: float | None
    low: float | None
    high: float | None
    health: Health


@dataclass(frozen=True, slots=True)
class FedKeyResult:
    """A key result that a KPI feeds, and the objective that it belongs to."""

    name: str
    objective_id: int


@dataclass(frozen=True, slots=True)
class DriverImpact:
    """A KPI that drives another one, and in `reason` what a step of it would do to that.

    `share` is how much it would help against the one that helps most, 0 where it would not.
    `kpi` is its name in its own team, `value` its latest; `feeds` are the key results of the
    team under way that it feeds already.
    """

    kpi_id: int
    kpi: str
    reason: str
    share: float
    value: float | None
    feeds: tuple[FedKeyResult, ...]


class OkrEdit:
    """A change on the page of objectives and key results."""

    __slots__ = ()


Target = Literal["objective", "key result"]


@dataclass(frozen=True, slots=True)
class OkrCell(OkrEdit):
    """What a person typed into a cell, and the data's version they saw."""

    target: Target
    id: int
    field: str
    typed: str
    base_version: int


@dataclass(frozen=True, slots=True)
class OkrAdd(OkrEdit):
    """A new row: an objective of the team, or a key result of the objective `under`."""

    target: Target
    name: str
    under: int | None
    base_version: int
    owner: str = ""


@dataclass(frozen=True, slots=True)
class OkrStep(OkrEdit):
    """A step in an objective's life: start, close, reopen, back to draft."""

    id: int
    step: str
    base_version: int


@dataclass(frozen=True, slots=True)
class OkrSteps(OkrEdit):
    """A step that several objectives take at once, all or none: start or close."""

    ids: tuple[int, ...]
    step: str
    base_version: int


@dataclass(frozen=True, slots=True)
class OkrArchive(OkrEdit):
    """A row to put away."""

    target: Target
    id: int
    base_version: int


@dataclass(frozen=True, slots=True)
class OkrAct(OkrEdit):
    """Who does what by when about a row."""

    target: Target
    id: int
    owner: str
    what: str
    due: date


@dataclass(frozen=True, slots=True)
class OkrTick(OkrEdit):
    """An action about a row that was done."""

    target: Target
    id: int
    action_id: int
    base_version: int


@dataclass(frozen=True, slots=True)
class OkrPlace(OkrEdit):
    """Where a row goes: after another of its kind, None in front of all."""

    target: Target
    id: int
    after: int | None


@dataclass(frozen=True, slots=True)
class OkrMove(OkrEdit):
    """Where a row belongs: an objective to a team and cycle, a key result to an objective."""

    target: Target
    id: int
    base_version: int
    team: str = ""
    cycle: str = ""
    under: int | None = None
