"""What somebody does and takes back."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data.core.database import data_version
from data.core.errors import CommandRejected
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.history.undo import undo
from data.kpis.fields import ReadingRow
from data.okrs.commands.check_ins import check_in
from data.okrs.fields import CheckInRow
from tests.data.builders import (
    MONDAY,
    ROAD,
    TODAY,
    everything,
    key,
    person,
)

CUSTOMERS = "Sign customers"


def reading(value: float, on: date = MONDAY, **options: Any) -> ReadingRow:
    return ReadingRow(team="Sales", kpi="Conversion", date=on, value=value, **options)


def said(value: float, on: date = TODAY, **options: Any) -> CheckInRow:
    return CheckInRow(**ROAD, key_result=CUSTOMERS, date=on, value=value, **options)


def say(engine: Engine, value: float, who: str = "Ana", **options: Any) -> int:
    command_id = check_in(
        engine,
        person_id=person(engine, who),
        key_result_id=key(engine, "key_result", CUSTOMERS),
        day=TODAY,
        value=value,
        confidence=options.pop("confidence", None),
        base_version=data_version(engine),
        **options,
    )
    assert command_id is not None
    return command_id


def imported(engine: Engine, tables: Tables, who: str = "Ana") -> int:
    command_id = import_tables(engine, tables, person_id=person(engine, who)).command_id
    assert command_id is not None
    return command_id


def take_back(engine: Engine, command_id: int | None, who: str = "Ana") -> int:
    assert command_id is not None
    return undo(engine, command_id, person_id=person(engine, who))


def refused(engine: Engine, command_id: int | None, who: str = "Ana") -> str:
    """Give what a person is told who may not take something back; nothing has changed then."""
    assert command_id is not None
    before = everything(engine)
    with pytest.raises(CommandRejected) as error:
        undo(engine, command_id, person_id=person(engine, who))
    assert error.value.field == "undo"
    assert everything(engine) == before
    return error.value.message
