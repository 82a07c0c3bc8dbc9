"""Teams, cycles and people: what the pickers offer."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, text

from data.company.fields import CycleRow, TeamRow
from data.company.queries import Company, company
from data.company.views import CycleView
from data.core.database import data_version
from tests.data.builders import TODAY, Clock, bring, key, person, record, statements


def here(engine: Engine) -> Company:
    return company(engine, data_version(engine))


def quarter(engine: Engine, day: date, name: str | None = None) -> CycleView:
    found = here(engine).cycle_named(name, day)
    assert found is not None
    return found


def test_teams_come_from_the_top_down_by_name(company_of_each_kind: Engine) -> None:
    bring(company_of_each_kind, teams=[TeamRow(team="East", parent="Sales")])
    teams = here(company_of_each_kind).teams
    assert [(team.name, team.depth) for team in teams] == [
        ("Acme", 0),
        ("Sales", 1),
        ("East", 2),
        ("North", 2),
        ("Support", 1),
    ]


def test_below_a_team_are_itself_and_all_under_it(company: Engine) -> None:
    bring(company, teams=[TeamRow(team="East", parent="North")])
    names = {team.id: team.name for team in here(company).teams}

    def below(name: str) -> set[str]:
        return {names[key_] for key_ in here(company).below(key(company, "team", name))}

    assert below("Acme") == {"Acme", "Sales", "North", "East", "Support"}
    assert below("Sales") == {"Sales", "North", "East"}
    assert below("Support") == {"Support"}


@pytest.mark.parametrize(
    ("name", "team"), [("Sales", "Sales"), (None, "Acme"), ("Nobody", "Acme"), ("", "Acme")]
)
def test_a_team_that_nobody_knows_is_the_topmost(
    company: Engine, name: str | None, team: str
) -> None:
    assert here(company).team_named(name).name == team


def test_people_come_by_name(company: Engine) -> None:
    person(company, "Abe")
    assert [who.name for who in here(company).people] == ["Abe", "Ana", "Ben", "Cara"]


def test_cycles_come_newest_first(company: Engine) -> None:
    q1 = CycleRow(cycle="Q1 2026", starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31))
    bring(company, cycles=[q1])
    assert [cycle.name for cycle in here(company).cycles] == ["Q2 2026", "Q1 2026", "2026"]


@pytest.mark.parametrize(
    ("day", "cycle"),
    [
        (TODAY, "Q2 2026"),
        (date(2026, 4, 1), "Q2 2026"),
        (date(2026, 6, 30), "Q2 2026"),
        (date(2026, 7, 1), "2026"),
        (date(2026, 1, 1), "2026"),
        (date(2027, 5, 1), "2026"),
        (date(2020, 1, 1), "2026"),
    ],
)
def test_a_day_is_in_its_shortest_cycle_else_the_last_one_begun(
    company: Engine, day: date, cycle: str
) -> None:
    assert quarter(company, day).name == cycle
    assert quarter(company, day, "Nothing").name == cycle


def test_between_cycles_the_last_one_begun_counts(file: Engine) -> None:
    cycles = [
        CycleRow(cycle="Spring", starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31)),
        CycleRow(cycle="Winter", starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 31)),
        CycleRow(cycle="Summer", starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30)),
    ]
    bring(file, cycles=cycles)
    assert quarter(file, date(2026, 5, 20)).name == "Spring"
    assert quarter(file, date(2026, 2, 20)).name == "Winter"


def test_a_cycle_that_is_named_is_given_whatever_the_day(company: Engine) -> None:
    assert quarter(company, TODAY, "2026").name == "2026"


def test_without_cycles_there_is_none(file: Engine) -> None:
    assert here(file).cycle_named(None, TODAY) is None


@pytest.mark.parametrize(
    ("day", "week", "elapsed"),
    [
        (date(2026, 3, 31), 1, 0),
        (date(2026, 4, 1), 1, 1 / 91),
        (date(2026, 4, 7), 1, 7 / 91),
        (date(2026, 4, 8), 2, 8 / 91),
        (TODAY, 8, 50 / 91),
        (date(2026, 6, 30), 13, 1),
        (date(2026, 8, 30), 13, 1),
    ],
)
def test_a_cycle_says_how_far_it_has_gone(
    company: Engine, day: date, week: int, elapsed: float
) -> None:
    found = quarter(company, day, "Q2 2026")
    assert (found.week, found.weeks) == (week, 13)
    assert found.elapsed == pytest.approx(elapsed)


def test_days_begin_and_end_in_the_company_s_zone(company: Engine) -> None:
    with company.begin() as connection:
        connection.execute(
            text("UPDATE company SET time_zone = 'Europe/Berlin', version = version + 1")
        )
    found = here(company)
    assert found.end_of(date(2026, 3, 28)) == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert found.end_of(date(2026, 3, 29)) == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert found.today(datetime(2026, 5, 20, 22, 30, tzinfo=UTC)) == date(2026, 5, 21)


@pytest.mark.parametrize("day", [date.min, date.max])
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/New_York"])
def test_the_first_and_the_last_day_have_an_end(company: Engine, day: date, zone: str) -> None:
    with company.begin() as connection:
        connection.execute(text(f"UPDATE company SET time_zone = '{zone}', version = version + 1"))
    assert here(company).end_of(day).tzinfo == UTC


def test_a_company_is_read_in_four_statements_until_it_changes(
    company_of_each_kind: Engine, clock: Clock
) -> None:
    engine = company_of_each_kind
    version = data_version(engine)
    with statements(engine) as noted:
        first = company(engine, version)
    # One more tells what has changed of which team.
    assert len(noted) == 4 + 1
    with statements(engine) as noted:
        assert company(engine, version) is first
    assert noted == []
    record(engine, 9)
    later = data_version(engine)
    with statements(engine) as noted:
        assert company(engine, later) is first
    assert len(noted) == 1
    person(engine, "Somebody new")
    assert company(engine, data_version(engine)) is not first
