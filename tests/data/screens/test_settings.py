"""What is set up: what each table shows, what is checked, and at what cost."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from data.company.commands.people import amend_person
from data.company.fields import TeamRow
from data.company.queries import company as company_at
from data.company.views import PersonSetting, TeamSetting
from data.core.database import data_version
from data.kpis.commands.kpis import amend_kpi
from data.kpis.fields import KpiRow
from data.kpis.queries.settings import check_drivers, propose
from data.kpis.views.settings import KpiSetting
from data.screens.settings import SettingsLook, settings
from data.screens.views.settings import Settings, TableName
from models import Better, Role, Weekday
from tests.data.builders import MONDAY, TODAY, Clock, bring, key, person, record, statements


def seen(engine: Engine, table: TableName, team: str = "Acme", **options: object) -> Settings:
    look = SettingsLook(
        table=table,
        team_id=key(engine, "team", team),
        **{"day": TODAY, **options},  # type: ignore[arg-type]
    )
    return settings(engine, data_version(engine), look)


def kpis(view: Settings) -> dict[str, KpiRow]:
    return {row.name: row.kpi for row in view.rows if isinstance(row, KpiSetting)}


def amend(engine: Engine, kpi: str, **said: str) -> None:
    amend_kpi(
        engine,
        person_id=person(engine, "Ben"),
        kpi_id=key(engine, "kpi", kpi),
        said=said,
        base_version=data_version(engine),
    )


def test_a_team_shows_its_own_and_those_below(company: Engine) -> None:
    assert list(kpis(seen(company, "kpis"))) == ["Backlog", "Conversion", "Revenue", "Visits"]
    assert list(kpis(seen(company, "kpis", "Sales"))) == ["Conversion", "Visits"]
    assert list(kpis(seen(company, "kpis", search="support"))) == ["Backlog"]
    conversion = kpis(seen(company, "kpis"))["Conversion"]
    assert (conversion.low, conversion.high, conversion.owner) == (8, 12, "Ana")


def test_the_first_hundred_are_shown_and_all_are_counted(company: Engine) -> None:
    more = [
        KpiRow(team="North", kpi=f"Number {number:03}", better=Better.WITHIN)
        for number in range(120)
    ]
    bring(company, kpis=more)
    view = seen(company, "kpis")
    assert (len(view.rows), view.found) == (100, 124)
    assert seen(company, "kpis", search="number 11").found == 11


def test_a_look_back_shows_the_range_of_then(company: Engine, clock: Clock) -> None:
    clock.tick(days=3)
    amend(company, "Conversion", low="9", owner="Cara")
    then, today = (
        kpis(seen(company, "kpis", day=day))["Conversion"]
        for day in (TODAY, TODAY + timedelta(days=3))
    )
    assert (then.low, then.owner) == (8, "Ana")
    assert (today.low, today.owner) == (9, "Cara")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("[Sales / Conversion", "the name never ends"),
        ("[Churn] * 2", "no KPI here is called “Churn”"),
        ("[Revenue] + 1", "would drive itself"),
        ("[Support / Backlog]", "would drive itself"),
    ],
)
def test_what_is_typed_is_checked_before_it_is_saved(
    company: Engine, typed: str, problem: str
) -> None:
    amend(company, "Backlog", driven_by="2 * [Acme / Revenue]")
    at = data_version(company)
    check = check_drivers(company, at, key(company, "kpi", "Revenue"), typed, TODAY)
    assert check is not None
    assert problem in check.problem
    assert check_drivers(company, at, key(company, "kpi", "Revenue"), " ", TODAY) is None


def test_a_range_is_proposed_from_the_readings_that_count(company: Engine) -> None:
    kpi_id = key(company, "kpi", "Conversion")
    for week in range(20):
        record(company, 9 + week * 7 % 5 / 10, on=MONDAY - timedelta(weeks=week))
    proposal = propose(company, data_version(company), kpi_id, TODAY)
    assert proposal is not None
    assert proposal.possible
    assert proposal.low is not None
    assert proposal.high is not None
    assert 8 < proposal.low < 9.2 < proposal.high < 11
    assert "last 20 readings" in proposal.reason
    # The KPI's own range is 8 to 12 %.
    assert proposal.smallest_change == 0.4
    assert "A tenth of the range 8 to 12 %" in proposal.why
    amend(company, "Conversion", smallest_change="0.3")
    again = propose(company, data_version(company), kpi_id, TODAY)
    assert again is not None
    assert (again.low, again.smallest_change, again.why) == (proposal.low, None, "")
    early = propose(company, data_version(company), key(company, "kpi", "Visits"), TODAY)
    assert early is not None
    assert (early.possible, early.low, early.smallest_change) == (False, None, None)
    assert propose(company, data_version(company), 4711, TODAY) is None


def test_people_show_their_role_here_and_elsewhere(company: Engine) -> None:
    amend_person(
        company,
        person_id=person(company, "Ben"),
        listed_id=person(company),
        team_id=key(company, "team", "Support"),
        said={"role": "viewer"},
        base_version=data_version(company),
    )
    (ana,) = [row for row in seen(company, "people", "Sales").rows if row.name == "Ana"]
    assert isinstance(ana, PersonSetting)
    assert (ana.role, ana.elsewhere) == (Role.LEAD, (("Support", Role.VIEWER),))


def test_teams_stand_below_those_they_are_part_of(company: Engine) -> None:
    rows = [row for row in seen(company, "teams").rows if isinstance(row, TeamSetting)]
    assert [(row.name, row.parent, row.kpis) for row in rows] == [
        ("Acme", "", 1),
        ("Sales", "Acme", 2),
        ("North", "Sales", 0),
        ("Support", "Acme", 1),
    ]
    assert rows[0].check_in_day is Weekday.MONDAY


@pytest.mark.parametrize(
    ("table", "cost"), [("kpis", 6), ("teams", 2), ("people", 3), ("cycles", 2)]
)
def test_a_table_costs_a_fixed_number_of_statements(
    company: Engine, table: TableName, cost: int
) -> None:
    for more in (0, 40):
        bring(
            company,
            teams=[TeamRow(team=f"Team {number}", parent="Acme") for number in range(more)],
            kpis=[
                KpiRow(
                    team="Sales",
                    kpi=f"Number {number}",
                    better=Better.WITHIN,
                    driven_by="2 * [Conversion]",
                )
                for number in range(more)
            ],
        )
        company_at(company, data_version(company))
        look = SettingsLook(table=table, team_id=key(company, "team", "Acme"), day=TODAY)
        version = data_version(company)
        with statements(company) as noted:
            settings(company, version, look)
        assert len(noted) == cost
