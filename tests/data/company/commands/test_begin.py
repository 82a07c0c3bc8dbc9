"""Beginning a company: one command, and one way back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.company.commands.begin import HERE_ALREADY, SAME_NAME, begin_company
from data.company.next_cycle import current_quarter
from data.company.queries import Company, company
from data.core.database import data_version, open_database
from data.core.errors import CommandRejected
from data.history.undo import undo
from data.identity.people import introduce

QUARTER = current_quarter(date(2026, 11, 24))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'milepost.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def ana(engine: Engine) -> int:
    return introduce(engine, "Ana")


def here(engine: Engine) -> Company:
    return company(engine, data_version(engine))


def test_the_quarter_of_a_day_is_proposed() -> None:
    assert ("Q4 2026", date(2026, 10, 1), date(2026, 12, 31)) == QUARTER
    assert current_quarter(date(2024, 1, 1)) == ("Q1 2024", date(2024, 1, 1), date(2024, 3, 31))


def test_a_company_begins_with_its_first_team_and_the_quarter(engine: Engine, ana: int) -> None:
    begin_company(engine, person_id=ana, company=" Brot  werk ", team="Bakery", cycle=QUARTER)
    found = here(engine)
    top, first = found.teams
    assert (top.name, first.name, first.parent_id) == ("Brot werk", "Bakery", top.id)
    assert [cycle.name for cycle in found.cycles] == ["Q4 2026"]
    assert [person.name for person in found.people] == ["Ana"]


def test_a_name_is_enough(engine: Engine, ana: int) -> None:
    begin_company(engine, person_id=ana, company="Brotwerk", team="  ")
    found = here(engine)
    assert ([team.name for team in found.teams], found.cycles) == (["Brotwerk"], ())


def test_it_is_taken_back_as_one_and_can_begin_anew(engine: Engine, ana: int) -> None:
    said = {"company": "Brotwerk", "team": "Bakery", "cycle": QUARTER}
    command_id = begin_company(engine, person_id=ana, **said)
    undo(engine, command_id, person_id=ana)
    assert (here(engine).teams, here(engine).cycles) == ((), ())
    begin_company(engine, person_id=ana, **said)
    assert len(here(engine).teams) == 2


@pytest.mark.parametrize(
    ("name", "team", "why"),
    [
        ("", "Bakery", "Type what your company is called"),
        (" \u200b ", "Bakery", "Type what your company is called"),
        ("Bakery", " Bakery ", SAME_NAME),
        ("x" * 999, "", "The name"),
    ],
)
def test_names_that_are_none_are_refused(
    engine: Engine, ana: int, name: str, team: str, why: str
) -> None:
    with pytest.raises(CommandRejected) as refused:
        begin_company(engine, person_id=ana, company=name, team=team)
    assert refused.value.message.startswith(why)
    assert here(engine).teams == ()


def test_a_second_company_does_not_begin_over_the_first(engine: Engine, ana: int) -> None:
    begin_company(engine, person_id=ana, company="Brotwerk")
    with pytest.raises(CommandRejected, match="reload") as refused:
        begin_company(engine, person_id=ana, company="Other")
    assert refused.value.message == HERE_ALREADY
