"""What is known of a company where a spreadsheet is read."""

from datetime import timedelta

from sqlalchemy import Engine

from data.company.commands.fiscal_year import set_fiscal_year
from data.exchange.spreadsheets.known import known_company
from data.exchange.spreadsheets.mapping import Known, KnownKpi
from data.kpis.fields import ReadingRow
from models import Better, Cadence
from tests.data.builders import MONDAY, bring, person


def test_names_ranges_and_the_newest_values_are_known(company: Engine) -> None:
    weeks = [MONDAY - timedelta(weeks=back) for back in (3, 2, 0)]
    of = {"team": "Sales", "kpi": "Conversion"}
    bring(
        company,
        readings=[
            ReadingRow(**of, date=day, value=value)
            for day, value in zip(weeks, (9.5, 10, 11), strict=True)
        ],
    )
    set_fiscal_year(company, person_id=person(company, "Ben"), starts=7)
    known = known_company(company)
    assert known.teams == ("Acme", "North", "Sales", "Support")
    assert known.people == ("Ana", "Ben", "Cara")
    assert known.fiscal_year_starts == 7
    by_name = {kpi.kpi: kpi for kpi in known.kpis}
    assert by_name["Conversion"] == KnownKpi(
        team="Sales",
        kpi="Conversion",
        unit="%",
        cadence=Cadence.WEEKLY,
        better=Better.WITHIN,
        low=8,
        high=12,
        owner="Ana",
        latest=(9.5, 10, 11),
    )
    backlog = by_name["Backlog"]
    assert (backlog.low, backlog.high, backlog.latest) == (None, 50, ())


def test_nothing_is_known_of_an_empty_company(engine: Engine) -> None:
    assert known_company(engine) == Known()
