"""What a correction costs by how old it is, and a restated week of all KPIs against a plain one."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from statistics import median
from time import process_time
from unittest.mock import patch

from sqlalchemy import Engine

from bench.company import NOW, TODAY, Size, company_file, kpi_name, team_of
from bench.table import Table, ms, ratio
from bench.timing import milliseconds
from data.core.database import data_version
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.kpis.commands.readings import record_reading
from data.kpis.fields import ReadingRow
from data.operations.start_up import start_up

DEPTHS = (1, 3, 10, 100, 1_000)
AIM = 3.0
WEEK = 7


@patch.dict(os.environ, {"MILEPOST_NOW": NOW.isoformat()})
def corrections(size: Size, rounds: int) -> Table:
    """Measure single corrections and whole weeks on a copy of the company."""
    path = company_file(size)
    table = Table(
        f"corrections · {size.kpis} KPIs × {size.days} daily readings",
        "a save with all that follows from it, against the newest reading; processor time",
        ("", "time", "ratio"),
    )
    with tempfile.TemporaryDirectory(prefix="milepost-corrections-") as folder:
        copy = Path(folder) / "milepost.db"
        shutil.copy(path, copy)
        engine = start_up(f"sqlite:///{copy}")
        kpis = count()
        newest = _median(engine, size, kpis, 0, rounds)
        table.add("the newest reading", ms(newest), "1")
        for depth in (depth for depth in DEPTHS if depth < size.days):
            taken = _median(engine, size, kpis, depth, rounds)
            aim = AIM if depth == 3 else None
            table.add(f"{depth} periods old", ms(taken), ratio(taken, newest, aim))
        plain, restated = (_week(engine, size, shift) for shift in (0.0, 0.5))
        table.add(f"a week of {size.kpis} KPIs", ms(plain), "1")
        table.add("the same week restated", ms(restated), ratio(restated, plain, AIM))
        engine.dispose()
    return table


def _median(engine: Engine, size: Size, kpis: Iterator[int], depth: int, rounds: int) -> float:
    day = TODAY - timedelta(days=depth)
    return median(
        milliseconds(lambda: record(engine, 1 + next(kpis) % size.kpis, day), process_time)
        for _ in range(rounds)
    )


def record(engine: Engine, kpi_id: int, day: date) -> None:
    """Record a value that a KPI has not had."""
    base_version = data_version(engine)
    record_reading(
        engine,
        person_id=1,
        kpi_id=kpi_id,
        period=day,
        # A value that no KPI has had, so that none stands already.
        value=41.003 + base_version / 1_000_000,
        base_version=base_version,
    )


def _week(engine: Engine, size: Size, shift: float) -> float:
    """Bring in a week that begins today, a day after it has ended."""
    later = (NOW + timedelta(days=WEEK + 1)).isoformat()
    rows = [
        ReadingRow(
            team=team_of(at, size),
            kpi=kpi_name(at),
            date=TODAY + timedelta(days=day),
            value=40.0 + at % WEEK + day + shift,
        )
        for at in range(size.kpis)
        for day in range(WEEK)
    ]
    with patch.dict(os.environ, {"MILEPOST_NOW": later}):
        return milliseconds(lambda: import_tables(engine, Tables(readings=rows)), process_time)
