"""What each role may do where, as the commands see it."""

import pytest
from sqlalchemy import Engine

from data.commands.errors import Refused
from data.commands.roles import check_may, check_may_kpi, check_may_run
from data.commands.writing import command
from data.exchange.rows import PersonRow, TeamRow
from models import Role
from tests.data.builders import bring, key, person


def refusal(engine: Engine, who: str, needed: Role, team: str) -> str:
    """Give why somebody may not, or nothing."""
    team_id, person_id = key(engine, "team", team), person(engine, who)
    with command(engine, "look", person_id=person_id) as writing:
        try:
            check_may(writing, needed, team_id=team_id)
        except Refused as refused:
            return f"{refused.field}: {refused.message}"
    return ""


def give(engine: Engine, who: str, team: str, role: Role) -> None:
    bring(engine, people=[PersonRow(person=who, team=team, role=role)])


@pytest.mark.parametrize(
    ("who", "needed", "team", "may"),
    [
        ("Cara", Role.MEMBER, "Sales", True),
        ("Cara", Role.LEAD, "Sales", False),
        ("Cara", Role.ADMIN, "Acme", False),
        ("Ana", Role.LEAD, "Sales", True),
        ("Ana", Role.LEAD, "North", True),
        ("Ana", Role.LEAD, "Support", False),
        ("Ana", Role.MEMBER, "Support", True),
        ("Ana", Role.ADMIN, "Sales", False),
        ("Ben", Role.ADMIN, "North", True),
        ("Somebody new", Role.MEMBER, "North", True),
    ],
)
def test_a_role_holds_in_its_team_and_below(
    company_of_each_kind: Engine, who: str, needed: Role, team: str, may: bool
) -> None:
    assert (refusal(company_of_each_kind, who, needed, team) == "") is may


def test_a_viewer_may_only_look_and_is_told_whom_to_ask(company: Engine) -> None:
    give(company, "Cara", "Sales", Role.VIEWER)
    message = refusal(company, "Cara", Role.MEMBER, "North")
    assert message == "role: You may look at North but not change it: ask Ana or Ben."
    assert refusal(company, "Cara", Role.MEMBER, "Support") == ""


def test_a_higher_role_above_outweighs_a_lower_one(company: Engine) -> None:
    give(company, "Ben", "Sales", Role.VIEWER)
    assert refusal(company, "Ben", Role.LEAD, "Sales") == ""


def test_the_refusal_names_those_who_lead(company: Engine) -> None:
    assert refusal(company, "Cara", Role.LEAD, "Sales") == (
        "role: Only those who lead Sales may do this: ask Ana or Ben."
    )


def test_where_nobody_leads_members_do(file: Engine) -> None:
    bring(file, teams=[TeamRow(team="Solo")])
    assert refusal(file, "Ann", Role.LEAD, "Solo") == ""
    assert refusal(file, "Ann", Role.ADMIN, "Solo") == ""
    give(file, "Dan", "Solo", Role.VIEWER)
    assert refusal(file, "Dan", Role.LEAD, "Solo") != ""
    give(file, "Eve", "Solo", Role.LEAD)
    assert refusal(file, "Ann", Role.LEAD, "Solo") != ""


def test_running_the_company_is_for_an_admin_of_any_team(company: Engine) -> None:
    with command(company, "look", person_id=person(company, "Ben")) as writing:
        check_may_run(writing)
    with (
        pytest.raises(Refused, match=r"Only an admin may do this: ask Ben\."),
        command(company, "look", person_id=person(company, "Ana")) as writing,
    ):
        check_may_run(writing)


def test_the_operator_always_may(company: Engine) -> None:
    with command(company, "look", person_id=None) as writing:
        check_may_run(writing)
        check_may(writing, Role.ADMIN, team_id=key(company, "team", "Sales"))


def test_a_kpi_is_its_teams(company: Engine) -> None:
    kpi_id = key(company, "kpi", "Backlog")
    with (
        pytest.raises(Refused, match="Only those who lead Support"),
        command(company, "look", person_id=person(company, "Ana")) as writing,
    ):
        check_may_kpi(writing, Role.LEAD, kpi_id)
