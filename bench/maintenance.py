"""What keeping signals up to date costs through the data layer, against fetching the readings."""

import argparse
import contextlib
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from itertools import count
from pathlib import Path
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import Engine, insert

from analytics.periods import first_day, ordinal
from bench.table import Table, ms, ratio
from bench.timing import medians
from data.core.database import open_database, writer
from data.kpis.signals import SignalFollower
from models import EARLIEST_MOMENT, Better, Cadence, Command, Kpi, Reading, Team

SEED = 20261122
REPLAY_AIM, STEP_AIM = 5.0, 1.0
FULL = (1_000, 156, 9)
QUICK = (20, 40, 1)
UTC = ZoneInfo("UTC")
NOW = datetime(2026, 6, 15, 9, tzinfo=UTC)


def main() -> None:
    """Print a table for each cadence."""
    parser = argparse.ArgumentParser(prog="python -m bench.maintenance", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few KPIs: that it runs")
    size = QUICK if parser.parse_args().quick else FULL
    for cadence in (Cadence.WEEKLY, Cadence.MONTHLY, Cadence.DAILY):
        print(maintenance_cost(cadence, *size), flush=True)


def maintenance_cost(cadence: Cadence, kpis: int, periods: int, rounds: int) -> Table:
    """Measure one reading more of every KPI, and the replay of all readings."""
    with tempfile.TemporaryDirectory() as folder, _filled(folder, cadence, kpis, periods) as opened:
        engine, plain, last = opened
        runs = {
            "fetch": partial(_fetch, plain),
            "step": partial(_step, engine, kpis, cadence, count(last + 1)),
            "replay": partial(_replay, engine, kpis),
        }
        # A replay goes back to the last reading there is, from which the next round goes on.
        taken = medians(runs, rounds=rounds, clock=process_time)
    table = Table(
        f"upkeep: {kpis} {cadence} KPIs × {periods} readings",
        "reading, computing and writing signals, against plain sqlite3; processor time",
        ("", "time", "ratio"),
    )
    table.add("fetch", ms(taken["fetch"]), "1")
    table.add("one reading each", ms(taken["step"]), ratio(taken["step"], taken["fetch"], STEP_AIM))
    table.add("replay", ms(taken["replay"]), ratio(taken["replay"], taken["fetch"], REPLAY_AIM))
    return table


def _fetch(plain: sqlite3.Connection) -> None:
    plain.execute("SELECT kpi_id, period, value FROM reading ORDER BY kpi_id, period").fetchall()


def _step(engine: Engine, kpis: int, cadence: str, numbers: Iterator[int]) -> None:
    day = first_day(next(numbers), cadence)
    follower = SignalFollower()
    readings = [
        {"kpi_id": 1 + at, "period": day, "value": float(at % 7), "known_at": EARLIEST_MOMENT}
        for at in range(kpis)
    ]
    follower.added(Reading, readings)
    with writer(engine) as (connection, version):
        follower.finish(connection, version, NOW, UTC)


def _replay(engine: Engine, kpis: int) -> None:
    with writer(engine) as (connection, version):
        follower = SignalFollower(anew=set(range(1, kpis + 1)))
        follower.finish(connection, version, NOW, UTC)


@contextlib.contextmanager
def _filled(
    folder: str, cadence: Cadence, kpis: int, periods: int
) -> Iterator[tuple[Engine, sqlite3.Connection, int]]:
    path = Path(folder) / "upkeep.db"
    engine = open_database(f"sqlite:///{path}")
    last = ordinal(date(2026, 6, 15), cadence)
    days = [first_day(last - back, cadence) for back in range(periods)]
    values = np.random.default_rng(SEED).normal(50, 4, (kpis, periods)).round(2).tolist()
    with writer(engine) as (connection, version):
        entity = {"version": version}
        connection.execute(
            insert(Command), {"id": 1, "name": "import", "at": EARLIEST_MOMENT, **entity}
        )
        connection.execute(insert(Team), {"id": 1, "name": "Everyone", **entity})
        connection.execute(insert(Kpi), [_kpi(at, cadence) | entity for at in range(kpis)])
        fact = {"known_at": EARLIEST_MOMENT, "command_id": 1, "imported": True, **entity}
        for at, row in enumerate(values):
            said = zip(days, row, strict=True)
            readings = [{"kpi_id": 1 + at, "period": day, "value": value} for day, value in said]
            connection.execute(insert(Reading), [reading | fact for reading in readings])
    with contextlib.closing(sqlite3.connect(path)) as plain:
        yield engine, plain, last
    engine.dispose()


def _kpi(at: int, cadence: Cadence) -> dict[str, Any]:
    name = f"KPI {1 + at}"
    return {"id": 1 + at, "team_id": 1, "name": name, "better": Better.HIGHER, "cadence": cadence}


if __name__ == "__main__":
    main()
