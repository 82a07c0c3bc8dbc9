"""A team whose backlog has grown, and short ways to recover it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from data.core.database import data_version
from data.core.errors import CommandRejected
from data.kpis.fields import ReadingRow
from data.kpis.views.recovery import RecoveryPlan, RecoveryView
from data.okrs.commands.recoveries import (
    reroute,
)
from tests.data.builders import (
    MONDAY,
    TODAY,
    Clock,
    bring,
    everything,
    gauge,
    key,
    person,
    seen,
)

GOOD, BAD = 50.0, 80.0
PLAN = RecoveryPlan("Backlog comes back", "Backlog held", "It grows.", "Cara", 4, 0)


def read(engine: Engine, first: int, values: list[float]) -> None:
    """Read the backlog each week, from so many weeks before this one on."""
    bring(
        engine,
        readings=[
            ReadingRow(
                team="Support",
                kpi="Backlog",
                date=MONDAY + timedelta(weeks=first + at),
                value=value,
            )
            for at, value in enumerate(values)
        ],
    )


def plan(engine: Engine, **changes: Any) -> RecoveryPlan:
    return replace(PLAN, **{"cycle_id": key(engine, "cycle", "Q2 2026"), **changes})


def start(engine: Engine, who: str = "Ben", **changes: Any) -> int:
    done = reroute(
        engine,
        person_id=person(engine, who),
        kpi_id=key(engine, "kpi", "Backlog"),
        plan=plan(engine, **changes),
    )
    return done.command_id


def shown(engine: Engine, day: date = TODAY) -> RecoveryView | None:
    return gauge(seen(engine, "Support", day=day), "Backlog").recovery


def refused(engine: Engine, command: Any, **said: Any) -> str:
    before = everything(engine)
    with pytest.raises(CommandRejected) as error:
        command(engine, person_id=person(engine, "Ben"), **said)
    assert everything(engine) == before
    return error.value.message


def about(engine: Engine, objective: str = "Backlog comes back") -> dict[str, int]:
    return {
        "objective_id": key(engine, "objective", objective),
        "base_version": data_version(engine),
    }


def good_weeks(engine: Engine, clock: Clock, count: int) -> date:
    """Let weeks go by in which all is well; give the day."""
    clock.set(datetime.combine(TODAY + timedelta(weeks=count), time(12), UTC))
    read(engine, 0, [46.0] * count)
    return TODAY + timedelta(weeks=count)


def grow(engine: Engine) -> None:
    """Let the backlog grow from about 46 to 80, where at most 50 is good."""
    read(engine, -30, [45.0 + at % 3 for at in range(27)] + [BAD] * 3)
