"""What one person has to keep up to date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.actions.views import ActionEdit, MyAction
from data.kpis.views.gauges import Freshness
from data.kpis.views.recovery import RecoveryView
from data.names.views import Found
from data.okrs.views.key_results import TargetOnTheWay
from models import Cadence, Confidence, KeyResultKind


@dataclass(frozen=True, slots=True)
class Told:
    """What stands for a period or a day: a value, and the words with it."""

    value: float | None
    note: str
    confidence: Confidence | None = None
    blocked_by: str = ""


@dataclass(frozen=True, slots=True)
class MyKpi:
    """A KPI that a person looks after.

    `told` says what stands in each of the periods on offer, the one that is due first, None
    where nothing does; `missing` are those since the last reading, the oldest first. `value` and
    `period` are the latest reading's, which may be of a period still going on: `series` ends with
    it, between `limits` as a gauge has them. A reading that was dismissed is none; `dismissed` is
    the period of the newest one where it was.
    """

    kpi_id: int
    name: str
    team: str
    unit: str
    cadence: Cadence
    value: float | None
    period: date | None
    freshness: Freshness
    late_days: int
    periods: tuple[date, ...]
    told: tuple[Told | None, ...]
    missing: tuple[date, ...]
    dismissed: date | None = None
    low: float | None = None
    high: float | None = None
    series: tuple[float | None, ...] = ()
    limits: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """The KPI that gives a key result its value, and its latest reading that counts."""

    kpi_id: int
    name: str
    unit: str
    cadence: Cadence
    value: float | None
    period: date | None


@dataclass(frozen=True, slots=True)
class MyStep:
    """A step of a key result, and when it was reached."""

    milestone_id: int
    step: str
    done_on: date | None


@dataclass(frozen=True, slots=True)
class MyKeyResult:
    """A key result that a person looks after, due on the check-in day of its team.

    `told` says what was said on each of the days on offer, the latest first; `value` and
    `checked_on` are of the last check-in that had a value. `series` are the last values, oldest
    first; `pace` is the share of the way that should be done by the day, `on_the_way` the target in
    force where that is not its last. What is fed by a KPI, or done, is never due. `recovery` is the
    one that it holds.
    """

    key_result_id: int
    name: str
    objective_id: int
    objective: str
    team: str
    cycle: str
    unit: str
    kind: KeyResultKind
    takes_value: bool
    value: float | None
    checked_on: date | None
    confidence: Confidence | None
    freshness: Freshness
    late_days: int
    days: tuple[date, ...]
    told: tuple[Told | None, ...]
    series: tuple[float, ...]
    fed_by: Feed | None
    steps: tuple[MyStep, ...]
    pace: float
    start: float | None = None
    target: float | None = None
    hold_periods: int | None = None
    recovery: RecoveryView | None = None
    on_the_way: TargetOnTheWay | None = None


@dataclass(frozen=True, slots=True)
class Mine:
    """What is a person's own on a day, each kind by how long it has waited."""

    version: int
    day: date
    kpis: tuple[MyKpi, ...]
    key_results: tuple[MyKeyResult, ...]
    actions: tuple[MyAction, ...] = ()

    def found(self, kind: str, key: int) -> Found | None:
        """Give an objective or a key result that is named here, and where it stands."""
        return next((each for each in self._named() if (each.kind, each.id) == (kind, key)), None)

    def _named(self) -> Iterator[Found]:
        for each in self.key_results:
            place = (each.team, each.cycle)
            yield Found("key result", each.key_result_id, each.name, *place)
            yield Found("objective", each.objective_id, each.objective, *place)
        for mine in self.actions:
            place = (mine.about_team, mine.cycle)
            if mine.key_result_id is not None:
                yield Found("key result", mine.key_result_id, mine.about, *place)
            elif mine.objective_id is not None:
                yield Found("objective", mine.objective_id, mine.about, *place)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody for whom something is due, and how much."""

    name: str
    due: int


class ListEdit:
    """A change in the list of one's own: of cells, of a step, or of an action."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class CellEdit(ListEdit):
    """What a person typed into cells of a row of their list; None keeps what stands.

    `day` is the first day of a KPI's period, or the day of a key result's check-in.
    """

    target: Literal["kpi", "key result"]
    id: int
    day: date
    base_version: int
    typed: str | None = None
    confidence: str | None = None
    note: str | None = None
    blocked_by: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class StepEdit(ListEdit):
    """A step that a person ticked off, or that is not reached after all."""

    milestone_id: int
    done: bool
    base_version: int


@dataclass(frozen=True, slots=True)
class TickEdit(ListEdit):
    """An action that a person ticked off, or of which they said what came of it."""

    action: ActionEdit
