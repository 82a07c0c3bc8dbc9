"""What objectives lack before they can start: all of it at once, and where the first of it is."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Engine

from data.core.database import data_version
from data.core.errors import CommandRejected
from data.okrs.commands.key_results import add_key_result, amend_key_result
from data.okrs.commands.objective_life import start_objectives
from data.okrs.commands.objectives import add_objective
from tests.data.builders import key, person, rows


def drafted(engine: Engine, name: str) -> int:
    return add_objective(
        engine,
        person_id=person(engine),
        cycle_id=key(engine, "cycle", "Q2 2026"),
        team_id=key(engine, "team", "Sales"),
        name=name,
        base_version=data_version(engine),
    ).id


def measured(engine: Engine, objective_id: int, name: str, **cells: Any) -> int:
    """Add a key result with some of its cells."""
    at = {"person_id": person(engine)}
    made = add_key_result(
        engine, objective_id=objective_id, name=name, base_version=data_version(engine), **at
    ).id
    if cells:
        amend_key_result(
            engine, key_result_id=made, base_version=data_version(engine), said=cells, **at
        )
    return made


def refused(engine: Engine, objective_ids: Sequence[int]) -> CommandRejected:
    with pytest.raises(CommandRejected) as found:
        start_objectives(
            engine,
            person_id=person(engine),
            objective_ids=objective_ids,
            base_version=data_version(engine),
        )
    states = {row["objective_id"]: row["state"] for row in rows(engine, "objective_terms")}
    assert {states[each] for each in objective_ids} == {"draft"}
    return found.value


def test_all_that_is_lacking_is_named_in_one_sentence_an_objective(company: Engine) -> None:
    south, bare, west = (drafted(company, name) for name in ("South", "Bare", "West"))
    measured(company, south, "Regulars", start="1", target="2")
    offers = measured(company, south, "Offers", start="1")
    measured(company, south, "Calls")
    measured(company, south, "Moved in", kind="milestone")
    measured(company, west, "Steady", kind="hold", hold_periods="4")
    lacking = refused(company, [south, bare, west])
    assert lacking.message == (
        "“South” still needs a target for “Offers”, a start and a target for “Calls” and "
        "a step for “Moved in”. “Bare” still needs a key result. "
        "“West” still needs a KPI to hold for “Steady”."
    )
    assert (lacking.field, lacking.row) == ("target", ("key result", offers))


def test_many_are_counted(company: Engine) -> None:
    south = drafted(company, "South")
    for n in range(1, 8):
        measured(company, south, f"Part {n}", start="1")
    told = refused(company, [south]).message
    assert told.endswith("a target for “Part 5” and 2 more.")
    assert "Part 6" not in told
    bare = [drafted(company, f"Bare {n}") for n in range(1, 8)]
    told = refused(company, bare).message
    assert told.endswith("“Bare 5” still needs a key result. So do 2 more.")
