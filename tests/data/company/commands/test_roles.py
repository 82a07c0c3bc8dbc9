"""What each role may do where, as the commands see it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text

from data.company.commands.roles import check_permitted, check_permitted_to_run
from data.company.fields import PersonRow, TeamRow
from data.core.database import data_version
from data.core.errors import CommandRejected
from data.core.postgresql import postgresql_engine
from data.core.remembered import forget_all
from data.core.sqlite_file import sqlite_engine
from data.core.unit_of_work import command
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.history.undo import undo
from data.kpis.commands.decisions import acknowledge, annotate, dismiss, rebase
from data.kpis.commands.readings import record_reading
from data.kpis.fields import KpiRow
from data.okrs.commands.check_ins import amend_check_in, check_in
from data.okrs.commands.milestones import reach_milestone
from models import Confidence, Person, Role
from tests.data.builders import MONDAY, TODAY, bring, give, key, person, record, rows, statements


def refusal(engine: Engine, who: str, needed: Role, team: str) -> str:
    """Give why somebody may not, or nothing."""
    team_id, person_id = key(engine, "team", team), person(engine, who)
    with command(engine, "look", person_id=person_id) as work:
        try:
            check_permitted(work, needed, team_id=team_id)
        except CommandRejected as refused:
            return f"{refused.field}: {refused.message}"
    return ""


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
    with command(company, "look", person_id=person(company, "Ben")) as work:
        check_permitted_to_run(work)
    with (
        pytest.raises(CommandRejected, match=r"Only an admin may do this: ask Ben\."),
        command(company, "look", person_id=person(company, "Ana")) as work,
    ):
        check_permitted_to_run(work)


def test_the_operator_always_may(company: Engine) -> None:
    with command(company, "look", person_id=None) as work:
        check_permitted_to_run(work)
        check_permitted(work, Role.ADMIN, team_id=key(company, "team", "Sales"))


def commands(engine: Engine, person_id: int) -> dict[str, Callable[[], object]]:
    """Give everything that somebody may change in a team, by what it is called."""
    kpi_id, metric = key(engine, "kpi", "Conversion"), key(engine, "key_result", "Sign customers")
    step = rows(engine, "milestone")[0]["id"]
    by: dict[str, Any] = {"person_id": person_id}
    said: dict[str, Any] = {"key_result_id": metric, "day": TODAY, "base_version": 10**9}
    of: dict[str, Any] = {"kpi_id": kpi_id}
    confirmed = Confidence.SURE
    return {
        "record": lambda: record_reading(
            engine, **by, **of, period=MONDAY, value=9, note="", base_version=10**9
        ),
        "check in": lambda: check_in(engine, **by, **said, value=5, confidence=confirmed),
        "amend": lambda: amend_check_in(engine, **by, **said, note="Hm"),
        "reach": lambda: reach_milestone(
            engine, **by, milestone_id=step, done_on=TODAY, base_version=10**9
        ),
        "acknowledge": lambda: acknowledge(
            engine, **by, **of, reason="Known", look_again=TODAY + timedelta(days=7)
        ),
        "annotate": lambda: annotate(engine, **by, **of, day=TODAY, text="Fair"),
        "rebase": lambda: rebase(engine, **by, **of, since=MONDAY, reason="New"),
        "dismiss": lambda: dismiss(engine, **by, **of, period=MONDAY, reason="Bad"),
        "import": lambda: import_tables(engine, Tables(teams=[TeamRow(team="South")]), **by),
    }


LEADS = {"rebase", "dismiss"}
MAY_NOT = {
    None: {*LEADS, "import"},
    Role.MEMBER: {*LEADS, "import"},
    Role.LEAD: {"import"},
    Role.ADMIN: set[str](),
}
"""What is refused to each role; to a viewer, everything."""


@pytest.mark.parametrize("role", [Role.VIEWER, None, Role.MEMBER, Role.LEAD, Role.ADMIN])
def test_each_role_may_do_what_is_its_own(company: Engine, role: Role | None) -> None:
    record(company, 10)
    if role is not None:
        give(company, "Dan", "Sales", role)
    dan = person(company, "Dan")
    refused = set()
    for name, send in commands(company, dan).items():
        try:
            send()
        except CommandRejected as refusal:
            refused.add((name, refusal.field))
            assert "ask " in refusal.message  # noqa: PT017
    names = commands(company, dan) if role is Role.VIEWER else MAY_NOT[role]
    assert refused == {(name, "role") for name in names}


def test_the_demoted_and_the_withdrawn_are_refused_at_their_next_write(company: Engine) -> None:
    give(company, "Dan", "Sales", Role.LEAD)
    dan = person(company, "Dan")
    send = commands(company, dan)
    assert send["record"]() is not None
    give(company, "Dan", "Sales", Role.VIEWER)
    before = data_version(company)
    for name in ("amend", "reach", "dismiss"):
        with pytest.raises(CommandRejected, match=r"ask (Ana|Ana or Ben)\."):
            send[name]()
    came = import_tables(company, Tables(people=[PersonRow(person="Eve")]), person_id=None)
    assert came.command_id is not None
    assert data_version(company) == before + 1
    eve = person(company, "Eve")
    with command(company, "withdraw", person_id=None) as work:
        work.alter(Person, eve, withdrawn_at=work.at)
    for send_ in commands(company, eve).values():
        with pytest.raises(CommandRejected, match="no longer here") as refusal:
            send_()
        assert refusal.value.field == "person"


def test_an_owner_may_fill_in_what_is_theirs_unless_they_only_look_there(company: Engine) -> None:
    kpi = KpiRow(team="Sales", kpi="Conversion", owner="Dan")
    give(company, "Dan", "Acme", Role.VIEWER)
    send = commands(company, person(company, "Dan"))
    with pytest.raises(CommandRejected):
        send["record"]()
    import_tables(company, Tables(kpis=[kpi], given={"kpis": frozenset({"team", "kpi", "owner"})}))
    command_id = send["record"]()
    assert isinstance(command_id, int)
    with pytest.raises(CommandRejected):
        send["annotate"]()
    undo(company, command_id, person_id=person(company, "Dan"))
    give(company, "Dan", "Sales", Role.VIEWER)
    with pytest.raises(CommandRejected, match="You may look at Sales"):
        send["record"]()


def test_who_only_looks_takes_nothing_back(company: Engine) -> None:
    dan = person(company, "Dan")
    done = [commands(company, dan)[name]() for name in ("record", "check in", "reach", "annotate")]
    give(company, "Dan", "Sales", Role.VIEWER)
    before = data_version(company)
    for command_id in done:
        assert isinstance(command_id, int)
        with pytest.raises(CommandRejected, match="You may look at Sales") as refusal:
            undo(company, command_id, person_id=dan)
        assert refusal.value.field == "role"
    assert data_version(company) == before
    give(company, "Dan", "Sales", Role.MEMBER)
    for command_id in done:
        assert isinstance(command_id, int)
        undo(company, command_id, person_id=dan)


def test_an_import_is_taken_back_by_an_admin(company: Engine) -> None:
    ben = person(company, "Ben")
    tables = Tables(teams=[TeamRow(team="South")])
    command_id = import_tables(company, tables, person_id=ben).command_id
    assert command_id is not None
    give(company, "Cara", "Acme", Role.ADMIN)
    give(company, "Ben", "Acme", Role.LEAD)
    with pytest.raises(CommandRejected, match=r"Only an admin may do this: ask Cara\."):
        undo(company, command_id, person_id=ben)


def test_those_who_are_no_longer_here_hold_no_role(company: Engine) -> None:
    with command(company, "withdraw", person_id=None) as work:
        for name in ("Ana", "Ben"):
            work.alter(Person, key(company, "person", name), withdrawn_at=work.at)
    cara = commands(company, person(company, "Cara"))
    cara["record"]()
    cara["rebase"]()
    cara["import"]()


@pytest.mark.parametrize("name", ["record", "check in", "amend", "reach"])
def test_roles_that_are_known_cost_a_save_nothing(company: Engine, name: str) -> None:
    def cost() -> int:
        send = commands(company, person(company, "Cara"))[name]
        with statements(company) as made, pytest.raises(InterruptedError), stopped():
            send()
        return len(made)

    first, with_roles = cost(), cost()
    with company.begin() as connection:
        connection.execute(text("DELETE FROM membership"))
    forget_all()
    cost()
    assert first > with_roles == cost()


def test_a_role_that_was_taken_away_on_another_server_is_gone(
    company_of_each_kind: Engine,
) -> None:
    here = company_of_each_kind
    is_file = here.dialect.name == "sqlite"
    there = sqlite_engine(here.url.database or "") if is_file else postgresql_engine(here.url)
    give(here, "Cara", "Sales", Role.LEAD)
    # The second one finds roles known.
    assert [record(there, value, who="Cara") is None for value in (7, 8)] == [False, False]
    give(here, "Cara", "Sales", Role.VIEWER)
    with pytest.raises(CommandRejected):
        record(there, 9, who="Cara")
    there.dispose()


@contextmanager
def stopped() -> Iterator[None]:
    """Let a command be stopped as it is about to write."""

    def stop(*_: Any, **__: Any) -> None:
        raise InterruptedError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("data.core.unit_of_work.UnitOfWork.add", stop)
        patch.setattr("data.core.unit_of_work.UnitOfWork.alter", stop)
        yield
