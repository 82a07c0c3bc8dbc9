"""KPIs as rows to type in, and what is proposed for them."""

from dataclasses import dataclass
from datetime import date

from data.kpis.fields import KpiRow
from models import Cadence


@dataclass(frozen=True, slots=True)
class DriverCheck:
    """Whether an expression can be computed: its value beside the KPI's own reading.

    `problem` says what is wrong with it; `silent` names the drivers without a reading, `uneven`
    those of another cadence than the KPI's. Compared is the last `period` that all have, given
    by its first day; without one there is no value. `agrees` is up to rounding.
    """

    problem: str = ""
    silent: tuple[str, ...] = ()
    uneven: tuple[tuple[str, Cadence], ...] = ()
    computed: float | None = None
    reading: float | None = None
    agrees: bool = False
    cadence: Cadence | None = None
    period: date | None = None


@dataclass(frozen=True, slots=True)
class KpiSetting:
    """A KPI with the range and the owner that hold on the day, and where it is pinned."""

    id: int
    kpi: KpiRow
    drivers: DriverCheck | None

    @property
    def name(self) -> str:
        """What it is called."""
        return self.kpi.kpi


@dataclass(frozen=True, slots=True)
class Proposal:
    """A range proposed from a KPI's own readings; None where a bound is left open.

    `reason` says why in words, or why nothing can be proposed. `smallest_change` is one for a
    KPI that names none, with its own `why`; None where nothing tells.
    """

    kpi_id: int
    low: float | None
    high: float | None
    reason: str
    possible: bool
    smallest_change: float | None = None
    why: str = ""
