"""A save makes the views of its team be read anew, and leaves those of others as they are."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text

import data.screens.cockpit as module
from data.company.queries import company as company_at
from data.core.database import data_version, writer
from data.history.undo import undo
from data.kpis.commands.decisions import acknowledge
from data.okrs.commands.check_ins import check_in
from data.screens.cockpit import Look, cockpit
from data.screens.views.cockpit import Cockpit
from tests.data.builders import TODAY, key, last_command, person, record

TEAMS = ("Acme", "Sales", "Support")


def views(engine: Engine) -> dict[str, Cockpit]:
    version = data_version(engine)
    here = company_at(engine, version)
    cycle = here.cycle_named(None, TODAY)
    return {
        name: cockpit(engine, version, Look(here.team_named(name), cycle, TODAY)) for name in TEAMS
    }


def read_anew(engine: Engine, act: Callable[[], object]) -> set[str]:
    """Name the teams of which the view is another one after an act."""
    before = views(engine)
    act()
    after = views(engine)
    assert all(after[name] == before[name] for name in TEAMS if after[name] is before[name])
    return {name for name in TEAMS if after[name] is not before[name]}


def test_a_reading_changes_its_team_and_those_above(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    record(engine, 9)
    assert read_anew(engine, lambda: record(engine, 12)) == {"Acme", "Sales"}
    assert read_anew(engine, lambda: record(engine, 30, kpi="Backlog")) == {"Acme", "Support"}


def test_what_is_said_of_a_drift_or_a_key_result_changes_its_team(company: Engine) -> None:
    record(company, 9)

    def say() -> None:
        acknowledge(
            company,
            person_id=person(company),
            kpi_id=key(company, "kpi", "Conversion"),
            reason="Seen",
            look_again=TODAY + timedelta(days=7),
        )

    def check() -> None:
        check_in(
            company,
            person_id=person(company),
            key_result_id=key(company, "key_result", "Sign customers"),
            day=TODAY,
            value=3,
            confidence=None,
            base_version=data_version(company),
        )

    assert read_anew(company, say) == {"Acme", "Sales"}
    assert read_anew(company, check) == {"Acme", "Sales"}


def test_what_is_taken_back_is_read_anew_too(company: Engine) -> None:
    record(company, 9)

    def take_back() -> None:
        command_id = last_command(company, person(company))
        assert command_id is not None
        undo(company, command_id, person_id=person(company))

    assert read_anew(company, take_back) == {"Acme", "Sales"}


def test_anything_else_changes_all(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    record(engine, 9)
    introduced = lambda: person(engine, "Somebody new")  # noqa: E731
    assert read_anew(engine, introduced) == set(TEAMS)


def test_what_is_written_past_all_commands_may_be_anything(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    record(engine, 9)

    def write() -> None:
        with writer(engine) as (connection, _):
            connection.execute(text("UPDATE reading SET value = 12"))

    assert read_anew(engine, write) == set(TEAMS)


def test_what_another_reads_at_the_moment_is_waited_for(
    company: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(company, 9)
    version = data_version(company)
    look = Look(company_at(company, version).team_named("Sales"), None, TODAY)
    read = module._cockpit
    passes: list[int] = []

    def slow(*asked: Any) -> Any:
        passes.append(1)
        time.sleep(0.2)
        return read(*asked)

    monkeypatch.setattr(module, "_cockpit", slow)
    with ThreadPoolExecutor(4) as people:
        shown = list(people.map(lambda _: cockpit(company, version, look), range(4)))
    assert len(passes) == 1
    assert all(view is shown[0] for view in shown)
