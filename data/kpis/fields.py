"""KPIs and what is said of them: their fields, in the order of the columns of their files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from datetime import date as Day

from data.core.fields import Row
from data.core.problems import Unfit
from models import (
    Better,
    Cadence,
    DecisionKind,
    KpiKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiRow(Row):
    """kpis: a KPI; `better` follows from the bounds where it is not given."""

    KEY = ("team", "kpi")

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

    def problems(self) -> Iterator[Unfit]:
        """Say whether its bounds stand the wrong way round."""
        if self.low is not None and self.high is not None and self.low > self.high:
            yield Unfit(f"low {self.low:.15g} is above high {self.high:.15g}", "swap them")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRow(Row):
    """readings: a KPI's value for the period that the date falls in."""

    KEY = ("team", "kpi", "date")

    team: str
    kpi: str
    date: date
    value: float
    note: str = ""
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


def better_of(row: KpiRow) -> Better:
    """Say which way is good where the file does not: away from the only bound."""
    if row.better is not None:
        return row.better
    if (row.low is None) == (row.high is None):
        return Better.WITHIN
    return Better.HIGHER if row.high is None else Better.LOWER
