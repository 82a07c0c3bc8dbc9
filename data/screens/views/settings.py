"""What is set up: teams, people, cycles and KPIs as rows to type in."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.company.views import CycleSetting, PersonSetting, TeamSetting
from data.kpis.views.settings import KpiSetting

TableName = Literal["teams", "people", "cycles", "kpis"]

Setting = TeamSetting | PersonSetting | CycleSetting | KpiSetting


@dataclass(frozen=True, slots=True)
class Settings:
    """One table of what is set up, as it stands at a version of the data.

    `found` counts the rows that answer to team and search, of which the first are here.
    """

    version: int
    day: date
    table: TableName
    rows: tuple[Setting, ...]
    found: int
    time_zone: str
    fiscal_year_starts: int = 1
