"""Taking back one thing after another, from the last to the first."""

import contextlib
import shutil
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.core.database import data_version, open_database
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow
from data.okrs.commands.milestones import reach_milestone
from tests.data.builders import (
    MONDAY,
    TODAY,
    Clock,
    acme,
    exported,
    gauge,
    person,
    record,
    rows,
    seen,
)
from tests.data.history.taking_back import (
    imported,
    refused,
    say,
    take_back,
)

pytestmark = pytest.mark.usefixtures("ana_may_import")


def tick(engine: Engine, done_on: date | None, who: str = "Ana") -> int:
    command_id = reach_milestone(
        engine,
        person_id=person(engine, who),
        milestone_id=rows(engine, "milestone")[0]["id"],
        done_on=done_on,
        base_version=data_version(engine),
    )
    assert command_id is not None
    return command_id


def test_a_step_goes_back_step_by_step(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    first, second = tick(engine, TODAY), tick(engine, MONDAY)
    assert refused(engine, first).startswith("You have built on this since")
    take_back(engine, second)
    assert rows(engine, "milestone")[0]["done_on"] == TODAY
    take_back(engine, first)
    assert rows(engine, "milestone")[0]["done_on"] is None


def test_what_somebody_did_to_a_step_in_between_still_stands(company: Engine) -> None:
    first = tick(company, TODAY)
    tick(company, MONDAY, who="Ben")
    take_back(company, tick(company, None))
    assert refused(company, first).startswith("Ben has built on this since")


def test_terms_go_back_step_by_step(company_of_each_kind: Engine, clock: Clock) -> None:
    engine = company_of_each_kind
    commands, exports = [], []
    for low in (7, 6, 5):
        tables = acme()
        tables.kpis[1] = replace(tables.kpis[1], low=low)
        exports.append(exported(engine))
        clock.tick(days=1)
        commands.append(imported(engine, tables))
    for command_id, before in zip(reversed(commands), reversed(exports), strict=True):
        clock.tick()
        take_back(engine, command_id)
        assert exported(engine) == before
    assert gauge(seen(engine, day=clock.moment.date())).low == 8


def test_a_kpi_goes_after_the_reading_that_was_taken_back(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    before = exported(engine)
    command_id = imported(engine, Tables(kpis=[KpiRow(team="Sales", kpi="Calls", low=1)]))
    take_back(engine, record(engine, 3, kpi="Calls"))
    take_back(engine, command_id)
    assert exported(engine) == before


DOING: list[Callable[[Engine], int | None]] = [
    *(partial(record, value=value) for value in (9, 10)),
    partial(record, value=9, on=MONDAY - timedelta(days=7)),
    *(partial(say, value=value) for value in (12, 13)),
    *(partial(tick, done_on=day) for day in (TODAY, MONDAY)),
]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.sampled_from([*range(len(DOING)), None]), max_size=10))
def test_whatever_one_did_goes_back_from_the_last_to_the_first(
    files: dict[str, Path], tmp_path: Path, steps: list[int | None]
) -> None:
    path = shutil.copy(files["acme"], tmp_path / f"{uuid.uuid4().hex}.db")
    engine = open_database(f"sqlite:///{path}")
    exports: list[tuple[int, Tables]] = []
    for step in [*steps, *([None] * len(steps))]:
        if step is not None:
            before, stands = exported(engine), [row["id"] for row in rows(engine, "command")]
            with contextlib.suppress(AssertionError):
                DOING[step](engine)
            last = rows(engine, "command")[-1]["id"]
            if last not in stands:
                exports.append((last, before))
        elif exports:
            command_id, before = exports.pop()
            take_back(engine, command_id)
            assert exported(engine) == before
    engine.dispose()
