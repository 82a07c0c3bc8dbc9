"""What is done about an objective or a key result is of the team that it is of."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from data.actions.commands import act_on_key_result, act_on_objective, tick_off, withdraw_action
from data.core.database import data_version
from data.core.errors import CommandRejected
from data.exchange.importing import import_tables
from data.history.undo import undo
from data.okrs.commands.key_results import move_key_result
from data.okrs.commands.objective_life import move_objective
from data.okrs.fields import ObjectiveRow
from data.screens.update import mine
from models import Base, Role
from tests.data.builders import TODAY, bring, content, exported, give, key, person, rows

_action = Base.metadata.tables["action"]
DUE = TODAY + timedelta(days=5)


@pytest.fixture
def agreed(company: Engine) -> Engine:
    """Give a company where one thing is done about an objective, two about a key result of it."""
    said = {"person_id": person(company), "owner": "Ben", "due": DUE}
    road = key(company, "objective", "Win the north")
    act_on_objective(company, **said, objective_id=road, what="Ask around")
    act_on_customers(company, "Call them")
    act_on_customers(company, "Write to them")
    tick_off(
        company,
        person_id=person(company),
        action_id=action_id(company, "Write to them"),
        done_on=TODAY,
        base_version=data_version(company),
    )
    bring(
        company,
        objectives=[ObjectiveRow(cycle="Q2 2026", team="Support", objective="Delight the south")],
    )
    return company


def act_on_customers(engine: Engine, what: str, by: str = "Ana") -> int:
    customers = key(engine, "key_result", "Sign customers")
    return act_on_key_result(
        engine,
        person_id=person(engine, by),
        key_result_id=customers,
        owner="Ben",
        what=what,
        due=DUE,
    )


def move_the_objective(engine: Engine) -> int | None:
    return move_objective(
        engine,
        person_id=person(engine, "Ben"),
        objective_id=key(engine, "objective", "Win the north"),
        team_id=key(engine, "team", "Support"),
        cycle_id=key(engine, "cycle", "Q2 2026"),
        base_version=data_version(engine),
    )


def move_the_key_result(engine: Engine) -> int | None:
    return move_key_result(
        engine,
        person_id=person(engine, "Ben"),
        key_result_id=key(engine, "key_result", "Sign customers"),
        objective_id=key(engine, "objective", "Delight the south"),
        base_version=data_version(engine),
    )


def action_id(engine: Engine, what: str) -> int:
    return next(int(row["id"]) for row in rows(engine, "action") if row["what"] == what)


def teams(engine: Engine) -> dict[str, str]:
    """Give of which team each action is."""
    named = {row["id"]: row["name"] for row in rows(engine, "team")}
    return {row["what"]: named[row["team_id"]] for row in rows(engine, "action")}


@pytest.mark.parametrize(
    ("move", "moved"),
    [
        (move_the_objective, {"Ask around", "Call them", "Write to them"}),
        (move_the_key_result, {"Call them", "Write to them"}),
    ],
)
def test_what_is_done_about_it_moves_with_it_and_back(
    agreed: Engine, move: Callable[[Engine], int | None], moved: set[str]
) -> None:
    before = teams(agreed)
    assert set(before.values()) == {"Sales"}
    done = move(agreed)
    assert teams(agreed) == before | dict.fromkeys(moved, "Support")
    written = exported(agreed)
    assert {row.action for row in written.actions if row.team == "Support"} == moved
    import_tables(agreed, written)
    assert content(exported(agreed)) == content(written)
    assert len(rows(agreed, "action")) == len(before)
    assert done is not None
    undo(agreed, done, person_id=person(agreed, "Ben"))
    assert teams(agreed) == before


@pytest.mark.parametrize("move", [move_the_objective, move_the_key_result])
def test_who_does_it_finds_it_in_its_team_and_that_team_ticks_it_off(
    agreed: Engine, move: Callable[[Engine], int | None]
) -> None:
    give(agreed, "Ana", "Support", Role.VIEWER)
    give(agreed, "Cara", "Sales", Role.VIEWER)
    move(agreed)
    found = mine(agreed, data_version(agreed), person(agreed, "Ben"), TODAY)
    assert {each.action.what: each.team for each in found.actions}["Call them"] == "Support"
    tick = {"action_id": action_id(agreed, "Call them"), "done_on": TODAY}
    with pytest.raises(CommandRejected):
        tick_off(agreed, person_id=person(agreed), **tick, base_version=data_version(agreed))
    assert tick_off(
        agreed, person_id=person(agreed, "Cara"), **tick, base_version=data_version(agreed)
    )


def test_what_was_withdrawn_stays_as_it_was(agreed: Engine) -> None:
    withdraw_action(
        agreed,
        person_id=person(agreed),
        action_id=action_id(agreed, "Call them"),
        base_version=data_version(agreed),
    )
    move_the_objective(agreed)
    assert teams(agreed)["Call them"] == "Sales"


def test_what_was_agreed_since_goes_back_with_it(agreed: Engine) -> None:
    done = move_the_objective(agreed)
    act_on_customers(agreed, "Visit them", by="Ben")
    assert teams(agreed)["Visit them"] == "Support"
    assert done is not None
    undo(agreed, done, person_id=person(agreed, "Ben"))
    assert set(teams(agreed).values()) == {"Sales"}


def test_one_that_was_left_behind_is_found_by_a_file_and_put_right(agreed: Engine) -> None:
    support = key(agreed, "team", "Support")
    with agreed.begin() as connection:
        connection.execute(_action.update().values(team_id=support))
    import_tables(agreed, exported(agreed))
    assert set(teams(agreed).values()) == {"Sales"}
    assert len(rows(agreed, "action")) == 3
