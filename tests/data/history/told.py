"""What somebody does, and what the log tells of it."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Engine

from data.core.database import data_version
from data.exchange.tables import Tables
from data.history.queries import Asked, history
from data.history.undo import undo
from data.history.views import ChangeView, DoneView
from data.okrs.commands.check_ins import check_in
from data.okrs.commands.milestones import reach_milestone
from models import Confidence
from tests.data.builders import (
    TODAY,
    acme,
    key,
    person,
    rows,
)

CUSTOMERS = "Sign customers"


Fields = set[tuple[str, str, object, str, object, object]]


def done(engine: Engine, **asked: Any) -> tuple[DoneView, ...]:
    return history(engine, data_version(engine), Asked(**asked)).done


def last(engine: Engine, **asked: Any) -> DoneView:
    return done(engine, **asked)[0]


def fields(changes: tuple[ChangeView, ...]) -> Fields:
    return {(c.kind, c.thing, c.when, c.field, c.before, c.after) for c in changes}


def say(engine: Engine, value: float, note: str = "", **options: Any) -> int:
    command_id = check_in(
        engine,
        person_id=person(engine),
        key_result_id=key(engine, "key_result", CUSTOMERS),
        day=TODAY,
        value=value,
        confidence=Confidence.LIKELY,
        note=note,
        base_version=data_version(engine),
        **options,
    )
    assert command_id is not None
    return command_id


def tick(engine: Engine, *, ticked: bool, step: int = 0) -> int | None:
    return reach_milestone(
        engine,
        person_id=person(engine),
        milestone_id=rows(engine, "milestone")[step]["id"],
        done_on=TODAY if ticked else None,
        base_version=data_version(engine),
    )


def take_back(engine: Engine, command_id: int | None) -> int:
    assert command_id is not None
    return undo(engine, command_id, person_id=person(engine))


def lowered(low: float, **changes: Any) -> Tables:
    tables = acme()
    tables.kpis[1] = replace(tables.kpis[1], low=low, **changes)
    return tables
