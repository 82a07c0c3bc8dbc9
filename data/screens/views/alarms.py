"""The account of the drifts that were shown: how many were real, and what was missed."""

from dataclasses import dataclass
from datetime import date

from models import Cadence, DriftVerdict


@dataclass(frozen=True, slots=True)
class EndedDrift:
    """A drift that is over, from its first period to its last; `verdict` is None until said."""

    kpi_id: int
    kpi: str
    team: str
    cadence: Cadence
    on: date
    until: date
    verdict: DriftVerdict | None


@dataclass(frozen=True, slots=True)
class YearOfDrifts:
    """The drifts of a team's KPIs that began in a year.

    Of those `shown`, so many were `real` and so many `not_real`, as people said; of the others
    nobody has said yet. `missed` counts the ranges that were left without a drift before,
    `weeks_gained` for how many weeks people were warned before the `warned` ones were left.
    """

    team: str
    year: int
    shown: int
    real: int
    not_real: int
    missed: int
    warned: int
    weeks_gained: float


@dataclass(frozen=True, slots=True)
class AlarmAccount:
    """The drifts under a team: those that wait for a word, and what became of all by year.

    `promised` is the share of KPIs that are fine and are still called drifting within 26 readings,
    the least and the most.
    """

    version: int
    to_judge: tuple[EndedDrift, ...]
    years: tuple[YearOfDrifts, ...]
    promised: tuple[float, float]
