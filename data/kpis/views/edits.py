"""What people change of a KPI where they look at it."""

from dataclasses import dataclass
from datetime import date

from data.kpis.views.signals import DecidedAs


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
class DecisionEdit:
    """What a person decides about a KPI, and why; of an action, what is to be done and by whom.

    `day` is when it is due or looked at again, the first day of a new normal, or the period of
    bad data.
    """

    kpi_id: int
    kind: DecidedAs
    text: str
    day: date
    owner: str = ""
