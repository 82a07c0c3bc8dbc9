"""Ticking off the steps of a key result."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select

from data.core.database import data_version
from data.core.errors import CommandRejected, Conflict
from data.history.undo import undo
from data.okrs.commands.milestones import reach_milestone
from models import Base
from tests.data.builders import TODAY, everything, key_result, person, rows, seen

STEP = Base.metadata.tables["milestone"]


def reach(
    engine: Engine, done_on: date | None = TODAY, *, who: str = "Ana", saw: int | None = None
) -> int | None:
    with engine.connect() as connection:
        lease = connection.execute(select(STEP.c.id).where(STEP.c.step == "Lease")).scalar_one()
    return reach_milestone(
        engine,
        person_id=person(engine, who),
        milestone_id=lease,
        done_on=done_on,
        base_version=data_version(engine) if saw is None else saw,
    )


def done(engine: Engine) -> list[date | None]:
    return [step.done_on for step in key_result(seen(engine), "Open the office").steps]


def test_a_step_is_reached_logged_and_taken_back(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    command_id = reach(engine)
    assert command_id is not None
    assert done(engine) == [TODAY, None]
    (change,) = [row for row in rows(engine, "change") if row["command_id"] == command_id]
    assert (change["before"], change["after"]) == (
        {"done_on": None},
        {"done_on": TODAY.isoformat()},
    )
    undo(engine, command_id, person_id=person(engine))
    assert done(engine) == [None, None]


def test_a_step_is_not_reached_after_all(company: Engine) -> None:
    reach(company)
    assert reach(company, None) is not None
    assert done(company) == [None, None]


def test_the_same_again_is_no_command(company: Engine) -> None:
    reach(company)
    before = everything(company)
    assert reach(company, saw=0) is None
    assert everything(company) == before


def test_a_day_that_lies_ahead_is_refused(company: Engine) -> None:
    with pytest.raises(CommandRejected, match="lies ahead"):
        reach(company, TODAY + timedelta(days=1))


def test_a_step_that_is_not_here_is_refused(company: Engine) -> None:
    with pytest.raises(CommandRejected, match="This step is no longer here"):
        reach_milestone(
            company, person_id=person(company), milestone_id=77, done_on=TODAY, base_version=99
        )


def test_a_step_changed_meanwhile_is_a_conflict(company: Engine) -> None:
    saw = data_version(company)
    reach(company, who="Ben")
    with pytest.raises(Conflict) as conflict:
        reach(company, TODAY - timedelta(days=1), saw=saw)
    theirs = conflict.value.theirs
    assert (theirs.who, theirs.field, theirs.text) == ("Ben", "done_on", "done on 2026-05-20")
    assert reach(company, None, saw=theirs.version) is not None
