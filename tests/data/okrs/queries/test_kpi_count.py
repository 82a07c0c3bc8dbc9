"""How many KPIs a team watches: those with a range on the day."""

from datetime import date

from sqlalchemy import Engine

from data.company.queries import company as read_company
from data.core.database import data_version
from data.kpis.commands.kpis import archive_kpi
from data.kpis.fields import KpiRow
from data.okrs.queries.drafts import OkrLook
from data.okrs.queries.kpi_count import watched
from models import Better, Cadence
from tests.data.builders import TODAY, bring, key, person, statements


def count(engine: Engine, team: str = "North", day: date = TODAY) -> tuple[int, int]:
    version = data_version(engine)
    here = read_company(engine, version)
    with statements(engine) as noted:
        found = watched(engine, version, OkrLook(here.team_named(team), None, day))
    assert len(noted) == 1
    return found


def test_those_with_a_range_are_counted(company: Engine) -> None:
    def kpi(name: str, low: float | None, high: float | None) -> KpiRow:
        return KpiRow(
            team="North",
            kpi=name,
            better=Better.HIGHER,
            low=low,
            high=high,
            cadence=Cadence.WEEKLY,
        )

    assert count(company) == (0, 7)
    bring(company, kpis=[kpi("Low", 1, None), kpi("High", None, 2), kpi("Indicator", None, None)])
    assert count(company) == (2, 7)
    archive_kpi(
        company,
        person_id=person(company),
        kpi_id=key(company, "kpi", "Low"),
        base_version=data_version(company),
    )
    assert count(company) == (1, 7)
