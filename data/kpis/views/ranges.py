"""Ideal ranges that are to hold from a later day on."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RangeAhead:
    """The ideal range of a KPI from a day on; a bound that is None does not bind."""

    kpi_id: int
    starts_on: date
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class RangeEdit:
    """A range that a person plans for a KPI from a day on, or one that they withdraw.

    `low` and `high` are as they were typed; `base_version` is the data's version that was seen.
    """

    kpi_id: int
    starts_on: date
    low: str
    high: str
    base_version: int
    withdrawn: bool = False
