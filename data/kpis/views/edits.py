"""What people change of a KPI where they look at it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ReadingEdit:
    """What a person typed into a gauge, and the data's version they saw.

    `confirmed` says that they were asked whether they mean it.
    """

    kpi_id: int
    period: date
    typed: str
    note: str
    base_version: int
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class AcknowledgeEdit:
    """Why a person lets a KPI be for now, and when they want to look again."""

    kpi_id: int
    reason: str
    look_again: date
