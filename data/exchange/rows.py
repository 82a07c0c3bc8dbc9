"""The rows of the exchange format: a class a file, its fields the columns in their order.

A field without a default is a column that must be there. `line` is where the row stands in
its file, 0 where it comes from elsewhere; it does not count when rows are compared.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from datetime import date as Day

from models import (
    Ambition,
    Better,
    Cadence,
    Confidence,
    DecisionKind,
    KeyResultKind,
    KpiKind,
    ObjectiveState,
    Role,
    Scope,
    Weekday,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row has: the line it stands on."""

    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRow(Row):
    """teams: a team and the one above it."""

    team: str
    parent: str = ""
    check_in_day: Weekday = Weekday.MONDAY


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow(Row):
    """people: a person, once for each team they are in."""

    person: str
    email: str = ""
    team: str = ""
    role: Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleRow(Row):
    """cycles: a named span, both ends included."""

    cycle: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiRow(Row):
    """kpis: a KPI; `better` follows from the bounds where it is not given."""

    team: str
    kpi: str
    unit: str = ""
    better: Better | None = None
    low: float | None = None
    high: float | None = None
    cadence: Cadence = Cadence.MONTHLY
    owner: str = ""
    kind: KpiKind | None = None
    driven_by: str = ""
    pinned: tuple[str, ...] = ()
    description: str = ""
    smallest_change: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRow(Row):
    """readings: a KPI's value for the period that the date falls in."""

    team: str
    kpi: str
    date: date
    value: float
    note: str = ""
    recorded_at: datetime | None = None
    recorded_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveRow(Row):
    """objectives: an objective of a team in a cycle."""

    cycle: str
    team: str
    objective: str
    scope: Scope = Scope.TEAM
    ambition: Ambition = Ambition.ASPIRATIONAL
    owner: str = ""
    supports: tuple[str, ...] = ()
    guardrails: tuple[str, ...] = ()
    state: ObjectiveState | None = None
    origin_kpi: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResultRow(Row):
    """key_results: a key result of an objective."""

    cycle: str
    team: str
    objective: str
    key_result: str
    kind: KeyResultKind = KeyResultKind.METRIC
    unit: str = ""
    start: float | None = None
    target: float | None = None
    weight: float = 1.0
    hold_periods: int | None = None
    kpi: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneRow(Row):
    """milestones: a step of a key result."""

    cycle: str
    team: str
    objective: str
    key_result: str
    step: str
    share: float
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInRow(Row):
    """check_ins: a key result's value on a day; a fed one has no value of its own."""

    cycle: str
    team: str
    objective: str
    key_result: str
    date: date
    value: float | None
    confidence: Confidence | None = None
    note: str = ""
    blocked_by: str = ""
    recorded_at: datetime | None = None
    recorded_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow(Row):
    """decisions: what a person said about a drifting KPI."""

    team: str
    kpi: str
    date: Day
    decision: DecisionKind
    reason: str = ""
    look_again: Day | None = None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationRow(Row):
    """annotations: an event around a day."""

    team: str
    kpi: str
    date: date
    text: str
    by: str = ""


@dataclass(slots=True)
class Tables:
    """All rows of one folder or workbook, by file.

    `given` names the columns that a file has, where it has not all of them.
    """

    teams: list[TeamRow] = field(default_factory=list)
    people: list[PersonRow] = field(default_factory=list)
    cycles: list[CycleRow] = field(default_factory=list)
    kpis: list[KpiRow] = field(default_factory=list)
    readings: list[ReadingRow] = field(default_factory=list)
    objectives: list[ObjectiveRow] = field(default_factory=list)
    key_results: list[KeyResultRow] = field(default_factory=list)
    milestones: list[MilestoneRow] = field(default_factory=list)
    check_ins: list[CheckInRow] = field(default_factory=list)
    decisions: list[DecisionRow] = field(default_factory=list)
    annotations: list[AnnotationRow] = field(default_factory=list)
    given: dict[str, frozenset[str]] = field(default_factory=dict, compare=False)

    def items(self) -> Iterator[tuple[str, list[Row]]]:
        """Give each file's name with its rows, in the order in which they are read."""
        for name in FILES:
            yield name, getattr(self, name)


FILES: dict[str, type[Row]] = {
    "teams": TeamRow,
    "people": PersonRow,
    "cycles": CycleRow,
    "kpis": KpiRow,
    "readings": ReadingRow,
    "objectives": ObjectiveRow,
    "key_results": KeyResultRow,
    "milestones": MilestoneRow,
    "check_ins": CheckInRow,
    "decisions": DecisionRow,
    "annotations": AnnotationRow,
}
