"""Closing objectives together, as at a cycle's end: all or none, and back in one step."""

import pytest
from sqlalchemy import Engine

from data.core.database import data_version
from data.core.errors import CommandRejected, Conflict
from data.history.undo import undo
from data.okrs.commands.objective_life import change_state, close_objectives
from data.okrs.fields import ObjectiveRow
from tests.data.builders import bring, key, person, rows

NAMES = ("Win the north", "Delight the south")


@pytest.fixture
def both(company: Engine) -> tuple[int, int]:
    """Give two objectives under way."""
    bring(
        company,
        objectives=[ObjectiveRow(cycle="Q2 2026", team="Sales", objective="Delight the south")],
    )
    return key(company, "objective", NAMES[0]), key(company, "objective", NAMES[1])


def states(engine: Engine) -> dict[int, str]:
    return {row["objective_id"]: row["state"] for row in rows(engine, "objective_terms")}


def close(engine: Engine, keys: tuple[int, ...], *, base_version: int | None = None) -> int | None:
    return close_objectives(
        engine,
        person_id=person(engine),
        objective_ids=keys,
        base_version=data_version(engine) if base_version is None else base_version,
    )


def test_a_cycle_is_closed_and_opened_again_in_one_step(
    company: Engine, both: tuple[int, int]
) -> None:
    done = close(company, both)
    assert done is not None
    assert states(company) == dict.fromkeys(both, "closed")
    assert close(company, both) is None
    undo(company, done, person_id=person(company))
    assert states(company) == dict.fromkeys(both, "active")


def test_where_one_cannot_be_closed_none_is(company: Engine, both: tuple[int, int]) -> None:
    before = data_version(company)
    with pytest.raises(CommandRejected, match="no longer here"):
        close(company, (*both, 999))
    assert (states(company), data_version(company)) == (dict.fromkeys(both, "active"), before)


def test_what_somebody_took_back_meanwhile_is_contested(
    company: Engine, both: tuple[int, int]
) -> None:
    before = data_version(company)
    change_state(
        company,
        person_id=person(company, "Ben"),
        objective_id=both[1],
        step="back to draft",
        base_version=before,
    )
    with pytest.raises(Conflict) as conflict:
        close(company, both, base_version=before)
    assert (conflict.value.theirs.who, conflict.value.theirs.text) == ("Ben", "draft")
    assert states(company)[both[0]] == "active"
