"""Handing over what a person owns: whole, from today on, in one step that can be taken back."""

import pytest
from sqlalchemy import Engine

from data.company.commands.people import archive_person, hand_over
from data.core.database import data_version
from data.core.errors import CommandRejected
from data.history.undo import undo
from data.kpis.commands.kpis import amend_kpi
from data.okrs.fields import KeyResultRow, ObjectiveRow
from models import ObjectiveState
from tests.data.builders import ROAD, Clock, bring, exported, key, person, rows

OVER = {**ROAD, "objective": "Old glory"}


def handed(
    engine: Engine, to: str = "Cara", *, by: str = "Ben", base_version: int | None = None
) -> int | None:
    return hand_over(
        engine,
        person_id=person(engine, by),
        listed_id=person(engine, "Ana"),
        to_id=person(engine, to),
        base_version=data_version(engine) if base_version is None else base_version,
    )


def owners(engine: Engine) -> dict[str, str]:
    there = exported(engine)
    named = [*((row.kpi, row.owner) for row in there.kpis)]
    named += [(row.objective, row.owner) for row in there.objectives]
    named += [(row.key_result, row.owner) for row in there.key_results]
    return {name: owner for name, owner in named if owner}


def test_all_that_is_under_way_is_somebody_elses_from_today_on(
    company: Engine, clock: Clock
) -> None:
    bring(
        company,
        objectives=[ObjectiveRow(**OVER, state=ObjectiveState.CLOSED, owner="Ana")],
        key_results=[
            KeyResultRow(**ROAD, key_result="Sign customers", start=0, target=40, owner="Ana"),
            KeyResultRow(**OVER, key_result="Won", start=0, target=40, owner="Ana"),
        ],
    )
    clock.tick(days=1)
    assert handed(company)
    assert owners(company) == {
        "Conversion": "Cara",
        "Win the north": "Cara",
        "Sign customers": "Cara",
        "Old glory": "Ana",
        "Won": "Ana",
    }
    said = [row for row in rows(company, "kpi_terms") if row["owner_id"]][-1]
    assert (said["low"], said["high"], said["valid_from"]) == (8, 12, clock.moment.date())
    archive_person(
        company,
        person_id=person(company, "Ben"),
        listed_id=person(company),
        base_version=data_version(company),
    )


def test_it_is_one_step_and_can_be_taken_back(company: Engine) -> None:
    before = exported(company)
    command_id = handed(company)
    assert command_id
    undo(company, command_id, person_id=person(company, "Ben"))
    assert exported(company) == before


def test_the_same_said_twice_changes_nothing_more(company: Engine) -> None:
    base_version = data_version(company)
    assert handed(company, base_version=base_version)
    after = data_version(company)
    assert handed(company, base_version=base_version) is None
    assert data_version(company) == after


def test_what_was_changed_meanwhile_is_looked_at_first(company: Engine) -> None:
    base_version = data_version(company)
    kpi = {"kpi_id": key(company, "kpi", "Visits"), "said": {"owner": "Ana"}}
    amend_kpi(company, person_id=person(company), **kpi, base_version=base_version)
    before = exported(company)
    with pytest.raises(CommandRejected, match="Visits of “Ana” was changed meanwhile: look again"):
        handed(company, base_version=base_version)
    assert exported(company) == before
    assert handed(company)


def test_it_is_an_admins_and_to_somebody_else_who_is_here(company: Engine) -> None:
    with pytest.raises(CommandRejected, match="Only an admin may do this"):
        handed(company, by="Cara")
    with pytest.raises(CommandRejected, match="Pick somebody else than Ana"):
        handed(company, "Ana")
    gone = person(company, "Cara")
    ben = {"person_id": person(company, "Ben"), "base_version": data_version(company)}
    archive_person(company, listed_id=gone, **ben)
    with pytest.raises(CommandRejected, match="no longer here"):
        hand_over(company, listed_id=person(company), to_id=gone, **ben)
